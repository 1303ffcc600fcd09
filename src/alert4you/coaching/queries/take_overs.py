"""What coaches took over, and what was agreed about it."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from alert4you.access.queries.line import coach_posts, posted_locations
from alert4you.coaching.models import TakeOver, TakeOverAgreement
from alert4you.coaching.queries.questions import places_to_ask_for
from alert4you.coaching.rules.questions import WHO_ASK
from alert4you.kernel.decision import NotVisible
from alert4you.organisations.models import Absence, Actor, Location, Organisation
from alert4you.organisations.rules import RUNS_THE_PLACE


def places(actor: Actor) -> list[Location]:
    """Where this hat has to do with taking over: where it works, or which it coaches."""
    if actor.role in WHO_ASK:
        return places_to_ask_for(actor)
    return list(posted_locations(actor).select_related("organisation"))


def agreements(actor: Actor) -> QuerySet[TakeOverAgreement]:
    """What holds now at the places of this hat; of a coach only her own organisation's."""
    holds = TakeOverAgreement.objects.filter(location__in=places(actor), ended_at=None)
    if actor.role not in WHO_ASK:
        holds = holds.filter(organisation=actor.organisation_id)
    return holds.select_related("location", "organisation").order_by("location__name", "pk")


def partners(actor: Actor, location: Location) -> list[Organisation]:
    """The organisations whose coaches work at a location."""
    found = {
        post.membership.organisation_id: post.membership for post in coach_posts(actor, location)
    }
    return [member.organisation for member in found.values()]


def taken(actor: Actor) -> QuerySet[TakeOver]:
    """What was taken over, as far as this hat may see: what is not given back first, by date."""
    seen = _seen(actor).select_related("coach__person", "location")
    return seen.order_by(F("given_back_at").desc(nulls_first=True), "give_back_by", "pk")


def overdue(actor: Actor) -> QuerySet[TakeOver]:
    """Tasks that the group should have had back by now."""
    return taken(actor).filter(given_back_at=None, give_back_by__lt=actor.today)


def take_over(actor: Actor, take_over_id: UUID) -> TakeOver:
    """One that this hat, or whom it stands in for, took over."""
    covered = Absence.objects.on(actor.today).filter(cover=actor.membership_id)
    mine = Q(coach=actor.membership_id) | Q(coach__in=covered.values("membership"))
    found = taken(actor).filter(mine, pk=take_over_id).first()
    if found is None:
        raise NotVisible
    return found


@dataclass(frozen=True)
class PerCoach:
    """How often a coach took something over, for the evaluation; no ranking, by name."""

    name: str
    number: int
    open: int
    overdue: int


def per_coach(actor: Actor) -> list[PerCoach]:
    """For the evaluation of the agreement."""
    rows = (
        _seen(actor)
        .order_by()
        .values("coach__person__name", "coach")
        .annotate(
            number=Count("pk"),
            open=Count("pk", filter=Q(given_back_at=None)),
            overdue=Count("pk", filter=Q(given_back_at=None, give_back_by__lt=actor.today)),
        )
        .order_by("coach__person__name", "coach")
    )
    return [
        PerCoach(row["coach__person__name"], row["number"], row["open"], row["overdue"])
        for row in rows
    ]


def _seen(actor: Actor) -> QuerySet[TakeOver]:
    """There is no child in a take-over, so who runs the place sees all of its own."""
    if actor.role in RUNS_THE_PLACE:
        own = TakeOver.objects.unrestricted(reason="tasks of the place, without a child")
        return own.filter(organisation=actor.organisation_id)
    return TakeOver.objects.visible_to(actor)
