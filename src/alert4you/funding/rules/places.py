"""What pays on a group: the place of each child, and who works there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil

from django.utils.translation import gettext_lazy as _

from alert4you.children.models import LegalBasis, Placement
from alert4you.funding.rules.streams import Ground, grounds, streams
from alert4you.groups.rules.counting import may_decide
from alert4you.kernel.decision import Decision
from alert4you.organisations.models import Actor, Group, Membership, Roster

WITHOUT_CONTRACT = (LegalBasis.YOUTH_ACT, LegalBasis.OTHER)


def warning(basis: str) -> Ground | None:
    """What is told of a place without a contract between the parents and the childcare."""
    return grounds()["no_contract"] if basis in WITHOUT_CONTRACT else None


@dataclass(frozen=True)
class Early:
    """Early education: what counts of a week, in minutes, and after how many such weeks it is whole."""

    week: int
    weeks: int
    most_a_day: int
    whole: int


def early_education(day_minutes: Iterable[int], on: date) -> Early | None:
    """No day counts for more hours than the rule says; None: no rule yet, or no hours."""
    hours = {each.key: each.hours or 0 for each in streams()["early_education"].amounts_on(on)}
    week = sum(min(each, hours["day"] * 60) for each in day_minutes)
    if not week or "whole" not in hours:
        return None
    return Early(week, ceil(Fraction(hours["whole"] * 60, week)), hours["day"], hours["whole"])


def may_write_ground(actor: Actor, placement: Placement) -> Decision:
    """Whoever runs the place writes down what pays for the place of a child."""
    return may_decide(actor, placement.group)


def may_say_who_pays(actor: Actor, membership: Membership, group: Group) -> Decision:
    """Who runs the place, about somebody who works on the group."""
    works = Roster.objects.on(actor.today).filter(group=group, membership=membership)
    if not works.exists():
        return Decision(
            _("This colleague does not work on the group."), _("Choose somebody who does.")
        )
    return may_decide(actor, group)
