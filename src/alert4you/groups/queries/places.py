"""Which groups a hat may look at, and what was agreed about hours and rooms there."""

from datetime import date
from uuid import UUID

from django.db.models import Exists, Q, QuerySet

from alert4you.access.policy import KNOWS_ALL_GROUPS
from alert4you.access.queries.line import placements, posted_locations
from alert4you.children.models import Child, Placement
from alert4you.groups.models import DayHours, Duo, Room, RoomSlot
from alert4you.groups.rules.counting import may_decide
from alert4you.kernel.decision import NotVisible
from alert4you.organisations.models import (
    Actor,
    Group,
    Location,
    Membership,
    Organisation,
    Role,
    Roster,
    running,
)
from alert4you.organisations.rules import RUNS_THE_PLACE

LOOKS_AFTER = {*KNOWS_ALL_GROUPS, *RUNS_THE_PLACE}


def groups(actor: Actor) -> QuerySet[Group]:
    """The groups of the locations where this hat works, coaches, shares a duo, or runs the place."""
    if actor.role in (Role.PARENT, Role.MUNICIPALITY):
        return Group.objects.none()
    rostered = Roster.objects.on(actor.today).filter(membership=actor.membership_id)
    duos = Duo.objects.on(actor.today).filter(presences__membership=actor.membership_id)
    here = Q(location__in=rostered.values("group__location"))
    here |= Q(location__in=duos.values("group__location")) | Q(location__in=posted_locations(actor))
    if actor.role in LOOKS_AFTER:
        here |= Q(location__organisation=actor.organisation_id)
    runs = Membership.objects.on(actor.today).filter(pk=actor.membership_id)
    found = Group.objects.filter(here, Exists(runs))
    return found.select_related("location__organisation").order_by("location__name", "name")


def group(actor: Actor, group_id: UUID) -> Group:
    """A group this hat may look at, with its neighbours: NotVisible otherwise.

    Who may look at one group of a location may look at all of it.
    """
    here = groups(actor).filter(location__groups=group_id)
    found = next((each for each in here if each.pk == group_id), None)
    if found is None:
        raise NotVisible
    found.location._prefetched_objects_cache = {"groups": here}  # type: ignore[attr-defined]
    return found


def hours(location: Location) -> dict[str, DayHours]:
    """When each part of the day begins and ends there, by the part."""
    return {each.part: each for each in DayHours.objects.filter(location=location)}


def rooms(location: Location) -> QuerySet[Room]:
    return Room.objects.filter(location=location).order_by("name")


def groups_of(actor: Actor, child: Child) -> list[Group]:
    """Where the child has a place now, as far as this hat may know."""
    return [place.group for place in placements(actor, child).filter(running(actor.today))]


def slots_on(groups: list[Group], day: date) -> list[RoomSlot]:
    """The rooms where children of these groups can land."""
    found = RoomSlot.objects.on(day).filter(group__in=groups)
    return list(found.select_related("room", "group__location").order_by("begins", "pk"))


def place(actor: Actor, group: Group, placement_id: UUID) -> Placement:
    """One running place on this group, for whoever runs it; NotVisible otherwise."""
    found = places_on(actor, group).filter(pk=placement_id).first()
    if found is None or not may_decide(actor, group):
        raise NotVisible
    return found


def places_on(actor: Actor, group: Group) -> QuerySet[Placement]:
    """The running places on this group, by name."""
    here = Placement.objects.visible_to(actor).on(actor.today).filter(group=group)
    return here.select_related("child", "group__location").order_by("child__first_name", "pk")


def workers(actor: Actor, group: Group) -> list[Membership]:
    """Who works on the group, by name."""
    rosters = Roster.objects.on(actor.today).filter(group=group)
    people = Membership.objects.on(actor.today).filter(pk__in=rosters.values("membership"))
    return list(people.select_related("person", "organisation").order_by("person__name", "pk"))


def payers() -> QuerySet[Organisation]:
    """Who can pay for somebody: every organisation, municipalities as well, by name."""
    return Organisation.objects.order_by("name")
