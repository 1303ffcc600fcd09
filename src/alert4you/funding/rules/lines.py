"""Who writes money lines down, and which may be written."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from alert4you.access.models import Entry
from alert4you.access.rules.relations import leads, works_here_with
from alert4you.funding.models import MoneyLine, State, Work
from alert4you.funding.rules.beside import bookings, pauses
from alert4you.funding.rules.known import facts_of
from alert4you.funding.rules.routing import Verdict, route
from alert4you.funding.rules.streams import Ground, streams
from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.organisations.models import Actor, Role
from alert4you.organisations.rules import RUNS_THE_PLACE
from alert4you.trajectories.models import Trajectory

WRITE_MONEY = {*RUNS_THE_PLACE, Role.PEDAGOGUE}
SEE_REPORTS = {*RUNS_THE_PLACE, Role.MUNICIPALITY}
LOOK_AT_ROUTES = _("Look at “Who can pay this?” for what does fit.")


@dataclass(frozen=True)
class Wanted:
    """A line as it is written down; see ``MoneyLine``. ``granted``: it was decided already."""

    stream: str
    work: str
    starts: date
    ends: date | None = None
    decider: str = ""
    ground: str = ""
    reference: str = ""
    named: bool = False
    hours: int | None = None
    euros: int | None = None
    granted: bool = False
    asked_on: date | None = None


@dataclass(frozen=True)
class Answer:
    """What was decided, on which day. ``starts`` until ``ends``: when it changes the period."""

    granted: bool
    on: date
    why: str = ""
    ends: date | None = None
    hours: int | None = None
    euros: int | None = None
    reference: str = ""


def may_write_money(actor: Actor, trajectory: Trajectory) -> Decision:
    """Who runs the place of the trajectory, or has its lead; the parents read it."""
    if actor.is_parent or not _runs_it(actor, trajectory):
        return Decision(
            _("Only whoever runs the place, or leads the trajectory, writes down who pays."),
            _("Ask who has the lead."),
        )
    return ALLOWED if trajectory.child is None else works_here_with(actor, trajectory.child)


def _runs_it(actor: Actor, trajectory: Trajectory) -> bool:
    own = trajectory.organisation_id == actor.organisation_id
    lead = leads(actor, trajectory.lead_id, trajectory.cover_id)
    return lead or (own and actor.role in WRITE_MONEY)


def may_write_line(actor: Actor, trajectory: Trajectory, wanted: Wanted) -> Decision:
    """A sort of money that a rule refuses is not written down: the rule is quoted."""
    if wanted.stream not in streams() or wanted.work not in Work.values:
        return Decision(_("This money is not known here."))
    if wanted.ends is not None and wanted.ends <= wanted.starts:
        return Decision(_("The money ends before it begins."))
    if wanted.asked_on is not None and wanted.asked_on > actor.today:
        return Decision(_("This day is still to come."))
    return may_write_money(actor, trajectory) and _fits(actor, trajectory, wanted)


def _fits(actor: Actor, trajectory: Trajectory, wanted: Wanted) -> Decision:
    facts = facts_of(actor, trajectory, Work(wanted.work), wanted.named)
    found = route(facts, wanted.stream)
    if found.verdict == Verdict.REFUSED:
        return Decision(quoted(found.ground), LOOK_AT_ROUTES)
    return ALLOWED


def quoted(ground: Ground) -> str | Promise:
    """What the rule says, and where it stands."""
    return format_lazy("{} ({})", ground.says, ground.where)


def may_change(actor: Actor, line: MoneyLine, *states: str) -> Decision:
    """Who may write money of the trajectory, on a line that stands so."""
    if line.state not in states:
        return Decision(
            _("This line does not stand so any more."), _("Look at the page again: it changed.")
        )
    return may_write_money(actor, line.trajectory)


def may_decide(actor: Actor, line: MoneyLine, answer: Answer) -> Decision:
    """Somebody decided: yes, or no with the reason; after it was asked and not in the future."""
    if not answer.granted and not answer.why.strip():
        return Decision(_("Write why it was refused: then it can be learned from."))
    if answer.on > actor.today:
        return Decision(_("This day is still to come."))
    if answer.on < line.day:
        return Decision(_("It was decided before it was asked."))
    if answer.ends is not None and answer.ends <= line.starts:
        return Decision(_("The money ends before it begins."))
    return may_change(actor, line, State.ASKED)


def may_pause(actor: Actor, line: MoneyLine, on: date, waits_for: str) -> Decision:
    """Who decides waits for something: once at a time, and not before it was asked."""
    if not waits_for.strip():
        return Decision(_("Write what is waited for."))
    if not line.day <= on <= actor.today:
        return Decision(_("Choose a day between the request and today."))
    if pauses(line).filter(ends=None).exists():
        return Decision(_("The term stands still already."))
    return may_change(actor, line, State.ASKED)


def may_resume(actor: Actor, line: MoneyLine, on: date) -> Decision:
    """What was waited for is there: on or after the day on which the term stood still."""
    running = pauses(line).filter(ends=None).first()
    if running is None:
        return Decision(_("The term does not stand still."))
    if not running.starts <= on <= actor.today:
        return Decision(_("Choose a day between then and today."))
    return may_change(actor, line, State.ASKED)


def may_put_off(actor: Actor, line: MoneyLine, weeks: int) -> Decision:
    """Who decides told that it takes longer; a term must be known to be put off."""
    if line.weeks is None:
        return Decision(_("Nobody gave a term for this decision."))
    if weeks < 1:
        return Decision(_("Write how many weeks longer it takes."))
    return may_change(actor, line, State.ASKED)


def may_end(actor: Actor, line: MoneyLine, on: date, why: str) -> Decision:
    """The money stops; what is on it already stays. The end of the trajectory does not end it."""
    if not why.strip():
        return Decision(_("Write why it ends."))
    if on <= line.starts:
        return Decision(_("The money ends before it begins."))
    if _works_after(line, on):
        return Decision(_("There are hours on it after that day."), _("Take those off first."))
    return may_change(actor, line, State.ASKED, State.GRANTED)


def _works_after(line: MoneyLine, on: date) -> bool:
    booked = bookings(line).values("entry")
    later = Entry.objects.unrestricted(reason="rule").filter(pk__in=booked, day__gte=on)
    return later.exists()
