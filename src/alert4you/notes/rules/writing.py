"""Who writes what was seen, and what parents said."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from alert4you.access.models import Category, LineEntry
from alert4you.access.queries.line import file_of
from alert4you.access.rules.consent import runs_on
from alert4you.access.rules.relations import (
    NOT_WITH_THIS_CHILD,
    is_guardian,
    works_here_with,
    works_with,
)
from alert4you.children.models import Child, Guardian
from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.notes.models import Told
from alert4you.notes.rules.names import no_child_named
from alert4you.organisations.models import Actor, Group, Membership, Roster

NOTHING_WRITTEN = Decision(_("Write down what you saw, in a few words."))
NOTHING_SAID = Decision(_("Write in a few words what you want to tell."))


def may_write(actor: Actor, child: Child, text: str, category: str) -> Decision:
    """Who works with the child writes; safety has its own record."""
    if not text.strip():
        return NOTHING_WRITTEN
    if category == Category.SAFETY:
        return Decision(_("Safety concerns do not belong in the notebook."))
    return works_with(actor, child)


def may_write_about_group(actor: Actor, group: Group, text: str) -> Decision:
    """Who works on the group writes about it, without a child: the coach reads it too."""
    if not text.strip():
        return NOTHING_WRITTEN
    works_there = works_on(actor, group)
    return no_child_named(text, group.location, actor.today) if works_there else works_there


def works_on(actor: Actor, group: Group) -> Decision:
    """Rostered on the group, on whatever weekday."""
    on_group = Roster.objects.on(actor.today).filter(membership=actor.membership_id, group=group)
    if on_group.exists():
        return ALLOWED
    return Decision(_("Only who works on this group may write about it."))


def may_say(actor: Actor, child: Child, text: str) -> Decision:
    """A parent with authority adds own words."""
    return is_guardian(actor, child) if text.strip() else NOTHING_SAID


@dataclass(frozen=True)
class Spoken:
    """Whose words staff write down, how they came (``How``), and who was there or where the paper is."""

    guardian: Guardian
    how: str
    present: str


def may_write_told(actor: Actor, child: Child, text: str, spoken: Spoken) -> Decision:
    return may_write_down(actor, child, spoken) if text.strip() else NOTHING_SAID


def may_write_down(actor: Actor, child: Child, spoken: Spoken) -> Decision:
    """Who works with the child at its place writes down what a parent with authority said or wrote."""
    guardian = spoken.guardian
    if not spoken.present.strip():
        return Decision(_("Write who was there, or where the paper is kept."))
    if guardian.child_id != child.pk or not guardian.has_authority:
        return Decision(_("These are not the words of a parent with authority over this child."))
    if not runs_on(guardian, actor.today):
        return Decision(_("This person does not decide about the child."))
    return works_here_with(actor, child)


def may_write_look_question(
    actor: Actor, child: Child, who: Membership, on: date, text: str, spoken: Spoken
) -> Decision:
    """A parent without a screen asks why somebody of the place looked."""
    if who.organisation_id != actor.organisation_id:
        return Decision(
            _("Choose somebody who works here."), _("Others answer at their own place.")
        )
    if on > actor.today:
        return Decision(_("This day still has to come."))
    return may_write_told(actor, child, text, spoken)


def may_contest(actor: Actor, told: Told, words: str) -> Decision:
    """Whose words it is about, once."""
    if told.contested_at is not None:
        return Decision(_("You said already that this is not what you said."))
    if not actor.is_parent or told.guardian.person_id != actor.person_id or told.child is None:
        return Decision(_("These are the words of somebody else."))
    return may_say(actor, told.child, words)


def in_own_file(actor: Actor, entry: LineEntry) -> Decision:
    """Who works with the child at its place, in the file it writes in: not in that of another place."""
    if entry.child is None or entry.organisation_id != file_of(actor, entry.child):
        return NOT_WITH_THIS_CHILD
    return works_here_with(actor, entry.child)


def may_tell_of(actor: Actor, entry: LineEntry) -> Decision:
    """As ``in_own_file``; and the parents of the child."""
    if actor.is_parent and entry.child:
        return is_guardian(actor, entry.child)
    return in_own_file(actor, entry)
