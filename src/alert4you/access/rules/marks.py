"""R12: who makes, sees and ends the marks that beat everything; whom they concern never does."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from alert4you.access import policy
from alert4you.access.models import (
    ABOUT_SOMEBODY,
    BY_REQUEST,
    HOLD_AT_MOST,
    KEEPS,
    Mark,
    NegativeMark,
)
from alert4you.access.rules import relations
from alert4you.access.rules.officers import looks_after
from alert4you.access.rules.relations import ties
from alert4you.children.models import Child, Guardian, Placement
from alert4you.kernel.compiled import Condition
from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.kernel.kept import kept
from alert4you.organisations.models import Actor, Role
from alert4you.organisations.queries import system_actor
from alert4you.organisations.rules import RUNS_THE_PLACE

NOT_YOURS = Decision(
    _("Only whoever runs the child's place can do this."),
    _("Ask the care coordinator or the manager of the location."),
)

ABOUT_A_PERSON = Decision(_("This mark is about a person: choose who it is."))
AT_THE_REQUEST = Decision(
    _("This begins and ends with what the parents asked about the data."),
    _("Ask who answered that request: the parents hear it before it ends."),
)


def runs_its_place(actor: Actor, child: Child) -> bool:
    """The care coordinator or manager of the place the child has, who knows the child by right."""
    held = ties(actor, child)
    return actor.role in RUNS_THE_PLACE and held.knows and held.placed_here


def may_forbid(actor: Actor, child: Child, mark: Mark, reason: str) -> Decision:
    """As ``relations.may_forbid``, with a mark that is about a person."""
    if mark not in ABOUT_SOMEBODY:
        return Decision(_("This mark is not about a person."))
    return relations.may_forbid(actor, child, reason)


@kept
def objected(actor: Actor, child_id: UUID, purposes: Sequence[str]) -> QuerySet[NegativeMark]:
    """What the own organisation agreed with the parents not to share for these purposes (AVG 21)."""
    marks = NegativeMark.objects.on(actor.today).filter(child=child_id, mark=Mark.OBJECTION)
    return marks.filter(purpose__in=purposes, made_by__organisation=actor.organisation_id)


def may_protect(
    actor: Actor,
    child: Child,
    mark: Mark,
    reason: str,
    guardian: Guardian | None,
    ends: date | None,
) -> Decision:
    """A secret address of one guardian, a legal hold, or a later notice: with a reason."""
    if not reason.strip():
        return Decision(_("Write why, and on what ground."))
    if mark in ABOUT_SOMEBODY or mark in BY_REQUEST:
        return AT_THE_REQUEST if mark in BY_REQUEST else ABOUT_A_PERSON
    if mark == Mark.TELL_LATER:
        return _may_tell_later(actor, child, ends)
    if not runs_its_place(actor, child):
        return NOT_YOURS
    if mark == Mark.SECRET_ADDRESS and (guardian is None or guardian.child_id != child.pk):
        return Decision(_("Choose of which parent or guardian the address is secret."))
    return ALLOWED


def _may_tell_later(actor: Actor, child: Child, ends: date | None) -> Decision:
    """The privacy officer of the child's place, until a day within 28 days."""
    here = Placement.objects.on(actor.today).filter(
        child=child, group__location__organisation=actor.organisation_id
    )
    placed = here.unrestricted(reason="rule").exists()
    if not placed or not looks_after(actor, actor.organisation_id):
        return Decision(_("The privacy officer decides when the parents hear of it."))
    if ends is None or not timedelta(0) < ends - actor.today <= HOLD_AT_MOST:
        return Decision(_("Choose the last day: within 28 days."))
    return ALLOWED


def may_end_mark(actor: Actor, mark: NegativeMark, reason: str) -> Decision:
    """Who runs the child's place; a later notice also by the privacy officer. Never whom it concerns."""
    if mark.mark in BY_REQUEST:
        return AT_THE_REQUEST
    about = mark.about
    if about is not None and about.pk == actor.person_id:
        return NOT_YOURS
    officer = mark.mark == Mark.TELL_LATER and actor.role == Role.PRIVACY_OFFICER
    if not (officer or runs_its_place(actor, mark.child)):
        return NOT_YOURS
    if mark.ends is not None and mark.ends <= actor.today:
        return Decision(_("This has ended already."))
    return ALLOWED if reason.strip() else Decision(_("Write why this can end."))


def may_see_contact(actor: Actor, guardian: Guardian) -> bool:
    """Whether this hat may know where a guardian can be reached, see ``policy.reachable``."""
    return Guardian.objects.filter(can_reach(actor), pk=guardian.pk).exists()


def can_reach(actor: Actor) -> Condition:
    """The same as a condition on guardians."""
    return Condition(Guardian, policy.reachable, actor)


def may_write_contact(actor: Actor, guardian: Guardian) -> Decision:
    """Who may see it: the guardian, and staff of the place."""
    if may_see_contact(actor, guardian):
        return ALLOWED
    return Decision(_("Where this person can be reached is not for you to write down."))


def keeps(child: Child, day: date) -> bool:
    """Whether a legal hold stops deleting anything about this child, or a request to only keep it."""
    return some_are_kept([child.pk], day)


def some_are_kept(children: Iterable[UUID] | QuerySet, day: date) -> bool:
    """The same for one of these children at least."""
    return NegativeMark.objects.on(day).filter(child__in=children, mark__in=KEEPS).exists()


def only_kept(at: datetime) -> Q:
    """Entries that the parents asked to use less (AVG 18): jobs and papers leave them alone too."""
    return policy.only_kept(system_actor(at))


def may_hold(actor: Actor, child: Child, reason: str) -> Decision:
    """A legal hold by whoever answers for the file, also when the child has left; with a reason."""
    if not answers_for_file(actor, child):
        return NOT_YOURS
    held = NegativeMark.objects.on(actor.today).filter(child=child, mark=Mark.LEGAL_HOLD)
    if held.exists():
        return Decision(_("Nothing about this child is deleted, for now"))
    return ALLOWED if reason.strip() else Decision(_("Write why, and on what ground."))


def may_release(actor: Actor, child: Child, reason: str) -> Decision:
    """Ending the legal hold that the own organisation set."""
    if not answers_for_file(actor, child) or not holds_of(actor, child).exists():
        return NOT_YOURS
    return ALLOWED if reason.strip() else Decision(_("Write why this can end."))


def answers_for_file(actor: Actor, child: Child) -> bool:
    """The privacy officer or who runs the place, of an organisation where the child has or had a place."""
    here = Placement.objects.unrestricted(reason="rule").filter(
        child=child, group__location__organisation=actor.organisation_id
    )
    return actor.role in {Role.PRIVACY_OFFICER, *RUNS_THE_PLACE} and here.exists()


def holds_of(actor: Actor, child: Child) -> QuerySet[NegativeMark]:
    """The legal holds that run and that the own organisation set."""
    marks = NegativeMark.objects.on(actor.today).filter(child=child, mark=Mark.LEGAL_HOLD)
    return marks.filter(made_by__organisation=actor.organisation_id)
