"""An installation of its own, with the cast in it: what is backed up is there for other processes too."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest
from django.db import connection, connections
from pyrage.x25519 import Identity

from alert4you.operations.connecting import instead
from tests.cast import make_cast
from tests.conftest import OWNER
from tests.tables import KEPT, written_to


@pytest.fixture(autouse=True)
def key(settings: Any) -> str:
    settings.BACKUP_KEYS = [str(Identity.generate())]
    return settings.BACKUP_KEYS[0]


@pytest.fixture(scope="session")
def empty(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A file with the tables; copied before a test opens its transaction, which SQLite would wait for."""
    file = tmp_path_factory.mktemp("operations") / "empty.sqlite3"
    if connection.vendor == "sqlite":
        with django_db_blocker.unblock():
            written_to(file)
    return file


@pytest.fixture
def installation(empty: Path, db: None, tmp_path: Path) -> Iterator[str]:
    """The name of its database; while it is there, it is the one that is asked."""
    if connection.vendor == "sqlite":
        filled, name = empty.with_name("filled.sqlite3"), str(tmp_path / "here.sqlite3")
        if not filled.exists():
            with instead(str(copyfile(empty, filled))):
                make_cast()
        with instead(copyfile(filled, name)):
            yield name
        return
    with owner(), database("here", f"TEMPLATE {KEPT}") as name, instead(name):
        make_cast()
        yield name


@pytest.fixture
def elsewhere(installation: str, tmp_path: Path) -> Iterator[None]:
    """Nothing yet, on another machine: where a backup is brought back."""
    if connection.vendor == "sqlite":
        with instead(str(tmp_path / "elsewhere.sqlite3")):
            yield
        return
    with database("elsewhere", "") as name, instead(name):
        yield


@contextmanager
def owner() -> Iterator[None]:
    """Who makes databases and sees every row; the connection of the test itself stays as it is."""
    ours = connections["default"]
    connections["default"] = ours.copy()
    connection.settings_dict.update(USER=OWNER["USER"], OPTIONS=OWNER["OPTIONS"])
    try:
        yield
    finally:
        connections["default"] = ours


@contextmanager
def database(name: str, like: str) -> Iterator[str]:
    name = f"{connection.settings_dict['NAME']}_{name}"
    _on_the_server(f"CREATE DATABASE {name} {like}")
    try:
        yield name
    finally:
        _on_the_server(f"DROP DATABASE {name}")


def _on_the_server(statement: str) -> None:
    with instead("postgres"), connection.cursor() as cursor:
        cursor.execute(statement)
