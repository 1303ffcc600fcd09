"""The demo's database: made once by playing the scenarios, then kept.

The file carries a mark of its own, so that the personas of a demo can never be switched on over
a database with real children in it.
"""

import sqlite3
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.db.migrations.exceptions import InconsistentMigrationHistory

from alert4you.kernel.database_settings import write_pragma

DEMO_MARK = 0x41344444  # "A4DD", SQLite's application_id of a demo
FILLED = 1  # SQLite's user_version once every scenario has been played


def prepare(reset: bool, say: Callable[[str], None]) -> None:
    """Bring the demo's database up to date, filling it when it is new, unfinished or reset.

    Raises CommandError when the file was not made by a demo, or by a version too different from this one.
    """
    file = Path(settings.DATABASES["default"]["NAME"])
    mark, filled = _marks(file)
    if file.exists() and mark != DEMO_MARK:
        raise CommandError(
            f"{file} was not made by a demo; it stays as it is. "
            "Leave ALERT4YOU_DATABASE out, or name a new file."
        )
    fill = reset or filled != FILLED
    say("Telling the stories ..." if fill else "Preparing the database ...")
    if fill:
        _remove(file)
        write_pragma("application_id", DEMO_MARK)
    _migrate()
    if fill:
        _fill()
        write_pragma("user_version", FILLED)


def fill_empty(say: Callable[[str], None]) -> None:
    """The same in an empty database of a PostgreSQL server, to measure there.

    Raises CommandError when there is anything in it.
    """
    if connection.introspection.table_names():
        raise CommandError("This database is not empty; it stays as it is.")
    say("Telling the stories ...")
    call_command("migrate", interactive=False, verbosity=0)
    _fill()


def _migrate() -> None:
    try:
        call_command("migrate", interactive=False, verbosity=0)
    except (DatabaseError, InconsistentMigrationHistory) as error:
        raise CommandError(
            f"The demo of an earlier version cannot be brought up to date ({error}). "
            "Start over: make demo RESET=1"
        ) from error


def _fill() -> None:
    # Imported here: production has no demo.
    from alert4you.demo.build import build_demo

    build_demo()


def _marks(file: Path) -> tuple[int, int]:
    if not file.exists():
        return 0, 0
    with sqlite3.connect(file) as database:
        (mark,) = database.execute("PRAGMA application_id").fetchone()
        (filled,) = database.execute("PRAGMA user_version").fetchone()
    database.close()
    return mark, filled


def _remove(file: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)
