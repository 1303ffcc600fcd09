"""Practices somebody should think of: a child reaches the age, and has a plan."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from alert4you.children.models import Child
from alert4you.organisations.models import Actor
from alert4you.practices.queries.templates import current_practices
from alert4you.practices.rules.language import Practice, Words
from alert4you.trajectories.models import Plan, Trajectory
from alert4you.trajectories.rules.beginning import can_ever_begin

REASON = "whether it was offered before"
MOST = 20


@dataclass(frozen=True)
class Thought:
    """Talk with the parents about this practice; nothing is shared or started by itself."""

    child: Child
    slug: str
    title: Words


def to_think_of(actor: Actor) -> list[Thought]:
    """For the children with a plan that this hat may see; none for whoever never starts anything.

    A practice that was started before, however it ended, is not thought of again.
    """
    offered = (
        [each for each in current_practices() if each.offer_at] if can_ever_begin(actor) else []
    )
    if not offered:
        return []
    planned = Plan.objects.alongside(reason=REASON).filter(trajectory=OuterRef("pk"))
    seen = Trajectory.objects.visible_to(actor).filter(Exists(planned), ended_on=None)
    known = {each.child_id: each.child for each in seen.select_related("child") if each.child}
    if not known:
        return []
    before = Trajectory.objects.unrestricted(reason=REASON).filter(child__in=known)
    started = set(before.values_list("child", "template__slug"))
    return [
        Thought(child, each.slug, each.title)
        for child in sorted(known.values(), key=str)
        for each in offered
        if _is_of_age(each, child, actor) and (child.pk, each.slug) not in started
    ][:MOST]


def _is_of_age(practice: Practice, child: Child, actor: Actor) -> bool:
    months = child.age_in_months(actor.today)
    beyond = practice.ages[1] if practice.ages else months + 1
    return (practice.offer_at or 0) <= months < beyond
