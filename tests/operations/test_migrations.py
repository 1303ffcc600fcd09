"""A change of the tables stops nobody who writes: no long lock on a table that is there already.

How a large table is changed instead: CONTRIBUTING.md. What it comes to is measured by `make faults`.
"""

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connection
from django.db.migrations import Migration, RunPython
from django.db.migrations.loader import MigrationLoader

from alert4you.kernel.migrating import wait_briefly

# From before anybody had an installation.
HISTORY = {
    ("kernel", "0004_letters"),
    ("referrals", "0002_answers"),
    ("retention", "0002_once"),
}
LONG = {
    r"CREATE (UNIQUE )?INDEX (?!CONCURRENTLY)": "AddIndexConcurrently",
    r"ADD CONSTRAINT (?!.*NOT VALID)": "AddConstraintNotValid, then ValidateConstraint",
    r"ADD COLUMN .*(REFERENCES|UNIQUE)": "first the column, then what it holds to",
    r"DROP DEFAULT": "db_default, so that the version of before can write too",
    r"ALTER COLUMN .*(TYPE|SET NOT NULL)": "a new column, or a constraint that it is not empty",
}
TABLE = re.compile(r'(?:ALTER TABLE|INDEX .* ON|CREATE TABLE) "(\w+)"')
on_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="on PostgreSQL")


def refused(statements: list[str]) -> list[str]:
    """What to do instead, of each statement that locks a table of before for long."""
    new = {_table(each) for each in statements if each.startswith("CREATE TABLE")}
    return [
        instead
        for statement in statements
        for pattern, instead in LONG.items()
        if re.search(pattern, statement) and _table(statement) not in new
    ]


def _table(statement: str) -> str:
    found = TABLE.search(statement)
    return found[1] if found else ""


def later(loader: MigrationLoader) -> Iterator[Migration]:
    for (app, name), migration in loader.disk_migrations.items():
        if app in settings.CONTEXTS and not migration.initial and not name.startswith("0001"):
            yield migration


def statements_of(loader: MigrationLoader, migration: Migration) -> list[str]:
    key = (migration.app_label, migration.name)
    before = loader.project_state(key, at_end=False)
    with connection.schema_editor(collect_sql=True, atomic=migration.atomic) as editor:
        migration.apply(before, editor, collect_sql=True)
    return [each for each in editor.collected_sql if not each.startswith("--")]


@on_postgresql
@pytest.mark.django_db
def test_no_migration_locks_a_table_for_long() -> None:
    loader = MigrationLoader(connection)
    new = [each for each in later(loader) if (each.app_label, each.name) not in HISTORY]
    assert {str(each): refused(statements_of(loader, each)) for each in new} == {
        str(each): [] for each in new
    }
    assert len(refused(statements_of(loader, loader.get_migration("kernel", "0004_letters")))) > 2


def test_every_migration_has_a_way_back() -> None:
    stuck = [
        str(each)
        for each in later(MigrationLoader(None))
        for operation in each.operations
        if not operation.reversible
        or (isinstance(operation, RunPython) and operation.reverse_code is RunPython.noop)
    ]
    assert not stuck


@pytest.mark.parametrize(
    ("statement", "ways"),
    [
        ('CREATE INDEX "seen" ON "access_entry" ("seen")', 1),
        ('CREATE INDEX CONCURRENTLY "seen" ON "access_entry" ("seen")', 0),
        ('ALTER TABLE "access_entry" ADD COLUMN "seen" integer NULL', 0),
        ('ALTER TABLE "access_entry" ADD COLUMN "seen" integer DEFAULT 1 NOT NULL', 0),
        ('ALTER TABLE "access_entry" ALTER COLUMN "seen" DROP DEFAULT', 1),
        ('ALTER TABLE "access_entry" ALTER COLUMN "day" SET NOT NULL', 1),
        ('ALTER TABLE "access_entry" ADD CONSTRAINT "sane" CHECK (seen > 0)', 1),
        ('ALTER TABLE "access_entry" ADD CONSTRAINT "sane" CHECK (seen > 0) NOT VALID', 0),
        ('ALTER TABLE "access_entry" ADD COLUMN "by" uuid NULL CONSTRAINT "x" REFERENCES "p"', 1),
        ('ALTER TABLE "new" ADD CONSTRAINT "of" FOREIGN KEY ("e") REFERENCES "access_entry"', 0),
    ],
)
def test_what_locks_for_long(statement: str, ways: int) -> None:
    assert len(refused(['CREATE TABLE "new" ("e" uuid)', statement])) == ways


@on_postgresql
@pytest.mark.django_db
def test_who_migrates_waits_two_seconds_for_a_lock() -> None:
    wait_briefly("default")
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("2s",)
        cursor.execute("RESET lock_timeout")
