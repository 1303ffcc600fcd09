"""The team that goes round a cluster: hours by contract, extra, and where they went."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from alert4you.groups.models import Cluster, RotaMember, RotaShift
from alert4you.kernel.decision import NotVisible
from alert4you.organisations.models import Actor, Group, running

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Line:
    """One colleague's week, in minutes."""

    member: RotaMember
    shifts: Sequence[RotaShift]

    @property
    def planned(self) -> int:
        return sum(each.minutes for each in self.shifts)

    @property
    def may_work(self) -> int:
        return self.member.contract_minutes + self.member.extra_minutes

    @property
    def left(self) -> int:
        return self.may_work - self.planned


@dataclass(frozen=True)
class Rota:
    """One week of a cluster. ``on_groups`` and ``in_meetings`` are minutes of all together."""

    cluster: Cluster
    monday: date
    lines: Sequence[Line]

    @property
    def on_groups(self) -> int:
        return sum(e.minutes for line in self.lines for e in line.shifts if e.group_id)

    @property
    def in_meetings(self) -> int:
        return sum(e.minutes for line in self.lines for e in line.shifts if not e.group_id)

    @property
    def group_share(self) -> int | None:
        """How much of the time was on the groups, in whole percents; None when nothing is planned."""
        total = self.on_groups + self.in_meetings
        return None if total == 0 else (200 * self.on_groups + total) // (2 * total)


def rota(actor: Actor, cluster: Cluster, day: date) -> Rota:
    """The week in which a day falls, of a cluster of the own organisation; NotVisible otherwise."""
    if cluster.organisation_id != actor.organisation_id:
        raise NotVisible
    monday = day - timedelta(days=day.weekday())
    members = list(
        cluster.members.filter(running(day))
        .select_related("membership__person")
        .order_by("membership__person__name", "pk")
    )
    shifts = RotaShift.objects.filter(
        member__in=members, day__gte=monday, day__lt=monday + WEEK
    ).select_related("group")
    by_member: dict = {}
    for shift in shifts.order_by("day", "pk"):
        by_member.setdefault(shift.member_id, []).append(shift)
    return Rota(cluster, monday, [Line(each, by_member.get(each.pk, [])) for each in members])


def clusters(actor: Actor) -> list[Cluster]:
    """Those of the actor's own organisation."""
    own = Cluster.objects.filter(organisation=actor.organisation_id)
    return list(own.prefetch_related("groups").order_by("name"))


def members(actor: Actor) -> list[RotaMember]:
    """Who goes round now, in the teams of the own organisation, by name."""
    own = RotaMember.objects.on(actor.today).filter(cluster__organisation=actor.organisation_id)
    return list(
        own.select_related("membership__person", "cluster").order_by(
            "membership__person__name", "pk"
        )
    )


def groups_of_teams(actor: Actor) -> list[Group]:
    """The groups round which the teams of the own organisation go."""
    own = Cluster.objects.filter(organisation=actor.organisation_id)
    found = Group.objects.filter(pk__in=own.values("groups"))
    return list(found.select_related("location").order_by("location__name", "name"))
