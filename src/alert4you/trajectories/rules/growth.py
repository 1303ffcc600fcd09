"""Who gathers, changes, approves and hands over the document of everything done so far."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from alert4you.access.policy import running_consents
from alert4you.access.rules.consent import runs_on
from alert4you.access.rules.relations import is_guardian
from alert4you.children.models import Guardian
from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.notes.rules import in_own_file
from alert4you.organisations.models import Actor, Organisation
from alert4you.trajectories.models import GrowthDocument, Trajectory
from alert4you.trajectories.rules.planning import powers

NOT_OF_A_CHILD = Decision(_("This trajectory is not about a child."))
HANDED = Decision(
    _("This document was given already; it stays as it was."),
    _("Gather it anew: then what was added since is in it."),
)
CHANGED = Decision(
    _("The document was changed since you read it."), _("Read it once more, then approve it.")
)
FOR_PARENTS = Decision(
    _("The parents decide what is in it."),
    _("Go through it together, and let them leave things out."),
)


def may_gather(actor: Actor, trajectory: Trajectory) -> Decision:
    """The parents, and staff of the place who take part and know the plan."""
    if trajectory.child is None:
        return NOT_OF_A_CHILD
    if actor.is_parent:
        return is_guardian(actor, trajectory.child)
    return powers(actor, trajectory).begin


def may_change(actor: Actor, document: GrowthDocument, told: Guardian | None = None) -> Decision:
    """Leaving something out and adding words is for the parents, until it was given.

    ``told``: whose decision it is when staff write it down, from a talk or from paper.
    """
    if document.handed.exists():
        return HANDED
    child = document.trajectory.child
    if child is None:
        return NOT_OF_A_CHILD
    if told is not None and not actor.is_parent:
        decides = told.child_id == child.pk and told.has_authority and runs_on(told, actor.today)
        return in_own_file(actor, document.trajectory) if decides else FOR_PARENTS
    return is_guardian(actor, child) if actor.is_parent else FOR_PARENTS


def may_approve(
    actor: Actor, document: GrowthDocument, told: Guardian | None = None, seen: str = ""
) -> Decision:
    """As ``may_change``, for the document as it was read: ``seen`` is its mark then ("": no screen)."""
    if seen and seen != document.mark:
        return CHANGED
    return may_change(actor, document, told)


def may_print(actor: Actor, document: GrowthDocument) -> Decision:
    """The parents always; others once the parents have approved it."""
    allowed = may_gather(actor, document.trajectory)
    if actor.is_parent or not allowed or is_approved(document, actor.today):
        return allowed
    return Decision(
        _("The parents have not approved it yet."),
        _("Ask them to read it first. They may leave things out."),
    )


def may_hand(actor: Actor, document: GrowthDocument, to: Organisation, name: str) -> Decision:
    """Only approved, and only to whom the parents agreed to tell about their child."""
    allowed = may_print(actor, document)
    if not allowed:
        return allowed
    if not is_approved(document, actor.today):
        return Decision(_("Approve it first: then it can be given."))
    if not name.strip():
        return Decision(_("Write to whom you give it."))
    agreed = running_consents(actor.at, actor.today).filter(
        request__child=document.trajectory.child_id, request__organisation=to
    )
    if agreed.exists():
        return ALLOWED
    return Decision(
        _("The parents have not agreed that this organisation knows about their child."),
        _("Ask them first, or let them give the document themselves."),
    )


def waits_for(document: GrowthDocument, day: date) -> list[Guardian]:
    """The parents who decide and have not approved the document as it is now."""
    deciding = Guardian.objects.on(day).filter(
        child=document.trajectory.child_id, has_authority=True
    )
    approved = {each.person_id for each in document.approvals.all()}
    rows = deciding.select_related("person").order_by("starts", "person__name")
    return [each for each in rows if each.person_id not in approved]


def is_approved(document: GrowthDocument, day: date) -> bool:
    """All parents who decide have approved it as it is now."""
    return document.approvals.exists() and not waits_for(document, day)
