"""Signing for what went along with a child."""

from collections.abc import Sequence
from typing import Any

from alert4you.children.models import Child
from alert4you.manifests import commands
from alert4you.manifests.models import Manifest
from alert4you.manifests.queries import some
from alert4you.manifests.rules import Receipt
from alert4you.organisations.models import Actor
from alert4you.scenarios import finding, kinds
from alert4you.scenarios.sentences import deed
from alert4you.scenarios.world import World

SAYS = {"words": kinds.TEXT, "does not take": kinds.several_of(kinds.CATEGORY)}


@deed("{who} signs for what went along with {child}", may=SAYS)
def signs(world: World, who: Actor, child: Child, **more: Any) -> None:
    """In the app, in one's own name; `does not take`: what the receiver does not want to keep."""
    commands.sign(who, newest(who, child), _receipt(**more))


@deed(
    "{who} writes down the signature for what went along with {child}",
    must={"name": kinds.TEXT, "kept at": kinds.TEXT},
    may=SAYS,
)
def writes_down(world: World, who: Actor, child: Child, **more: Any) -> None:
    """It was signed on paper."""
    commands.record_signature(who, newest(who, child), _receipt(**more))


def _receipt(
    words: str = "", does_not_take: Sequence[str] = (), name: str = "", kept_at: str = ""
) -> Receipt:
    return Receipt(name, does_not_take, words, kept_at)


def newest(who: Actor, child: Child) -> Manifest:
    """The last hand-over of this child that this person sees."""
    found = sorted(some(who, child.pk), key=lambda each: each.at)
    if not found:
        raise finding.Unfound(f"nothing went along with {child}")
    return found[-1]
