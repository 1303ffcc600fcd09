"""Hours, rooms, who counts, duos, and the rota."""

from dataclasses import dataclass, field
from datetime import date, time

from alert4you.access.models import Category
from alert4you.children.models import Child
from alert4you.groups.models import (
    Cluster,
    DayHours,
    Duo,
    Landing,
    Presence,
    Room,
    RoomSlot,
    RotaMember,
    RotaShift,
)
from alert4you.groups.rules import planning
from alert4you.groups.rules.counting import Conditions
from alert4you.groups.rules.planning import When
from alert4you.kernel.command import command
from alert4you.organisations.models import (
    Actor,
    Group,
    Location,
    Membership,
    Organisation,
    Roster,
)


@dataclass(frozen=True)
class Counting:
    """What was seen of somebody who stands on a group; ``employer`` when it is not the hat's own."""

    conditions: Conditions = field(default_factory=Conditions)
    trainee: bool = False
    employer: Organisation | None = None


@command(planning.may_set_hours)
def set_hours(actor: Actor, location: Location, part: str, begins: time, until: time) -> DayHours:
    """When this part of the day begins and ends at a location."""
    hours, __ = DayHours.objects.update_or_create(
        location=location, part=part, defaults={"begins": begins, "until": until}
    )
    return hours


@command(planning.may_plan_room)
def plan_room(
    actor: Actor, group: Group, room: str, worker: Membership, begins: time, until: time
) -> RoomSlot:
    """From today on, every working day, this worker is in a room with part of the group."""
    place, __ = Room.objects.get_or_create(location=group.location, name=room)
    return RoomSlot.objects.create(
        group=group, room=place, worker=worker, begins=begins, until=until, starts=actor.today
    )


@command(planning.may_agree_landing)
def agree_landing(actor: Actor, child: Child, slot: RoomSlot, text: str) -> Landing:
    """The child lands in this room from today on; a substitute reads it as something to know."""
    return Landing.by(
        actor,
        child=child,
        group=slot.group,
        location=slot.group.location,
        organisation_id=slot.group.location.organisation_id,
        category=Category.DAY,
        title=slot.room.name,
        text=text,
        must_know=True,
        slot=slot,
    )


@command(planning.may_write_presence)
def write_presence(
    actor: Actor, membership: Membership, group: Group, when: When, counting: Counting
) -> Presence:
    """When somebody is on a group and what was seen of the conditions; goes before the roster."""
    return _presence(actor, membership, group, when, counting)


@command(planning.may_roster)
def put_on_roster(
    actor: Actor,
    membership: Membership,
    group: Group,
    weekday: int,
    starts: date,
    ends: date | None = None,
) -> Roster:
    """During ``[starts, ends)`` this colleague works on the group every such weekday (Monday is 0)."""
    return Roster.objects.create(
        membership=membership, group=group, weekday=weekday, starts=starts, ends=ends
    )


@command(planning.may_end_roster)
def end_roster(actor: Actor, roster: Roster, ends: date | None) -> Roster:
    """Until (not including) this day the colleague works there; None: no end is known."""
    roster.ends = ends
    roster.save(update_fields=["ends"])
    return roster


@command(planning.may_plan_duo)
def plan_duo(
    actor: Actor,
    group: Group,
    childcare: Membership,
    youth_care: Membership,
    period: tuple[date, date],
    counting: Counting,
) -> Duo:
    """Two workers share the group during ``[from, to)``; ``counting`` is about the one of youth care."""
    duo = Duo.objects.create(group=group, starts=period[0], ends=period[1])
    own = Counting(Conditions(True, True, True, True))
    for who, how in ((childcare, own), (youth_care, counting)):
        presence = _presence(actor, who, group, When(*period), how)
        presence.duo = duo
        presence.save(update_fields=["duo"])
    return duo


def _presence(
    actor: Actor, membership: Membership, group: Group, when: When, counting: Counting
) -> Presence:
    told = vars(counting.conditions)
    return Presence.objects.create(
        membership=membership,
        group=group,
        employer=counting.employer or membership.organisation,
        weekdays=list(when.weekdays),
        begins=when.begins,
        until=when.until,
        starts=when.starts,
        ends=when.ends,
        trainee=counting.trainee,
        decided_by_id=actor.membership_id,
        written_at=actor.at,
        **told,
    )


@command(planning.may_make_cluster)
def make_cluster(actor: Actor, name: str, groups: list[Group]) -> Cluster:
    """Groups that share a team."""
    cluster = Cluster.objects.create(organisation_id=actor.organisation_id, name=name)
    cluster.groups.set(groups)
    return cluster


@command(planning.may_join_rota)
def join_rota(
    actor: Actor,
    cluster: Cluster,
    membership: Membership,
    contract_minutes: int,
    extra_minutes: int,
) -> RotaMember:
    """This colleague is on the team from today, with so many minutes a week by contract and extra."""
    return RotaMember.objects.create(
        cluster=cluster,
        membership=membership,
        contract_minutes=contract_minutes,
        extra_minutes=extra_minutes,
        starts=actor.today,
    )


@command(planning.may_plan_shift)
def plan_shift(
    actor: Actor, member: RotaMember, group: Group | None, day: date, minutes: int
) -> RotaShift:
    """Minutes of one day on a group, or (``group`` None) in a meeting."""
    return RotaShift.objects.create(member=member, group=group, day=day, minutes=minutes)
