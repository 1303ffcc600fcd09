"""Groups: hours, rooms, who counts, waiting places, and the team that goes round."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any

from alert4you.children.models import Child, Placement, Terms
from alert4you.groups.commands.staffing import (
    Counting,
    When,
    agree_landing,
    join_rota,
    make_cluster,
    plan_duo,
    plan_room,
    plan_shift,
    set_hours,
    write_presence,
)
from alert4you.groups.commands.waiting import ask_place, offer_place, take_place, withdraw_place
from alert4you.groups.models import Cluster, RoomSlot, RotaMember, WaitingPlace
from alert4you.groups.queries.waiting import waiting_place
from alert4you.groups.rules.counting import Conditions
from alert4you.organisations.models import Actor, Group, Location, Membership
from alert4you.scenarios import kinds
from alert4you.scenarios.finding import Unfound
from alert4you.scenarios.sentences import deed
from alert4you.scenarios.stage_reading import usual_parts
from alert4you.scenarios.world import PROOF, World

HOURS = {"from": kinds.TEXT, "until": kinds.TEXT}
CONDITIONS = {
    "deployed": kinds.FLAG,
    "qualified": kinds.FLAG,
    "registered": kinds.FLAG,
    "for group": kinds.FLAG,
    "evidence": kinds.TEXT,
}
DAYS = kinds.several_of(kinds.DAYS)
PARTS = kinds.several_of(kinds.PART)


def hour(text: str) -> time:
    """15:30; Unfound when it is no hour."""
    try:
        return time.fromisoformat(text)
    except ValueError as unreadable:
        raise Unfound(f"“{text}” is no hour; write it like “15:30”") from unreadable


@deed("{who} sets the hours of {location}", must={"part": kinds.PART, **HOURS})
def hours(world: World, who: Actor, location: Location, part: str, from_: str, until: str) -> None:
    """When a part of the day begins and ends there; hours between quotes."""
    set_hours(who, location, part, hour(from_), hour(until))


@deed(
    "{who} takes part of {group} to a room", must={"room": kinds.TEXT, "with": kinds.HAT, **HOURS}
)
def room(world: World, who: Actor, group: Group, room: str, **more: Any) -> None:
    """Every working day from today, with this worker; hours between quotes."""
    plan_room(who, group, room, more["with_"], hour(more["from_"]), hour(more["until"]))


@deed("{who} agrees that {child} lands in a room", must={"text": kinds.TEXT, "room": kinds.TEXT})
def lands(world: World, who: Actor, child: Child, text: str, room: str) -> None:
    """The agreement, in words for whoever stands in."""
    places = Placement.objects.unrestricted(reason="the story says where").filter(child=child)
    slots = RoomSlot.objects.filter(room__name=room, group__in=places.values("group"))
    slot = slots.order_by("starts").last()
    if slot is None:
        raise Unfound(f"nobody takes part of a group to “{room}”")
    agree_landing(who, child, slot, text)


@deed(
    "{who} writes down how {other} counts on {group}",
    may={**CONDITIONS, "trainee": kinds.FLAG, **HOURS, "until day": kinds.DAY},
)
def counts(world: World, who: Actor, other: Membership, group: Group, **more: Any) -> None:
    """The four conditions, each yes or no; what is left out is not known. Hours between quotes."""
    begins, until = more.get("from_"), more.get("until")
    when = When(
        who.today,
        more.get("until_day"),
        begins=begins and hour(begins),
        until=until and hour(until),
    )
    write_presence(who, other, group, when, Counting(_conditions(more), more.get("trainee", False)))


@deed(
    "{who} plans a duo on {group}",
    must={"childcare": kinds.HAT, "youth care": kinds.HAT, "until": kinds.DAY},
    may=CONDITIONS,
)
def duo(world: World, who: Actor, group: Group, until: date, **more: Any) -> None:
    """From today; the conditions are about the colleague of youth care."""
    period, counting = (who.today, until), Counting(_conditions(more))
    plan_duo(who, group, more["childcare"], more["youth_care"], period, counting)


@deed(
    "{who} asks a waiting place on {group} for {child}", must={"days": DAYS}, may={"parts": PARTS}
)
def asks_place(
    world: World,
    who: Actor,
    group: Group,
    child: Child,
    days: Sequence[Sequence[int]],
    parts: Sequence[str] = (),
) -> None:
    ask_place(who, child, group, slots(group, days, parts))


@deed("{who} offers the place on {group} to {child}", may={"reason": kinds.TEXT})
def offers(world: World, who: Actor, group: Group, child: Child, reason: str = "") -> None:
    """`reason`: why this child goes before who waits longer."""
    offer_place(who, _waiting(who, group, child), reason)


@deed("{who} gives {child} the place on {group} that was offered")
def gives(world: World, who: Actor, child: Child, group: Group) -> None:
    """On the days that were asked."""
    place = _waiting(who, group, child)
    take_place(who, place, Terms([(day, part) for day, part in place.wanted]))


@deed("{who} takes {child} off the waiting list of {group}")
def withdraws(world: World, who: Actor, child: Child, group: Group) -> None:
    withdraw_place(who, _waiting(who, group, child))


@deed('{who} makes the team "{quote}"', must={"groups": kinds.several_of(kinds.GROUP)})
def makes_team(world: World, who: Actor, quote: str, groups: Sequence[Group]) -> None:
    """Colleagues who go round these groups."""
    make_cluster(who, quote, list(groups))


@deed(
    '{who} puts {other} on the team "{quote}"',
    must={"contract hours": kinds.NUMBER, "extra hours": kinds.NUMBER},
)
def joins_team(
    world: World,
    who: Actor,
    other: Membership,
    quote: str,
    contract_hours: int,
    extra_hours: int,
) -> None:
    """Hours a week."""
    join_rota(who, cluster(quote), other, contract_hours * 60, extra_hours * 60)


@deed(
    '{who} plans {other} for the team "{quote}"',
    must={"hours": kinds.NUMBER},
    may={"on": kinds.GROUP, "day": kinds.DAY},
)
def plans_shift(
    world: World, who: Actor, other: Membership, quote: str, hours: int, **more: Any
) -> None:
    """On a group; without `on` it is a meeting."""
    member = RotaMember.objects.filter(cluster=cluster(quote), membership=other).first()
    if member is None:
        raise Unfound(f"{other} is not on the team “{quote}”")
    plan_shift(who, member, more.get("on"), more.get("day") or who.today, hours * 60)


def cluster(name: str) -> Cluster:
    found = Cluster.objects.filter(name=name).first()
    if found is None:
        raise Unfound(f"there is no team “{name}”")
    return found


def _conditions(told: Mapping[str, Any]) -> Conditions:
    return Conditions(
        told.get("deployed"),
        told.get("qualified"),
        told.get("registered"),
        told.get("for_group"),
        told.get("evidence", ""),
    )


def slots(
    group: Group, days: Sequence[Sequence[int]], parts: Sequence[str]
) -> list[tuple[int, str]]:
    """These weekdays with these parts, or those that are usual there."""
    wanted = parts or usual_parts(group.location.setting)
    return [(day, part) for several in days for day in several for part in wanted]


def _waiting(who: Actor, group: Group, child: Child) -> WaitingPlace:
    rows = WaitingPlace.objects.unrestricted(reason=PROOF).filter(group=group, child=child)
    found = rows.order_by("written_at").last()
    if found is None:
        raise Unfound(f"{child} does not wait for {group}")
    return waiting_place(who, found.pk)
