"""The tables are made once in a run, and so is what takes long to write: the other workers copy it."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from fcntl import LOCK_EX, flock
from pathlib import Path
from typing import Any
from unittest.mock import patch

from django.core import management
from django.db import connection, transaction

KEPT = "alert4you_tables"


@contextmanager
def made_once(shared: Path) -> Iterator[None]:
    """While this holds, ``migrate`` on an empty test database takes the tables from ``shared``."""
    migrate = management.call_command

    def make_or_copy(command: str, *arguments: Any, **options: Any) -> Any:
        if command != "migrate":
            return migrate(command, *arguments, **options)
        if "PYTEST_XDIST_WORKER" not in os.environ:
            migrate(command, *arguments, **options)
            if connection.vendor == "postgresql":
                again(KEPT, connection.settings_dict["NAME"])
            return None
        made = shared / f"{connection.vendor}.made"
        with (shared / "door").open("w") as door:
            flock(door, LOCK_EX)
            if made.exists():
                _copy(made)
            else:
                migrate(command, *arguments, **options)
                _keep(made)
        return None

    with patch.object(management, "call_command", make_or_copy):
        yield


@contextmanager
def told_once(shared: Path, name: str, tell: Callable[[], None]) -> Iterator[None]:
    """While this holds, the tables have what ``tell`` writes; on SQLite one worker tells, the others copy."""
    if connection.vendor != "sqlite" or "PYTEST_XDIST_WORKER" not in os.environ:
        with transaction.atomic():
            tell()
            yield
            transaction.set_rollback(True)
        return
    told = shared / f"{name}.told"
    with (shared / f"{name}.door").open("w") as door:
        flock(door, LOCK_EX)
        if told.exists():
            _copy(told)
        else:
            tell()
            _keep(told)
    yield
    _copy(shared / "sqlite.made")


def _keep(made: Path) -> None:
    if connection.vendor == "sqlite":
        with sqlite3.connect(made) as kept:
            connection.connection.backup(kept)
    else:
        again(KEPT, connection.settings_dict["NAME"])
        made.touch()


def _copy(made: Path) -> None:
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with sqlite3.connect(made) as kept:
            kept.backup(connection.connection)
    else:
        again(connection.settings_dict["NAME"], KEPT)


def written_to(file: Path) -> Path:
    """The same tables in a file of SQLite, for other processes; on PostgreSQL they are made for it."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(file)) as copy:
            connection.connection.backup(copy)
    else:
        migrate = [sys.executable, "-m", "alert4you", "manage", "migrate", "--verbosity=0"]
        place = {"ALERT4YOU_DATABASE": str(file), "DATABASE_URL": ""}
        path = {"PYTHONPATH": os.pathsep.join(sys.path)}
        subprocess.run(migrate, env={**os.environ, **place, **path}, check=True)
    return file


def again(name: str, like: str) -> None:
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{like}"')
