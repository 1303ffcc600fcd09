"""What a group carries, in numbers without names: indications, trajectories, who waits, and outflow.

It stands here and not with the groups, because it counts trajectories.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from alert4you.children.models import Child, Placement
from alert4you.groups.models import WaitingPlace
from alert4you.groups.rules.hiding import HIDDEN_BELOW, shown
from alert4you.kernel.among import Among
from alert4you.organisations.models import Actor, Group, OrganisationKind, running
from alert4you.practices.queries.templates import practice_of
from alert4you.practices.rules.language import Words
from alert4you.trajectories.models import Decision, Indication, Trajectory

COUNTED = "counts per group, without names"
WEEKS_BACK = (12, 8, 4, 0)


@dataclass(frozen=True)
class Load:
    """Counts of one day. ``with_trajectory``: those without an indication."""

    on: date
    children: int
    with_indication: int
    with_trajectory: int
    waiting: int

    @property
    def weight(self) -> int:
        """All that ask more than the usual."""
        return self.with_indication + self.with_trajectory + self.waiting


@dataclass(frozen=True)
class Shown:
    """The same for whoever may not see small numbers: rounded, or None when below ten."""

    with_indication: int | None
    with_trajectory: int | None
    waiting: int | None

    @property
    def any(self) -> bool:
        """Whether a number is large enough to be shown."""
        return any(each is not None for each in vars(self).values())


@dataclass(frozen=True)
class Outflow:
    """How many trajectories of children of a group ended like this; None: fewer than ten."""

    title: Words
    number: int | None


def load(actor: Actor, group: Group, day: date | None = None) -> Load:
    """What this group carries on a day. Counts only: who may open the group may see them."""
    return _loads(Q(pk=group.pk), [day or actor.today], _ever_on(group))[0]


def over_time(actor: Actor, group: Group) -> list[Load]:
    """The load of the last twelve weeks, oldest first."""
    days = [actor.today - timedelta(weeks=weeks) for weeks in WEEKS_BACK]
    return _loads(Q(pk=group.pk), days, _ever_on(group))


def rises(loads: Sequence[Load]) -> bool:
    """Whether it is more at the end than at the beginning, and never fell in between."""
    weights = [each.weight for each in loads]
    return weights == sorted(weights) and weights[-1] > weights[0]


def for_municipality(day: date) -> Shown:
    """All childcare together, rounded to five, numbers below ten hidden; no total, so that a hidden
    number cannot be computed.
    """
    childcare = Group.objects.filter(location__organisation__kind=OrganisationKind.CHILDCARE)
    placed = _placed(childcare, day, "child")
    indicated = Exists(_indications(day).filter(child=OuterRef("child")))
    waits = WaitingPlace.objects.unrestricted(reason=COUNTED).filter(_waits(day))
    return Shown(
        shown(_children(_indications(day).filter(placed))),
        shown(_children(_trajectories(day).filter(placed, ~indicated))),
        shown(waits.filter(group__in=childcare).count()),
    )


def _children(rows: QuerySet[Any]) -> int:
    found: int = rows.order_by().aggregate(n=Count("child", distinct=True))["n"]
    return found


def _loads(groups: Q, days: Sequence[date], among: QuerySet[Any, Any]) -> list[Load]:
    """The load on each of these days, of these children; two queries, however many days."""
    here = Group.objects.filter(groups)
    children, waiting = {}, {}
    for number, day in enumerate(days):
        placed = _placed(here, day, "pk")
        indicated = Exists(_indications(day).filter(child=OuterRef("pk")))
        followed = Exists(_trajectories(day).filter(child=OuterRef("pk")))
        children[f"all_{number}"] = Count("pk", filter=placed)
        children[f"indicated_{number}"] = Count("pk", filter=Q(placed, indicated))
        children[f"followed_{number}"] = Count("pk", filter=Q(placed, ~indicated, followed))
        waiting[f"all_{number}"] = Count("pk", filter=_waits(day))
    few = Child.objects.unrestricted(reason=COUNTED).filter(Among("pk", among))
    counted = few.aggregate(**children)
    line = WaitingPlace.objects.unrestricted(reason=COUNTED).filter(group__in=here)
    waits = line.aggregate(**waiting)
    return [
        Load(
            day,
            counted[f"all_{number}"],
            counted[f"indicated_{number}"],
            counted[f"followed_{number}"],
            waits[f"all_{number}"],
        )
        for number, day in enumerate(days)
    ]


def _ever_on(group: Group) -> QuerySet[Any, Any]:
    placed = Placement.objects.unrestricted(reason=COUNTED).filter(group=group)
    return placed.order_by().values("child")


def _placed(groups: QuerySet[Group], day: date, child: str) -> Exists:
    placed = Placement.objects.on(day).unrestricted(reason=COUNTED)
    return Exists(placed.filter(child=OuterRef(child), group__in=groups))


def _waits(day: date) -> Q:
    return Q(Q(closed_on=None) | Q(closed_on__gt=day), since__lte=day)


def _indications(day: date) -> QuerySet[Indication]:
    return Indication.objects.unrestricted(reason=COUNTED).filter(running(day))


def _trajectories(day: date) -> QuerySet[Trajectory]:
    going = Q(ended_on=None) | Q(ended_on__gt=day)
    return Trajectory.objects.unrestricted(reason=COUNTED).filter(going, day__lte=day)


def with_trajectory(day: date, groups: Iterable[Group]) -> Counter[UUID]:
    """How many children with a running trajectory are on each of these groups."""
    followed = Exists(_trajectories(day).filter(child=OuterRef("child")))
    here = Placement.objects.on(day).unrestricted(reason=COUNTED).filter(group__in=groups)
    counted = here.filter(followed).values("group").annotate(n=Count("child", distinct=True))
    return Counter(dict(counted.values_list("group", "n")))


def outflow(actor: Actor, group: Group) -> list[Outflow]:
    """Where children of this group went, by the outcome of the decision that ended a trajectory."""
    placed = Placement.objects.unrestricted(reason=COUNTED).filter(group=group)
    ended = Trajectory.objects.unrestricted(reason=COUNTED).filter(
        Exists(placed.filter(child=OuterRef("child"))), ended_on__lte=actor.today
    )
    rows = Decision.objects.unrestricted(reason=COUNTED).filter(trajectory__in=ended)
    last: dict[object, Decision] = {}
    for row in rows.select_related("trajectory__template").order_by("written_at"):
        last[row.trajectory_id] = row
    numbers: Counter[str] = Counter()
    titles: dict[str, Words] = {}
    for row in last.values():
        gate = practice_of(row.trajectory.template).gate(row.gate)
        if gate is not None:
            option = gate.option(row.choice)
            numbers[option.outcome] += 1
            titles[option.outcome] = option.title
    return [
        Outflow(titles[outcome], number if number >= HIDDEN_BELOW else None)
        for outcome, number in numbers.most_common()
    ]
