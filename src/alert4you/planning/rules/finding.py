"""Which groups have room for one child, week by week, and why the others have not. Pure.

Every day of the period is weighed, not only the first: places and ages change on the way. What is wanted and
what there is are given as rows; nothing here knows who a child is.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import cache, cached_property
from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple
from uuid import UUID

from alert4you.groups.rules import ratio
from alert4you.groups.rules.day import Care

EARTH_KM = 6371.0088  # mean radius
AGES = 4  # day care counts children of 0, 1, 2 and 3 years
WEEK = 7

Point = tuple[float, float]  # latitude and longitude in degrees
Slot = tuple[int, str]  # weekday (Monday is 0) and part of the day
Period = tuple[date, date | None]  # half-open; None: without an end


class Obstacle(StrEnum):
    """Why a child cannot come; the first that holds is told."""

    NEED = "need"  # the group has not what this child needs
    LOAD = "load"  # as many children with a trajectory as the place agreed at most
    AGE = "age"
    PLACES = "places"
    NO_SOLUTION = "no_solution"  # the law allows no group of these ages
    STAFF = "staff"  # with this child one more member of staff is needed than is on the roster


@dataclass(frozen=True)
class Wish:
    """What is sought: for a child born on a day, from a Monday on, these days in each of ``weeks``."""

    born: date
    monday: date
    weeks: int
    slots: tuple[Slot, ...]
    needs: frozenset[str] = frozenset()
    home: Point | None = None

    def day(self, week: int, weekday: int) -> date:
        return self.monday + timedelta(days=week * WEEK + weekday)

    @cached_property
    def ends(self) -> date:
        return self.monday + timedelta(weeks=self.weeks)


@dataclass(frozen=True)
class Offer:
    """A group. ``ages``: from and until, in months; ``load``: with a trajectory, at most ``most``."""

    group: UUID
    location: UUID
    care: Care
    places: int
    ages: tuple[int, int]
    at: Point | None = None
    has: frozenset[str] = frozenset()
    load: int = 0
    most: int | None = None

    @property
    def unit(self) -> UUID:
        """What is counted together: in day care the group, in out-of-school care the whole location."""
        return self.location if self.care is Care.BSO else self.group


class Stay(NamedTuple):
    """A child that has (or is promised) a place on a group, on one part of one weekday."""

    group: UUID
    slot: Slot
    born: date
    period: Period


class Shift(NamedTuple):
    """Somebody who counts works on a group on a weekday."""

    group: UUID
    weekday: int
    period: Period


@dataclass(frozen=True)
class Found:
    """How a group fits. ``weeks``: per week what stands in the way, by part of the day; none: it fits.

    ``always`` holds whatever the days. ``km`` is None when a place on the map is not known.
    """

    offer: Offer
    km: float | None
    always: tuple[Obstacle, ...]
    weeks: tuple[Mapping[Slot, Obstacle], ...]

    @property
    def fits(self) -> bool:
        return not self.always and not any(self.weeks)

    @property
    def fitting_weeks(self) -> int:
        return 0 if self.always else sum(not week for week in self.weeks)

    @property
    def why(self) -> tuple[Obstacle, ...]:
        """Each obstacle once, those that always hold first."""
        told = (obstacle for week in self.weeks for obstacle in week.values())
        return tuple(dict.fromkeys((*self.always, *told)))


@dataclass
class Tally:
    """How many there are in each week, of each age; kept as differences between the weeks."""

    weeks: int
    _steps: list[list[int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._steps = [[0] * (self.weeks + 1) for _age in range(AGES)]

    def add(self, age: int, first: int, until: int) -> None:
        steps = self._steps[age]
        steps[first] += 1
        steps[until] -= 1

    def per_week(self) -> list[tuple[int, ...]]:
        running, found = [0] * AGES, []
        for week in range(self.weeks):
            running = [
                number + steps[week] for number, steps in zip(running, self._steps, strict=True)
            ]
            found.append(tuple(running))
        return found


def find(
    wish: Wish, offers: Sequence[Offer], stays: Iterable[Stay], shifts: Iterable[Shift]
) -> list[Found]:
    """Every group: those that fit first, then those that fit longest, then the nearest.

    Without any shift on a group its staff is not known, and does not stand in the way.
    """
    by_group = {offer.group: offer for offer in offers}
    counted = _counted(wish, by_group, stays)
    staff = _staff(wish, by_group, shifts)
    known = {unit for unit, _weekday in staff}
    found = []
    for offer in offers:
        always = tuple(_always(wish, offer))
        crew = {
            day: staff.get((offer.unit, day), [0] * wish.weeks)
            for day in {weekday for weekday, _part in wish.slots}
            if offer.unit in known
        }
        weeks = tuple(_weeks(wish, offer, counted, crew))
        found.append(Found(offer, _km(wish.home, offer.at), always, weeks))
    return sorted(found, key=lambda each: (-each.fitting_weeks, each.km is None, each.km or 0.0))


def kilometres(one: Point, other: Point) -> float:
    """As the crow flies, over a sphere (haversine)."""
    (north, east), (north2, east2) = (map(radians, point) for point in (one, other))
    half = sin((north2 - north) / 2) ** 2
    half += cos(north) * cos(north2) * sin((east2 - east) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(half))


Counted = Mapping[tuple[UUID, Slot], list[tuple[int, ...]]]


def _counted(wish: Wish, offers: Mapping[UUID, Offer], stays: Iterable[Stay]) -> Counted:
    """Children per week by age: on each group, and at the location where that counts together."""
    wanted = set(wish.slots)
    tallies: dict[tuple[UUID, Slot], Tally] = defaultdict(lambda: Tally(wish.weeks))

    @cache
    def counting(group: UUID, slot: Slot) -> tuple[Care, list[Tally]]:
        offer = offers[group]
        return offer.care, [tallies[place, slot] for place in {group, offer.unit}]

    @cache  # a child mostly comes on more than one part of a day
    def ages(born: date, period: Period, care: Care, weekday: int) -> tuple[_Stretch, ...]:
        return tuple(_ages(wish, born, period, care, weekday))

    for group, slot, born, period in stays:
        if slot in wanted and group in offers:
            care, places = counting(group, slot)
            for age, first, until in ages(born, period, care, slot[0]):
                for tally in places:
                    tally.add(age, first, until)
    return {key: tally.per_week() for key, tally in tallies.items()}


_Stretch = tuple[int, int, int]  # age, from week, until week


def _ages(wish: Wish, born: date, period: Period, care: Care, weekday: int) -> Iterator[_Stretch]:
    """A birthday on the way makes two of one."""
    first, until = _weeks_of(wish, weekday, period)
    while first < until:
        years = _years(born, wish.day(first, weekday))
        turns = _birthday(born, years + 1)
        then = min(until, max(first + 1, -(-(turns - wish.day(0, weekday)).days // WEEK)))
        yield _counts_as(care, years), first, then
        first = then


def _weeks_of(wish: Wish, weekday: int, period: Period) -> tuple[int, int]:
    """In which of the weeks this weekday lies in the period: from, until."""
    day, (starts, ends) = wish.day(0, weekday), period
    first = _week_from(wish, starts - day)
    return first, wish.weeks if ends is None else max(first, _week_from(wish, ends - day))


def _week_from(wish: Wish, later: timedelta) -> int:
    """The first week that lies so much later, or beyond the last."""
    return min(wish.weeks, max(0, -(-later.days // WEEK)))


def _years(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _birthday(born: date, years: int) -> date:
    """Born on 29 February: older on 1 March."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)


