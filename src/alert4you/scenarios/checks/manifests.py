"""What went along with a child, what stayed with the parents, and who signed for it."""

from collections.abc import Sequence
from typing import Any

from alert4you.children.models import Child
from alert4you.manifests.queries import some
from alert4you.organisations.models import Actor
from alert4you.scenarios import kinds
from alert4you.scenarios.deeds.manifests import newest
from alert4you.scenarios.sentences import check
from alert4you.scenarios.world import NotSo, World, plain

CATEGORIES = kinds.several_of(kinds.CATEGORY)


@check(
    "{who} reads what went along with {child}",
    may={
        "sent": CATEGORIES,
        "stayed": CATEGORIES,
        "not taken": CATEGORIES,
        "signed by": kinds.TEXT,
    },
)
def reads(world: World, who: Actor, child: Child, **more: Any) -> None:
    """The last time; exactly these kinds. `signed by` is empty as long as it waits."""
    found = newest(who, child)
    signed = getattr(found, "signed", None)
    _same("sent", [each.category for each in found.sent], more)
    _same("stayed", [each.category for each in found.withheld], more)
    _same("not_taken", signed.refused if signed else [], more)
    told = signed.name if signed else ""
    if "signed_by" in more and plain(more["signed_by"]) not in plain(told):
        raise NotSo(f"signed by {told or 'nobody'}")


@check("{who} sees that nobody signed yet for {child}")
def waits(world: World, who: Actor, child: Child) -> None:
    if hasattr(newest(who, child), "signed"):
        raise NotSo("somebody signed")


@check("{who} sees nothing of what went along with {child}")
def sees_nothing(world: World, who: Actor, child: Child) -> None:
    if some(who, child.pk):
        raise NotSo("it is there")


def _same(name: str, found: Sequence[str], more: dict[str, Any]) -> None:
    if name in more and sorted(found) != sorted(more[name]):
        raise NotSo(f"{name.replace('_', ' ')}: {', '.join(sorted(found)) or 'nothing'}")
