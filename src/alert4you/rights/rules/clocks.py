"""Until when a request must be answered.

AVG 12(3): one month, and two more when it is told in time. Jeugdwet 7.3.9: deleting from a file of youth
care within three months. A term that ends on a Saturday, a Sunday or a public holiday runs on to the next
day that is none (Algemene termijnenwet 1 and 3; Regulation 1182/71 art. 3).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from dateutil.easter import easter
from dateutil.relativedelta import relativedelta

from alert4you.organisations.models import OrganisationKind
from alert4you.rights.models import Right, RightsRequest

YOUTH_ACT = {OrganisationKind.YOUTH_CARE_PROVIDER, OrganisationKind.CERTIFIED_INSTITUTION}
SOON = timedelta(days=7)


@dataclass(frozen=True)
class Clock:
    """``target``: the day to work towards; ``legal``: the last day the law gives, never earlier."""

    target: date
    legal: date

    def state(self, day: date) -> str:
        """How it stands on a day: "late" only after the last day of the law."""
        if day > self.legal:
            return "late"
        return "soon" if day + SOON >= self.target else "calm"


def clock(right: str, received_on: date, youth_act: bool = False, extended: bool = False) -> Clock:
    """The term of a right; ``youth_act``: the file is one of youth care."""
    months = 3 if right == Right.ERASURE and youth_act else 1
    target = received_on + relativedelta(months=months + 2 * extended)
    return Clock(target, working_day(target))


def clock_of(request: RightsRequest) -> Clock:
    youth_act = is_youth_act(request)
    return clock(request.right, request.received_on, youth_act, request.extended_at is not None)


def is_youth_act(request: RightsRequest) -> bool:
    return request.organisation.kind in YOUTH_ACT


def working_day(day: date) -> date:
    """This day, or the first one after it that is no Saturday, Sunday or public holiday."""
    while day.weekday() > 4 or day in public_holidays(day.year):
        day += timedelta(days=1)
    return day


@cache
def public_holidays(year: int) -> frozenset[date]:
    """The days of Algemene termijnenwet art. 3, Good Friday included; King's Day is never on a Sunday."""
    kings_day = date(year, 4, 27)
    around_easter = (easter(year) + timedelta(days=days) for days in (-2, 1, 39, 50))
    fixed = ((1, 1), (5, 5), (12, 25), (12, 26))
    return frozenset(
        {
            *around_easter,
            *(date(year, month, day) for month, day in fixed),
            kings_day - timedelta(days=kings_day.weekday() == 6),
        }
    )
