"""The picture of a taper: for each week the days that were planned, and those somebody was there.

Pure geometry; lengths are units of the SVG's view box.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal, TypeAlias

from alert4you.trajectories.rules.states import TaperWeek

Mark: TypeAlias = Literal["past", "now", "ahead"]

STEP, BAR, DAY, TOP, LEFT = 36, 26, 28, 24, 28  # seven weeks fit on a phone
LEAST_DAYS = 2
LABELS = 6  # at most so many weeks have room for their day


@dataclass(frozen=True)
class Bar:
    """One week: its planned height, and a dot for each day somebody was there.

    ``short``: fewer than planned; ``back``: more days than the week before, a step back.
    """

    x: int
    y: int
    height: int
    middle: int
    dots: tuple[int, ...]
    mark: Mark
    short: bool
    back: bool
    week: TaperWeek
    labelled: bool


@dataclass(frozen=True)
class Chart:
    """The whole picture, with a line for each number of days."""

    width: int
    height: int
    floor: int
    bar: int
    bars: tuple[Bar, ...]
    lines: tuple[tuple[int, int], ...]

    @property
    def steps_back(self) -> list[Bar]:
        """The weeks in which somebody came more often again."""
        return [each for each in self.bars if each.back]

    @property
    def label_y(self) -> int:
        return self.floor + 20


def chart(weeks: Sequence[TaperWeek], today: date) -> Chart | None:
    """None when there is nothing to draw."""
    if not weeks:
        return None
    most = max(LEAST_DAYS, *(max(each.planned, each.actual) for each in weeks))
    floor = TOP + most * DAY
    every = -(-len(weeks) // LABELS)
    return Chart(
        width=LEFT + len(weeks) * STEP + 10,
        height=floor + 30,
        floor=floor,
        bar=BAR,
        bars=tuple(
            _bar(place, each, floor, today, place % every == 0, each.planned > before.planned)
            for place, (before, each) in enumerate(pairwise([weeks[0], *weeks]))
        ),
        lines=tuple((days, floor - days * DAY) for days in range(most + 1)),
    )


def _bar(place: int, week: TaperWeek, floor: int, today: date, labelled: bool, back: bool) -> Bar:
    x = LEFT + place * STEP
    passed = (today - week.start).days
    mark: Mark = "ahead" if passed < 0 else "now" if passed < 7 else "past"
    height = week.planned * DAY
    return Bar(
        x=x,
        y=floor - height,
        height=height,
        middle=x + BAR // 2,
        dots=tuple(floor - DAY // 2 - turn * DAY for turn in range(week.actual)),
        mark=mark,
        short=mark == "past" and week.actual < week.planned,
        back=back,
        week=week,
        labelled=labelled,
    )
