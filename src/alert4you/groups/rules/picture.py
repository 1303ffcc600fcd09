"""The day of a group as a picture: bars for who counts, a line for how many are needed. Pure geometry.

Across are percents of the width, down are pixels, so that the words keep their size on a phone.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from alert4you.groups.rules.day import GroupDay, Moment, Span, State

TOP = 18
STAFF = 34
KIDS = 26
ROOM = 24
LEFT, RIGHT = 6.0, 98.0
WIDE_ENOUGH_FOR_WORDS = 4.0
HOURS_BETWEEN_TICKS = 2


@dataclass(frozen=True)
class Bar:
    """A stretch: ``y`` and ``height`` of who counts, ``gap`` pixels above it of who is missing."""

    x: float
    width: float
    y: int
    height: int
    gap_y: int
    gap: int
    state: State
    kids: int
    says_kids: bool


@dataclass(frozen=True)
class Stay:
    """A stretch in a room."""

    x: float
    width: float
    y: int
    text_y: int
    name: str


@dataclass(frozen=True)
class Tick:
    x: float
    words: str


@dataclass(frozen=True)
class Level:
    """A number of staff on the scale at the side."""

    y: int
    number: int


@dataclass(frozen=True)
class Picture:
    height: int
    base: int
    kids_y: int
    words_y: int
    bars: tuple[Bar, ...]
    needed: tuple[tuple[float, float, int], ...]
    stays: tuple[Stay, ...]
    ticks: tuple[Tick, ...]
    levels: tuple[Level, ...]


def picture(told: GroupDay, rooms: Mapping[UUID, str]) -> Picture | None:
    """None when nobody comes that day."""
    if not told.moments:
        return None
    day = Span(told.moments[0].span.begins, told.moments[-1].span.until)
    most = max(max(m.counted, m.answer.staff or 0) for m in told.moments) or 1
    base = TOP + most * STAFF
    bars = tuple(_bar(moment, day, base) for moment in told.moments)
    stays, lanes = _stays(told, day, base + KIDS, rooms)
    bottom = base + KIDS + lanes * ROOM
    lines = (
        (_x(m.span.begins, day), _x(m.span.until, day), base - (m.answer.staff or 0) * STAFF)
        for m in told.moments
        if m.answer.staff
    )
    return Picture(
        bottom + 22,
        base,
        base + 17,
        bottom + 16,
        bars,
        tuple(lines),
        stays,
        tuple(_ticks(day)),
        tuple(Level(base - n * STAFF, n) for n in range(1, most + 1)),
    )


def _x(minute: int, day: Span) -> float:
    return round(LEFT + (minute - day.begins) / (day.until - day.begins) * (RIGHT - LEFT), 2)


def _bar(moment: Moment, day: Span, base: int) -> Bar:
    x, end = _x(moment.span.begins, day), _x(moment.span.until, day)
    height = moment.counted * STAFF
    missing = moment.lacking * STAFF
    return Bar(
        x,
        round(end - x, 2),
        base - height,
        height,
        base - height - missing,
        missing,
        moment.state,
        moment.kids,
        end - x >= WIDE_ENOUGH_FOR_WORDS,
    )


def _stays(
    told: GroupDay, day: Span, top: int, rooms: Mapping[UUID, str]
) -> tuple[tuple[Stay, ...], int]:
    """One lane per room, in the order of their names."""
    used = {place.room for moment in told.moments for place in moment.places if place.room}
    lanes = {room: lane for lane, room in enumerate(sorted(used, key=lambda room: rooms[room]))}
    found = [
        Stay(
            _x(moment.span.begins, day),
            round(_x(moment.span.until, day) - _x(moment.span.begins, day), 2),
            top + lanes[place.room] * ROOM,
            top + lanes[place.room] * ROOM + 14,
            rooms[place.room],
        )
        for moment in told.moments
        for place in moment.places
        if place.room
    ]
    return tuple(found), len(lanes)


def _ticks(day: Span) -> Iterator[Tick]:
    first = -(-day.begins // 60)
    for hour in range(first, day.until // 60 + 1, HOURS_BETWEEN_TICKS):
        yield Tick(_x(hour * 60, day), f"{hour}:00")
