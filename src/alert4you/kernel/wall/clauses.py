"""The policies as text for a database: what a wall is made of, on SQLite and on PostgreSQL alike.

A policy looks at guarded tables too (where a child has its place today). It looks at them through views of
only the columns it asks for, ``facts_<table>``: no name, no words. So no policy waits for another one.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from django.db import models

from alert4you.kernel.compiled import Compiled, Slot, compiled
from alert4you.kernel.policies import guarded_models, policies
from alert4you.kernel.wall.names import FACTS

ASKED = re.compile(rf'(?:FROM|JOIN) "{FACTS}(\w+)" ("?\w+"?)')


class Parent(NamedTuple):
    """Which guarded table decides about the rows of a table that extends it, by which column: to its key."""

    table: str
    link: str
    key: str


class Clause(NamedTuple):
    """Which rows of a table a role may see, as SQL."""

    table: str
    condition: str


def clauses(
    hat: type, role: str, written: Callable[[Slot | None, Any], str], shown: Callable[[str], str]
) -> Iterator[Clause]:
    """For every model with a policy of its own.

    ``written`` puts a value of the hat (or a constant), ``shown`` names what the role sees of a table.
    """
    found = dict(conditions(hat, role))
    widest_first = sorted(found, key=lambda model: -len(found[model].sql))
    for model, policy in found.items():
        text = _text(model, policy, f'"{model._meta.db_table}"', written)
        for other in widest_first:
            table = other._meta.db_table
            for alias in set(re.findall(rf'"{FACTS}{re.escape(table)}" (\w+) WHERE', text)):
                nested = f"({_text(other, found[other], alias, written)})"
                if nested in text:
                    text = text.replace(nested, "1=1")
                    text = text.replace(f'"{FACTS}{table}" {alias} ', f'"{shown(table)}" {alias} ')
        yield Clause(model._meta.db_table, text)


def conditions(hat: type, role: str) -> Iterator[tuple[type[models.Model], Compiled]]:
    for model, policy in policies().items():
        yield model, compiled(model, policy, hat, role)


def _text(
    model: type[models.Model],
    found: Compiled,
    called: str,
    written: Callable[[Slot | None, Any], str],
) -> str:
    """A policy about the rows of a table that is called so here."""
    named = {field.attname: field.column for field in model._meta.concrete_fields}
    columns = [f'{called}."{named[name]}"' for name in found.columns]
    pieces = found.sql.replace("%%", "%").format(*columns).split("%s")
    told = [written(slot, value) for slot, value in found.parameters]
    return "".join(map("".join, zip(pieces, [*told, ""], strict=True)))


def parent_of(model: type[models.Model]) -> Parent | None:
    """None for a model with a policy of its own; else what it extends, or is ``part_of``."""
    if model in policies():
        return None
    links: list[Any] = [*filter(None, model._meta.parents.values())]
    if part_of := getattr(model, "part_of", ""):
        links = [model._meta.get_field(part_of)]
    known = guarded_models().values()
    link = next(link for link in links if link.related_model in known)
    decides = link.related_model._meta
    return Parent(decides.db_table, link.column, decides.pk.column)


def facts_views(hat: type, roles: Iterable[str]) -> Iterator[str]:
    """The statements that make the views policies look through; names are those of our own tables."""
    for table, columns in facts(hat, roles).items():
        named = ", ".join(f'"{column}"' for column in columns)
        yield f'CREATE VIEW "{FACTS}{table}" AS SELECT {named} FROM "{table}"'  # noqa: S608


def facts(hat: type, roles: Iterable[str]) -> dict[str, list[str]]:
    """Which columns of which guarded tables the policies look at."""
    asked: dict[str, set[str]] = {}
    for role in roles:
        for __, found in conditions(hat, role):
            for hit in ASKED.finditer(found.sql):
                columns = re.findall(
                    rf'(?<!\w){re.escape(hit[2])}\."(\w+)"', _around(found.sql, hit.start())
                )
                asked.setdefault(hit[1], set()).update(columns)
    models_of = guarded_models()
    return {
        table: [
            field.column
            for field in models_of[table]._meta.local_concrete_fields
            if field.column in columns
        ]
        for table, columns in sorted(asked.items())
    }


def _around(sql: str, place: int) -> str:
    """The subquery in which a place stands: the same name is another table in the next one."""
    opened: list[int] = []
    for hit in re.finditer(r"[()]", sql):
        if hit[0] == "(":
            opened.append(hit.start())
        elif (start := opened.pop()) < place < hit.start():
            return sql[start : hit.end()]
    return sql
