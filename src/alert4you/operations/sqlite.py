"""SQLite: copied by its own backup, which is of one moment while others write."""

import gzip
import shutil
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from time import time

from django.db import connection

from alert4you.operations.connecting import instead
from alert4you.operations.sealing import Damaged, Refused

PIECE = 1 << 20  # bytes
AT_ONCE = 10_000  # rows
A_DAY = 24 * 60 * 60
ROOM = "alert4you-backup-"


@contextmanager
def room() -> Iterator[Path]:
    """A folder beside the database; what somebody left there who was killed, goes after a day."""
    ours = Path(connection.settings_dict["NAME"])
    place = ours.parent if ours.is_absolute() else None
    for left in place.glob(f"{ROOM}*") if place else ():
        if left.stat().st_mtime < time() - A_DAY:
            shutil.rmtree(left, ignore_errors=True)
    with TemporaryDirectory(prefix=ROOM, dir=place) as folder:
        yield Path(folder)


@contextmanager
def at_one_moment() -> Iterator[Iterator[bytes]]:
    """While this holds, the database is asked as it was at its beginning; yields all its bytes.

    Raises Refused when there is no room beside the database for a copy of it.
    """
    connection.ensure_connection()
    with room() as folder:
        copy = folder / "copy"
        try:
            with closing(sqlite3.connect(copy)) as target:
                connection.connection.backup(target)
        except sqlite3.Error as error:
            raise Refused(f"No copy could be made in {folder.parent}: {error}.") from error
        with instead(copy):
            yield _squeezed(copy)


@contextmanager
def beside(dump: Path) -> Iterator[Path]:
    """The database of a dump, in a file of its own for as long as this holds.

    Raises Damaged for a dump that was not whole when it was sealed.
    """
    found = dump.with_name("restored")
    try:
        with gzip.open(dump) as squeezed, found.open("wb") as file:
            shutil.copyfileobj(squeezed, file, PIECE)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise Damaged(
            "The database in this backup is not whole. Take the one before it."
        ) from error
    yield found


def restore(dump: Path, right: Callable[[], None]) -> None:
    """Make it the database of this installation, once ``right`` raises nothing about it."""
    ours = Path(connection.settings_dict["NAME"])
    with beside(dump) as found:
        with instead(found):
            right()
        connection.close()
        found.replace(ours)


def fingerprints() -> dict[str, list[int | str]]:
    """For every table its number of rows, and a sum of their content that no order changes."""
    name = connection.settings_dict["NAME"]
    with closing(sqlite3.connect(f"file:{name}?mode=ro", uri=True)) as database:
        tables = database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            " AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
        ).fetchall()
        return {table: _sum_of(database, table) for (table,) in tables}


def _sum_of(database: sqlite3.Connection, table: str) -> list[int | str]:
    rows, total = 0, 0
    found = database.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - names of our own tables
    while some := found.fetchmany(AT_ONCE):
        rows += len(some)
        total += sum(int.from_bytes(sha256(repr(row).encode()).digest()[:16]) for row in some)
    return [rows, f"{total % 2**128:032x}"]


def _squeezed(file: Path) -> Iterator[bytes]:
    squeeze = zlib.compressobj(level=6, wbits=31)  # as gzip does
    with file.open("rb") as source:
        while piece := source.read(PIECE):
            yield squeeze.compress(piece)
    yield squeeze.flush()
