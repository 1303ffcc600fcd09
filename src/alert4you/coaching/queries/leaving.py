"""Why children left (counts only), and offers to look back on a hard talk."""

from dataclasses import dataclass
from uuid import UUID

from dateutil.relativedelta import relativedelta
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from alert4you.access import policy
from alert4you.access.queries.line import team_of_the_place
from alert4you.children.models import Placement
from alert4you.coaching.models import Contact, Debrief, Leaving, WhyLeft
from alert4you.kernel.decision import NotVisible
from alert4you.organisations.models import Actor, Location, Membership, Roster
from alert4you.organisations.rules import RUNS_THE_PLACE

MONTHS_COUNTED = 12


def ended_place(actor: Actor, placement_id: UUID) -> Placement:
    """A place at the own organisation that has an end, for whoever runs it."""
    if actor.role not in RUNS_THE_PLACE:
        raise NotVisible
    runs = Membership.objects.on(actor.today).filter(
        Q(location=None) | Q(location=OuterRef("group__location")), pk=actor.membership_id
    )
    ended = Placement.objects.unrestricted(reason="who runs the place").filter(
        ~policy.forbidden(actor, "child"),
        Exists(runs),
        pk=placement_id,
        group__location__organisation=actor.organisation_id,
        ends__isnull=False,
    )
    found = ended.select_related("child", "group__location").first()
    if found is None:
        raise NotVisible
    return found


def why_left(placement: Placement) -> Leaving | None:
    """What was written down already, for whoever runs the place."""
    written = Leaving.objects.unrestricted(reason="asked once").filter(placement=placement)
    return written.first()


def talkers(actor: Actor, placement: Placement) -> QuerySet[Membership]:
    """Who can have held the talk: staff of the group, and the care team of the own organisation."""
    day = min(actor.today, placement.last_day or actor.today)
    rosters = Roster.objects.on(day).filter(group=placement.group_id)
    team = team_of_the_place(placement.child_id, day)
    named = Q(pk__in=rosters.values("membership")) | Q(pk__in=team.values("membership"))
    people = Membership.objects.filter(named, organisation=actor.organisation_id)
    return people.select_related("person", "organisation").order_by("person__name", "pk")


@dataclass(frozen=True)
class Exits:
    """How many children left a location in the last twelve months, and how many after such a talk."""

    location_id: UUID
    number: int
    after_talk: int


def exits(actor: Actor, places: list[Location]) -> dict[UUID, Exits]:
    """Counts per location (R8): no names, for whoever runs the place."""
    since = actor.today - relativedelta(months=MONTHS_COUNTED)
    left = Leaving.objects.unrestricted(reason="counts for the manager").filter(
        organisation=actor.organisation_id, location__in=places, day__gt=since
    )
    rows = left.values("location").annotate(
        number=Count("pk"), after_talk=Count("pk", filter=Q(why=WhyLeft.AFTER_TALK))
    )
    return {
        row["location"]: Exits(row["location"], row["number"], row["after_talk"]) for row in rows
    }


def offers(actor: Actor) -> QuerySet[Debrief]:
    """Offers to this hat to look back on a hard talk, the oldest first."""
    mine = Debrief.objects.filter(worker=actor.membership_id, closed_at=None)
    return mine.select_related("location").order_by("at", "pk")


def offer(actor: Actor, debrief_id: UUID) -> Debrief:
    found = Debrief.objects.filter(pk=debrief_id, worker=actor.membership_id)
    mine = found.select_related("location__organisation").first()
    if mine is None:
        raise NotVisible
    return mine


def careful_with(workers: list[Membership]) -> set[UUID]:
    """Those of these workers who held no talk with parents since one that ended badly."""
    setbacks = Debrief.objects.filter(worker__in=workers).order_by("at")
    last = dict(setbacks.values_list("worker", "at"))
    held = Contact.objects.unrestricted(reason="when, not what").filter(
        preparation__worker__in=workers, parents_present=True
    )
    since = dict(held.order_by("at").values_list("preparation__worker", "at"))
    return {who for who, at in last.items() if who not in since or since[who] < at}


def words_of_debrief() -> str:
    """What the coach reads: no child, no parent."""
    return _("I would like to look back with you on a talk with parents that was hard.")
