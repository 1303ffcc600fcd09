"""Every change of the tables since the first ones, back and forward, while ten million notes are there."""

import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from uuid import uuid4

import psycopg

from faults import Outcome
from faults.postgresql import a_house_on_postgresql

LONGEST = 2.0  # seconds that a writer may wait
BATCH = 1_000_000
# What stops somebody who writes, at another's table.
STOPS = """SELECT l.pid, l.virtualtransaction, c.relname FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
WHERE l.granted AND c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
AND l.mode IN ('ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')"""


@dataclass
class Beside:
    """Somebody who writes notes, and somebody who looks which tables are locked, all the while."""

    url: str
    stop: threading.Event = field(default_factory=threading.Event)
    kept: list[str] = field(default_factory=list)
    waited: float = 0
    again: int = 0
    held: tuple[float, str] = (0.0, "none")

    def __enter__(self) -> "Beside":
        self.threads = [threading.Thread(target=each) for each in (self._write, self._look)]
        for each in self.threads:
            each.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        for each in self.threads:
            each.join()

    def _write(self) -> None:
        with psycopg.connect(self.url, autocommit=True) as database:
            write = a_note(database, "%(words)s::uuid", text="%(words)s")
            while not self.stop.wait(0.02):
                words, begun = str(uuid4()), time.perf_counter()
                while not self._kept(database, write, words):
                    self.again += 1
                self.waited = max(self.waited, time.perf_counter() - begun)
                self.kept.append(words)

    def _kept(self, database: psycopg.Connection, write: list[str], words: str) -> bool:
        """False when PostgreSQL lets the change of the tables go first; the product answers 503 then."""
        with suppress(psycopg.errors.DeadlockDetected), database.transaction():
            for statement in write:
                database.execute(statement, {"words": words})
            return True
        return False

    def _look(self) -> None:
        seen: dict[tuple[str, ...], float] = {}
        with psycopg.connect(self.url, autocommit=True) as database:
            while not self.stop.wait(0.02):
                now, there = time.perf_counter(), set(database.execute(STOPS).fetchall())
                seen = {each: seen.get(each, now) for each in there}
                for (_, _, table), since in seen.items():
                    self.held = max(self.held, (now - since, table))


def forward_and_back(notes: int) -> Outcome:
    """On PostgreSQL, where a lock stops who writes; SQLite lets one write at a time anyway."""
    fast = "-c fsync=off -c max_wal_size=8GB -c maintenance_work_mem=512MB"
    with a_house_on_postgresql(settings=fast) as (house, door):
        url = house.database_url = house.database_url.replace(str(door.port), str(door.to))
        house.run("write", "1", str(house.folder / "log"))
        with psycopg.connect(url, autocommit=True) as database:
            fill(database, notes)
            steps = [line.split() for line in house.run("migrations").splitlines()]
            with Beside(url) as beside:
                house.run("migrate", *(f"{app}.{before}" for app, before, _ in reversed(steps)))
                house.run("migrate", *(f"{app}.{name}" for app, _, name in steps))
                house.run("alter")
            there = "SELECT text FROM access_entry WHERE text = ANY(%s)"
            found = [words for (words,) in database.execute(there, [beside.kept])]
    held, table = beside.held
    return Outcome(
        f"{len(steps)} migrations back and forward, and a large table changed as in CONTRIBUTING.md, with "
        f"{notes:,} notes on PostgreSQL while somebody writes",
        acknowledged=len(beside.kept),
        lost=len(set(beside.kept) - set(found)),
        doubled=len(found) - len(set(found)),
        more=f"a note waited {beside.waited:.2f} s at most, {beside.again} were written again; "
        f"the longest lock was {held:.2f} s, on `{table}`",
        wrong=max(beside.waited, held) > LONGEST,
    )


def fill(database: psycopg.Connection, notes: int) -> None:
    """Copies of the one note there is, about ten thousand children."""
    database.execute("SET session_replication_role = replica")  # nothing is checked or counted
    indexes = database.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename IN ('access_entry', 'notes_note')"
        " AND indexname NOT IN (SELECT conname FROM pg_constraint)"
    ).fetchall()
    for name, _ in indexes:
        database.execute(f'DROP INDEX "{name}"')
    number = "('00000000-0000-4000-8000-' || lpad(to_hex({}), 12, '0'))::uuid".format
    a_child = again(database, "children_child", id=number("n"))
    database.execute(f"{a_child}, generate_series(0, 9999) n")
    other = {"child_id": number("n % 10000"), "at": "t.at - n * interval '1 second'"}
    for begin in range(0, notes, BATCH):
        series = f", generate_series({begin}, {min(begin + BATCH, notes) - 1}) n"
        for statement in a_note(database, number("n"), **other):
            database.execute(statement + series)
    for _, definition in indexes:
        database.execute(definition)
    database.execute("VACUUM ANALYZE access_entry")


def a_note(database: psycopg.Connection, number: str, **other: str) -> list[str]:
    return [
        again(database, "access_entry", id=number, **other),
        again(database, "notes_note", entry_ptr_id=number),
    ]


def again(database: psycopg.Connection, table: str, **other: str) -> str:
    """SQL for some row of a table once more, with something else in some columns."""
    columns = "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0"
    names = [name for (name,) in database.execute(f"{columns} AND NOT attisdropped", [table])]
    values = ", ".join(other.get(name, f't."{name}"') for name in names)
    return f"INSERT INTO {table} ({', '.join(names)}) SELECT {values} FROM (SELECT * FROM {table} LIMIT 1) t"
