"""What is known already of a trajectory, so that nobody is asked it again by the money router."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from django.db.models import Q

from alert4you.children.models import LegalBasis, Placement
from alert4you.funding.models import Agreement, MoneyLine, State, Work
from alert4you.funding.rules.routing import Facts
from alert4you.funding.rules.streams import YOUTH_INDIVIDUAL
from alert4you.organisations.models import (
    Actor,
    Location,
    Organisation,
    OrganisationKind,
    running,
)
from alert4you.trajectories.models import Indication, IndicationFor, Trajectory

KNOWN = "what the money rules ask"
YOUTH = (IndicationFor.YOUTH_CARE, IndicationFor.MEDICAL_DAYCARE)
ASKERS = {
    OrganisationKind.CHILDCARE: "childcare",
    OrganisationKind.SCHOOL: "school",
}


CONTRACT: Mapping[str, bool] = {LegalBasis.CONTRACT: True, LegalBasis.YOUTH_ACT: False}


def place_of(trajectory: Trajectory, day: date) -> tuple[Location | None, str]:
    """Where it runs and on what ground the child has its place there; (None, "") when that is nowhere."""
    if trajectory.child_id is None:
        return trajectory.location, ""
    rows = Placement.objects.unrestricted(reason=KNOWN).filter(running(day))
    here = rows.filter(
        child=trajectory.child_id, group__location__organisation=trajectory.organisation_id
    )
    found = here.select_related("group__location").order_by("starts", "pk").first()
    return (found.group.location, found.basis) if found else (None, "")


def facts_of(actor: Actor, trajectory: Trajectory, work: Work, named: bool = False) -> Facts:
    """For the router: age, setting, contract, indications and what the municipality agreed."""
    day, child = actor.today, trajectory.child
    location, basis = place_of(trajectory, day)
    facts = Facts(
        work,
        location.setting if location else "",
        named=named,
        agreed=frozenset(each.stream for each in agreements(location, day)),
        asker=asker(actor),
    )
    if child is None:
        return facts
    valid = _indications(trajectory, day)
    return replace(
        facts,
        months=child.age_in_months(day),
        contract=CONTRACT.get(basis),
        decision=bool(valid & {*YOUTH}) or _decided(trajectory, day),
        early=IndicationFor.EARLY_EDUCATION in valid,
    )


def agreements(location: Location | None, day: date) -> list[Agreement]:
    """What municipalities agreed for the town of a place."""
    town = location.city if location else ""
    rows = Agreement.objects.on(day).filter(town__iexact=town) if town else ()
    return list(rows)


def asker(actor: Actor) -> str:
    """As whom this hat asks for money."""
    if actor.is_parent:
        return "parents"
    own = Organisation.objects.filter(pk=actor.organisation_id).values_list("kind", flat=True)
    return ASKERS.get(OrganisationKind(own[0]), "provider") if own else "provider"


def _indications(trajectory: Trajectory, day: date) -> set[str]:
    rows = Indication.objects.unrestricted(reason=KNOWN).filter(running(day), released_at=None)
    return set(rows.filter(child=trajectory.child_id).values_list("what", flat=True))


def _decided(trajectory: Trajectory, day: date) -> bool:
    rows = MoneyLine.objects.unrestricted(reason=KNOWN).filter(
        running(day), Q(child=trajectory.child_id), stream=YOUTH_INDIVIDUAL, state=State.GRANTED
    )
    return rows.exists()
