"""The whole line as a small picture: time from left to right. Pure layout; a template draws it.

Across, places are percentages of the width, so that words stay readable on a phone; down, they are
pixels.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import log2

LEFT, RIGHT = 8.0, 97.0
HEAD, TOP, LANE, BAND, FOOT = 20, 26, 24, 26, 24
LEAST_SPAN = timedelta(days=90)
LOOK_AHEAD = timedelta(days=120)
BREATH = timedelta(days=9)
MOST_TICKS = 6
SMALLEST, LARGEST = 5.0, 9.0
LANES = ("plan", "talk", "look", "question", "note")


@dataclass(frozen=True)
class Event:
    """``count`` things on a day; ``lane`` is one of ``LANES``; ``ahead`` when it is still to come."""

    day: date
    lane: str
    ahead: bool = False
    decision: bool = False
    count: int = 1


@dataclass(frozen=True)
class Stay:
    """A place during ``[starts, ends)``."""

    name: str
    starts: date
    ends: date | None = None


@dataclass(frozen=True)
class Mark:
    """A dot or diamond: ``x`` in percent, ``y`` and the radius ``r`` in pixels; ``count`` fell together."""

    x: float
    y: int
    r: float
    lane: str
    count: int
    ahead: bool
    decision: bool


@dataclass(frozen=True)
class Band:
    """A stay: from ``x`` over ``width`` in percent at ``y``; open where it goes beyond the picture."""

    x: float
    width: float
    y: int
    name: str
    begins_here: bool
    ends_here: bool


@dataclass(frozen=True)
class Tick:
    """The first of a month at ``x`` percent."""

    x: float
    day: date


@dataclass(frozen=True)
class LaneRow:
    """Events of one kind, at ``y``."""

    name: str
    y: int

    @property
    def icon_y(self) -> int:
        return self.y - 9

    @property
    def word_y(self) -> int:
        return self.y + 4


@dataclass(frozen=True)
class Picture:
    first: date
    last: date
    height: int
    base: int
    today: float
    lanes: list[LaneRow]
    marks: list[Mark]
    bands: list[Band]
    ticks: list[Tick]

    @property
    def rest(self) -> float:
        """What is still to come, in percent of the width."""
        return round(RIGHT - self.today, 2)

    @property
    def to_base(self) -> int:
        return self.base - HEAD

    @property
    def tick_y(self) -> int:
        return self.base + 5

    @property
    def words_y(self) -> int:
        return self.base + 19


def picture(events: Sequence[Event], stays: Sequence[Stay], today: date) -> Picture:
    """Lay out events and stays; lanes without an event take no room."""
    first, last = span([each.day for each in events], today)
    used = [lane for lane in LANES if any(each.lane == lane for each in events)]
    lanes = [LaneRow(lane, TOP + LANE * row + LANE // 2) for row, lane in enumerate(used)]
    bands = _bands(stays, first, last, TOP + LANE * len(lanes) + 4)
    rows = len({band.y for band in bands})
    base = TOP + LANE * len(lanes) + BAND * rows + 6
    height_of = {row.name: row.y for row in lanes}
    return Picture(
        first,
        last,
        base + FOOT,
        base,
        across(today, first, last),
        lanes,
        _marks([each for each in events if first <= each.day <= last], height_of, first, last),
        bands,
        _ticks(first, last),
    )


def span(days: Iterable[date], today: date) -> tuple[date, date]:
    """From the first event until the last that is near enough, never shorter than three months."""
    known = [day for day in days if day <= today + LOOK_AHEAD]
    last = max([today, *known]) + BREATH
    first = min([today, *known]) - BREATH
    return min(first, last - LEAST_SPAN), last


def across(day: date, first: date, last: date) -> float:
    """Where a day lies, in percent of the width."""
    share = (day - first).days / max((last - first).days, 1)
    return round(LEFT + (RIGHT - LEFT) * share, 2)


def _marks(
    events: Iterable[Event], height_of: dict[str, int], first: date, last: date
) -> list[Mark]:
    """What falls on about the same place is one larger dot."""
    together: Counter[tuple[int, str, bool, bool]] = Counter()
    for each in events:
        x = round(across(each.day, first, last))
        together[x, each.lane, each.ahead, each.decision] += each.count
    return [
        Mark(
            float(x),
            height_of[lane],
            round(min(SMALLEST + 1.3 * log2(count), LARGEST), 1),
            lane,
            count,
            ahead,
            decision,
        )
        for (x, lane, ahead, decision), count in sorted(together.items())
    ]


def _bands(stays: Sequence[Stay], first: date, last: date, top: int) -> list[Band]:
    """Stays below each other when they overlap, earliest first."""
    free: list[date] = []
    bands = []
    for stay in sorted(stays, key=lambda each: (each.starts, each.name)):
        ends = stay.ends or date.max
        if stay.starts > last or ends <= first:
            continue
        row = next((n for n, until in enumerate(free) if until <= stay.starts), len(free))
        free[row : row + 1] = [ends]
        x = across(max(stay.starts, first), first, last)
        beyond = across(min(ends, last), first, last)
        bands.append(
            Band(
                x,
                round(max(beyond - x, 1.0), 2),
                top + BAND * row,
                stay.name,
                stay.starts >= first,
                ends <= last,
            )
        )
    return bands


def _ticks(first: date, last: date) -> list[Tick]:
    """The first days of months, thinned out until they fit."""
    months = []
    day = _next_month(first)
    while day <= last:
        months.append(day)
        day = _next_month(day)
    step = -(-len(months) // MOST_TICKS) or 1
    return [Tick(across(day, first, last), day) for day in months[::step]]


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)
