"""The wall on SQLite: a view per role on every table about people, and a guard that refuses the tables.

What Django asks during a request names the views of the hat's role, and SQLite's authorizer refuses the
tables themselves (`kernel.sqlite.base`). The values of the hat come from a function, so that nothing has
to be written before a page is read.
"""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from django.db import transaction

from alert4you.kernel.compiled import Slot
from alert4you.kernel.policies import guarded_models
from alert4you.kernel.wall.clauses import clauses, facts_views, parent_of
from alert4you.kernel.wall.names import NOBODY, view_of

BESIDE = ()  # a change of a table may make it anew, and then what looks at it is in the way
HAT = "of_viewer('{}', {})"


def take_down(connection: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'view'")
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP VIEW "{name}"')


def build(connection: Any, hat: type, roles: Iterable[str]) -> None:
    """All views, from the policies as they are now, at once; nothing when they stand so."""
    statements = [*facts_views(hat, list(roles)), *_views(hat, list(roles))]
    with transaction.atomic(connection.alias), connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'view'")
        if {sql for (sql,) in cursor.fetchall()} == set(statements):
            return
        take_down(connection)
        for statement in statements:
            cursor.execute(statement)


def _views(hat: type, roles: list[str]) -> Iterator[str]:
    for role in roles:
        for table, condition in clauses(hat, role, _written, partial(view_of, role=role)):
            yield _view(table, role, condition)
    for table, model in guarded_models().items():
        if parent := parent_of(model):
            for role in roles:
                same = f'decides."{parent.key}" = "{table}"."{parent.link}"'
                decides = f'"{view_of(parent.table, role)}" decides WHERE {same}'
                yield _view(table, role, f"EXISTS (SELECT 1 FROM {decides})")  # noqa: S608
        own = f'"{table}"."{model._meta.pk.column}"'
        yield _view(table, NOBODY, f"{own} = {HAT.format('person_id', 0)}")


def _view(table: str, role: str, condition: str) -> str:
    """One that asks no column of its table SQLite reads as the table itself, unless it has a limit."""
    named = f'CREATE VIEW "{view_of(table, role)}" AS SELECT * FROM "{table}"'  # noqa: S608
    apart = "" if f'"{table}".' in condition else " LIMIT -1"
    return f"{named} WHERE {condition}{apart}"


def _written(slot: Slot | None, value: Any) -> str:
    if slot:
        return HAT.format(slot.name, slot.off)
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return str(int(value))
