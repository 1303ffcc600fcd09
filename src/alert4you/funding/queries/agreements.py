"""What municipalities agreed on: the own ones for a municipality, all that run for others."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from alert4you.funding.models import Agreement
from alert4you.funding.rules.agreements import may_see_agreements
from alert4you.funding.rules.streams import Stream, streams
from alert4you.kernel.decision import NotVisible
from alert4you.organisations.models import Actor, Location, OrganisationKind, Role


@dataclass(frozen=True)
class Agreed:
    agreement: Agreement
    stream: Stream


def agreements(actor: Actor) -> Sequence[Agreed]:
    """Those that run today, by town; raises NotVisible for parents."""
    if not may_see_agreements(actor):
        raise NotVisible
    rows = Agreement.objects.on(actor.today).select_related("municipality")
    if actor.role == Role.MUNICIPALITY:
        rows = rows.filter(municipality=actor.organisation_id)
    known = streams()
    return [Agreed(each, known[each.stream]) for each in rows.order_by("town", "stream")]


def towns() -> list[str]:
    """Where there is childcare."""
    places = Location.objects.filter(organisation__kind=OrganisationKind.CHILDCARE)
    return sorted(set(places.exclude(city="").values_list("city", flat=True)))


def agreement(actor: Actor, agreement_id: UUID) -> Agreed:
    """An agreement of the own municipality; raises NotVisible."""
    own = Agreement.objects.filter(municipality=actor.organisation_id, pk=agreement_id)
    found = own.select_related("municipality").first() if may_see_agreements(actor) else None
    if found is None:
        raise NotVisible
    return Agreed(found, streams()[found.stream])
