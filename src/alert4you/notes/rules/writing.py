"""Who writes what was seen, and what parents said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from alert4you.access.models import Category, LineEntry
from alert4you.access.queries.line import file_of
from alert4you.access.rules.consent import runs_on
from alert4you.access.rules.names import name_words, names_in, no_child_named
from alert4you.access.rules.relations import (
    NOT_WITH_THIS_CHILD,
    is_guardian,
    works_here_with,
    works_with,
)
from alert4you.children.models import Child, Guardian
from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.notes.models import Note, Told, Turn
from alert4you.notes.rules.tagging import known_tags
from alert4you.organisations.models import Actor, Group, Membership, Roster

AT_ONCE = timedelta(minutes=15)
NOTHING_SEEN = Decision(_("Write down what you saw in a few words, or tap what fits."))
NOTHING_WRITTEN = Decision(_("Write down what you saw, in a few words."))
NOTHING_SAID = Decision(_("Write in a few words what you want to tell."))


@dataclass(frozen=True)
class Seen:
    """What was seen, in words or in tags, and who may read it."""

    text: str = ""
    category: str = Category.DAY
    internal: bool = False
    tags: Sequence[str] = ()


def may_write(
    actor: Actor, child: Child, text: str, category: str, tags: Sequence[str]
) -> Decision:
    """Whoever works with the child writes, or taps; safety has its own record."""
    if not (text.strip() or tags):
        return NOTHING_SEEN
    if category == Category.SAFETY:
        return Decision(_("Safety concerns do not belong in the notebook."))
    known = known_tags(tags, actor.organisation_id, "child")
    return works_with(actor, child) if known else known


def may_write_about_each(children: Sequence[Child], seen: Seen) -> Decision:
    """That one may write about every one of them is judged for each; names of others stay out."""
    if not children:
        return Decision(_("Choose which child it is about."))
    for child in children if len(children) > 1 else ():
        others = [each.first_name for each in children if each.pk != child.pk]
        if found := names_in(seen.text, name_words(others)):
            return Decision(
                _("“%s” would stand with the other children too.") % found,
                _("Write “she”, “he” or “they”, or write about one child at a time."),
            )
    return ALLOWED


def may_write_about_group(actor: Actor, group: Group, text: str, tags: Sequence[str]) -> Decision:
    """Whoever works on the group writes about it, without a child: the coach reads it too."""
    if not (text.strip() or tags):
        return NOTHING_SEEN
    known = known_tags(tags, actor.organisation_id, "group")
    if not known:
        return known
    works_there = works_on(actor, group)
    return no_child_named(text, group.location, actor.today) if works_there else works_there


def works_on(actor: Actor, group: Group) -> Decision:
    """Rostered on the group, on whatever weekday."""
    on_group = Roster.objects.on(actor.today).filter(membership=actor.membership_id, group=group)
    if on_group.exists():
        return ALLOWED
    return Decision(_("Only whoever works on this group may write about it."))


def may_say(actor: Actor, child: Child, text: str) -> Decision:
    """A parent with authority adds own words."""
    return is_guardian(actor, child) if text.strip() else NOTHING_SAID


def may_reword(actor: Actor, note: Note, text: str) -> Decision:
    """Who wrote it, in the same hat, at once: as long as it is as good as not yet told."""
    if not (text.strip() or note.title):
        return NOTHING_SEEN
    own = (note.author_id, note.hat_id) == (actor.person_id, actor.membership_id)
    if not own or actor.at > note.written_at + AT_ONCE:
        return Decision(
            _("Only whoever wrote it can change it, in the first fifteen minutes."),
            _("Write a new note that says what should be different."),
        )
    if note.child:
        return works_with(actor, note.child)
    return may_write_about_group(actor, note.group, text, ()) if note.group else NOTHING_SEEN


def may_invite(actor: Actor, child: Child, text: str, turn: str) -> Decision:
    """Ask the parents what they see at home, or the coach what it makes of it."""
    if not text.strip():
        return Decision(_("Write down what you want to ask."))
    if turn not in Turn.values:
        return Decision(_("Choose whom you ask."))
    return works_with(actor, child)


@dataclass(frozen=True)
class Spoken:
    """Whose words staff write down, how they came (``How``), and who was there or where the paper is."""

    guardian: Guardian
    how: str
    present: str


def may_write_told(actor: Actor, child: Child, text: str, spoken: Spoken) -> Decision:
    return may_write_down(actor, child, spoken) if text.strip() else NOTHING_SAID


def may_write_down(actor: Actor, child: Child, spoken: Spoken) -> Decision:
    """Whoever works with the child at its place writes down what a parent with authority said or wrote."""
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
    """Whoever works with the child at its place, in the file it writes in: not in that of another place."""
    if entry.child is None or entry.organisation_id != file_of(actor, entry.child):
        return NOT_WITH_THIS_CHILD
    return works_here_with(actor, entry.child)


def may_tell_of(actor: Actor, entry: LineEntry) -> Decision:
    """As ``in_own_file``; and the parents of the child."""
    if actor.is_parent and entry.child:
        return is_guardian(actor, entry.child)
    return in_own_file(actor, entry)
