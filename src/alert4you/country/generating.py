"""The whole country: towns one after another, until there are as many children as were asked for."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import cycle
from random import Random

from django.db import transaction

from alert4you.country import names
from alert4you.country.families import AFTER_SCHOOL, DAYCARE
from alert4you.country.locations import Family, Place, place_of
from alert4you.country.places import CITY, MEAN, PLACE, size
from alert4you.country.recording import here
from alert4you.country.towns import OPERATOR, Town, towns
from alert4you.country.writing import Writer, unhindered
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


class NotEmpty(Exception):
    """There are people in this installation."""


@dataclass
class Country:
    """What was made so far. ``copies`` numbers them, for addresses that occur once."""

    chance: Random
    writer: Writer = field(default_factory=Writer)
    children: int = 0
    locations: int = 0
    operators: int = 0
    copies: int = 0


def generate(children: int, seed: int, say: Callable[[str], None] = print) -> Country:
    """Fill an empty installation; NotEmpty when it is not. The same seed makes the same country."""
    if Person.objects.exists():
        raise NotEmpty
    now, chance = clock.now(), Random(seed)  # nosec B311
    today = last_working_day(clock.day_of(now))
    load_library(system_actor(now))
    with opened(reason="a generated country acts for nobody"):
        say("Living a year ...")
        kinds = tuple(place_of(care, today, chance) for care in (DAYCARE, AFTER_SCHOOL))
        wanted = 1 + children // round(MEAN * A_LOCATION)
        say("Telling the stories ...")
        stories = list(towns(library(), wanted, today, here(), chance))
    say(f"Copying {len(stories)} towns ...")
    country = Country(chance)
    with transaction.atomic(), unhindered():
        for town in cycle(stories):
            if country.children >= children:
                break
            _add_town(country, town, kinds, children)
        country.writer.flush()
    keep_statistics(now)
    return country


def _add_town(country: Country, town: Town, kinds: tuple[Place, ...], most: int) -> None:
    told = names.renaming(town.names, country.chance)
    told[CITY] = names.town(country.chance)
    told[OPERATOR] = names.operator(country.chance)
    mails = _mails(country, town.pattern.mails)
    fresh = town.pattern.copy(country.writer, country.chance, told | mails)
    country.children += town.children
    country.operators += 1
    operator = {name: fresh[old] for name, old in town.known.items() if old in fresh}
    for _location in range(size(country.chance)):
        if country.children >= most:
            return
        place = kinds[0] if country.chance.random() < DAYCARES else kinds[1]
        _add_location(
            country, place, {place.known[name]: operator[name] for name in place.known}, told[CITY]
        )


def _add_location(country: Country, place: Place, operator: Mapping[str, str], city: str) -> None:
    chance = country.chance
    told = names.renaming(place.names, chance) | {CITY: city, PLACE: names.place(chance)}
    mails = _mails(country, place.pattern.mails)
    fresh = place.pattern.copy(country.writer, chance, {**told, **mails, **operator})
    country.locations += 1
    second = {one: fresh[other] for one, other in place.swaps.items()}
    for around in (fresh, {**fresh, **second}):
        for turn in place.turns:
            _add_family(country, _drawn(place, turn, chance), {**around, **operator, **told})


def _drawn(place: Place, turn: int, chance: Random) -> Family:
    """The family of this turn: as usual, or in its share with a question or a trajectory."""
    among = len(place.usual)
    if turn in place.helped and chance.random() < HELPED * among / len(place.helped):
        return chance.choice(place.helped[turn])
    if turn in place.asking and chance.random() < ASKING * among / len(place.asking):
        return place.asking[turn]
    return place.usual[turn]


def _add_family(country: Country, family: Family, around: Mapping[str, str]) -> None:
    chance = country.chance
    told = {
        **around,
        **names.renaming(family.names, chance),
        **_mails(country, family.pattern.mails),
    }
    if family.born:
        day = date.fromisoformat(family.born) - timedelta(days=chance.randrange(28))
        told[family.born] = day.isoformat()
    family.pattern.copy(country.writer, chance, told)
    country.children += 1


def _mails(country: Country, mails: Iterable[str]) -> dict[str, str]:
    country.copies += 1
    told = ((mail, mail.partition("@")) for mail in mails)
    return {mail: f"{name}.{country.copies}@{host}" for mail, (name, _at, host) in told}
