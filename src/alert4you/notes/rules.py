"""What may be written down, and where."""

from django.utils.translation import gettext_lazy as _

from alert4you.access.models import Category
from alert4you.access.rules.relations import is_guardian, works_with
from alert4you.children.models import Child
from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.organisations.models import Actor, Group, Roster

NOTHING_WRITTEN = Decision(_("Write down what you saw, in a few words."))


def may_write(actor: Actor, child: Child, text: str, category: str) -> Decision:
    """Who works with the child writes; safety has its own record."""
    if not text.strip():
        return NOTHING_WRITTEN
    if category == Category.SAFETY:
        return Decision(_("Safety concerns do not belong in the notebook."))
    return works_with(actor, child)


def may_write_about_group(actor: Actor, group: Group, text: str) -> Decision:
    """Who works on the group writes about it, without a child."""
    if not text.strip():
        return NOTHING_WRITTEN
    on_group = Roster.objects.on(actor.today).filter(
        membership=actor.membership_id, group=group
    )
    if on_group.exists():
        return ALLOWED
    return Decision(_("Only who works on this group may write about it."))


def may_say(actor: Actor, child: Child, text: str) -> Decision:
    """A parent with authority adds own words."""
    return is_guardian(actor, child) if text.strip() else NOTHING_WRITTEN
