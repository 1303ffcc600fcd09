"""Fixtures of all tests; the cast is described in ``tests/cast.py``."""

from typing import Any

import pytest

from tests.cast import Cast, make_cast


@pytest.fixture(autouse=True)
def standing_clock(settings: Any) -> None:
    settings.CLOCK = "tests.cast.clock"


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()
