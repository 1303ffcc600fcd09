"""The days of a story. `day 8` is its eighth working day, so it can begin on any of them.

A story is laid over the calendar so that its last day is the anchor (for the demo: today). A week
has five working days: `week 3, day 1` is exactly two weeks after `day 1`.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from alert4you.kernel.clock import day_of
from alert4you.practices.rules.language import Duration, Unit

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WORKING_WEEK = 5
_CLOCK = r"(?:,? (?:at )?(?P<hour>\d{1,2}):(?P<minute>\d{2}))?"
_PLACE = (
    r"day (?P<day>\d+)"
    r"|week (?P<week>\d+), (?:day (?P<of_week>[1-5])|(?P<weekday>[a-z]+day))"
    r"|(?P<date>\d{4}-\d{2}-\d{2})"
    r"|(?P<today>today)"
    r"|in (?P<count>\d+) (?P<unit>working days?|weeks?|months?)"
)
_WHEN = re.compile(f"(?:{_PLACE}){_CLOCK}")
REMEDY = (
    "write `day 8`, `week 3, day 2`, `week 3, monday`, `2026-03-02`, `today` or `in 6 weeks`, "
    "with `, 14:30` behind it when the hour matters"
)


class Unreadable(ValueError):
    """This is no moment of a story; the message says what to write."""


@dataclass(frozen=True)
class When:
    """A moment as it is written: a place in the story, a date, or so long from the day it stands on.

    ``number`` counts working days from 1; ``week`` and ``weekday`` (Monday is 0) wait for the day on
    which the story begins.
    """

    number: int | None = None
    week: int | None = None
    weekday: int | None = None
    on: date | None = None
    ahead: Duration | None = None
    working_days_ahead: int | None = None
    at: time | None = None

    def numbered(self, begins: int | None) -> int | None:
        """Which working day of a story that begins on this weekday; None when it tells no place."""
        if self.week is None or self.weekday is None:
            return self.number
        if begins is None:
            raise Unreadable("say on which weekday the story begins: `begins: monday`")
        number = (self.week - 1) * WORKING_WEEK + self.weekday - begins + 1
        if number < 1:
            raise Unreadable(
                f"this lies before the first day: the story begins on {WEEKDAYS[begins]}"
            )
        return number


def when(text: str) -> When:
    """What a moment says; Unreadable with the remedy."""
    found = _WHEN.fullmatch(text)
    if found is None:
        raise Unreadable(REMEDY)
    at = _hour(found)
    if found["day"]:
        return When(number=_positive(found["day"]), at=at)
    if found["of_week"]:
        number = (_positive(found["week"]) - 1) * WORKING_WEEK + int(found["of_week"])
        return When(number=number, at=at)
    if found["weekday"]:
        return When(week=_positive(found["week"]), weekday=_weekday(found["weekday"]), at=at)
    if found["date"]:
        return When(on=_date(found["date"]), at=at)
    if found["today"]:
        return When(working_days_ahead=0, at=at)
    return _ahead(int(found["count"]), found["unit"], at)


def _ahead(count: int, unit: str, at: time | None) -> When:
    if unit.startswith("working"):
        return When(working_days_ahead=count, at=at)
    units: dict[str, Unit] = {"week": "weeks", "month": "months"}
    return When(ahead=Duration(count, units[unit.rstrip("s")]), at=at)


def _positive(text: str) -> int:
    if int(text) < 1:
        raise Unreadable("days and weeks are counted from 1")
    return int(text)


def _weekday(word: str) -> int:
    if word not in WEEKDAYS[:WORKING_WEEK]:
        raise Unreadable(f"write one of: {', '.join(WEEKDAYS[:WORKING_WEEK])}")
    return WEEKDAYS.index(word)


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as impossible:
        raise Unreadable(str(impossible)) from impossible


def _hour(found: re.Match[str]) -> time | None:
    if not found["hour"]:
        return None
    try:
        return time(int(found["hour"]), int(found["minute"]))
    except ValueError as impossible:
        raise Unreadable(str(impossible)) from impossible


def working_days_after(day: date, count: int) -> date:
    """So many working days after (or, below 0, before) a working day."""
    weeks, rest = divmod(day.weekday() + count, WORKING_WEEK)
    return day + timedelta(days=7 * weeks + rest - day.weekday())


def working_days_between(first: date, last: date) -> int:
    """The opposite: how many working days after ``first`` comes ``last`` (both working days)."""
    weeks = (monday_of(last) - monday_of(first)).days // 7
    return weeks * WORKING_WEEK + last.weekday() - first.weekday()


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def last_working_day(day: date) -> date:
    """This day, or the Friday before when it is weekend."""
    return day - timedelta(days=max(0, day.weekday() - WORKING_WEEK + 1))


@dataclass(frozen=True)
class Almanac:
    """The calendar of one playing of a story: its first day, and the day it is told on (the anchor)."""

    first: date
    anchor: date

    @classmethod
    def ending(cls, anchor: date, days: int, begins: int | None = None) -> "Almanac":
        """A story of so many working days that ends on the anchor, or as shortly before as it can
        when it must begin on a certain weekday."""
        last = last_working_day(anchor)
        if begins is not None:
            too_late = (last.weekday() - begins - days + 1) % WORKING_WEEK
            last = working_days_after(last, -too_late)
        return cls(working_days_after(last, 1 - days), last_working_day(anchor))

    def day(self, number: int) -> date:
        """The calendar day of the n-th working day of the story."""
        return working_days_after(self.first, number - 1)

    def day_of(self, wanted: When, today: date) -> date:
        """The day that is meant by somebody who speaks on ``today``."""
        number = wanted.numbered(self.first.weekday())
        if number is not None:
            return self.day(number)
        if wanted.ahead is not None:
            return wanted.ahead.after(today)
        if wanted.working_days_ahead is not None:
            return working_days_after(today, wanted.working_days_ahead)
        if wanted.on is None:
            raise LookupError(wanted)
        return wanted.on

    def moment(self, wanted: When, now: datetime) -> datetime:
        """The same with the hour; without one, the middle of the day."""
        day = self.day_of(wanted, day_of(now))
        return moment(day, wanted.at or time(12))


def moment(day: date, at: time) -> datetime:
    """A day and an hour in Amsterdam."""
    return timezone.make_aware(datetime.combine(day, at))
