"""Noting in twenty seconds, changing it at once, and the notebook between two visits."""

from collections.abc import Sequence
from io import BytesIO

from PIL import Image

from alert4you.children.models import Child
from alert4you.notes.commands.photos import agree_to_photos, set_photos, write_photo
from alert4you.notes.commands.place import set_marked_words
from alert4you.notes.commands.writing import (
    add_parent_words,
    invite_to_write,
    reword,
    write_group_note,
    write_note,
    write_notes,
)
from alert4you.notes.models import Note, Turn
from alert4you.notes.rules.pictures import Picture, picture_of
from alert4you.notes.rules.writing import Seen
from alert4you.organisations.models import Actor, Group, Organisation
from alert4you.scenarios import kinds
from alert4you.scenarios.finding import seen
from alert4you.scenarios.sentences import deed
from alert4you.scenarios.world import World

TEXT = {"text": kinds.TEXT}
TAGS = {"tags": kinds.TEXTS}
TURN = kinds.one_of("who writes next", [(turn.value, turn.value) for turn in Turn])


@deed("{who} taps about {child}", must=TAGS)
def taps(world: World, who: Actor, child: Child, tags: Sequence[str]) -> None:
    """A note without a word."""
    write_note(who, child, "", tags=tags)


@deed(
    "{who} writes one note about {child}",
    must={**TEXT, "also": kinds.several_of(kinds.CHILD)},
    may=TAGS,
)
def one_note(
    world: World,
    who: Actor,
    child: Child,
    text: str,
    also: Sequence[Child],
    tags: Sequence[str] = (),
) -> None:
    """An entry for each of them, written in one go."""
    write_notes(who, [child, *also], Seen(text, tags=tags))


@deed("{who} lets photos be made", must={"words": kinds.TEXT})
def lets_photos(world: World, who: Actor, words: str) -> None:
    """With what parents read before they choose."""
    set_photos(who, True, words)


@deed("{who} says yes to photos of {child} at {organisation}")
def says_yes(world: World, who: Actor, child: Child, organisation: Organisation) -> None:
    agree_to_photos(who, child, organisation, yes=True)


@deed("{who} takes back the yes to photos of {child} at {organisation}")
def takes_back(world: World, who: Actor, child: Child, organisation: Organisation) -> None:
    agree_to_photos(who, child, organisation, yes=False)


@deed("{who} writes a note with a photo about {child}", must=TEXT)
def with_photo(world: World, who: Actor, child: Child, text: str) -> None:
    """The photo is a plain patch of colour: no child was ever in front of it."""
    write_photo(who, child, text, _patch())


@deed("{who} taps about the group {group}", must=TAGS)
def taps_for_group(world: World, who: Actor, group: Group, tags: Sequence[str]) -> None:
    write_group_note(who, group, "", tags)


@deed("{who} notes that something went wrong on {group}", must=TEXT)
def group_incident(world: World, who: Actor, group: Group, text: str) -> None:
    """Without a child in it."""
    write_group_note(who, group, text, incident=True)


@deed('{who} writes "{quote}" about {child} otherwise', must=TEXT)
def rewords(world: World, who: Actor, quote: str, child: Child, text: str) -> None:
    notes = Note.objects.visible_to(who).filter(child=child).order_by("-at")
    reword(who, seen(world, notes, quote), text)


@deed("{who} lets the writing aid mark", must={"words": kinds.TEXTS})
def chooses_words(world: World, who: Actor, words: Sequence[str]) -> None:
    set_marked_words(who, list(words), [])


@deed("{who} asks in the notebook of {child}", must={**TEXT, "next": TURN})
def asks_in_notebook(world: World, who: Actor, child: Child, text: str, next: str) -> None:
    invite_to_write(who, child, text, next)


@deed("{who} answers in the notebook of {child}", must=TEXT)
def answers_in_notebook(world: World, who: Actor, child: Child, text: str) -> None:
    """The parents write on the line, staff a note; it is the same notebook."""
    if who.is_parent:
        add_parent_words(who, child, text)
    else:
        write_note(who, child, text)


def _patch() -> Picture:
    into = BytesIO()
    Image.radial_gradient("L").resize((960, 640)).save(into, "PNG")
    return picture_of(into.getvalue())
