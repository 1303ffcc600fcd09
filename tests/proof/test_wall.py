"""P8: what the database itself shows a request is what the words say, of every table about people."""

from collections.abc import Iterable
from random import Random
from typing import Any

import pytest
from django.db import models, transaction
from django.db.models import QuerySet

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
PARTS, AT_ONCE = 8, 10
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
            for world in several:
                told = facts.of_world(world)
                for actor in hats(world):
                    said = _said(world, told, actor)
                    assert through_the_wall(actor, said) == said, world.name_of(actor)
                    beside = [
                        bool(said[model]) for model in said.keys() - {Child, Entry, Placement}
                    ]
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
        return {model: _ids(QuerySet(model)) for model in tables}


def _extend(world: World) -> None:
    """Rows of three of the other tables; of every table in the end."""
    for model in Random(world.number).sample(others.tables(), 3):
        others.write_one(world, model)


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
