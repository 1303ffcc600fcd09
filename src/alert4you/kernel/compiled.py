"""A policy as one SQL condition, built once and filled in per actor.

Building and compiling a policy of a dozen nested conditions costs Django some ten milliseconds; a page asks
it several times. Its SQL depends on the model and the role only. So it is compiled for two stand-in actors of
that role, on two days: where their values differ are the slots for the real actor's values, and if anything
differs that is not an id, the moment or a day counted from it, the policy is refused rather than guessed.

The second wall (`kernel.wall`) is made of the same SQL.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db import connection, models
from django.db.models.expressions import Expression, F

from alert4you.kernel.clock import years_before
from alert4you.kernel.policies import Policy, guarded_models, policies
from alert4you.kernel.wall.names import FACTS
from alert4you.kernel.wall.standing import plainly_named, shows_already

ID, MOMENT, DAY, NUMBER = (
    models.UUIDField(),
    models.DateTimeField(),
    models.DateField(),
    models.IntegerField(),
)
STAND_INS = (date(2021, 3, 17), date(2024, 8, 9))
ALIAS = re.compile(r"\b([A-Z]{1,2}\d+)\b")
TABLE = re.compile(r'(FROM|JOIN) "(\w+)"( [A-Z]{1,2}\d+)?')


@dataclass(frozen=True)
class Slot:
    """A place in SQL for one value of the actor; a day can be so many days or years off, a moment seconds."""

    name: str
    off: int = 0

    def value(self, actor: Any) -> Any:
        """The actor's value here, as the database wants it."""
        match self.name:
            case "today":
                return prepared(DAY, actor.today + timedelta(self.off))
            case "birthday":
                return prepared(DAY, years_before(actor.today, self.off))
            case "week":
                return prepared(DAY, _monday(actor.today) + timedelta(self.off))
            case "weekday":
                return prepared(NUMBER, actor.today.weekday())
            case "moment":
                return prepared(MOMENT, actor.at + timedelta(seconds=self.off))
        return prepared(SLOTS[self], getattr(actor, self.name))


SLOTS: dict[Slot, models.Field] = {
    Slot("person_id"): ID,
    Slot("organisation_id"): ID,
    Slot("membership_id"): ID,
    Slot("at"): MOMENT,
    Slot("weekday"): NUMBER,
}


class NotCompilable(TypeError):
    """The policy depends on something of the actor besides its ids, role, moment and day."""


@dataclass(frozen=True)
class Compiled:
    """SQL with ``{n}`` for the n-th column and ``%s`` for each parameter: a slot or a constant."""

    sql: str
    columns: tuple[str, ...]
    parameters: tuple[tuple[Slot | None, Any], ...]


