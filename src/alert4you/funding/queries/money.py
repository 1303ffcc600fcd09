"""The money of one trajectory: its lines, the hours on them, and the hours on none."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from alert4you.access.models import Entry
from alert4you.funding.models import BESIDE, Booking, MoneyLine, Pause, State, Work
from alert4you.funding.rules import hours as rules
from alert4you.funding.rules.hours import Hour
from alert4you.funding.rules.known import facts_of
from alert4you.funding.rules.lines import may_write_money
from alert4you.funding.rules.routing import Facts, Route, Verdict, routes
from alert4you.funding.rules.streams import Stream, streams
from alert4you.funding.rules.terms import Paused, last_day, objection_until
from alert4you.kernel.decision import Decision, NotVisible
from alert4you.organisations.models import Actor
from alert4you.practices.rules.language import Practice
from alert4you.trajectories.models import Trajectory
from alert4you.trajectories.queries.caseload import practice_in, trajectory

MOST = 200
REMIND = 56  # days before a decision ends: as long as a new one takes (Awb 4:13)


@dataclass(frozen=True)
class Shown:
    """One line as a page shows it. ``minutes``: on it; ``due``: the last day to decide, None when nobody
    gave a term or it is decided; ``fitting``: uncovered hours that can be on it,
    those it was asked for first.
    """

    line: MoneyLine
    stream: Stream
    minutes: int
    due: date | None
    pauses: Sequence[Pause]
    fitting: Sequence[Hour]
    today: date

    @property
    def is_late(self) -> bool:
        return self.due is not None and self.due < self.today

    @property
    def waits_for(self) -> Pause | None:
        """What who decides waits for now."""
        return next((each for each in self.pauses if each.ends is None), None)

    @property
    def objection_until(self) -> date | None:
        """Until when one can object to a no of an authority, when it was sent on the day it was decided."""
        said_no = self.line.state == State.REFUSED and self.stream.terms
        return objection_until(self.line.decided_on) if said_no and self.line.decided_on else None

    @property
    def pays(self) -> bool:
        return self.line.state == State.GRANTED and (
            self.line.ends is None or self.line.ends > self.today
        )

    @property
    def ends_soon(self) -> bool:
        """So soon that a new decision would just be in time."""
        if not self.pays or self.line.ends is None:
            return False
        return (self.line.ends - self.today).days <= REMIND

    @property
    def most(self) -> int | None:
        """The ceiling in minutes."""
        return self.line.hours and self.line.hours * 60


@dataclass(frozen=True)
class Money:
    """All money of one trajectory."""

    trajectory: Trajectory
    practice: Practice
    lines: Sequence[Shown]
    hours: Sequence[Hour]
    may_write: Decision

    @property
    def uncovered(self) -> list[Hour]:
        return [each for each in self.hours if each.line is None]

    @property
    def minutes(self) -> tuple[int, int]:
        """On a line, and on none."""
        bare = sum(each.minutes for each in self.uncovered)
        return sum(each.minutes for each in self.hours) - bare, bare

    @property
    def about(self) -> str:
        child, location = self.trajectory.child, self.trajectory.location
        return child.full_name if child else str(location or "")


def money(actor: Actor, trajectory_id: UUID) -> Money:
    """Raises NotVisible where the trajectory or its plan is not for this hat."""
    found = trajectory(actor, trajectory_id)
    if not found.plans_known:  # type: ignore[attr-defined]
        raise NotVisible
    return _money(actor, found)


def line(actor: Actor, line_id: UUID) -> tuple[Money, Shown]:
    """One line with the money it belongs to; raises NotVisible."""
    seen = MoneyLine.objects.visible_to(actor).filter(pk=line_id).values_list("trajectory")
    row = seen.first()
    if row is None:
        raise NotVisible
    page = money(actor, row[0])
    return page, next(each for each in page.lines if each.line.pk == line_id)


def _money(actor: Actor, found: Trajectory) -> Money:
    rows = MoneyLine.objects.visible_to(actor).filter(trajectory=found)
    lines = list(rows.select_related("author").order_by("-starts", "-written_at"))
    paid = Booking.objects.unrestricted(reason=BESIDE).filter(line__trajectory=found.pk)
    on: Counter[UUID] = Counter()
    booked = {}
    for entry, of, minutes in paid.values_list("entry", "line", "minutes"):
        booked[entry] = of
        on[of] += minutes
    told = rules.hours_in(found, Entry.objects.visible_to(actor), booked)
    pauses = _pauses(lines)
    bare = [each for each in told if each.line is None]
    shown = [
        _shown(each, on[each.pk], pauses.get(each.pk, ()), bare, actor.today) for each in lines
    ]
    return Money(found, practice_in(found), shown, told, may_write_money(actor, found))


def _shown(
    each: MoneyLine, minutes: int, pauses: Sequence[Pause], bare: Sequence[Hour], today: date
) -> Shown:
    fitting: list[Hour] = []
    for hour in sorted(bare, key=lambda one: (one.work != each.work, one.day)):
        if rules.may_hold(each, [*fitting, hour], minutes):
            fitting.append(hour)
    return Shown(
        each, streams()[each.stream], minutes, due(each, pauses, today), pauses, fitting, today
    )


def due(each: MoneyLine, pauses: Sequence[Pause], today: date) -> date | None:
    if each.state != State.ASKED or each.weeks is None:
        return None
    still = [Paused(one.starts, one.ends) for one in pauses]
    return last_day(each.day, each.weeks, today, still, each.extra_weeks)


def clocks(actor: Actor) -> list[Shown]:
    """Money in the trajectories that this hat leads: no answer yet, or it ends soon; late first."""
    led = Q(trajectory__lead=actor.membership_id) | Q(trajectory__cover=actor.membership_id)
    open_now = MoneyLine.objects.visible_to(actor).filter(
        led, state__in=(State.ASKED, State.GRANTED)
    )
    lines = list(open_now.select_related("child", "trajectory")[:MOST])
    pauses = _pauses(lines)
    shown = [_shown(each, 0, pauses.get(each.pk, ()), (), actor.today) for each in lines]
    told = [each for each in shown if each.line.state == State.ASKED or each.ends_soon]
    return sorted(told, key=lambda each: each.due or each.line.ends or date.max)


def _pauses(lines: Sequence[MoneyLine]) -> dict[UUID, list[Pause]]:
    found: dict[UUID, list[Pause]] = {}
    for each in Pause.objects.unrestricted(reason=BESIDE).filter(line__in=lines).order_by("starts"):
        found.setdefault(each.line_id, []).append(each)
    return found


@dataclass(frozen=True)
class Ways:
    """What the money router answers, in the three kinds of answer, and what it was told."""

    facts: Facts
    routes: Sequence[Route]

    def of(self, verdict: Verdict) -> list[Route]:
        return [each for each in self.routes if each.verdict == verdict]

    @property
    def fits(self) -> list[Route]:
        return self.of(Verdict.FITS)

    @property
    def could(self) -> list[Route]:
        return self.of(Verdict.ASK)

    @property
    def cannot(self) -> list[Route]:
        return self.of(Verdict.REFUSED)


def facts(actor: Actor, found: Trajectory, work: str, named: bool = False) -> Facts:
    """What is known already; the rest is asked."""
    return facts_of(actor, found, Work(work), named)


def ways(told: Facts) -> Ways:
    return Ways(told, routes(told))
