"""What can be done without a network: for each kind the command of its page, with the fields of its form."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alert4you.access.models import Category, Entry
from alert4you.children.models import Child
from alert4you.kernel.decision import Decision, Denied
from alert4you.notes.commands.helps import make_card
from alert4you.notes.commands.writing import write_group_note, write_notes
from alert4you.notes.models import Moment
from alert4you.notes.rules.writing import Seen
from alert4you.organisations.models import Actor, Group
from alert4you.wellbeing.commands import rate
from alert4you.wellbeing.models import Aspect

Said = Mapping[str, Any]
NOT_POSSIBLE = Decision(_("This choice is not possible (any more). Please choose again."))
TOO_LONG = Decision(_("This is too long."), _("Write it down in two notes."))
ABOUT = (Category.DAY, Category.DEVELOPMENT)
READERS = {"parents": False, "team": True}  # whether it is internal
LONGEST, LONGEST_TITLE, MOST_TAGS = 4000, 200, 50


def _note(actor: Actor, children: Sequence[Child], said: Said, once: UUID) -> Entry:
    category, readers = said.get("category"), said.get("readers")
    if category not in ABOUT or readers not in READERS:
        raise Denied(NOT_POSSIBLE)
    seen = Seen(words_of(said, "text"), category, READERS[readers], tags_of(said))
    return write_notes(actor, children, seen, once=once)


def _group_note(actor: Actor, group: Group, said: Said, once: UUID) -> Entry:
    words = words_of(said, "text"), tags_of(said), bool(said.get("incident"))
    return write_group_note(actor, group, *words, once=once)


def _rating(actor: Actor, children: Sequence[Child], said: Said, once: UUID) -> Entry:
    return rate(actor, _only(children), steps_of(said), once=once)


def _card(actor: Actor, children: Sequence[Child], said: Said, once: UUID) -> Entry:
    text, title = words_of(said, "text"), words_of(said, "title", LONGEST_TITLE)
    moment = said.get("moment")
    if moment not in Moment.values:
        raise Denied(NOT_POSSIBLE)
    return make_card(actor, _only(children), moment, text, title, once=once)


@dataclass(frozen=True)
class Deed:
    """``about``: "children" or "group"."""

    about: str
    carry_out: Callable[..., Entry]


DEEDS = {
    "note": Deed("children", _note),
    "group_note": Deed("group", _group_note),
    "rating": Deed("children", _rating),
    "card": Deed("children", _card),
}


def steps_of(said: Said) -> dict[str, int | None]:
    """The faces that were chosen; what was not seen stays empty. Raises Denied."""
    told = {aspect.value: str(said.get(aspect.value) or "") for aspect in Aspect}
    if any(step and not (step.isdecimal() and len(step) == 1) for step in told.values()):
        raise Denied(NOT_POSSIBLE)
    return {aspect: int(step) if step else None for aspect, step in told.items()}


def words_of(said: Said, name: str, longest: int = LONGEST) -> str:
    """What was typed, as the form of the page has it. Raises Denied."""
    words = str(said.get(name) or "").strip()
    if len(words) > longest:
        raise Denied(TOO_LONG)
    return words.replace("\x00", "")


def tags_of(said: Said) -> list[str]:
    tags = said.get("tags") or []
    if not isinstance(tags, list) or len(tags) > MOST_TAGS:
        raise Denied(NOT_POSSIBLE)
    return [str(tag) for tag in tags]


def _only(children: Sequence[Child]) -> Child:
    if len(children) != 1:
        raise Denied(NOT_POSSIBLE)
    return children[0]
