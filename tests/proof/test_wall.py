"""P8: what the database itself shows a request is what the words say, of every table about people."""

from collections.abc import Iterable
from itertools import cycle, islice
from typing import Any

import pytest
from django.db import connection, models, transaction
from django.db.models import QuerySet
from psycopg import Cursor

from alert4you.access.models import Entry
from alert4you.children.models import Child, Placement
from alert4you.kernel.policies import guarded_models, policies
from alert4you.kernel.wall.clauses import parent_of
from alert4you.kernel.wall.standing import seen_by
from alert4you.organisations.models import Actor
from tests.proof import facts, others
from tests.proof.conftest import by_day_or_night
from tests.proof.oracle import what_is_seen
from tests.proof.worlds import World, hats, worlds, write

WORLDS = by_day_or_night(160, 10_000)
PARTS, AT_ONCE, TABLES = 8, 10, 4
Rows = dict[type[models.Model], frozenset[Any]]


@pytest.mark.django_db
@pytest.mark.parametrize("part", range(PARTS))
def test_the_wall_is_what_the_words_say(part: int) -> None:
    """With no condition of ours: all rows of a table are those of the oracle, with ten worlds in there."""
    shown = hidden = 0
    for first in range(part * AT_ONCE, WORLDS, PARTS * AT_ONCE):
        with transaction.atomic():
            several = [worlds(number) for number in range(first, min(first + AT_ONCE, WORLDS))]
            write(*several)
            for world in several:
                _extend(world)
            for world, actor, said in _all_said(several):
                assert through_the_wall(actor, said) == said, world.name_of(actor)
                beside = [bool(said[model]) for model in said.keys() - {Child, Entry, Placement}]
                shown, hidden = shown + sum(beside), hidden + len(beside) - sum(beside)
            transaction.set_rollback(True)
    assert shown > 10 and hidden > 10, "the other tables are not empty, and not for all"


@pytest.mark.django_db
def test_almost_every_table_can_be_filled() -> None:
    """One that is not stands empty behind the wall in these worlds: tell in `others.py` what it asks."""
    with transaction.atomic():
        world = worlds(0)
        write(world)
        empty = [model for model in others.tables() if not others.write_one(world, model)]
        transaction.set_rollback(True)
    assert len(empty) < len(others.tables()) / 10, empty


def through_the_wall(actor: Actor, tables: Iterable[type[models.Model]]) -> Rows:
    with seen_by(actor):
        if connection.vendor == "postgresql":
            return {model: _ids_planned_once(model) for model in tables}
        return {model: _ids(QuerySet(model)) for model in tables}


def _ids_planned_once(model: type[models.Model]) -> frozenset[Any]:
    """PostgreSQL thinks ten times as long as it reads; for one role it needs to think once."""
    connection.connection.prepare_threshold = 0
    asked = f'SELECT "{model._meta.pk.column}" FROM "{model._meta.db_table}"'
    found = Cursor(connection.connection).execute(asked)
    return frozenset(pk for (pk,) in found)


def _extend(world: World) -> None:
    """Some of the other tables, by turns: the same for worlds that stand together."""
    first = world.number // AT_ONCE * TABLES
    for model in islice(cycle(others.tables()), first, first + TABLES):
        others.write_one(world, model)


def _all_said(several: list[World]) -> list[tuple[World, Actor, Rows]]:
    """Of every hat in these worlds, one role after the other."""
    told = [(world, facts.of_world(world)) for world in several]
    every = [
        (world, actor, _said(world, all_, actor)) for world, all_ in told for actor in hats(world)
    ]
    return sorted(every, key=lambda each: each[1].role)


def _said(world: World, told: Any, actor: Actor) -> Rows:
    """By the oracle; what extends a row goes with it, and other contexts have a policy of their own."""
    seen = what_is_seen(told, facts.hat_of(actor), actor.at)
    said: Rows = {Child: seen.children, Entry: seen.entries, Placement: seen.placements}
    for model in filter(world.rows.get, others.tables()):
        if parent := parent_of(model):
            known = said[guarded_models()[parent.table]]
            rows = ((row.pk, getattr(row, parent.link)) for row in world.rows[model])
            said[model] = frozenset(pk for pk, link in rows if link in known)
        else:
            assert model in policies()
            said[model] = _ids(model.objects.visible_to(actor))
    return said


def _ids(rows: Any) -> frozenset[Any]:
    return frozenset(rows.values_list("pk", flat=True))
