"""A cast with the practices, and one child on its way through two of them."""

import pytest

from alert4you.organisations.queries import system_actor
from alert4you.practices.commands import load_library
from tests.cast import NOW, Cast
from tests.trajectories.story import Story


@pytest.fixture
def story(cast: Cast) -> Story:
    load_library(system_actor(NOW))
    return Story(cast)
