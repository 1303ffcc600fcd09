"""A question to the database that is written as any other, and built once.

Building and compiling a query takes Django longer than the database takes to answer it. What a page asks
differs between two people of one role by their ids, the moment and the rows it is about. So it is built for
two stand-ins, as a policy is (`kernel.compiled`): where their values differ are the slots. A query that
differs in anything else is refused, and so is a function that reads while it builds.
"""

import re
from collections.abc import Callable, Collection, Hashable, Iterator
from contextlib import nullcontext
from copy import copy
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any, Concatenate, NoReturn, ParamSpec, TypeVar, cast
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection, connections, models

from alert4you.kernel.compiled import (
    ID,
    STAND_INS,
    NotCompilable,
    Slot,
    prepared,
    slot_of,
    stand_in,
)

MARK = re.compile("%[%s]")
Who = TypeVar("Who")
About = ParamSpec("About")
Row = TypeVar("Row")


class Exactly(str):
    """A text to fill in: no part of the form of a query."""

    __slots__ = ()


def kept(
    build: Callable[Concatenate[Who, About], "models.QuerySet[Any, Row]"],
) -> Callable[Concatenate[Who, About], list[Row]]:
    """The rows of the query that this function builds, for an actor (or None) and what it is about.

    Ids and what is ``Exactly`` a text, one or a collection, are filled in anew; any other argument belongs
    to the form of the query.
    """
    forms: dict[Hashable, Form | None] = {}

    @wraps(build)
    def ask(actor: Any, *about: Any) -> Any:
        given = [_given(each) for each in about]
        seen = actor is not None and connection.shows_already(actor)  # type: ignore[attr-defined]
        standing = connection.vendor, connection.standing, seen  # type: ignore[attr-defined]
        key = (standing, actor and actor.role, *(form for form, _values in given))
        if key not in forms:
            forms[key] = _form(build, actor, about, seen)
        form = forms[key]
        return (
            form.rows(actor, [each for _form, values in given for each in values]) if form else []
        )

    return ask  # type: ignore[return-value]


@dataclass(frozen=True)
class Form:
    """A query that was built; its parameters by name: a slot of the actor, the number of a value, or a
    constant. Each stands in it once, however often it is asked.
    """

    rows_of: models.QuerySet[Any, Any]
    compiler: Any
    sql: str
    parameters: dict[str, tuple[Slot | int | None, Any]]

    @cached_property
    def converters(self) -> dict[int, Any]:
        """What converts each column that the database returns; depends on the columns alone."""
        columns = self.compiler.select[: self.compiler.col_count]
        found: dict[int, Any] = self.compiler.get_converters([each for each, *_more in columns])
        return found

    def rows(self, actor: Any, given: list[UUID | Exactly]) -> list[Any]:
        values = {}
        for name, (slot, constant) in self.parameters.items():
            if slot is None:
                values[name] = constant
            elif isinstance(slot, Slot):
                values[name] = slot.value(actor)
            else:
                values[name] = _filled_in(given[slot])
        asked = object.__new__(type(self.rows_of))
        asked.__dict__.update(self.rows_of.__dict__, _query=_Filled(self, values))
        return list(asked)


class _Filled:
    """Stands in for Django's Query when a queryset fetches its rows."""

    def __init__(self, form: Form, values: dict[str, Any]) -> None:
        self.form, self.values = form, values

    def __getattr__(self, name: str) -> Any:
        return getattr(self.form.rows_of.query, name)

    def get_compiler(self, using: str) -> Any:
        compiler = copy(self.form.compiler)
        compiler.connection = connections[using]
        compiler.as_sql = lambda: (self.form.sql, self.values)
        compiler.get_converters = lambda _columns: self.form.converters
        return compiler


def _given(argument: Any) -> tuple[Hashable, list[UUID | Exactly]]:
    """The form of an argument, and what to fill in: so much that few forms are needed."""
    if isinstance(argument, UUID | Exactly):
        return cast("Hashable", type(argument)), [argument]
    if isinstance(argument, Collection) and not isinstance(argument, str):
        given = list(argument)
        room = 1 << (len(given) - 1).bit_length() if given else 0
        kind = type(given[0]) if given else UUID
        return (kind, room), given + given[-1:] * (room - len(given))
    return argument, []


def _filled_in(given: UUID | Exactly) -> Any:
    return prepared(ID, given) if isinstance(given, UUID) else str(given)


def _form(build: Callable[..., Any], actor: Any, about: tuple[Any, ...], seen: bool) -> Form | None:
    """What this function asks for every actor of this role; None where nothing can be found."""
    name, actors, values, built = build.__qualname__, [], [], []
    for number, day in enumerate(
        STAND_INS, 3
    ):  # not those for whom policies are compiled meanwhile
        who = actor and stand_in(type(actor), actor.role, day, number)
        others = _others(number)
        arguments = [_instead(each, others) for each in about]
        as_if = connection.as_if_seen_by(who) if seen else nullcontext()  # type: ignore[attr-defined]
        with connection.execute_wrapper(_refused), as_if:
            rows = build(who, *arguments)
            compiler = rows.query.get_compiler(using=rows.db)
            try:
                with getattr(rows, "_asking", nullcontext)():
                    built.append((rows, compiler, *compiler.as_sql()))
            except EmptyResultSet:
                return None
        actors.append(who)
        values.append([_filled_in(each) for told in arguments for each in _given(told)[1]])
    (rows, compiler, sql, ones), (_rows, _compiler, same, twos) = built
    if sql != same:
        raise NotCompilable(f"{name}: its form depends on who looks")
    if any(not isinstance(each, str) for each in rows._prefetch_related_lookups):
        raise NotCompilable(f"{name}: a prefetch with a query of its own would be asked as built")
    pairs = list(zip(*values, strict=True))
    asked = [
        (pairs.index(pair), None) if pair in pairs else slot_of(name, actors, pair)
        for pair in zip(ones, twos, strict=True)
    ]
    names: dict[Any, str] = {}
    named = [
        names.setdefault((slot, type(constant), repr(constant)), f"p{len(names)}")
        for slot, constant in asked
    ]
    marks = iter(named)
    sql = MARK.sub(lambda hit: hit[0] if hit[0] == "%%" else f"%({next(marks)})s", sql)
    return Form(rows, compiler, sql, dict(zip(named, asked, strict=True)))


def _others(number: int) -> Iterator[UUID]:
    """Ids that occur nowhere else."""
    return map(UUID, (f"a4a4a4a4-0000-0000-000{number}-{n:012x}" for n in range(1 << 20)))


def _instead(argument: Any, others: Iterator[UUID]) -> Any:
    """An argument with other ids or texts, as many as there is room for."""
    form, given = _given(argument)
    if form in (UUID, Exactly):
        return form(str(next(others)))
    return (
        [type(each)(str(next(others))) for each in given] if isinstance(form, tuple) else argument
    )


def _refused(*_statement: Any) -> NoReturn:
    raise NotCompilable("a query that is kept is built without reading")
