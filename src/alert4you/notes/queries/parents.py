"""What runs through the parents, and what other parents say."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils.translation import gettext as _

from alert4you.access.policy import KNOWS_ALL_GROUPS
from alert4you.access.queries.agreement import Agreement
from alert4you.access.queries.consent import agreements
from alert4you.access.rules.consent import State
from alert4you.children.models import Child
from alert4you.notes.models import (
    AskAgain,
    Carried,
    Complaint,
    Involvement,
    Told,
    VisionOnParents,
)
from alert4you.notes.queries.rows import one
from alert4you.organisations.models import Actor, Location, Organisation, Roster
from alert4you.organisations.rules import RUNS_THE_PLACE


def involved(actor: Actor, child: Child) -> QuerySet[Involvement]:
    """Who else helps this child, told by the parents; the latest first."""
    seen = Involvement.objects.visible_to(actor).filter(child=child, ended_on=None)
    return seen.select_related("author", "hat", "told_by__person").order_by("-at", "pk")


def requests(actor: Actor, child: Child) -> QuerySet[Carried]:
    """What was asked through the parents, the latest first."""
    seen = Carried.objects.visible_to(actor).filter(child=child)
    return seen.select_related("author", "hat").order_by("-at", "pk")


def request(actor: Actor, request_id: UUID) -> Carried:
    seen = Carried.objects.visible_to(actor).select_related("child", "author", "hat")
    return one(seen.filter(pk=request_id))


def asked_of_parents(actor: Actor) -> QuerySet[Carried]:
    """Requests about their children that the parents have not answered, the oldest first."""
    seen = Carried.objects.visible_to(actor).filter(carried_at=None, declined_at=None)
    return seen.select_related("child", "author").order_by("at", "pk")


@dataclass(frozen=True)
class Refused:
    """A party the parents said no to (or not now): ``again`` is when somebody may raise it."""

    organisation: Organisation
    agreements: list[Agreement]
    again: date | None
    why: str

    @property
    def purposes(self) -> list[str]:
        return [str(each.means) for each in self.agreements]


def refused(actor: Actor, child: Child) -> list[Refused]:
    """Per party what stands: the parents' no, and from when on it may be talked about again."""
    said_no: dict[UUID, list[Agreement]] = {}
    for each in agreements(actor, child):
        if each.state in (State.REFUSED, State.DISPUTED, State.LATER):
            said_no.setdefault(each.request.organisation_id, []).append(each)
    again = AskAgain.objects.visible_to(actor).filter(child=child)
    dates = {each.organisation_id: each for each in again}
    return [
        Refused(
            found[0].request.organisation,
            found,
            dates[party].on if party in dates else _not_before(found),
            dates[party].why if party in dates else "",
        )
        for party, found in said_no.items()
    ]


def _not_before(found: Iterable[Agreement]) -> date | None:
    """The day that the parents themselves gave."""
    days = [each.revisit_on(signer) for each in found for signer in each.signers]
    return max((day for day in days if day), default=None)


def location(actor: Actor, location_id: UUID) -> Location:
    """A location of the own organisation where this hat works or which it looks after."""
    own = Location.objects.filter(organisation=actor.organisation_id, pk=location_id)
    if actor.role not in {*KNOWS_ALL_GROUPS, *RUNS_THE_PLACE}:
        rosters = Roster.objects.on(actor.today).filter(membership=actor.membership_id)
        own = own.filter(Exists(rosters.filter(group__location=OuterRef("pk"))))
    return one(own)


def complaints(location: Location) -> QuerySet[Complaint]:
    """What other parents said here, the latest first."""
    said = Complaint.objects.filter(location=location)
    return said.select_related("group", "written_by__person").order_by(F("at").desc(), "pk")


def explanation_of(organisation_id: UUID) -> str:
    """The organisation's own words to parents, else ours."""
    own = VisionOnParents.objects.filter(organisation=organisation_id).first()
    return own.explanation if own else default_explanation()


def default_explanation() -> str:
    return _(
        "Every child is welcome here, and children differ. Each child sometimes needs something extra; "
        "then we look at what helps, so that the whole group gains by it. We never talk with parents "
        "about other people’s children, and so neither about yours. If you worry about your own child, "
        "we gladly make time for you."
    )


def told(actor: Actor, told_id: UUID) -> Told:
    """What staff wrote down for a parent; raises NotVisible."""
    seen = Told.objects.visible_to(actor).select_related("guardian__person", "author", "hat")
    return one(seen.filter(pk=told_id))
