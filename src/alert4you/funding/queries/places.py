"""What pays on a group: each child its own money, and who pays for whoever works there."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from alert4you.children.models import LegalBasis, Placement
from alert4you.funding.models import PaidWorker
from alert4you.funding.rules.places import Early, early_education, warning
from alert4you.funding.rules.streams import Ground
from alert4you.groups.models import DayHours
from alert4you.groups.queries import places
from alert4you.groups.rules.counting import may_decide
from alert4you.kernel.decision import NotVisible
from alert4you.organisations.models import Actor, Group, Membership


@dataclass(frozen=True)
class Place:
    """The place of one child; ``warning``: the rule that is told when there is no contract.

    ``early``: the hours of a place for early education, when the hours of the day are known.
    """

    placement: Placement
    warning: Ground | None
    early: Early | None


@dataclass(frozen=True)
class Paid:
    """A colleague on the group, and who pays; None: the own employer, as far as anybody wrote."""

    worker: Membership
    by: PaidWorker | None


@dataclass(frozen=True)
class GroupMoney:
    """``routes``: how many places each sort of money pays, most first."""

    group: Group
    places: Sequence[Place]
    workers: Sequence[Paid]
    routes: Sequence[tuple[str, int]]

    @property
    def extra(self) -> int:
        """What the work on this group costs more, in euros a month."""
        return sum(each.by.extra or 0 for each in self.workers if each.by)


def group_money(actor: Actor, group_id: UUID) -> GroupMoney:
    """For whoever runs the place and nobody else; NotVisible otherwise."""
    group = _group(actor, group_id)
    here = places.places_on(actor, group).prefetch_related("days")
    known = places.hours(group.location)
    found = [Place(each, warning(each.basis), _early(each, known, actor.today)) for each in here]
    routes = Counter(each.placement.basis for each in found)
    labels = [(str(LegalBasis(basis).label), number) for basis, number in routes.most_common()]
    return GroupMoney(group, found, _workers(actor, group), labels)


def place(actor: Actor, group_id: UUID, placement_id: UUID) -> Placement:
    """One running place on this group; NotVisible otherwise."""
    return places.place(actor, _group(actor, group_id), placement_id)


def _early(placement: Placement, known: Mapping[str, DayHours], today: date) -> Early | None:
    if placement.basis != LegalBasis.EARLY_EDUCATION:
        return None
    days: Counter[int] = Counter()
    for each in placement.days.all():
        if each.part in known:
            days[each.weekday] += known[each.part].minutes
    return early_education(days.values(), today)


def _group(actor: Actor, group_id: UUID) -> Group:
    group = places.group(actor, group_id)
    if not may_decide(actor, group):
        raise NotVisible
    return group


def _workers(actor: Actor, group: Group) -> list[Paid]:
    paid = PaidWorker.objects.on(actor.today).filter(group=group).select_related("payer")
    by = {each.membership_id: each for each in paid}
    return [Paid(each, by.get(each.pk)) for each in places.workers(actor, group)]
