"""What helps a child, and what was agreed with its parents."""

from django.utils.translation import gettext_lazy as _

from alert4you.access.rules.relations import is_guardian, works_here_with
from alert4you.children.models import Child, Placement
from alert4you.kernel.decision import Decision
from alert4you.notes.models import Activity, Card, Moment, Permission
from alert4you.notes.rules.writing import in_own_file, may_tell_of
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
    if not permission.must_know:
        return Decision(_("This agreement does not hold any more."))
    return in_own_file(actor, permission)
