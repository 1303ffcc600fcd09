"""Writing on the line: a note of staff, a note about the group, words of the parents."""

from alert4you.access.models import Category, Entry, Kind
from alert4you.access.queries.line import file_of
from alert4you.children.models import Child
from alert4you.kernel.command import command
from alert4you.notes import rules
from alert4you.organisations.models import Actor, Group


@command(rules.may_write)
def write_note(
    actor: Actor, child: Child, text: str, category: str = Category.DAY, internal: bool = False
) -> Entry:
    """What was seen, shared with the parents unless ``internal`` to the own organisation."""
    return Entry.by(
        actor,
        child=child,
        organisation_id=file_of(actor, child),
        kind=Kind.NOTE,
        category=category,
        text=text,
        internal=internal,
    )


@command(rules.may_write_about_group)
def write_group_note(actor: Actor, group: Group, text: str) -> Entry:
    """Something about the group as a whole; there is no child in it."""
    return Entry.by(
        actor,
        group=group,
        location_id=group.location_id,
        organisation_id=actor.organisation_id,
        kind=Kind.NOTE,
        category=Category.DAY,
        text=text,
    )


@command(rules.may_say)
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
