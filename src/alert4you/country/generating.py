"""The whole country: towns one after another, until there are as many children as were asked for."""

import gc
from collections.abc import Callable, Iterable, Mapping
from dataclasses import astuple, dataclass, field
from datetime import date, datetime, timedelta
from itertools import cycle
from multiprocessing import get_context
from random import Random

from django.db import connection, transaction

from alert4you.country import names
from alert4you.country.families import AFTER_SCHOOL, DAYCARE
from alert4you.country.locations import Family, Place, place_of
from alert4you.country.places import CITY, MEAN, PLACE, size
from alert4you.country.recording import here
from alert4you.country.towns import OPERATOR, Town, towns
from alert4you.country.writing import Writer, chain, may_rest, unhindered, unindexed
from alert4you.kernel import clock
from alert4you.kernel.statistics import keep_statistics
from alert4you.kernel.wall.standing import opened
from alert4you.organisations.models import Person
from alert4you.organisations.queries import system_actor
from alert4you.practices.commands.publishing import load_library
from alert4you.scenarios.almanac import last_working_day
from alert4you.scenarios.library import library

DAYCARES = 0.54  # of the locations; the others are out-of-school care
ASKING, HELPED = 0.24, 0.02  # of the children
A_LOCATION = 68  # children, on average
REGION = 25_000  # children
PROCESSES = 2


_inherited: "Patterns"


class NotEmpty(Exception):
    """There are people in this installation."""


@dataclass(frozen=True)
class Patterns:
    """What is copied: the two kinds of locations, and towns."""

    places: tuple[Place, Place]
    towns: tuple[Town, ...]


@dataclass
class Region:
    """A part of the country, with a chance of its own: so it does not matter who makes it, and when.

    ``copies`` numbers what was copied, for addresses that occur once.
    """

    name: str
    asked: int
    chance: Random
    patterns: Patterns
    writer: Writer = field(default_factory=Writer)
    children: int = 0
    locations: int = 0
    operators: int = 0
    copies: int = 0


@dataclass(frozen=True)
class Made:
    """How much there is now."""

    children: int = 0
    locations: int = 0
    operators: int = 0
    rows: int = 0

    def __add__(self, other: "Made") -> "Made":
        return Made(*map(sum, zip(astuple(self), astuple(other), strict=True)))


def generate(children: int, seed: int, say: Callable[[str], None] = print) -> Made:
    """Fill an empty installation; NotEmpty when it is not. The same seed makes the same country.

    A country of more than one region, made by the administrator of a PostgreSQL server, is written by
    several processes at once. When those are stopped half-way, the database is of no use any more.
    """
    if Person.objects.exists():
        raise NotEmpty
    now = clock.now()
    patterns = _patterns(children, seed, now, say)
    number = -(-children // REGION)
    parts = [(f"{seed}.{part}", -(-children // number)) for part in range(number)]
    say(f"Copying {len(patterns.towns)} towns ...")
    beside = number > 1 and may_rest()
    with unindexed() if beside else transaction.atomic():
        made = _beside(patterns, parts) if beside else _made(patterns, parts)
        say("Chaining the trail ...")
        chain()
    keep_statistics(now)
    return made


def _patterns(children: int, seed: int, now: datetime, say: Callable[[str], None]) -> Patterns:
    today, chance = last_working_day(clock.day_of(now)), Random(seed)  # noqa: S311
    load_library(system_actor(now))
    wanted = 1 + min(children, REGION) // round(MEAN * A_LOCATION)
    with opened(reason="a generated country acts for nobody"):
        say("Living a year ...")
        kinds = (place_of(DAYCARE, today, chance), place_of(AFTER_SCHOOL, today, chance))
        say("Telling the stories ...")
        return Patterns(kinds, tuple(towns(library(), wanted, today, here(), chance)))


def _beside(patterns: Patterns, parts: list[tuple[str, int]]) -> Made:
    """By processes that inherit the patterns, each with a connection of its own."""
    global _inherited
    _inherited = patterns
    connection.close()
    gc.freeze()
    with get_context("fork").Pool(PROCESSES) as pool:
        return sum(pool.imap_unordered(_of_inherited, parts), Made())


def _of_inherited(part: tuple[str, int]) -> Made:
    return _made(_inherited, [part])


def _made(patterns: Patterns, parts: list[tuple[str, int]]) -> Made:
    return sum((_region(patterns, *part) for part in parts), Made())


def _region(patterns: Patterns, seed: str, asked: int) -> Made:
    region = Region(seed, asked, Random(seed), patterns)  # noqa: S311
    stories = region.chance.sample(patterns.towns, len(patterns.towns))
    with transaction.atomic(), unhindered():
        for town in cycle(stories):
            if region.children >= asked:
                break
            _add_town(region, town)
        region.writer.flush()
    return Made(region.children, region.locations, region.operators, region.writer.rows)


def _add_town(region: Region, town: Town) -> None:
    told = names.renaming(town.names, region.chance)
    told[CITY] = names.town(region.chance)
    told[OPERATOR] = names.operator(region.chance)
    mails = _mails(region, town.pattern.mails)
    fresh = town.pattern.copy(region.writer, region.chance, told | mails)
    region.children += town.children
    region.operators += 1
    operator = {name: fresh[old] for name, old in town.known.items() if old in fresh}
    for _location in range(size(region.chance)):
        if region.children >= region.asked:
            return
        place = region.patterns.places[region.chance.random() >= DAYCARES]
        _add_location(
            region, place, {place.known[name]: operator[name] for name in place.known}, told[CITY]
        )


def _add_location(region: Region, place: Place, operator: Mapping[str, str], city: str) -> None:
    chance = region.chance
    told = names.renaming(place.names, chance) | {CITY: city, PLACE: names.place(chance)}
    mails = _mails(region, place.pattern.mails)
    fresh = place.pattern.copy(region.writer, chance, {**told, **mails, **operator})
    region.locations += 1
    second = {one: fresh[other] for one, other in place.swaps.items()}
    for around in (fresh, {**fresh, **second}):
        for turn in place.turns:
            _add_family(region, _drawn(place, turn, chance), {**around, **operator, **told})


def _drawn(place: Place, turn: int, chance: Random) -> Family:
    """The family of this turn: as usual, or in its share with a question or a trajectory."""
    among = len(place.usual)
    if turn in place.helped and chance.random() < HELPED * among / len(place.helped):
        return chance.choice(place.helped[turn])
    if turn in place.asking and chance.random() < ASKING * among / len(place.asking):
        return place.asking[turn]
    return place.usual[turn]


def _add_family(region: Region, family: Family, around: Mapping[str, str]) -> None:
    chance = region.chance
    told = {
        **around,
        **names.renaming(family.names, chance),
        **_mails(region, family.pattern.mails),
    }
    if family.born:
        day = date.fromisoformat(family.born) - timedelta(days=chance.randrange(28))
        told[family.born] = day.isoformat()
    family.pattern.copy(region.writer, chance, told)
    region.children += 1


def _mails(region: Region, mails: Iterable[str]) -> dict[str, str]:
    region.copies += 1
    told = ((mail, mail.partition("@")) for mail in mails)
    return {
        mail: f"{name}.{region.name}.{region.copies}@{host}" for mail, (name, _at, host) in told
    }
