"""Whether a rhythm was met: which meetings fell in which stretch of time, which stretch was missed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.meetings.models import Per
from alert4you.organisations.models import Actor, Location, Role
from alert4you.organisations.rules import RUNS_THE_PLACE
from alert4you.practices.rules.language import Duration, Rhythm
from alert4you.trajectories.rules.doses import windows

SET_RHYTHMS = {*RUNS_THE_PLACE, Role.PEDAGOGUE}
MOST = 52


@dataclass(frozen=True)
class Stretch:
    """``[start, end)`` in which ``needed`` meetings belong: those held, and those still planned."""

    start: date
    end: date
    needed: int
    held: int
    planned: int
    over: bool

    @property
    def met(self) -> bool:
        return self.held >= self.needed

    @property
    def missed(self) -> int:
        """How many did not take place, once the time for them is over."""
        return max(0, self.needed - self.held) if self.over else 0

    @property
    def to_plan(self) -> int:
        """How many are not planned yet, while there is time."""
        return 0 if self.over else max(0, self.needed - self.held - self.planned)


def stretches(
    number: int,
    per: str,
    period: tuple[date, date | None],
    held: Collection[date],
    *,
    today: date,
    planned: Collection[date] = (),
) -> list[Stretch]:
    """Every stretch begun by today, oldest first; ``period`` is ``[starts, ends)`` of the rhythm."""
    starts, ends = period
    rhythm, needed = _rhythm(number, per)
    frames = [each for each in windows(rhythm, starts, today) if each.start <= today]
    return [
        Stretch(
            frame.start,
            frame.end,
            needed,
            sum(frame.start <= day < frame.end for day in held),
            sum(frame.start <= day < frame.end for day in planned),
            frame.end <= today,
        )
        for frame in frames
        if ends is None or frame.start < ends
    ]


def _rhythm(number: int, per: str) -> tuple[Rhythm, int]:
    if per == Per.YEAR:
        return Rhythm(Duration(12, "months")), number
    return Rhythm(Duration(number, "weeks")), 1


def may_set_rhythm(actor: Actor, location: Location | None, number: int) -> Decision:
    """Whoever runs the place, or its pedagogue, agrees on a rhythm; the number is always theirs."""
    own = location is None or location.organisation_id == actor.organisation_id
    if actor.role not in SET_RHYTHMS or not own:
        return Decision(
            _("Only the care coordinator, the pedagogue or the manager agrees on a rhythm."),
            _("Tell them how often you would like to meet."),
        )
    if not 1 <= number <= MOST:
        return Decision(_("Choose a number between 1 and 52."))
    return ALLOWED
