"""The coach at a location: how it works there, when she comes, whether the rhythm is met."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TypeVar
from uuid import UUID

from django.db.models import Count, QuerySet

from alert4you.access.models import CoachPost
from alert4you.access.queries.line import children, posted_locations
from alert4you.children.models import Placement
from alert4you.coaching.models import CoachingHere, Contact, Visit, WalkInHour
from alert4you.coaching.queries.contacts import coming_visits
from alert4you.coaching.queries.leaving import Exits, exits
from alert4you.coaching.queries.questions import places_to_ask_for
from alert4you.coaching.rules.places import Round, Visited, rhythm
from alert4you.coaching.rules.questions import WHO_ASK, WHO_COACH
from alert4you.kernel.among import Among
from alert4you.kernel.decision import NotVisible
from alert4you.notes.rules.place import SETS_RULES
from alert4you.organisations.models import Actor, Location, Role
from alert4you.organisations.rules import RUNS_THE_PLACE

KEPT_FOR = timedelta(days=28)
SHOWN_ROUNDS = 12
Of = TypeVar("Of")


@dataclass(frozen=True)
class Coach:
    """Who comes; parents know her by her first name."""

    name: str
    task: str


@dataclass(frozen=True)
class Here:
    """One location on the page: how coaching works there, who comes and when."""

    location: Location
    way: CoachingHere | None
    coaches: list[Coach]
    visits: list[Visit]
    hours: list[WalkInHour]
    rounds: list[Visited] = field(default_factory=list)
    open_contacts: int = 0
    exits: Exits | None = None

    @property
    def met(self) -> int:
        return sum(each.how == Round.MET for each in self.rounds)

    @property
    def missed(self) -> int:
        return sum(each.how == Round.MISSED for each in self.rounds)

    @property
    def last_rounds(self) -> list[Visited]:
        return self.rounds[-SHOWN_ROUNDS:]


def places(actor: Actor) -> list[Location]:
    """The locations this page is about: of one's children, one's work, or one's coaching."""
    if actor.is_parent:
        placed = Placement.objects.on(actor.today).alongside(reason="where the own children are")
        mine = placed.filter(child__in=children(actor).values("pk"))
        found = Location.objects.filter(pk__in=mine.values("group__location"))
        return list(found.order_by("name"))
    if actor.role in WHO_COACH - WHO_ASK:
        return list(posted_locations(actor))
    return places_to_ask_for(actor) if actor.role in WHO_ASK else []


def here(actor: Actor) -> list[Here]:
    """The same number of queries for one location or several."""
    found = places(actor)
    ways = {each.location_id: each for each in ways_of_working(actor, found)}
    posts = CoachPost.objects.on(actor.today).filter(location__in=found).order_by("starts", "pk")
    coaches = _by_place(posts.select_related("membership__person", "membership__organisation"))
    visits = _by_place(coming_visits(actor, found))
    hours = _by_place(coming_hours(actor, found))
    days = visited_days(found)
    owed = open_contacts(found) if not actor.is_parent else {}
    left = exits(actor, found) if actor.role in RUNS_THE_PLACE else {}
    return [
        Here(
            place,
            ways.get(place.pk),
            [_coach(actor, post) for post in coaches.get(place.pk, [])],
            visits.get(place.pk, []),
            hours.get(place.pk, []),
            rounds(ways.get(place.pk), days.get(place.pk, set()), actor.today),
            owed.get(place.pk, 0),
            left.get(place.pk),
        )
        for place in found
    ]


def ways_of_working(actor: Actor, locations: Collection[Location]) -> QuerySet[CoachingHere]:
    """How coaching works at these locations today."""
    return CoachingHere.objects.on(actor.today).filter(location__in=locations)


def location(actor: Actor, location_id: UUID) -> Location:
    """A location of the own organisation whose coaching this hat arranges."""
    own = Location.objects.filter(organisation=actor.organisation_id, pk=location_id)
    found = own.first() if actor.role in SETS_RULES else None
    if found is None:
        raise NotVisible
    return found


def rounds(way: CoachingHere | None, days: Collection[date], today: date) -> list[Visited]:
    """How the rhythm went since it was agreed; nothing when there is none."""
    if way is None or not way.weeks_between:
        return []
    return rhythm(way.starts, way.weeks_between, days, today)


def visited_days(locations: Collection[Location]) -> dict[UUID, set[date]]:
    """On which days a coach was there: what was written down at the location, or during a visit."""
    contacts = Contact.objects.unrestricted(reason="days only")
    here = contacts.filter(location__in=locations).values("pk")
    visiting = contacts.filter(visit__location__in=locations).values("pk")
    happened = contacts.filter(
        Among("pk", here.union(visiting)), hat__role__in=(Role.COACH, Role.PARTNER)
    )
    found: dict[UUID, set[date]] = {}
    for place, visited, day in happened.values_list("location", "visit__location", "day"):
        found.setdefault(place or visited, set()).add(day)
    return found


def open_contacts(locations: Collection[Location]) -> dict[UUID, int]:
    """How many contacts at a location do not say yet what helps the other children."""
    owing = Contact.objects.unrestricted(reason="a number").filter(
        location__in=locations, child=None, helps_others="", parents_present=False
    )
    counted = owing.order_by().values_list("location").annotate(number=Count("pk"))
    return dict(counted)


def coming_hours(actor: Actor, locations: Collection[Location]) -> QuerySet[WalkInHour]:
    """When one can walk in, from today on."""
    coming = WalkInHour.objects.filter(
        location__in=locations, day__gte=actor.today, cancelled_at=None
    )
    return coming.select_related("coach__person", "location").order_by("day", "begins", "pk")


def own_hours(actor: Actor) -> QuerySet[WalkInHour]:
    """The hours of this hat, four weeks back and all to come, with how many came."""
    mine = WalkInHour.objects.filter(
        coach=actor.membership_id, cancelled_at=None, day__gt=actor.today - KEPT_FOR
    )
    counted = mine.annotate(came=Count("walked_in"))
    return counted.select_related("location").order_by("day", "begins", "pk")


def own_hour(actor: Actor, hour_id: UUID) -> WalkInHour:
    """One of them."""
    found = own_hours(actor).filter(pk=hour_id).first()
    if found is None:
        raise NotVisible
    return found


def hours_to_keep(actor: Actor) -> QuerySet[WalkInHour]:
    """Hours at the places of one's children that were in the last four weeks: for the parents."""
    past = WalkInHour.objects.filter(
        location__in=places(actor),
        cancelled_at=None,
        day__range=(actor.today - KEPT_FOR, actor.today),
    )
    return past.select_related("coach__person", "location").order_by("-day", "pk")


def hour_to_keep(actor: Actor, hour_id: UUID) -> WalkInHour:
    found = hours_to_keep(actor).filter(pk=hour_id).first() if actor.is_parent else None
    if found is None:
        raise NotVisible
    return found


def _coach(actor: Actor, post: CoachPost) -> Coach:
    name = post.membership.person.name
    return Coach(name.split()[0] if actor.is_parent else name, post.membership.task)


def _by_place(rows: Iterable[Of]) -> dict[UUID, list[Of]]:
    found: dict[UUID, list[Of]] = {}
    for row in rows:
        found.setdefault(row.location_id, []).append(row)  # type: ignore[attr-defined]
    return found
