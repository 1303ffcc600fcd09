"""After a change of the tables the second wall is as the policies are now."""

from typing import Any

from django.db import connections
from django.db.migrations import Migration

from alert4you.kernel.policies import guarded_models
from alert4you.kernel.wall import postgresql, sqlite
from alert4you.organisations.models import APPLICATION, Actor, Role


def take_down_wall(using: str, plan: list[tuple[Migration, bool]], **_signal: Any) -> None:
    """Before a column may go that it is made of; else it stands until another one does."""
    connection = connections[using]
    wall = _wall_of(connection)
    for migration, backwards in plan:
        if backwards or not all(isinstance(each, wall.BESIDE) for each in migration.operations):
            wall.take_down(connection)
            return


def build_wall(using: str, **_signal: Any) -> None:
    """From the policies as they are now; nothing while not all tables are there yet."""
    connection = connections[using]
    if guarded_models().keys() <= set(connection.introspection.table_names()):
        _wall_of(connection).build(connection, Actor, [*Role.values, APPLICATION])


def _wall_of(connection: Any) -> Any:
    return sqlite if connection.vendor == "sqlite" else postgresql
