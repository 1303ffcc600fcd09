"""A story as it was read: who plays in it, and day by day what happens and what must be so."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from alert4you.practices.rules.language import Words
from alert4you.scenarios.almanac import Almanac, moment, working_days_after
from alert4you.scenarios.names import Names
from alert4you.scenarios.sentences import Said
from alert4you.scenarios.stage import Stage

# Nobody says at what hour: the steps of a day are spread over it. Those of the day on which the
# story is told come before the doors open, so that the reader arrives after them.
DAY_BEGINS, BETWEEN = time(9, 12), timedelta(minutes=13)
TODAY_BEGINS, BETWEEN_TODAY, TODAY_ENDS = time(7, 31), timedelta(minutes=2), time(9)


@dataclass(frozen=True)
class Step:
    """One sentence on one line. ``refused``: what the refusal must say ("" when it must succeed);
    ``conflict``: what stands in the version that was there first."""

    line: int
    said: Said
    at: time | None = None
    refused: str = ""
    instead: str = ""
    hidden: bool = False
    conflict: str = ""


@dataclass(frozen=True)
class Scene:
    """A day of the story (counted in working days) and its steps."""

    line: int
    number: int
    at: time | None
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Side:
    """From whose side a visitor of the demo can follow the story, and what there is to see."""

    who: str
    words: Words


@dataclass(frozen=True)
class Story:
    """``rows``: those of the list of practices that it plays, like "12" or "45a"; ``begins``: the
    weekday (Monday is 0) or the date it must begin on, if any; ``ago``: how many working days before
    the day of telling it ended."""

    slug: str
    file: str
    title: Words
    summary: Words
    stage: Stage
    names: Names
    scenes: tuple[Scene, ...]
    rows: tuple[str, ...] = ()
    source: str = ""
    begins: int | date | None = None
    ago: int = 0
    sides: tuple[Side, ...] = ()

    @property
    def days(self) -> int:
        """Its length in working days."""
        return self.scenes[-1].number

    def almanac(self, anchor: date) -> Almanac:
        """The story laid over the calendar, told on the anchor."""
        if isinstance(self.begins, date):
            return Almanac(self.begins, working_days_after(self.begins, self.days - 1 + self.ago))
        whole = Almanac.ending(anchor, self.days + self.ago, self.begins)
        return Almanac(whole.first, whole.anchor)

    def timed(self, almanac: Almanac) -> Iterator[tuple[datetime, Scene, Step]]:
        """Every step with the moment at which it happens, in order."""
        last = datetime.min
        for scene in self.scenes:
            day = almanac.day(scene.number)
            begins, between = DAY_BEGINS, BETWEEN
            if day == almanac.anchor and not isinstance(self.begins, date):
                begins, between = TODAY_BEGINS, BETWEEN_TODAY
            now = datetime.combine(day, scene.at or begins)
            if scene.at is None and now <= last:
                now = last + between
            for step in scene.steps:
                now = datetime.combine(day, step.at) if step.at else now
                last = now
                yield moment(now.date(), now.time()), scene, step
                now += between
