"""What there is, for finding a place: groups, who is there, who works there, and what is held."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from alert4you.access.models import ContactCard
from alert4you.children.models import Child, Hold, Placement
from alert4you.groups.rules.counting import Counts, by_role
from alert4you.groups.rules.moving import care_of
from alert4you.kernel.decision import NotVisible
from alert4you.organisations.models import Actor, Group, Location, Role, Roster, Setting
from alert4you.organisations.queries import own_groups
from alert4you.planning.models import Profile
from alert4you.planning.rules.finding import (
    Found,
    Obstacle,
    Offer,
    Point,
    Shift,
    Slot,
    Stay,
    Wish,
    find,
)
from alert4you.trajectories.queries.groups import with_trajectory

COUNTED = "counted to see where there is room, without names"
CARES = (Setting.DAYCARE, Setting.PRESCHOOL, Setting.AFTER_SCHOOL_CARE, Setting.PLUS_GROUP)


WORDS = {
    Obstacle.NEED: _("does not have what this child needs"),
    Obstacle.LOAD: _("carries as many children with a trajectory as was agreed"),
    Obstacle.AGE: _("is for another age"),
    Obstacle.PLACES: _("is full"),
    Obstacle.NO_SOLUTION: _("the law allows no group of these ages"),
    Obstacle.STAFF: _("one more colleague is needed"),
}


@dataclass(frozen=True)
class Anchor:
    """From where the distance is counted: a home (``key`` is that of the guardian) or a location."""

    key: UUID
    name: str
    at: Point
    is_home: bool


@dataclass(frozen=True)
class Week:
    """One square of the picture: "fits", "partly" or "not"."""

    monday: date
    state: str


@dataclass(frozen=True)
class Room:
    """A group with its place in the answer; ``held`` when it is kept for this child already."""

    group: Group
    found: Found
    held: Hold | None
    wish: Wish

    @property
    def weeks(self) -> list[Week]:
        """How each week is."""
        return [
            Week(self.wish.day(number, 0), self._state(len(lacks)))
            for number, lacks in enumerate(self.found.weeks)
        ]

    def _state(self, lacking: int) -> str:
        if self.found.always or lacking == len(self.wish.slots):
            return "not"
        return "partly" if lacking else "fits"

    @property
    def km(self) -> int | None:
        """Rounded up: how far, not where."""
        return None if self.found.km is None else max(1, ceil(self.found.km))

    @property
    def why(self) -> list[str]:
        """What stands in the way, in words."""
        return [str(WORDS[each]) for each in self.found.why]


def groups(actor: Actor) -> list[Group]:
    """The own groups where children can have a place.

    With what each ``has``, how many children with a trajectory it takes at ``most``, and has as its ``load``.
    """
    described = Profile.objects.filter(group=OuterRef("pk"))
    has, most = Subquery(described.values("has")), Subquery(described.values("most"))
    caring = own_groups(actor).filter(location__setting__in=CARES)
    found: list[Group] = list(caring.annotate(has=has, most=most))
    load = with_trajectory(actor.today, found)
    for each in found:
        each.load = load[each.pk]  # type: ignore[attr-defined]
    return found


def anchors(actor: Actor, child: Child, among: Iterable[Group]) -> list[Anchor]:
    """The homes whose address this hat may know, then the locations of these groups."""
    cards = ContactCard.objects.visible_to(actor).filter(guardian__child=child)
    homes = [
        Anchor(each.guardian_id, each.guardian.person.name, each.point, True)
        for each in cards.select_related("guardian__person")
        if each.point
    ]
    places = {
        each.location_id: Anchor(each.location_id, each.location.name, point, False)
        for each in among
        if (point := point_of(each.location))
    }
    return [*homes, *places.values()]


def usual_days(actor: Actor, child: Child) -> set[Slot]:
    """On which days and parts the child comes now."""
    now = Placement.objects.visible_to(actor).on(actor.today).filter(child=child)
    days = now.filter(days__isnull=False).values_list("days__weekday", "days__part")
    return {(weekday, part) for weekday, part in days}


def rooms(
    actor: Actor, child: Child, wish: Wish, among: Iterable[Group], holds: Iterable[Hold]
) -> list[Room]:
    """Each of these groups, as it fits; the same number of queries for any number."""
    by_id = {each.pk: each for each in among}
    held = {each.group_id: each for each in holds}
    offers = list(_offers(by_id.values()))
    found = find(wish, offers, _stays(actor, child, wish), _shifts(actor, wish))
    return [Room(by_id[each.offer.group], each, held.get(each.offer.group), wish) for each in found]


def holds_of(actor: Actor, child: Child) -> QuerySet[Hold]:
    """What is kept free for a child now."""
    rows = Hold.objects.visible_to(actor).filter(child=child, until__gt=actor.today)
    return rows.select_related("group__location__organisation", "held_by__person")


def hold(actor: Actor, child: Child, hold_id: UUID) -> Hold:
    """Raises NotVisible."""
    found = holds_of(actor, child).filter(pk=hold_id).first()
    if found is None:
        raise NotVisible
    return found


def group_of_own(actor: Actor, group_id: UUID) -> Group:
    """Raises NotVisible."""
    found = own_groups(actor).filter(pk=group_id, location__setting__in=CARES).first()
    if found is None:
        raise NotVisible
    return found


def profile_of(group: Group) -> Profile:
    """As it was described, or an empty one."""
    return Profile.objects.filter(group=group).first() or Profile(group=group)


def _offers(among: Iterable[Group]) -> Iterator[Offer]:
    for group in among:
        yield Offer(
            group.pk,
            group.location_id,
            care_of(group, group.location),
            group.places,
            (group.age_from_months, group.age_to_months),
            point_of(group.location),
            frozenset(group.has or ()),  # type: ignore[attr-defined]
            group.load,  # type: ignore[attr-defined]
            group.most,  # type: ignore[attr-defined]
        )


def _stays(actor: Actor, child: Child, wish: Wish) -> Iterator[Stay]:
    """Who is there in the period, and for whom a place is held."""
    placed = Placement.objects.unrestricted(reason=COUNTED).exclude(child=child)
    placed = placed.filter(
        Q(ends=None) | Q(ends__gt=wish.monday),
        group__in=_own(actor),
        starts__lt=wish.ends,
        days__weekday__in={weekday for weekday, _part in wish.slots},
    )
    told = ("group", "days__weekday", "days__part", "child__born", "starts", "ends")
    for group, weekday, part, born, starts, ends in placed.values_list(*told).iterator():
        yield Stay(group, (weekday, part), born, (starts, ends))
    held = Hold.objects.unrestricted(reason=COUNTED).exclude(child=child)
    held = held.filter(group__in=_own(actor), until__gt=actor.today)
    for group, wanted, born, starts in held.values_list("group", "wanted", "child__born", "starts"):
        for weekday, part in wanted:
            yield Stay(group, (weekday, part), born, (starts, None))


def _shifts(actor: Actor, wish: Wish) -> Iterator[Shift]:
    """Who counts by their role; who is away for a day is not known so far ahead."""
    counted = [role for role in Role if by_role(role, works_here=True).counts is Counts.COUNTED]
    rows = Roster.objects.filter(
        Q(ends=None) | Q(ends__gt=wish.monday),
        group__in=_own(actor),
        starts__lt=wish.ends,
        membership__role__in=counted,
        membership__organisation=actor.organisation_id,
    )
    for group, weekday, starts, ends in rows.values_list("group", "weekday", "starts", "ends"):
        yield Shift(group, weekday, (starts, ends))


def _own(actor: Actor) -> QuerySet[Group, Any]:
    return Group.objects.filter(location__organisation=actor.organisation_id).values("pk")


def point_of(location: Location) -> Point | None:
    """Latitude and longitude in degrees, when both are known."""
    if location.latitude is None or location.longitude is None:
        return None
    return location.latitude, location.longitude
