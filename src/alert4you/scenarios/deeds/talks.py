"""Preparing a talk with parents and holding it."""

from datetime import date
from typing import Any

from alert4you.children.models import Child
from alert4you.coaching.commands.talks import Card, change_preparation, hold_talk, prepare_talk
from alert4you.coaching.models import Level
from alert4you.organisations.models import Actor, Membership
from alert4you.scenarios import finding, kinds
from alert4you.scenarios.sentences import deed
from alert4you.scenarios.world import World

MUST = {"message": kinds.TEXT, "on": kinds.DAY, "with": kinds.HAT}
MAY = {
    "complexity": kinds.LEVEL,
    "wants to learn": kinds.LEVEL,
    "form": kinds.FORM,
    "why this form": kinds.TEXT,
    "words": kinds.TEXT,
    "reactions": kinds.TEXT,
    "safety": kinds.TEXT,
}


@deed("{who} prepares a talk with the parents of {child}", must=MUST, may=MAY)
def prepares(
    world: World, who: Actor, child: Child, on: date, with_: Membership, **card: Any
) -> None:
    """`with` is the group worker whose talk it is; without `form` the suggested one is taken."""
    prepare_talk(who, child, with_, on, _card(**card))


@deed("{who} changes the talk with the parents of {child}", must=MUST, may=MAY)
def changes(
    world: World, who: Actor, child: Child, on: date, with_: Membership, **card: Any
) -> None:
    """The preparation, as long as the talk was not held."""
    change_preparation(who, finding.preparation(who, child), on, _card(**card))


@deed(
    "{who} holds the talk with the parents of {child}",
    must={"agreed": kinds.TEXT},
    may={"next": kinds.DAY, "after talk": kinds.TEXT},
)
def holds(world: World, who: Actor, child: Child, agreed: str, **more: Any) -> None:
    """The talk that was prepared; the parents see what was agreed, not the after-talk."""
    preparation = finding.preparation(who, child)
    hold_talk(who, preparation, agreed, more.get("next"), more.get("after_talk", ""))


def _card(complexity: int = Level.SOME, wants_to_learn: int = Level.SOME, **more: str) -> Card:
    return Card(complexity=complexity, wants_to_learn=wants_to_learn, **more)
