"""Today for a location manager: counts only (R8), never a name or a word about a child."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import (
    Count,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce

from alert4you.access.models import Kind
from alert4you.children.models import Placement
from alert4you.coaching.models import Question, Visit
from alert4you.coaching.queries.contacts import coming_visits
from alert4you.funding.models import Booking
from alert4you.kernel.kept import kept
from alert4you.kernel.wall.standing import opened
from alert4you.organisations.models import Actor, Group, Location, Membership, Roster
from alert4you.practices.models import PracticeTemplate
from alert4you.practices.queries.templates import practice_of
from alert4you.practices.rules.language import Words
from alert4you.trajectories.models import Trajectory

COUNTS = "counts for the manager"
VISITS = 5


@dataclass(frozen=True)
class Running:
    """How many trajectories follow a practice, and in which phases."""

    slug: str
    title: Words
    number: int
    phases: list[tuple[str, int]]


@dataclass(frozen=True)
class Today:
    groups: Sequence[Group]
    open_questions: int
    late_questions: int
    running: list[Running]
    unpaid_hours: int
    visits: list[Visit]
    places: list[Location]

    @property
    def trajectories(self) -> int:
        return sum(each.number for each in self.running)


def today(actor: Actor) -> Today:
    places = _places(actor)
    here = [each.pk for each in places]
    asked, rows = _questions(actor, here), _trajectories(actor, here)
    templates = {each.pk: each for each in _templates(actor, {row["template"] for row in rows})}
    with opened(reason=COUNTS):
        groups = _groups(actor, here)
    return Today(
        groups=groups,
        open_questions=sum(opened for _place, opened, _late in asked),
        late_questions=sum(late for _place, _opened, late in asked),
        running=_running([row for row in rows if row["phase"]], templates),
        unpaid_hours=sum(row["bare"] for row in rows) // 60,
        visits=_visits(actor, here),
        places=places,
    )


@kept
def _places(actor: Actor) -> QuerySet[Location]:
    """The location this hat runs, or all of its organisation."""
    hat = Membership.objects.filter(pk=actor.membership_id)
    here = hat.filter(Q(location=OuterRef("pk")) | Q(location=None))
    own = Location.objects.filter(organisation=actor.organisation_id)
    return own.filter(Exists(here)).order_by("name")


@kept
def _visits(actor: Actor, places: Collection[UUID]) -> QuerySet[Visit]:
    return coming_visits(actor, places)[:VISITS]


@kept
def _templates(_actor: Actor, templates: Collection[UUID]) -> QuerySet[PracticeTemplate]:
    return PracticeTemplate.objects.filter(pk__in=templates)


@kept
def _groups(actor: Actor, places: Collection[UUID]) -> QuerySet[Group]:
    """The groups with ``children`` placed and ``staff`` rostered today."""
    weekday = actor.today.weekday()
    placed = Placement.objects.on(actor.today).unrestricted(reason=COUNTS)
    placed = placed.filter(group=OuterRef("pk"), days__weekday=weekday)
    rostered = Roster.objects.on(actor.today).filter(group=OuterRef("pk"), weekday=weekday)
    return (
        Group.objects.filter(location__in=places)
        .annotate(children=_number(placed, "child"), staff=_number(rostered, "membership"))
        .select_related("location")
        .order_by("location__name", "name")
    )


def _number(rows: QuerySet, of: str) -> Coalesce:
    """How many different ones there are in the rows of one group."""
    counted = rows.order_by().values("group").annotate(n=Count(of, distinct=True)).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))


@kept
def _questions(actor: Actor, places: Collection[UUID]) -> QuerySet[Question, Any]:
    """Per place: how many wait, and how many of those too long."""
    waiting = Question.objects.unrestricted(reason=COUNTS).filter(
        organisation=actor.organisation_id,
        location__in=places,
        answered_at=None,
        kind=Kind.QUESTION,
    )
    late = Count("pk", filter=Q(due_at__lt=actor.at))
    counted = waiting.order_by().values("location").annotate(opened=Count("pk"), late=late)
    return counted.values_list("location", "opened", "late")


@kept
def _trajectories(actor: Actor, places: Collection[UUID]) -> QuerySet[Trajectory, Any]:
    """Per version of a practice and phase: how many run (or ended: phase ""), and minutes on no money."""
    placed = Placement.objects.unrestricted(reason=COUNTS).filter(
        child=OuterRef("child"), group__location__in=places
    )
    here = Q(location__in=places) | Q(Exists(placed))
    booked = Booking.objects.unrestricted(reason=COUNTS).filter(entry=OuterRef("steps__entry"))
    rows = Trajectory.objects.unrestricted(reason=COUNTS).filter(
        here, organisation=actor.organisation_id, kind=Kind.TRAJECTORY
    )
    return (
        rows.order_by()
        .values("template", "phase")
        .annotate(
            number=Count("pk", distinct=True),
            bare=Coalesce(Sum("steps__minutes", filter=~Exists(booked)), 0),
        )
    )


def _running(rows: list[Any], templates: dict[UUID, PracticeTemplate]) -> list[Running]:
    """Versions of one practice together, by title."""
    phases: dict[str, Counter[str]] = {}
    titles: dict[str, Words] = {}
    for row in rows:
        practice = practice_of(templates[row["template"]])
        phase = practice.phase(row["phase"])
        titles[practice.slug] = practice.title
        counted = phases.setdefault(practice.slug, Counter())
        counted[str(phase.title) if phase else row["phase"]] += row["number"]
    told = [
        Running(slug, titles[slug], counted.total(), counted.most_common())
        for slug, counted in phases.items()
    ]
    return sorted(told, key=lambda each: str(each.title))
