"""The last day on which somebody must have decided (Awb 4:13-4:15, Algemene termijnenwet)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from alert4you.kernel.clock import working_day

OBJECTION = 6  # weeks, from the day after the decision was sent (Awb 6:7)


@dataclass(frozen=True)
class Paused:
    """The term stands still from ``starts`` until the answer of ``ends`` (Awb 4:15); None: it still does."""

    starts: date
    ends: date | None = None

    def days(self, today: date) -> int:
        return ((self.ends or max(today, self.starts)) - self.starts).days


def last_day(
    asked_on: date, weeks: int, today: date, pauses: Iterable[Paused] = (), extra_weeks: int = 0
) -> date:
    """The term begins the day after and is put off by every day that it stood still.

    While it stands still now, the answer is what it would be if it went on ``today``. ``extra_weeks``: put
    off with a notice (Awb 4:14).
    """
    still = sum(each.days(today) for each in pauses)
    return working_day(asked_on + timedelta(weeks=weeks + extra_weeks, days=still))


def objection_until(sent_on: date) -> date:
    """The last day on which one can object to a decision that was sent on this day (Awb 6:7, 6:8)."""
    return last_day(sent_on, OBJECTION, sent_on)
