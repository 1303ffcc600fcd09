"""What a page read about sharing, as the facts that the engine of trajectories needs of it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from alert4you.access.models import Basis
from alert4you.access.queries.agreement import Agreement
from alert4you.access.queries.line import Known
from alert4you.access.rules.consent import supervises
from alert4you.children.models import Guardian
from alert4you.trajectories.queries.facts import Key
from alert4you.trajectories.rules.consents import Authority, Confirmed, Request, Said


def for_the_engine(
    agreements: Iterable[Agreement], known: Iterable[Known]
) -> dict[Key, list[Request]]:
    """Everything that was ever asked about these children; spares the engine a query."""
    guardians = {each.child.pk: each.everybody for each in known}
    asked: dict[Key, list[Request]] = defaultdict(list)
    for each in agreements:
        request = each.request
        key = (request.child_id, request.organisation_id, request.purpose)
        asked[key].append(_request(each, guardians[request.child_id]))
    return asked


def _request(agreement: Agreement, guardians: Sequence[Guardian]) -> Request:
    request = agreement.request
    institution = request.organisation_id
    return Request(
        asked_at=request.asked_at,
        starts=request.starts,
        ends=request.ends,
        closed_at=request.closed_at,
        born=request.child.born,
        by_law=request.basis == Basis.LAW,
        guardians=frozenset(
            Authority(each.pk, each.starts, each.ends) for each in guardians if each.has_authority
        ),
        said=frozenset(
            Said(
                line.consent.category,
                said.guardian,
                said.answer,
                said.at,
                said.ended_at,
                said.revisit_on,
                said.with_parents,
            )
            for line in agreement.lines
            for said in line.history
        ),
        supervisors=frozenset(
            Authority(each.pk, each.starts, each.ends)
            for each in guardians
            if supervises(institution, [each])
        ),
        confirmed=Confirmed(request.exempt, request.confirmed_at)
        if request.confirmed and request.confirmed_at
        else None,
    )
