"""P1: in every world every hat sees exactly what the words say, on every database and at every boundary."""

from datetime import datetime
from random import Random

import pytest
from django.db import transaction
from django.db.models import Q, QuerySet
from hypothesis import given
from hypothesis import strategies as st

from alert4you.access.models import Entry
from alert4you.access.queries.line import named, posted_locations
from alert4you.kernel.among import Among
from alert4you.organisations.models import Actor
from tests.proof import facts
from tests.proof.conftest import pace
from tests.proof.oracle import what_is_seen
from tests.proof.worlds import MOMENTS, World, hats, near_miss, worlds, write


def differences(world: World) -> dict[str, str]:
    """Per hat what the policy shows and the words do not say, and the other way round."""
    told = facts.of_world(world)
    found = {}
    for actor in hats(world):
        shown = facts.shown(actor)
        said = what_is_seen(told, facts.hat_of(actor), actor.at)
        if shown != said:
            found[world.name_of(actor)] = world.described(shown.beyond(said), said.beyond(shown))
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("at", MOMENTS, ids=str)
def test_every_hat_sees_what_the_words_say(at: datetime) -> None:
    @pace(40)
    @given(st.randoms(use_true_random=False))
    def in_a_world(random: Random) -> None:
        world = near_miss(random, at)
        with transaction.atomic():
            write(world)
            assert differences(world) == {}
            transaction.set_rollback(True)

    in_a_world()


@pytest.mark.django_db
@pytest.mark.parametrize("first", range(0, 300, 30))
def test_worlds_beside_each_other_do_not_touch(first: int) -> None:
    """Thirty families in one database: nobody sees anything of another world."""
    several = [worlds(seed) for seed in range(first, first + 30)]
    write(*several)
    found = {world.number: differences(world) for world in several}
    assert {number: told for number, told in found.items() if told} == {}
    for actor in (actor for world in several for actor in hats(world)):
        assert {*found_from(actor)} == {*written_elsewhere(actor)}, actor


def written_elsewhere(actor: Actor) -> QuerySet[Entry]:
    return Entry.objects.visible_to(actor).exclude(organisation=actor.organisation_id)


def found_from(actor: Actor) -> QuerySet[Entry]:
    """Where work lists look (`trajectories.queries.caseload`): nothing that is seen may lie outside it."""
    posts = posted_locations(actor).order_by().values("pk")
    about, there = Q(Among("child", named(actor))), Q(Among("location", posts), child=None)
    return written_elsewhere(actor).filter(about | there)


def test_the_same_number_is_the_same_world() -> None:
    once, again = worlds(7), worlds(7)
    assert facts.of_world(once) == facts.of_world(again)
    assert facts.of_world(worlds(12)) != facts.of_world(once)


def test_the_worlds_are_not_empty() -> None:
    """The proof proves nothing when nobody sees anything, or everybody everything."""
    seen = {"nothing": 0, "something": 0, "guest": 0}
    for seed in range(100):
        world = worlds(seed)
        told = facts.of_world(world)
        for actor in hats(world):
            said = what_is_seen(told, facts.hat_of(actor), actor.at)
            seen["something" if said.entries else "nothing"] += 1
            rows = {row.pk: row for row in world.rows[Entry] if row.child_id}
            seen["guest"] += not actor.is_parent and any(
                rows[pk].organisation_id != actor.organisation_id
                for pk in said.entries
                if pk in rows
            )
    assert seen["nothing"] > 300 and seen["something"] > 300 and seen["guest"] > 12, seen
