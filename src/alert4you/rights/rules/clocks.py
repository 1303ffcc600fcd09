"""Until when a request must be answered.

AVG 12(3): one month, and two more when it is told in time. Jeugdwet 7.3.9: deleting from a file of youth
care within three months. A term that ends on a Saturday, a Sunday or a public holiday runs on to the next
day that is none (Algemene termijnenwet 1 and 3; Regulation 1182/71 art. 3).
"""

from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from alert4you.kernel.clock import working_day
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
