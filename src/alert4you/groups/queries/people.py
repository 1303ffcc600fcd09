"""Who each child of a group has as its own people and its mentor, and what the law asks of that."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from alert4you.children.models import OwnPerson, Placement
from alert4you.groups.rules import asked
from alert4you.groups.rules.asked import Asked
from alert4you.groups.rules.day import Kid, needed
from alert4you.groups.rules.moving import care_of
from alert4you.organisations.models import Actor, Group, Membership, Roster, running

WITH_PLACE = "read together with its placement"


@dataclass(frozen=True)
class Row:
    """One child with its people, and what lacks."""

    placement: Placement
    people: Sequence[Membership]
    asked: Sequence[Asked]


def rows(actor: Actor, group: Group) -> list[Row]:
    """The children who have a place now, first those for whom something lacks."""
    here = Placement.objects.visible_to(actor).on(actor.today).filter(group=group)
    places = list(
        here.select_related("child", "mentor__person")
        .prefetch_related("days")
        .order_by("child__first_name", "pk")
    )
    people = own_people(actor, places)
    most, works = _needed(group, places, actor.today), _works(actor, group)
    found = []
    for each in places:
        own = people[each.pk]
        known = asked.Known(
            each.child.age_in_years(actor.today),
            [person.pk for person in own],
            each.mentor_id,
            {day.weekday for day in each.days.all()},
        )
        lacks = list(asked.of_child(known, most, works, actor.today))
        found.append(Row(each, own, lacks))
    return sorted(found, key=lambda row: not row.asked)


def own_people(actor: Actor, places: Iterable[Placement]) -> dict[UUID, list[Membership]]:
    """Own people by placement; of placements that this hat may know."""
    rows = OwnPerson.objects.unrestricted(reason=WITH_PLACE).filter(
        running(actor.today), placement__in=[each.pk for each in places]
    )
    found: dict[UUID, list[Membership]] = defaultdict(list)
    for each in rows.select_related("membership__person").order_by("membership__person__name"):
        found[each.placement_id].append(each.membership)
    return found


def _needed(group: Group, places: Iterable[Placement], day: date) -> int:
    """The most staff that is needed at once, in a week like this one."""
    together: dict[tuple[int, str], list[Kid]] = defaultdict(list)
    for place in places:
        kid = Kid(place.child_id, group.pk, place.child.age_in_years(day), ())
        for each in place.days.all():
            together[each.weekday, each.part].append(kid)
    care = care_of(group, group.location)
    return max((needed(care, kids, day).staff or 0 for kids in together.values()), default=0)


def _works(actor: Actor, group: Group) -> dict[int, set[UUID]]:
    """Who is on the roster, by weekday."""
    found: dict[int, set[UUID]] = defaultdict(set)
    for weekday, who in (
        Roster.objects.on(actor.today).filter(group=group).values_list("weekday", "membership")
    ):
        found[weekday].add(who)
    return found
