"""Who waits for a place on a group, and whose turn it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from alert4you.access.queries.line import children
from alert4you.children.models import Child
from alert4you.children.rules import WEEKDAYS, room_for
from alert4you.groups.models import WaitingPlace
from alert4you.groups.queries.places import groups
from alert4you.kernel.decision import NotVisible
from alert4you.organisations.models import Actor, Group

COUNTED = "the order of a waiting list, without names"


@dataclass(frozen=True)
class Waiting:
    """One place in the line. ``child`` is None when this hat may not know it: then only its age shows."""

    number: int
    since: date
    days: Sequence[str]
    age_in_years: int
    fits: bool
    offered_on: date | None
    place: UUID
    child: Child | None


def waiting_list(actor: Actor, group: Group) -> list[Waiting]:
    """Who waits now, first come first; with a name only for whoever may know the child."""
    rows = in_line(group)
    known = {each.pk: each for each in children(actor).filter(pk__in=[e.child_id for e in rows])}
    return [
        Waiting(
            number,
            each.since,
            [str(WEEKDAYS[day]) for day in sorted({day for day, __ in each.wanted})],
            each.child.age_in_years(actor.today) if each.child else 0,
            bool(fits(each, group, actor.today)),
            each.offered_on,
            each.pk,
            known.get(each.child.pk) if each.child else None,
        )
        for number, each in enumerate(rows, start=1)
    ]


def in_line(group: Group) -> list[WaitingPlace]:
    """Everybody who waits for this group, in order; for rules and counts."""
    rows = WaitingPlace.objects.unrestricted(reason=COUNTED).filter(group=group, closed_on=None)
    return list(rows.select_related("child").order_by("since", "written_at"))


def fits(place: WaitingPlace, group: Group, day: date) -> bool:
    """Whether all the days that were asked are free now."""
    days = [(weekday, part) for weekday, part in place.wanted]
    return bool(room_for(group, (day, None), days, day, place.child))


def waiting_place(actor: Actor, place_id: UUID) -> WaitingPlace:
    """A place in the line of a group this hat looks after, to act on; NotVisible otherwise."""
    rows = WaitingPlace.objects.unrestricted(reason="who runs the group acts on its line")
    here = rows.filter(pk=place_id, group__in=groups(actor).values("pk"))
    place = here.select_related("child", "group__location").first()
    if place is None:
        raise NotVisible
    return place


def waits_for(actor: Actor, child: Child) -> QuerySet[WaitingPlace]:
    """The groups this child waits for now."""
    rows = WaitingPlace.objects.visible_to(actor).filter(child=child, closed_on=None)
    return rows.select_related("group__location").order_by("since")
