"""What pays on a group: each child its own money, and who pays for who works there."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from alert4you.children.models import LegalBasis, Placement
from alert4you.groups.models import PaidWorker
from alert4you.groups.rules.counting import may_decide
from alert4you.kernel.decision import NotVisible
from alert4you.organisations.models import Actor, Group, Membership, Organisation, Roster


@dataclass(frozen=True)
class Paid:
    """A colleague on the group, and who pays; None: the own employer, as far as anybody wrote."""

    worker: Membership
    payer: Organisation | None


@dataclass(frozen=True)
class Money:
    """``routes``: how many places each sort of money pays, most first."""

    places: Sequence[Placement]
    workers: Sequence[Paid]
    routes: Sequence[tuple[str, int]]


def money(actor: Actor, group: Group) -> Money:
    """For who runs the place and nobody else; NotVisible otherwise."""
    if not may_decide(actor, group):
        raise NotVisible
    places = list(_places(actor, group))
    routes = Counter(each.basis for each in places)
    labels = [(str(LegalBasis(basis).label), number) for basis, number in routes.most_common()]
    return Money(places, _workers(actor, group), labels)


def place(actor: Actor, group: Group, placement_id: UUID) -> Placement:
    """One running place on this group; NotVisible otherwise."""
    found = _places(actor, group).filter(pk=placement_id).first()
    if found is None or not may_decide(actor, group):
        raise NotVisible
    return found


def _places(actor: Actor, group: Group) -> QuerySet[Placement]:
    here = Placement.objects.visible_to(actor).on(actor.today).filter(group=group)
    return here.select_related("child", "group__location").order_by("child__first_name", "pk")


def workers(actor: Actor, group: Group) -> list[Membership]:
    """Who works on the group, by name."""
    rosters = Roster.objects.on(actor.today).filter(group=group)
    people = Membership.objects.on(actor.today).filter(pk__in=rosters.values("membership"))
    return list(people.select_related("person", "organisation").order_by("person__name", "pk"))


def _workers(actor: Actor, group: Group) -> list[Paid]:
    paid = PaidWorker.objects.on(actor.today).filter(group=group).select_related("payer")
    payers = {each.membership_id: each.payer for each in paid}
    return [Paid(each, payers.get(each.pk)) for each in workers(actor, group)]


def payers() -> list[Organisation]:
    """Who can pay for somebody: every organisation, municipalities as well, by name."""
    return list(Organisation.objects.order_by("name"))
