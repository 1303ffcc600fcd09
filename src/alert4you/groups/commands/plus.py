"""Plus groups: what the place chose, the way back of each child, and what pays."""

from datetime import date

from alert4you.access.models import Category
from alert4you.children.commands import look_again, write_plus
from alert4you.children.models import Placement, PlusAgreement, Terms
from alert4you.groups.models import WayBack
from alert4you.groups.rules import plus as rules
from alert4you.kernel.command import command
from alert4you.organisations.models import Actor, Group


@command(rules.may_agree_plus)
def agree_plus(
    actor: Actor, group: Group, near_km: int, months: int, by_design: bool = False
) -> PlusAgreement:
    """Until how many kilometres is near, within how many months people look again, and for whom."""
    chosen = {"near_km": near_km, "months": months, "by_design": by_design}
    agreed, __ = PlusAgreement.objects.update_or_create(group=group, defaults=chosen)
    return agreed


@command(rules.may_agree_way_back)
def agree_way_back(actor: Actor, placement: Placement, terms: Terms) -> Placement:
    """Purpose, date and way back for a child that is on the plus group already."""
    placement.purpose, placement.review_on = terms.purpose, terms.review_on
    placement.save(update_fields=["purpose", "review_on"])
    if terms.plus is not None:
        write_plus(placement, terms.plus)
    return placement


@command(rules.may_decide_way_back)
def decide_way_back(
    actor: Actor, placement: Placement, answer: str, on: date, words: tuple[str, str]
) -> WayBack:
    """Can this child go to a regular place now? ``words``: why, and what the parents say."""
    location = placement.group.location
    decided = WayBack.by(
        actor,
        child=placement.child,
        group=placement.group,
        location=location,
        organisation_id=location.organisation_id,
        category=Category.PLAN,
        title=str(WayBack.Answer(answer).label),
        text=words[0],
        placement=placement,
        answer=answer,
        on=on,
        parents=words[1],
    )
    look_again(placement, on)
    return decided
