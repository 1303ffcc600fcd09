"""What commands write, row by row as the database holds it, to be copied."""

import re
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

from django.apps import apps
from django.db import connection, models, transaction

T = TypeVar("T")
Ids: TypeAlias = dict[str, frozenset[Any]]

_WRITTEN = re.compile(r'INSERT (?:OR IGNORE )?INTO "(\w+)"')
# The chain of the trail is the work of a trigger, and a lock lasts as long as a transaction.
_NOT_OURS = {"kernel_auditlink", "kernel_auditlane"}


@dataclass(frozen=True)
class Table:
    """``columns``: without a number that the database gives itself."""

    name: str
    key: str
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Rows:
    """What one playing added: of each table the rows in the order of writing."""

    tables: tuple[tuple[Table, tuple[tuple[Any, ...], ...]], ...]

    @property
    def ids(self) -> Iterator[str]:
        """The identities that were made, without dashes."""
        for table, rows in self.tables:
            if table.key in table.columns:
                place = table.columns.index(table.key)
                yield from (hex_of(row[place]) for row in rows)


def hex_of(value: Any) -> str:
    return str(value).replace("-", "")


def here() -> Ids:
    """The identity of every row that stands in the database."""
    return {name: _ids(table) for name, table in tables().items()}


def recorded(play: Callable[[], T], before: Ids) -> tuple[T, Rows]:
    """What ``play`` answers and what it adds; undone afterwards."""
    with transaction.atomic():
        with _watched() as touched:
            answer = play()
        rows = Rows(tuple(_added(touched, before)))
        transaction.set_rollback(True)
    return answer, rows


def tables() -> dict[str, Table]:
    """Every table of ours that commands write."""
    return {
        table.name: table
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("alert4you.") and not model._meta.proxy
        if (table := _table(model)).name not in _NOT_OURS
    }


def _table(model: type[models.Model]) -> Table:
    told = model._meta
    ours = tuple(
        str(field.column)
        for field in told.local_concrete_fields
        if not isinstance(field, models.AutoField | models.BigAutoField)
    )
    return Table(told.db_table, str(told.pk.column), ours)


def _added(touched: Collection[str], before: Ids) -> Iterator[tuple[Table, Any]]:
    for name, table in tables().items():
        if name not in touched:
            continue
        rows = _rows(table, (table.key, *table.columns))
        new = tuple(tuple(row[1:]) for row in rows if row[0] not in before[name])
        if new:
            yield table, new


def _ids(table: Table) -> frozenset[Any]:
    return frozenset(row[0] for row in _rows(table, (table.key,)))


def _rows(table: Table, columns: Collection[str]) -> list[tuple[Any, ...]]:
    told = ", ".join(f'"{column}"' for column in columns)
    order = "rowid" if connection.vendor == "sqlite" else "ctid"
    with connection.cursor() as cursor:
        query = f'SELECT {told} FROM "{table.name}" ORDER BY {order}'  # noqa: S608 - our own names
        cursor.execute(query)
        return list(cursor.fetchall())


@contextmanager
def _watched() -> Iterator[set[str]]:
    touched: set[str] = set()

    def watch(execute: Any, sql: str, *rest: Any) -> Any:
        touched.update(_WRITTEN.findall(sql))
        return execute(sql, *rest)

    with connection.execute_wrapper(watch):
        yield touched
