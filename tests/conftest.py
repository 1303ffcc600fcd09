"""Fixtures of all tests; the cast is described in ``tests/cast.py``."""

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.test.utils import setup_databases, teardown_databases
from playwright.sync_api import Browser, sync_playwright

from alert4you.config.testing import chromium
from alert4you.kernel.wall.names import ACTING, SERVING
from tests.cast import NOW, Cast, _clock, make_cast
from tests.tables import made_once

SERVER, KEYS = "alert4you_server", "alert4you_keys"
OWNER: dict[str, Any] = {}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_finish() -> None:
    """What was collected stays until the end: a tenth of the time went into looking whether it might go."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(autouse=True)
def standing_clock(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """It stands at ``NOW``, wherever the test before it went."""
    settings.CLOCK = "tests.cast.clock"
    monkeypatch.setitem(_clock, "now", NOW)


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture(scope="session")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with made_once(tmp_path_factory.getbasetemp().parent):
        yield


@pytest.fixture(scope="session")
def base(
    tables: None,
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: Any,
) -> Iterator[None]:
    """Made for every test that asks; pytest's own makes none for a test that copies it, run alone."""
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False)
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


@pytest.fixture(scope="session")
def django_db_setup(base: None, django_db_blocker: Any) -> Iterator[None]:
    """On PostgreSQL the tests connect as the server does: no owner, and behind the wall.

    What a test prepares it prepares as a command would; a request wears its own hat. ``KEYS`` is for
    tests of what somebody with the keys of the database could do.
    """
    if connection.vendor != "postgresql":
        yield
        return
    OWNER.update(connection.settings_dict)
    with django_db_blocker.unblock():
        with connection.cursor() as cursor:
            for role in (
                f"{KEYS} SUPERUSER",
                f"{SERVER} NOINHERIT LOGIN IN ROLE {SERVING}, {KEYS}",
            ):
                cursor.execute(
                    f"DO $$ BEGIN CREATE ROLE {role};"
                    " EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"
                )
        connection.close()
    options = {**OWNER["OPTIONS"], "options": f"-c role={ACTING}"}
    connection.settings_dict.update(USER=SERVER, OPTIONS=options)
    yield
    with django_db_blocker.unblock():
        connection.close()
        connection.settings_dict.update(OWNER)
        with connection._nodb_cursor() as cursor:  # whoever is left, from a thread or beside a loop
            left = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
            cursor.execute(left, [OWNER["NAME"]])


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One for a worker: two of them do not go together. What else a worker tests goes on beside its loop."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "yes"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield started
        started.close()


@contextmanager
def as_owner() -> Iterator[None]:
    """On PostgreSQL: as who may make databases; elsewhere everybody is."""
    if not OWNER:
        yield
        return
    served = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict.update(USER=OWNER["USER"], OPTIONS=OWNER["OPTIONS"])
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(USER=served["USER"], OPTIONS=served["OPTIONS"])
