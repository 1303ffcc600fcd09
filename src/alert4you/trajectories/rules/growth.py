"""Who gathers, changes, approves and hands over the document of everything done so far."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.utils.text import get_text_list
from django.utils.translation import gettext_lazy as _

from alert4you.access.models import Category, Entry, Purpose
from alert4you.access.policy import running_consents
from alert4you.access.rules.consent import runs_on
from alert4you.access.rules.relations import is_guardian
from alert4you.children.models import Guardian
from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.kernel.guard import GuardedQuerySet
from alert4you.notes.rules.writing import in_own_file
from alert4you.organisations.models import Actor, Organisation
from alert4you.trajectories.models import GrowthDocument, Trajectory
from alert4you.trajectories.rules.planning import powers

GOES_WITH = (Purpose.HANDOVER, Purpose.EDUCATION)
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


def documents_of(trajectory: Trajectory) -> GuardedQuerySet:
    """All of them, for whoever may gather, take back or hand out; pages show what the policy does."""
    return GrowthDocument.objects.unrestricted(reason="rule").filter(trajectory=trajectory)


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
    """Only approved, and only to whom the parents agreed to tell, on the way, all that is in it."""
    allowed = may_print(actor, document)
    if not allowed:
        return allowed
    if not is_approved(document, actor.today):
        return Decision(_("Approve it first: then it can be given."))
    if not name.strip():
        return Decision(_("Write to whom you give it."))
    missing = not_agreed(actor, document, [to])[to.pk]
    if not missing:
        return ALLOWED
    kinds = get_text_list([str(Category(each).label) for each in missing], str(_("and")))
    return Decision(
        _("The parents have not agreed that this organisation knows this: %(kinds)s.")
        % {"kinds": kinds},
        _("Ask them first, or let them leave it out, or give the document themselves."),
    )


def not_agreed(
    actor: Actor, document: GrowthDocument, parties: Collection[Organisation]
) -> dict[UUID, list[str]]:
    """Per party the categories in the document that the parents did not agree to hand over to it."""
    kept = document.rows.filter(left_out=False).values("entry")
    inside = Entry.objects.unrestricted(reason="rule").filter(pk__in=kept).order_by()
    needed = sorted(inside.values_list("category", flat=True).distinct())
    agreed = running_consents(actor.at, actor.today).filter(
        request__child=document.trajectory.child_id,
        request__organisation__in=parties,
        request__purpose__in=GOES_WITH,
    )
    known = set(agreed.values_list("request__organisation", "category"))
    return {
        each.pk: [category for category in needed if (each.pk, category) not in known]
        for each in parties
    }


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
