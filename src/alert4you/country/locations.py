"""Locations as they are copied: the place with who works there, and the families of its groups."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import cycle
from random import Random

from django.db import transaction

from alert4you.children.models import Child
from alert4you.country import needs, notes, places
from alert4you.country.copying import Pattern, pattern_of
from alert4you.country.families import Care, families
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
    """``usual``: the family of each child of a group; ``asking``: the same when something is the matter,
    ``helped``: some with a trajectory. ``swaps``: what a family of the second group has instead.
    """

    pattern: Pattern
    names: Names
    known: dict[str, str]
    swaps: dict[str, str]
    usual: tuple[Family, ...]
    asking: tuple[Family, ...]
    helped: tuple[tuple[int, Family], ...]


def place_of(care: Care, today: date, chance: Random) -> Place:
    """Build a location, let its families live a year in turn, and take all of it away again."""
    stage = places.location(care)
    with transaction.atomic():
        town = build(places.operator(), Almanac(today, today))
        (world, lives), rows = recorded(lambda: _lived(care, stage, town, chance), here())
        transaction.set_rollback(True)
    names = tuple(words_of(stage))
    words = {word: word for pair in names for word in pair} | {
        "Plek": "Plek",
        places.CITY: places.CITY,
    }
    return Place(pattern_of(rows, words), names, known(town), _swaps(world), *lives)


def _lived(
    care: Care, stage: Stage, town: World, chance: Random
) -> tuple[World, tuple[tuple, ...]]:
    world = build(stage, town.almanac, on=town)
    before = here()
    children = list(families(care, places.GROUPS[0]))
    usual = tuple(_family(child, world, before, chance) for child in children)
    asking = tuple(
        _family(child, world, before, chance, life)
        for child, life in zip(children, cycle(needs.kinds()), strict=False)
    )
    helped = tuple(_helped(children, world, before, chance))
    return world, (usual, asking, helped)


def _helped(
    children: list[told.Child], world: World, before: Ids, chance: Random
) -> Iterator[tuple[int, Family]]:
    turns = cycle(range(len(children)))
    for _slug, life in needs.helps():
        turn = next(turns)
        try:
            yield turn, _family(children[turn], world, before, chance, life)
        except Denied:
            continue


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
    notes.tell(row, workers, parents, world.almanac.anchor, chance)
    if life is not None:
        life(here_too, row)
    return row


def _swaps(world: World) -> dict[str, str]:
    """What of the first group is what of the second."""
    one, other = places.GROUPS
    told = {world.group(one).pk.hex: world.group(other).pk.hex}
    for turn in range(len(places.WORKS)):
        first, second = world.hat(f"{one} {turn}"), world.hat(f"{other} {turn}")
        told |= {first.pk.hex: second.pk.hex, first.person_id.hex: second.person_id.hex}
    return told
