"""Locations as they are copied: the place with who works there, and the families of its groups."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import cycle
from random import Random
from typing import Any

from django.db import transaction

from alert4you.children.models import Child
from alert4you.country import needs, notes, places
from alert4you.country.copying import Pattern, pattern_of
from alert4you.country.families import DIFFERENT, Care, families, turns
from alert4you.country.names import words_of
from alert4you.country.recording import Ids, here, recorded
from alert4you.country.towns import known
from alert4you.kernel.decision import Denied
from alert4you.scenarios import stage as told
from alert4you.scenarios.almanac import Almanac
from alert4you.scenarios.building import build
from alert4you.scenarios.stage import Stage
from alert4you.scenarios.world import World

Names = tuple[tuple[str, str], ...]
Life = Callable[[World, Child], None]
SETTLED = 14  # months: from then on nothing of the year falls on the day of birth


@dataclass(frozen=True)
class Family:
    """``born``: empty when the day of birth is the same in every copy."""

    pattern: Pattern
    names: Names
    born: str


@dataclass(frozen=True)
class Place:
    """``usual``: families with whom nothing special is the matter; ``asking`` and ``helped``: the same
    ones with a question or a trajectory, each with which of them it is. ``turns``: the families of one
    group. ``swaps``: what a family of the second group has instead.
    """

    pattern: Pattern
    names: Names
    known: dict[str, str]
    swaps: dict[str, str]
    turns: tuple[int, ...]
    usual: tuple[Family, ...]
    asking: dict[int, Family]
    helped: dict[int, tuple[Family, ...]]


def place_of(care: Care, today: date, chance: Random) -> Place:
    """Build a location, let its families live a year in turn, and take all of it away again."""
    stage = places.location(care)
    with transaction.atomic():
        town = build(places.operator(), Almanac(today, today))
        (world, lives), rows = recorded(lambda: _lived(care, stage, town, chance), here())
        transaction.set_rollback(True)
    names = tuple(words_of(stage))
    words = {word: word for pair in names for word in pair} | {
        places.PLACE: places.PLACE,
        places.CITY: places.CITY,
    }
    pattern = pattern_of(rows, words)
    return Place(pattern, names, known(town), _swaps(world), tuple(turns(care)), *lives)


def _lived(care: Care, stage: Stage, town: World, chance: Random) -> tuple[World, tuple[Any, ...]]:
    world = build(stage, town.almanac, on=town)
    before = here()
    children = tuple(families(care, places.GROUPS[0]))
    usual = tuple(_family(child, world, before, chance) for child in children)
    asking = {
        turn: _family(children[turn], world, before, chance, life)
        for turn, life in zip(range(0, DIFFERENT, 2), cycle(needs.kinds()), strict=False)
    }
    return world, (usual, asking, _helped(children, world, before, chance))


def _helped(
    children: tuple[told.Child, ...], world: World, before: Ids, chance: Random
) -> dict[int, tuple[Family, ...]]:
    """By which family it is: the practices that can begin with no more than a talk."""
    found: dict[int, tuple[Family, ...]] = {}
    for turn, life in zip(cycle(range(DIFFERENT)), needs.helps(), strict=False):
        try:
            family = _family(children[turn], world, before, chance, life)
        except Denied:
            continue
        found[turn] = (*found.get(turn, ()), family)
    return found


def _family(
    child: told.Child, world: World, before: Ids, chance: Random, life: Life | None = None
) -> Family:
    row, rows = recorded(lambda: _year(child, world, chance, life), before)
    names = tuple(dict.fromkeys(words_of(Stage(children=(child,)))))
    words = {word: word for pair in names for word in pair}
    born = row.born.isoformat() if child.age >= SETTLED else ""
    return Family(pattern_of(rows, words | ({born: born} if born else {})), names, born)


def _year(child: told.Child, world: World, chance: Random, life: Life | None) -> Child:
    here_too = build(Stage(children=(child,)), world.almanac, on=world)
    row = here_too.child(child.name)
    workers = [here_too.hat(f"{places.GROUPS[0]} {turn}") for turn in range(len(places.WORKS))]
    parents = [here_too.person(each.name) for each in child.guardians if each.authority]
    if life is not None:
        life(here_too, row)
    notes.tell(row, workers, parents, world.almanac.anchor, chance)
    return row


def _swaps(world: World) -> dict[str, str]:
    """What of the first group is what of the second."""
    one, other = places.GROUPS
    told = {world.group(one).pk.hex: world.group(other).pk.hex}
    for turn in range(len(places.WORKS)):
        first, second = world.hat(f"{one} {turn}"), world.hat(f"{other} {turn}")
        told |= {first.pk.hex: second.pk.hex, first.person_id.hex: second.person_id.hex}
    return told
