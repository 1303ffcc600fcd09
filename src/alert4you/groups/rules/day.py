"""The day of a group per quarter of an hour: who is where, and whether that is enough. Pure.

Times are minutes after midnight. Day care is counted per group; out-of-school care since 1 July 2024 for
the whole location. Each room is looked at as well: a landing room must not leave too few on the group.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alert4you.groups.rules import counting, deviation, ratio
from alert4you.groups.rules.book import Level
from alert4you.groups.rules.counting import Counts, Standing
from alert4you.groups.rules.deviation import Allowed, DayKind, Near, Stretch, Use
from alert4you.groups.rules.ratio import Answer

QUARTER = 15
NOON = 12 * 60
TWICE = Standing(Counts.UNCLEAR, _("Is planned on two groups at the same time."))
TOO_MANY_TRAINEES = Standing(Counts.NOT, _("More people in training than the law allows here."))


@dataclass(frozen=True)
class Span:
    """From and until, in minutes after midnight."""

    begins: int
    until: int

    def __contains__(self, minute: object) -> bool:
        return isinstance(minute, int) and self.begins <= minute < self.until


@dataclass(frozen=True)
class InRoom:
    """During ``span`` in this room instead of with the group."""

    room: UUID
    span: Span


@dataclass(frozen=True)
class Kid:
    """A child by its age; who it is matters elsewhere."""

    key: UUID
    group: UUID
    years: int
    spans: tuple[Span, ...]
    rooms: tuple[InRoom, ...] = ()


@dataclass(frozen=True)
class Worker:
    """Somebody on the group: ``standing`` says whether that counts."""

    key: UUID
    group: UUID
    name: str
    task: str
    employer: str
    standing: Standing
    spans: tuple[Span, ...]
    rooms: tuple[InRoom, ...] = ()
    trainee: bool = False
    early: bool = False  # has the certificate for early education

    @property
    def counted(self) -> bool:
        return self.standing.counts is Counts.COUNTED


class Care(StrEnum):
    """Which rule a group falls under."""

    DAYCARE = "daycare"
    BSO = "bso"
    OTHER = "other"


@dataclass(frozen=True)
class House:
    """All who are at a location on a day. ``groups``: which rule each falls under."""

    day: date
    groups: dict[UUID, Care]
    kids: Sequence[Kid]
    workers: Sequence[Worker]


class State(StrEnum):
    """How a quarter of an hour is, from calm to not."""

    EMPTY = "empty"
    RIGHT = "right"
    DEVIATION = "deviation"
    TIGHT = "tight"
    SHORT = "short"
    NO_SOLUTION = "no_solution"


@dataclass(frozen=True)
class Place:
    """The group itself (``room`` None) or a room with part of it, at one moment."""

    room: UUID | None
    kids: tuple[Kid, ...]
    workers: tuple[Worker, ...]
    answer: Answer

    @property
    def counted(self) -> int:
        return sum(worker.counted for worker in self.workers)

    @property
    def enough(self) -> bool:
        return self.answer.staff is not None and self.counted >= self.answer.staff


@dataclass(frozen=True)
class Moment:
    """A stretch in which nothing changes. ``answer`` and ``counted`` are of all that is counted
    together: the group, or the whole location.
    """

    span: Span
    places: tuple[Place, ...]
    answer: Answer
    counted: int
    state: State = State.EMPTY

    @property
    def kids(self) -> int:
        return sum(len(place.kids) for place in self.places)

    @property
    def minutes(self) -> int:
        return self.span.until - self.span.begins

    @property
    def near(self) -> Near:
        return deviation.near(self.answer.staff or 0, self.counted)

    @property
    def lacking(self) -> int:
        return max((self.answer.staff or 0) - self.counted, 0)


@dataclass(frozen=True)
class GroupDay:
    """The day of one group, in stretches; ``use`` is what it used of the permitted deviation."""

    care: Care
    moments: tuple[Moment, ...]
    use: Use

    def of(self, *states: State) -> list[Moment]:
        return [moment for moment in self.moments if moment.state in states]

    @property
    def right(self) -> bool:
        """Whether there is enough all day, the permitted deviation included."""
        return not self.of(State.SHORT, State.NO_SOLUTION, State.TIGHT)


def group_day(house: House, group: UUID) -> GroupDay:
    """The day of a group of this location, from the first who comes until the last who goes."""
    care = house.groups[group]
    quarters = [_moment(house, group, minute) for minute in _quarters(house, group)]
    leave = _leave(house, care)
    judged = list(_judged(quarters, leave))
    stretches = (Stretch(m.minutes, m.answer.staff or 0, m.counted) for m in quarters)
    return GroupDay(care, tuple(_joined(judged)), deviation.use(stretches, leave))


def _quarters(house: House, group: UUID) -> range:
    here = [each for each in house.kids if each.group == group]
    spans = [span for each in here for span in each.spans]
    if not spans or house.groups[group] is Care.OTHER:
        return range(0)
    first = min(span.begins for span in spans) // QUARTER * QUARTER
    return range(first, max(span.until for span in spans), QUARTER)


def _leave(house: House, care: Care) -> Allowed:
    spans = [span for each in house.kids for span in each.spans]
    if not spans or care is Care.OTHER:
        return Allowed(0, None)
    begins, until = min(s.begins for s in spans), max(s.until for s in spans)
    kind = DayKind.DAYCARE
    if care is Care.BSO:
        kind = DayKind.FREE_DAY if begins < NOON else DayKind.SCHOOL_DAY
    return deviation.allowed(kind, until - begins, house.day)


def _moment(house: House, group: UUID, minute: int) -> Moment:
    workers = _standing_now(house, minute)
    kids = [each for each in house.kids if any(minute in span for span in each.spans)]
    care = house.groups[group]
    places = tuple(_places(house, group, minute, kids, workers))
    own = [each for each in kids if each.group == group]
    answer = needed(care, own, house.day)
    counted = [each for each in workers if each.group == group and each.counted]
    if answer.level is Level.LOCATION:
        together = {key for key, each in house.groups.items() if each is care}
        answer = needed(care, [each for each in kids if each.group in together], house.day)
        counted = [each for each in workers if each.group in together and each.counted]
    return Moment(Span(minute, minute + QUARTER), places, answer, len(counted))


def _standing_now(house: House, minute: int) -> list[Worker]:
    """Who works now; on two groups at once counts on neither, nor do more trainees than allowed."""
    here = [each for each in house.workers if any(minute in span for span in each.spans)]
    times = Counter(each.key for each in here)
    here = [replace(each, standing=TWICE) if times[each.key] > 1 else each for each in here]
    trainees = [each for each in here if each.trainee and each.counted]
    if not trainees:
        return here
    most = counting.most_trainees(_needed_in_all(house, minute), house.day) or 0
    beyond = {id(each) for each in trainees[most:]}
    return [replace(e, standing=TOO_MANY_TRAINEES) if id(e) in beyond else e for e in here]


def _needed_in_all(house: House, minute: int) -> int:
    kids = [each for each in house.kids if any(minute in span for span in each.spans)]
    per_group = (
        needed(care, [each for each in kids if each.group == group], house.day).staff or 0
        for group, care in house.groups.items()
        if care is not Care.OTHER
    )
    return sum(per_group)


def _places(
    house: House, group: UUID, minute: int, kids: Sequence[Kid], workers: Sequence[Worker]
) -> Iterator[Place]:
    """The group first, then the rooms in which somebody of it is."""
    care = house.groups[group]
    where_kids = [(each, _room(each, minute)) for each in kids if each.group == group]
    where_workers = [(each, _room(each, minute)) for each in workers if each.group == group]
    rooms = {room for __, room in (*where_kids, *where_workers) if room}
    for room in (None, *sorted(rooms, key=str)):
        inside = tuple(kid for kid, place in where_kids if place == room)
        staff = tuple(worker for worker, place in where_workers if place == room)
        yield Place(room, inside, staff, needed(care, inside, house.day))


def _room(each: Kid | Worker, minute: int) -> UUID | None:
    return next((stay.room for stay in each.rooms if minute in stay.span), None)


def needed(care: Care, kids: Iterable[Kid], day: date) -> Answer:
    """The staff for these children together."""
    if care is Care.BSO:
        years = [each.years for each in kids]
        older = sum(year >= ratio.FIRST_OLDER_YEAR for year in years)
        return ratio.bso(len(years) - older, older, day)
    ages = [0, 0, 0, 0]
    for each in kids:
        ages[ratio.daycare_year(each.years)] += 1
    return ratio.daycare((ages[0], ages[1], ages[2], ages[3]), day)


def _judged(quarters: Iterable[Moment], leave: Allowed) -> Iterator[Moment]:
    used = 0
    for moment in quarters:
        state = _state(moment, leave.minutes - used)
        used += moment.minutes if state is State.DEVIATION else 0
        yield replace(moment, state=state)


def _state(moment: Moment, left: int) -> State:
    if moment.answer.staff is None:
        return State.NO_SOLUTION
    if moment.kids == 0:
        return State.EMPTY
    if moment.lacking:
        half = moment.counted >= deviation.least(moment.answer.staff)
        return State.DEVIATION if half and moment.minutes <= left else State.SHORT
    # Who is in a room is missed on the group: each must have enough for the children who are there.
    apart = len(moment.places) > 1
    return State.TIGHT if apart and not all(p.enough for p in moment.places) else State.RIGHT


def _joined(quarters: Iterable[Moment]) -> Iterator[Moment]:
    """Quarters in which nothing changes become one stretch."""
    before: Moment | None = None
    for moment in quarters:
        if before is not None and replace(moment, span=before.span) == before:
            before = replace(before, span=Span(before.span.begins, moment.span.until))
            continue
        if before is not None:
            yield before
        before = moment
    if before is not None:
        yield before
