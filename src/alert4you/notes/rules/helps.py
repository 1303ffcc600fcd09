"""What helps a child, and what was agreed with its parents."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alert4you.access.queries.line import file_of
from alert4you.access.rules.relations import NOT_WITH_THIS_CHILD, is_guardian, works_here_with
from alert4you.children.models import Child, Placement
from alert4you.kernel.decision import Decision
from alert4you.notes.models import Activity, Card, Moment, Permission, Verdict
from alert4you.notes.rules.writing import may_tell_of
from alert4you.organisations.models import Actor

ICONS = {
    Moment.TRANSITION: "swap",
    Moment.PANIC: "heart",
    Moment.OUTDOORS: "sun",
    Moment.LANDING: "home",
    Moment.EATING: "people",
    Moment.SLEEPING: "pause",
    Moment.SAFETY: "warning",
    Moment.OTHER: "star",
}


def knows_what_helps(actor: Actor, child: Child) -> Decision:
    return is_guardian(actor, child) if actor.is_parent else works_here_with(actor, child)


def may_make_card(actor: Actor, child: Child, text: str) -> Decision:
    """What helps a child: who works with it at its place, and its parents."""
    if not text.strip():
        return Decision(_("Write in one or two sentences what helps."))
    return knows_what_helps(actor, child)


def may_change_card(actor: Actor, card: Card, text: str) -> Decision:
    """As making one; an older version stays as it was."""
    holds = may_end_card(actor, card)
    return may_make_card(actor, card.child, text) if holds and card.child else holds


def may_end_card(actor: Actor, card: Card) -> Decision:
    if not card.must_know:
        return Decision(_("This card was changed or taken away."), _("Open the newest one."))
    return may_tell_of(actor, card)


def may_permit(
    actor: Actor, child: Child, activity: Activity, text: str, agreed_with: str
) -> Decision:
    """Something else than the age rule, for one child: by its own place, agreed with the parents."""
    if not text.strip():
        return Decision(_("Write in one sentence what was agreed."))
    if not agreed_with.strip():
        return Decision(
            _("An agreement about one child is made with its parents."),
            _("Talk with them first, and write with whom you agreed it."),
        )
    here = Placement.objects.on(actor.today).unrestricted(reason="rule").filter(child=child)
    place = activity.location
    own = place.organisation_id == actor.organisation_id
    if not own or not here.filter(group__location=place).exists():
        return Decision(_("This activity is not one of the places where this child comes."))
    return works_here_with(actor, child)


def may_end_permission(actor: Actor, permission: Permission) -> Decision:
    """The child's place; its parents only what lets their child do more than the age rule."""
    child = permission.child
    if child is None:
        return NOT_WITH_THIS_CHILD
    knows, own_file = knows_what_helps(actor, child), file_of(actor, child)
    return may_end_agreed(actor, child, permission, knows, own_file)


def may_end_agreed(
    actor: Actor, child: Child, permission: Permission, knows: Decision, own_file: UUID | None
) -> Decision:
    """``may_end_permission``, for a page with many: ``knows_what_helps`` and ``file_of`` are handed in."""
    if not permission.must_know:
        return Decision(_("This agreement does not hold any more."))
    if not actor.is_parent and permission.organisation_id != own_file:
        return NOT_WITH_THIS_CHILD
    allows_more = permission.verdict != Verdict.NO and not is_old_enough(
        child, permission.activity, actor.today
    )
    if actor.is_parent and not allows_more:
        return Decision(
            _("This agreement does not let your child do more than the rule of the place."),
            _("Talk with the staff of the group; they can stop it."),
        )
    return knows


def is_old_enough(child: Child, activity: Activity, day: date) -> bool:
    """By the rule of the place, whatever was agreed."""
    return activity.age_from is None or child.age_in_years(day) >= activity.age_from
