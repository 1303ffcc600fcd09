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
# What the trigger of the trail does for each record, for all of them in one statement.
CHAINED = """
CREATE OR REPLACE FUNCTION pg_temp.followed(hash text, seq bigint, digest text, start text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN
    RETURN encode(sha256((coalesce(hash, start) || seq || digest)::bytea), 'hex'); END $$;
CREATE OR REPLACE AGGREGATE pg_temp.chain(bigint, text, text) (SFUNC = pg_temp.followed, STYPE = text);
INSERT INTO kernel_auditlink (record_id, lane, seq, hash)
SELECT id, lane, seq, pg_temp.chain(seq, digest, start) OVER (PARTITION BY lane ORDER BY seq) FROM (
    SELECT r.id, r.lane, r.digest, coalesce(a.hash, '') AS start,
        coalesce(a.seq, 0) + row_number() OVER (PARTITION BY r.lane ORDER BY r.id) AS seq
    FROM kernel_auditrecord r LEFT JOIN kernel_auditlane a USING (lane)
    WHERE NOT EXISTS (SELECT FROM kernel_auditlink l WHERE l.record_id = r.id)
) loose;
INSERT INTO kernel_auditlane (lane, seq, hash)
SELECT lane, seq, hash FROM (SELECT lane, max(seq) AS seq FROM kernel_auditlink GROUP BY lane) ends
JOIN kernel_auditlink USING (lane, seq)
ON CONFLICT (lane) DO UPDATE SET seq = excluded.seq, hash = excluded.hash;
"""
UNINDEXED = """UPDATE pg_index SET indisready = false, indisvalid = false
FROM pg_class WHERE pg_class.oid = indrelid AND relnamespace = 'public'::regnamespace
AND relname <> 'kernel_auditlane'"""
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
        f'INSERT INTO "{table.name}" ({columns}) VALUES ({places})',  # noqa: S608 - our own names
        rows,
    )


def _copied(table: Table, rows: list[tuple[Any, ...]]) -> None:
    """Where row-level security holds, COPY is refused: there by way of a table of one's own."""
    columns = ", ".join(f'"{each}"' for each in table.columns)
    lines = "\n".join("\t".join(["\\N" if cell is None else cell for cell in row]) for row in rows)
    into, beside = f'"{table.name}" ({columns})', f'pg_temp."coming_{table.name}"'
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_security_active(%s)", [table.name])
        (refused,) = cursor.fetchone()
        if refused:
            like = f'SELECT {columns} FROM "{table.name}" WITH NO DATA'  # noqa: S608 - our own names
            cursor.execute(f"CREATE TABLE {beside} AS {like}")
        with cursor.copy(f"COPY {beside if refused else into} FROM STDIN") as copy:
            copy.write(lines + "\n")
        if refused:
            cursor.execute(f"INSERT INTO {into} SELECT * FROM {beside}")  # noqa: S608 - our own names
            cursor.execute(f"DROP TABLE {beside}")


def may_rest() -> bool:
    """Triggers and indexes can rest while rows come: only on PostgreSQL, for its administrator."""
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        return bool(cursor.fetchone()[0])


@contextmanager
def unhindered() -> Iterator[None]:
    """In a transaction, where it may: no key is looked up row by row, and `chain` comes afterwards."""
    if not may_rest():
        yield
        return
    _do("SET LOCAL session_replication_role = replica")
    yield
    _do("SET LOCAL session_replication_role = DEFAULT")


@contextmanager
def unindexed() -> Iterator[None]:
    """Indexes are made once, after all rows are there (but that of the lanes: `chain` needs it)."""
    _do(UNINDEXED)
    try:
        yield
    finally:
        _do("REINDEX SCHEMA public")
        _do("VACUUM")


def chain() -> None:
    """The records that the trigger of the trail did not see."""
    if may_rest():
        _do(CHAINED)


def _do(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
