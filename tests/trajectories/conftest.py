"""A cast with the practices, and one child on its way through two of them."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alert4you.organisations.queries import system_actor
from alert4you.practices.commands.publishing import load_library
from tests.cast import NOW, Cast
from tests.trajectories.story import Story


@pytest.fixture
def story(cast: Cast) -> Story:
    load_library(system_actor(NOW))
    return Story(cast)


@pytest.fixture
def queries() -> Callable[[Client, str], int]:
    """How many queries a page asks (savepoints are of the tests: they run in a transaction)."""

    def number(client: Client, address: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return sum("SAVEPOINT" not in query["sql"] for query in asked.captured_queries)

    return number
