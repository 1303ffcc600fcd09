"""Who answers a request, and what can be answered."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from alert4you.access.models import Entry
from alert4you.access.rules.marks import keeps
from alert4you.access.rules.officers import looks_after
from alert4you.access.rules.relations import works_here_with
from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.organisations.models import Actor, Role
from alert4you.retention.rules.due import may_propose
from alert4you.rights.models import Ground, Outcome, Right, RightsRequest
from alert4you.rights.rules.asking import GIVES_A_COPY, may_exercise, represents
from alert4you.rights.rules.clocks import clock, is_youth_act
from alert4you.safety.rules import stops_deleting

ANSWERS = {Role.PRIVACY_OFFICER, Role.CARE_COORDINATOR}
GROUNDS = {
    Right.ACCESS: (Ground.ABOUT_STAFF, Ground.SOMEBODY_ELSE),
    Right.CORRECTION: (Ground.NOT_WRONG, Ground.ABOUT_STAFF),
    Right.STATEMENT: (),
    Right.ERASURE: (Ground.MUST_BE_KEPT, Ground.STILL_NEEDED, Ground.ABOUT_STAFF),
    Right.PORTABILITY: (),
    Right.RESTRICTION: (Ground.STILL_NEEDED, Ground.MUST_BE_KEPT),
    Right.OBJECTION: (Ground.STILL_NEEDED, Ground.MUST_BE_KEPT),
}
NO_WHOLE_FILE = Decision(
    _("Only whoever has authority over the child can be told yes."),
    _("Say no, and tell the important facts about the child instead."),
)


def answers(actor: Actor, organisation: object) -> bool:
    """Whether this hat answers requests to an organisation."""
    here = actor.organisation_id == organisation
    return here and (actor.role in ANSWERS or looks_after(actor, actor.organisation_id))


def may_handle(actor: Actor, request: RightsRequest) -> Decision:
    """The privacy officer or a care coordinator of the organisation; never about one's own request."""
    if not answers(actor, request.organisation_id):
        return Decision(_("The privacy officer or the care coordinator answers this."))
    if request.asked_by_id == actor.person_id:
        return Decision(_("You asked this yourself: somebody else answers it."))
    return ALLOWED if request.is_open else Decision(_("This has been answered already."))


def may_extend(actor: Actor, request: RightsRequest, reason: str) -> Decision:
    """Two months more, once, told with a reason before the first term is over (AVG 12(3))."""
    decision = may_handle(actor, request)
    if not decision:
        return decision
    if not can_extend(request, actor.today):
        return Decision(
            _("More time can be taken once, and only before the first term is over."),
            _("Answer now, and tell why it took long."),
        )
    return ALLOWED if reason.strip() else Decision(_("Write why it takes longer: they read it."))


def can_extend(request: RightsRequest, day: date) -> bool:
    """The Youth Act gives no second term for deleting."""
    if request.extended_at is not None or (
        request.right == Right.ERASURE and is_youth_act(request)
    ):
        return False
    return day <= clock(request.right, request.received_on, is_youth_act(request)).legal


def may_grant(actor: Actor, request: RightsRequest, corrected: str = "") -> Decision:
    """Yes; for something on the line with the right words, by whoever may read it."""
    decision = may_handle(actor, request)
    if not decision:
        return decision
    if not represents(request.child, request.asked_by, actor.today):
        return NO_WHOLE_FILE
    if request.right == Right.CORRECTION and request.entry is not None:
        return _may_correct(actor, request.entry, corrected)
    return _may_erase(actor, request) if request.right == Right.ERASURE else ALLOWED


def _may_erase(actor: Actor, request: RightsRequest) -> Decision:
    """Never while something keeps the file. One answer whatever it is: a concern about safety shows nowhere,
    not to the parents, and not to whoever answers either.
    """
    if keeps(request.child, actor.today) or stops_deleting(request.child):
        return Decision(
            _("This must be kept for now."),
            _("Say no, because it must be kept. More than that is not told to anybody."),
        )
    return may_propose(actor, request.child)


def _may_correct(actor: Actor, entry: Entry, corrected: str) -> Decision:
    if not Entry.objects.visible_to(actor).filter(pk=entry.pk).exists():
        return Decision(
            _("You do not see what this is about, so you cannot set it right."),
            _("Ask the care coordinator who works with the child to answer."),
        )
    return ALLOWED if corrected.strip() else Decision(_("Write what is right."))


def grounds_for(request: RightsRequest, day: date) -> tuple[Ground, ...]:
    """What a no to this request can rest on; without authority there is only that."""
    if not represents(request.child, request.asked_by, day):
        return (Ground.NO_AUTHORITY,)
    return GROUNDS[Right(request.right)]


def may_refuse(
    actor: Actor, request: RightsRequest, ground: str, answer: str, facts: str = ""
) -> Decision:
    """No, on a ground and in words; without authority the important facts instead (BW 1:377c)."""
    decision = may_handle(actor, request)
    if not decision:
        return decision
    if ground not in grounds_for(request, actor.today):
        return Decision(_("Choose why it is no."))
    if not answer.strip():
        return Decision(_("Write why it is no, in plain words."))
    asks_facts = ground == Ground.NO_AUTHORITY and request.right == Right.ACCESS
    if asks_facts and not facts.strip():
        return Decision(_("Write the important facts about the child and its care."))
    return ALLOWED


def may_hand_over(actor: Actor, request: RightsRequest) -> Decision:
    """The asker, while the authority holds; for who asked outside the software staff of the place.

    Judged at the moment of handing over, whatever held when it was asked or answered.
    """
    if request.outcome != Outcome.GRANTED or request.right not in GIVES_A_COPY:
        return Decision(_("There is nothing to hand over."))
    if not represents(request.child, request.asked_by, actor.today):
        return Decision(_("This copy is not for this person any more."))
    if actor.is_parent and request.asked_by_id == actor.person_id:
        return may_exercise(actor, request.child)
    if request.recorded_by_id is None or not answers(actor, request.organisation_id):
        return Decision(_("This copy is for whoever asked for it."))
    return works_here_with(actor, request.child)
