"""Who knows of a concern, and that nobody else finds anything of it."""

from collections.abc import Sequence

from alert4you.children.models import Child
from alert4you.organisations.models import Actor
from alert4you.safety.models import About, Concern, Part
from alert4you.safety.queries import concerns, record_of
from alert4you.scenarios import kinds
from alert4you.scenarios.deeds.safety import STEP, concern_of
from alert4you.scenarios.sentences import check
from alert4you.scenarios.world import PROOF, NotSo, World


@check("{who} knows of the safety concern about {child}", may={"next": STEP})
def knows(world: World, who: Actor, child: Child, next: Part | None = None) -> None:
    """And which step comes next."""
    found = record_of(who, concern_of(who, child))
    if next is not None and found.next_part != next:
        raise NotSo(f"the next step is {found.next_part}")


@check("{who} finds no safety concern about {child}")
def finds_none(world: World, who: Actor, child: Child) -> None:
    """Though there is one."""
    if not Concern.objects.unrestricted(reason=PROOF).filter(child=child).exists():
        raise NotSo(f"nobody opened a concern about {child} yet, so this proves nothing")
    if any(row.concern.child_id == child.pk for row in concerns(who)):
        raise NotSo("this person does know of it")


@check("{who} finds no suspicion about {child}")
def finds_no_suspicion(world: World, who: Actor, child: Child) -> None:
    """Against somebody who works there; though there is one."""
    rows = Concern.objects.unrestricted(reason=PROOF).filter(child=child, about=About.STAFF)
    if not rows.exists():
        raise NotSo(f"there is no suspicion about {child} yet, so this proves nothing")
    known = [row.concern for row in concerns(who)]
    if any(each.child_id == child.pk and each.about == About.STAFF for each in known):
        raise NotSo("this person does know of it")


@check("{who} reads in the safety concern about {child}", must={"words": kinds.TEXTS})
def reads(world: World, who: Actor, child: Child, words: Sequence[str]) -> None:
    found = record_of(who, concern_of(who, child))
    acts = [act for stand in found.stands for act in stand.acts] + found.handed + found.closed
    written = " ".join(f"{act.text} {act.with_whom} {act.reason} {act.answers}" for act in acts)
    missing = [each for each in words if each not in written]
    if missing:
        raise NotSo(f"not written there: {', '.join(missing)}")