def _counts_as(care: Care, years: int) -> int:
    """The column: years in day care; 0 (4 to 6) or 1 (7 and older) after school."""
    if care is Care.BSO:
        return int(years >= ratio.FIRST_OLDER_YEAR)
    return ratio.daycare_year(years)


def _staff(
    wish: Wish, offers: Mapping[UUID, Offer], shifts: Iterable[Shift]
) -> dict[tuple[UUID, int], list[int]]:
    """Who counts, per week, for each weekday of what is counted together."""
    tallies: dict[tuple[UUID, int], Tally] = defaultdict(lambda: Tally(wish.weeks))
    for shift in shifts:
        offer = offers.get(shift.group)
        if offer is None:
            continue
        first, until = _weeks_of(wish, shift.weekday, shift.period)
        key = offer.unit, shift.weekday
        tallies[key].add(0, first, until)
    return {key: [week[0] for week in tally.per_week()] for key, tally in tallies.items()}


def _always(wish: Wish, offer: Offer) -> Iterator[Obstacle]:
    if not wish.needs <= offer.has:
        yield Obstacle.NEED
    if offer.most is not None and offer.load >= offer.most:
        yield Obstacle.LOAD


def _weeks(
    wish: Wish, offer: Offer, counted: Counted, crew: Mapping[int, list[int]]
) -> Iterator[dict[Slot, Obstacle]]:
    nobody = [(0,) * AGES] * wish.weeks
    rows = [
        (
            slot,
            counted.get((offer.group, slot), nobody),
            counted.get((offer.unit, slot), nobody),
            crew.get(slot[0]),
        )
        for slot in wish.slots
    ]
    for week in range(wish.weeks):
        told = {}
        for slot, on_group, in_all, staff in rows:
            day = wish.day(week, slot[0])
            least = staff[week] if staff else None
            obstacle = _obstacle(wish, offer, day, (on_group[week], in_all[week]), least)
            if obstacle is not None:
                told[slot] = obstacle
        yield told


def _obstacle(
    wish: Wish,
    offer: Offer,
    day: date,
    children: tuple[tuple[int, ...], tuple[int, ...]],
    staff: int | None,
) -> Obstacle | None:
    on_group, in_all = children
    months = (day.year - wish.born.year) * 12 + day.month - wish.born.month
    months -= day.day < wish.born.day
    if not offer.ages[0] <= months < offer.ages[1]:
        return Obstacle.AGE
    if sum(on_group) >= offer.places:
        return Obstacle.PLACES
    if offer.care is Care.OTHER:
        return None
    needed = _needed(offer.care, in_all, _counts_as(offer.care, months // 12), day)
    if needed is None:
        return Obstacle.NO_SOLUTION
    return Obstacle.STAFF if staff is not None and needed > staff else None


def _needed(care: Care, children: tuple[int, ...], comes: int, day: date) -> int | None:
    """The staff with this child among them; None where the law has no answer."""
    numbers = list(children)
    numbers[comes] += 1
    if care is Care.BSO:
        return ratio.bso(numbers[0], numbers[1], day).staff
    return ratio.daycare((numbers[0], numbers[1], numbers[2], numbers[3]), day).staff


def _km(home: Point | None, place: Point | None) -> float | None:
    return None if home is None or place is None else kilometres(home, place)
