"""The demo's data, made once for all tests here."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client, override_settings

from alert4you.demo.build import build_demo
from tests.tables import told_once


@pytest.fixture(scope="module")
def told(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """All stories were played; undone after the module."""
    shared = tmp_path_factory.getbasetemp().parent
    with django_db_blocker.unblock(), told_once(shared, "demo", _play):
        yield


def _play() -> None:
    with override_settings(CLOCK="tests.cast.clock"):
        build_demo()


@pytest.fixture
def demo(told: None, db: None) -> Callable[..., Client]:
    """``demo("fatima")``: a browser of a visitor who stepped into this persona."""

    def visitor(persona: str = "", tale: str = "") -> Client:
        client = Client()
        if persona:
            client.post("/demo/become/", {"persona": persona, "tale": tale})
        return client

    return visitor