class Condition(Expression):
    """What a policy says of a row and this actor, for ``filter`` and ``annotate``."""

    conditional = True

    def __init__(self, model: type[models.Model], policy: Policy, actor: Any) -> None:
        super().__init__(output_field=models.BooleanField())
        self.actor = actor
        hat: Any = type(actor)
        self.compiled = compiled(model, policy, hat, actor.role)
        self.is_the_wall = policies().get(model) is policy
        self.columns: list[Any] = [F(name) for name in self.compiled.columns]

    def get_source_expressions(self) -> list[Any]:
        return self.columns

    def set_source_expressions(self, exprs: Any) -> None:
        self.columns = list(exprs)

    def as_sql(self, compiler: Any, _connection: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        if self.is_the_wall and shows_already(self.actor):
            return "1=1", []
        columns = [compiler.compile(column)[0] for column in self.columns]
        parameters = [
            slot.value(self.actor) if slot else value for slot, value in self.compiled.parameters
        ]
        return f"({self.compiled.sql.format(*columns)})", parameters


@lru_cache(maxsize=1024)
def compiled(model: type[models.Model], policy: Policy, hat: type, role: str) -> Compiled:
    """The SQL of a policy on a model, for every actor of this role."""
    actors = [stand_in(hat, role, day, number) for number, day in enumerate(STAND_INS, 1)]
    (sql, *ones), (same, *twos) = (_where(model, policy(actor)) for actor in actors)
    if sql != same:
        raise NotCompilable(f"{policy.__name__}: its form depends on who looks")
    pairs = zip(ones, twos, strict=True)
    parameters = tuple(slot_of(policy.__name__, actors, pair) for pair in pairs)
    column = re.compile(rf'"{re.escape(model._meta.db_table)}"\."(\w+)"')
    names = {field.column: field.attname for field in model._meta.concrete_fields}
    found = sorted(set(column.findall(sql)))
    sql = column.sub(lambda hit: f"{{{found.index(hit[1])}}}", sql)
    sql = TABLE.sub(_facts, sql)
    sql = ALIAS.sub(rf"{model._meta.db_table}_\1", sql)
    return Compiled(_lean(sql), tuple(names[each] for each in found), parameters)


def _lean(condition: str) -> str:
    """Without the parentheses around a whole WHERE: SQLite's parser goes only so deep."""
    opened: list[int] = []
    idle: set[int] = set()
    for place, sign in enumerate(condition):
        if sign == "(":
            opened.append(place)
        elif sign == ")":
            start = opened.pop()
            if condition.endswith("WHERE ", 0, start) and condition.startswith(
                (")", " LIMIT"), place + 1
            ):
                idle |= {start, place}
    return "".join(sign for place, sign in enumerate(condition) if place not in idle)


def _where(model: type[models.Model], condition: models.Q) -> list[Any]:
    """The SQL of a condition on a model, followed by its parameters."""
    query = model._base_manager.filter(condition).query
    if sum(bool(uses) for uses in query.alias_refcount.values()) > 1:
        raise NotCompilable(f"{model._meta.label}: ask joined tables in a subquery")
    try:
        with plainly_named():
            sql, parameters = query.get_compiler(connection=connection).compile(query.where)
    except EmptyResultSet:
        return ["1=0"]
    except FullResultSet:
        return ["1=1"]
    return [sql, *parameters]


def _facts(hit: re.Match[str]) -> str:
    """A policy asks the facts, whoever looks: not what the wall leaves of a table about people."""
    verb, table, alias = hit.groups()
    if table not in guarded_models():
        return hit[0]
    called = alias.strip() if alias else f'"{table}"'
    return f'{verb} "{FACTS}{table}" {called}'


def slot_of(name: str, actors: list[Any], pair: tuple[Any, Any]) -> tuple[Slot | None, Any]:
    """The slot that both stand-ins fill with their own value, or the constant that both share."""
    if pair[0] == pair[1]:
        return None, pair[0]
    for slot in (*SLOTS, *_days(pair[0], actors[0].today), *_moments(pair[0], actors[0].at)):
        if pair == tuple(slot.value(actor) for actor in actors):
            return slot, None
    raise NotCompilable(f"{name}: {pair[0]} depends on who looks")


def _days(value: Any, today: date) -> list[Slot]:
    """How this day may have been counted: in years or days from today, or from the Monday of this week."""
    try:
        day = date.fromisoformat(str(value))
    except ValueError:
        return []
    years, days = today.year - day.year, (day - today).days
    counted = [Slot("today", days), Slot("week", (day - _monday(today)).days)]
    return [Slot("birthday", years), *counted] if years else counted


def _monday(day: date) -> date:
    return day - timedelta(day.weekday())


def _moments(value: Any, at: datetime) -> list[Slot]:
    """How this moment may have been counted from now: in seconds."""
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        return []
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return [Slot("moment", round((aware - at).total_seconds()))]


def stand_in(hat: type, role: str, day: date, number: int) -> Any:
    """Somebody with values that occur nowhere else, at a moment of the day that nobody chooses."""
    ids = ("person_id", "organisation_id", "membership_id")
    given = {name: UUID(int=(0xA4 << 64) + 16 * number + n) for n, name in enumerate(ids)}
    moment = datetime.combine(day, time(12, 34, 56, 123450 + number), UTC)
    return hat(**given, at=moment, role=role)


def prepared(field: models.Field, value: Any) -> Any:
    return field.get_db_prep_value(value, connection)
