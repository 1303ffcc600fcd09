"""What the writing aid marks, and whose turn it is in a notebook."""

from collections.abc import Sequence
from datetime import timedelta

from alert4you.children.models import Child
from alert4you.notes.models import Turn
from alert4you.notes.queries import notebook, noting_words, tags_of_group, writing_aid
from alert4you.notes.rules.judging import remarks
from alert4you.notes.rules.notebook import Written, whose_turn
from alert4you.organisations.models import Actor, Group
from alert4you.scenarios import kinds
from alert4you.scenarios.sentences import check
from alert4you.scenarios.world import NotSo, World

WHO = kinds.one_of("whose turn", [("nobody", None), *((turn.value, turn) for turn in Turn)])


@check("the writing aid marks for {who}", must={"text": kinds.TEXT, "words": kinds.TEXTS})
def aid_marks(world: World, who: Actor, text: str, words: Sequence[str]) -> None:
    """Exactly these words, in this order."""
    aid = writing_aid(noting_words(who))
    marked = [each.word for each in remarks(text, aid)]
    if marked != list(words):
        raise NotSo(f"it marks {marked}")


@check("{who} sees whose turn it is in the notebook of {child}", must={"turn": WHO})
def sees_turn(world: World, who: Actor, child: Child, turn: Turn | None) -> None:
    pages = reversed(notebook(who, child))
    found = whose_turn(Written(each.by, each.invites) for each in pages)
    if found != turn:
        raise NotSo(f"it is the turn of {found or 'nobody'}")


@check("{who} sees tapped about the group {group}", must={"tags": kinds.TEXTS})
def sees_tapped(world: World, who: Actor, group: Group, tags: Sequence[str]) -> None:
    """In the last four weeks, most often first."""
    found = [tag for tag, _n in tags_of_group(who, group, who.today - timedelta(weeks=4))]
    if found != list(tags):
        raise NotSo(f"tapped were {found}")
