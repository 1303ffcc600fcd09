"""One world for all pages of a module: nothing that a page does stays in it."""

from collections.abc import Iterator

import pytest
from django.test import override_settings

from tests.architecture.crawl import House
from tests.architecture.crawl import house as make_house


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[House]:
    with (
        django_db_blocker.unblock(),
        override_settings(CLOCK="tests.cast.clock"),
        make_house() as built,
    ):
        yield built
