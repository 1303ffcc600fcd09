"""Many rows at once: SQLite's executemany, PostgreSQL's COPY."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from django.db import connection

from alert4you.country.recording import Table
from alert4you.kernel.audit import _canonical

AT_ONCE = 40_000
CHAINED = """DO $$
DECLARE one record; lane_now uuid; n bigint; before text;
BEGIN
    FOR one IN SELECT r.id, r.lane, r.digest FROM kernel_auditrecord r
        LEFT JOIN kernel_auditlink l ON l.record_id = r.id WHERE l.record_id IS NULL ORDER BY r.lane, r.id
    LOOP
        IF lane_now IS DISTINCT FROM one.lane THEN
            IF lane_now IS NOT NULL THEN
                INSERT INTO kernel_auditlane (lane, seq, hash) VALUES (lane_now, n, before)
                    ON CONFLICT (lane) DO UPDATE SET seq = n, hash = before;
            END IF;
            lane_now := one.lane; n := 0; before := '';
            SELECT a.seq, a.hash INTO n, before FROM kernel_auditlane a WHERE a.lane = lane_now;
            n := coalesce(n, 0); before := coalesce(before, '');
        END IF;
        n := n + 1;
        before := encode(sha256(convert_to(before || n || one.digest, 'UTF8')), 'hex');
        INSERT INTO kernel_auditlink (record_id, lane, seq, hash) VALUES (one.id, lane_now, n, before);
    END LOOP;
    IF lane_now IS NOT NULL THEN
        INSERT INTO kernel_auditlane (lane, seq, hash) VALUES (lane_now, n, before)
            ON CONFLICT (lane) DO UPDATE SET seq = n, hash = before;
    END IF;
END $$"""
_ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


class Writer:
    """Keeps rows until there are enough to write; ``flush`` writes what is left."""

    def __init__(self) -> None:
        self.rows = 0
        self._waiting: dict[Table, list[tuple[Any, ...]]] = {}
        self._count = 0

    def write(self, table: Table, rows: Iterable[tuple[Any, ...]]) -> None:
        kept = self._waiting.setdefault(table, [])
        before = len(kept)
        kept.extend(rows)
        self._count += len(kept) - before
        if self._count >= AT_ONCE:
            self.flush()

    def flush(self) -> None:
        write = _copied if connection.vendor == "postgresql" else _inserted
        for table, rows in self._waiting.items():
            write(table, rows)
        self.rows += self._count
        self._waiting, self._count = {}, 0


def text_of(value: Any) -> Any:
    """A cell as it is written: SQLite's own value, or the text that COPY reads."""
    if connection.vendor == "sqlite":
        return str(value) if isinstance(value, date | time) else value
    if value is None:
        return None
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, bytes | memoryview):
        return f"\\\\x{bytes(value).hex()}"
    if isinstance(value, datetime):
        return value.isoformat(" ")
    return str(value).translate(_ESCAPED)


def canonical(name: str, value: Any) -> str:
    """A field of the trail as its seal reads it, from how the database holds it."""
    if value is None or value == "":
        return ""
    if isinstance(value, datetime) and value.tzinfo is None:
        value = value.replace(tzinfo=UTC)  # as SQLite holds it
    if name == "records":
        value = json.loads(value) if isinstance(value, str) else value
    if isinstance(value, UUID):
        return value.hex
    return _canonical(value)


def _inserted(table: Table, rows: list[tuple[Any, ...]]) -> None:
    columns = ", ".join(f'"{each}"' for each in table.columns)
    places = ", ".join("?" * len(table.columns))
    connection.connection.executemany(
        f'INSERT INTO "{table.name}" ({columns}) VALUES ({places})',  # nosec B608: our own names
        rows,
    )


def _copied(table: Table, rows: list[tuple[Any, ...]]) -> None:
    columns = ", ".join(f'"{each}"' for each in table.columns)
    lines = "\n".join("\t".join(["\\N" if cell is None else cell for cell in row]) for row in rows)
    with (
        connection.cursor() as cursor,
        cursor.copy(f'COPY "{table.name}" ({columns}) FROM STDIN') as copy,
    ):
        copy.write(lines + "\n")


@contextmanager
def unhindered() -> Iterator[None]:
    """On PostgreSQL, for who may: triggers rest, so no key is looked up row by row, and afterwards the
    trail is chained in one go, as its trigger would have done.
    """
    if not _may_rest():
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")
        cursor.execute(CHAINED)


def _may_rest() -> bool:
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        return bool(cursor.fetchone()[0])
