"""Writing on the line what was seen, and what parents said."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from alert4you.access.models import Category, Entry, Kind, LookQuestion
from alert4you.access.queries.line import file_of
from alert4you.access.rules.review import answer_due
from alert4you.children.models import Child
from alert4you.kernel.command import command
from alert4you.notes.models import How, Note, Tagged, Told
from alert4you.notes.rules.writing import (
    Seen,
    Spoken,
    may_contest,
    may_invite,
    may_reword,
    may_say,
    may_write,
    may_write_about_each,
    may_write_about_group,
    may_write_look_question,
    may_write_told,
)
from alert4you.organisations.models import Actor, Group, Membership


@command(may_write)
def write_note(
    actor: Actor,
    child: Child,
    text: str,
    category: str = Category.DAY,
    internal: bool = False,
    tags: Sequence[str] = (),
) -> Note:
    """What was seen, shared with the parents unless ``internal`` to the own organisation."""
    return _noted(
        actor,
        tags,
        child=child,
        organisation_id=file_of(actor, child),
        kind=Kind.NOTE,
        category=category,
        text=text,
        internal=internal,
    )


@command(may_write_about_each)
def write_notes(actor: Actor, children: Sequence[Child], seen: Seen) -> Note:
    """The same about several children: an entry for each, or for none; answers the first."""
    notes = [write_note(actor, child, **vars(seen)) for child in children]
    if len(notes) > 1:
        for note in notes:
            note.together = notes[0].pk
        rows = Note.objects.unrestricted(reason="written in one go")
        rows.filter(pk__in=[each.pk for each in notes]).update(together=notes[0].pk)
    return notes[0]


@command(may_reword)
def reword(actor: Actor, note: Note, text: str) -> Note:
    """Say it otherwise, at once, with every child that it was written about."""
    note.text = text
    note.save(update_fields=["text"])
    same = Note.objects.unrestricted(reason="written in one go").filter(
        together=note.together, together__isnull=False, author=actor.person_id
    )
    same.update(text=text)
    return note


@command(may_invite)
def invite_to_write(actor: Actor, child: Child, text: str, turn: str) -> Note:
    """A question in the notebook of a child, and whose turn it is to write."""
    note = write_note(actor, child, text)
    note.invites = turn
    note.save(update_fields=["invites"])
    return note


@command(may_write_about_group)
def write_group_note(
    actor: Actor, group: Group, text: str, tags: Sequence[str] = (), incident: bool = False
) -> Note:
    """Something about the group as a whole, or that went wrong there; there is no child in it."""
    return _noted(
        actor,
        tags,
        group=group,
        location_id=group.location_id,
        organisation_id=actor.organisation_id,
        kind=Kind.INCIDENT if incident else Kind.NOTE,
        category=Category.DAY,
        text=text,
    )


@command(may_say)
def add_parent_words(actor: Actor, child: Child, text: str) -> Entry:
    """The parents' own words on the line of their child."""
    return Entry.by(
        actor,
        child=child,
        organisation_id=file_of(actor, child),
        kind=Kind.PARENT_WORDS,
        category=Category.TALK,
        text=text,
    )


@command(may_write_told)
def write_parents_words(actor: Actor, child: Child, text: str, spoken: Spoken) -> Told:
    """What a parent said or wrote, by the hand of staff: the route without a screen."""
    return put_on_line(actor, child, text, spoken)


def put_on_line(
    actor: Actor, child: Child, text: str, spoken: Spoken, category: str = Category.TALK
) -> Told:
    """For the commands that may write down what a parent said.

    The hat shows that staff wrote it, the title whose words they are and how they came.
    """
    with override("nl"):
        title = f"{spoken.guardian.person.name}, {How(spoken.how).label} ({spoken.present})"
    return Told.by(
        actor,
        child=child,
        organisation_id=file_of(actor, child),
        category=category,
        title=title[:200],
        text=text,
        **vars(spoken),
    )


@command(may_write_look_question)
def write_look_question(
    actor: Actor, child: Child, who: Membership, on: date, text: str, spoken: Spoken
) -> LookQuestion:
    """A parent asks in a talk or on paper why somebody looked; the same clock as on the screen."""
    put_on_line(actor, child, text, spoken)
    return LookQuestion.objects.create(
        child=child,
        organisation_id=who.organisation_id,
        person=who.person,
        asked_by=spoken.guardian.person,
        looked_on=on,
        text=text.strip(),
        at=actor.at,
        due_at=answer_due(actor.at),
    )


@command(may_contest)
def contest(actor: Actor, told: Told, words: str) -> Told:
    """ "This is not what I said": it stays, marked, and the parent's own words stand beside it."""
    told.contested, told.contested_at = words, actor.at
    told.save(update_fields=["contested", "contested_at"])
    with override("nl"):
        add_parent_words(actor, told.child, _("I did not say it like this:") + f" {words}")
    return told


def _noted(actor: Actor, tags: Sequence[str], **fields: Any) -> Note:
    """A note with its tags, once each and in words; other files may show it without knowing of tags."""
    tags = list(dict.fromkeys(tags))
    note = Note.by(actor, title=", ".join(tags)[:200], **fields)
    Tagged.objects.bulk_create(Tagged(note=note, tag=tag) for tag in tags)
    return note
