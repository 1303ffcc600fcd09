"""Backups: made while people work, looked at after they were written, and tried every day.

All that an installation keeps is in its database, pictures included; what is not in it are the settings.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from alert4you import __version__
from alert4you.kernel.roots import is_signed, signed
from alert4you.kernel.verifying import verify
from alert4you.operations import postgresql, sealing, sqlite
from alert4you.operations.connecting import instead
from alert4you.operations.models import LastDone
from alert4you.operations.sealing import Damaged, Refused

NAME = "alert4you-%Y%m%dT%H%M%SZ.age"
BACKUPS = "alert4you-*.age"
DATABASES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


@dataclass(frozen=True)
class Found:
    """A backup that is whole: where, of when, how many tables and rows, and what is wrong in its trail."""

    file: Path
    made: datetime
    tables: int
    rows: int
    faults: int


def make(folder: Path, at: datetime, keep: int) -> Found:
    """Write a backup of this moment; the ones before the newest ``keep`` go when it is whole.

    A trail that was changed is kept as it is, and counted in ``faults``.
    Raises Refused without a key or a folder, or when another one is being written.
    """
    sealing.keys()
    if not folder.is_dir():
        raise Refused(f"{folder} is not a folder: make it, on another disk than the database's.")
    file = folder / at.astimezone(UTC).strftime(NAME)
    with _engine().at_one_moment() as pieces:
        about = _about(at)
        sealing.write(about, pieces, file)
    LastDone.note(LastDone.What.BACKUP, at)
    for old in sorted(folder.glob(BACKUPS))[:-keep]:
        old.unlink()
    return _found(file, about)


def restore(file: Path) -> Found:
    """Bring an empty installation back to what the backup says; nothing is touched before all of it is read.

    Raises Refused for an installation that is not empty, a backup of another version, database or key.
    """
    if connection.introspection.table_names():
        raise Refused(
            "There are tables in this database already. Restore into a new one: another ALERT4YOU_DATABASE "
            "or DATABASE_URL."
        )
    with _unpacked(file) as (about, dump):
        _engine().restore(dump, lambda: _same(about))
    return _found(file, about)


def drill(folder: Path, at: datetime) -> Found:
    """Restore the newest backup beside the running system, look whether all of it is there, and note that.

    Raises Refused or Damaged when this backup could not be used.
    """
    files = sorted(folder.glob(BACKUPS))
    if not files:
        raise Refused(f"There is no backup in {folder}: alert4you backup {folder}")
    with _unpacked(files[-1]) as (about, dump), _engine().beside(dump) as name, instead(name):
        _same(about)
    LastDone.note(LastDone.What.DRILL, at)
    return _found(files[-1], about)


def _engine() -> ModuleType:
    return sqlite if connection.vendor == "sqlite" else postgresql


def _about(at: datetime) -> dict[str, Any]:
    return {
        "alert4you": __version__,
        "made": at.isoformat(),
        "database": connection.vendor,
        "migrations": _last(MigrationRecorder(connection).applied_migrations()),
        "signature": signed(_signed_over(at.isoformat())),
        "tables": _engine().fingerprints(),
        "faults": len(verify().faults),
    }


@contextmanager
def _unpacked(file: Path) -> Iterator[tuple[dict[str, Any], Path]]:
    """What is in a backup that can be used here, and the bytes of its database."""
    if not file.is_file():
        raise Refused(f"{file} is not there.")
    with _engine().room() as folder:
        dump = folder / "dump"
        with dump.open("wb") as bytes_of_it:
            about = sealing.read(file, bytes_of_it)
        _usable(about)
        yield about, dump


def _usable(about: dict[str, Any]) -> None:
    if about["database"] != connection.vendor:
        raise Refused(
            f"This is a backup of {DATABASES[about['database']]}; here is {DATABASES[connection.vendor]}."
            " Name a database of that kind in DATABASE_URL or ALERT4YOU_DATABASE."
        )
    here = _last(MigrationExecutor(connection).loader.graph.leaf_nodes())
    other = [app for app, name in here.items() if about["migrations"].get(app) != name]
    if about["alert4you"] != __version__ or other:
        tables = f" (other tables: {', '.join(other)})" if other else ""
        raise Refused(
            f"This backup was made with Alert4you {about['alert4you']}; this is {__version__}{tables}. "
            "Install the version that made it, restore, install this one again and run: alert4you migrate"
        )
    if not is_signed(_signed_over(about["made"]), about["signature"]):
        raise Refused(
            "The audit trail in this backup was signed with another key. Set ALERT4YOU_SECRET_KEY and "
            "ALERT4YOU_AUDIT_KEY as they were, or name the one of then in ALERT4YOU_OLD_KEYS."
        )


def _same(about: dict[str, Any]) -> None:
    """That every table is as it was, and the trail as well.

    Raises Damaged with the names of the tables.
    """
    found = _engine().fingerprints()
    tables = about["tables"]
    other = sorted(each for each in {*found, *tables} if found.get(each) != tables.get(each))
    if other:
        raise Damaged(f"Not as they were when the backup was made: {', '.join(other)}.")
    if (faults := len(verify().faults)) != about["faults"]:
        raise Damaged(
            f"The audit trail is not as it was: {faults} faults, and {about['faults']} when this was made."
        )


def _signed_over(made: str) -> bytes:
    return f"alert4you backup {made}".encode()


def _last(migrations: Any) -> dict[str, str]:
    """The name of the last migration of each app."""
    return {app: name for app, name in sorted(migrations)}


def _found(file: Path, about: dict[str, Any]) -> Found:
    made, tables = datetime.fromisoformat(about["made"]), about["tables"]
    rows = sum(rows for rows, __ in tables.values())
    return Found(file, made, len(tables), rows, about["faults"])
