"""Numbers per town, without names: hours that nobody pays, help for parents, waiting. Small ones hidden."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from statistics import median
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from alert4you.access.models import Entry
from alert4you.children.models import Placement
from alert4you.coaching.models import Contact
from alert4you.funding.models import Agreement, Booking
from alert4you.funding.rules.lines import SEE_REPORTS
from alert4you.groups.rules.hiding import HIDDEN_BELOW, shown
from alert4you.kernel.decision import NotVisible
from alert4you.organisations.models import Actor, Role
from alert4you.referrals.models import WAITS, Guidance, Referral, Sort

COUNTED = "numbers without names"


@dataclass
class Tally:
    """Minutes, and the children they were for."""

    minutes: int = 0
    children: set[UUID] = field(default_factory=set)

    def add(self, minutes: int, child: UUID | None) -> None:
        self.minutes += minutes
        if child is not None:
            self.children.add(child)

    @property
    def hours(self) -> int | None:
        """Whole hours; None when they are of fewer than ten children."""
        few = 0 < len(self.children) < HIDDEN_BELOW
        return None if few else round(self.minutes / 60)


@dataclass(frozen=True)
class Row:
    """One town. None: of fewer than ten children. ``waiting``: children, rounded to five."""

    town: str
    uncovered: int | None
    of_group: int | None
    guidance: int | None
    waiting: int | None
    weeks: int | None


@dataclass(frozen=True)
class Report:
    year: int
    rows: Sequence[Row]
    hidden_below: int = HIDDEN_BELOW

    @property
    def hides(self) -> bool:
        return any(None in (each.uncovered, each.guidance, each.waiting) for each in self.rows)


@dataclass
class Town:
    uncovered: Tally = field(default_factory=Tally)
    of_group: Tally = field(default_factory=Tally)
    guidance: Tally = field(default_factory=Tally)
    waiting: dict[UUID, date] = field(default_factory=dict)


def report(actor: Actor, year: int) -> Report:
    """Of the own organisation, or (a municipality) of the towns of its agreements; five queries."""
    if actor.role not in SEE_REPORTS:
        raise NotVisible
    towns: dict[str, Town] = defaultdict(Town)
    for row in _hours(actor, year):
        _count(towns[row["town"]], row)
    for town, child, asked_on in _waiting(actor):
        since = towns[town].waiting
        since[child] = min(asked_on, since.get(child, asked_on))
    named = (each for each in towns if each)
    return Report(year, [_row(town, towns[town], actor.today) for town in sorted(named)])


def _count(town: Town, row: dict[str, Any]) -> None:
    if row["guides"]:
        town.guidance.add(row["minutes"], row["child"])
    if row["booked"]:
        return
    tally = town.uncovered if row["child"] else town.of_group
    tally.add(row["minutes"], row["child"])


def _row(name: str, town: Town, today: date) -> Row:
    waiting = shown(len(town.waiting))
    weeks = [(today - since).days / 7 for since in town.waiting.values()]
    return Row(
        name,
        town.uncovered.hours,
        town.of_group.hours,
        town.guidance.hours,
        waiting,
        None if waiting is None else round(median(weeks)),
    )


def _hours(actor: Actor, year: int) -> Iterable[dict[str, Any]]:
    """Every hour once, also when it counts in two trajectories."""
    booked = set(Booking.objects.unrestricted(reason=COUNTED).values_list("entry", flat=True))
    steps = Entry.objects.unrestricted(reason=COUNTED).filter(
        counted_as__minutes__gt=0, day__year=year
    )
    told: dict[UUID, dict[str, Any]] = {}
    for row in _placed(actor, steps, minutes=F("counted_as__minutes")):
        told[row["pk"]] = row | {"guides": False}
    sorts = dict(Guidance.objects.values_list("contact", "sort"))
    helped = Contact.objects.unrestricted(reason=COUNTED).filter(
        pk__in=Guidance.objects.values("contact"), day__year=year, minutes__gt=0
    )
    for row in _placed(actor, helped):
        told[row["pk"]] = row | {"guides": sorts[row["pk"]] != Sort.MEANWHILE}
    return [row | {"booked": pk in booked} for pk, row in told.items()]


def _waiting(actor: Actor) -> Iterable[tuple[str, UUID, date]]:
    rows = Referral.objects.unrestricted(reason=COUNTED).filter(WAITS)
    for row in _placed(actor, rows, asked=F("asked_on")):
        yield row["town"], row["child"], row["asked"]


def _placed(actor: Actor, rows: QuerySet, **columns: Any) -> Iterable[dict[str, Any]]:
    """Of these entries: the child, the minutes, the town of the place they are about."""
    places = Placement.objects.unrestricted(reason=COUNTED).filter(
        child=OuterRef("child"), group__location__organisation=OuterRef("organisation")
    )
    town = Subquery(places.order_by("-starts").values("group__location__city")[:1])
    told = rows.order_by().annotate(town=Coalesce("location__city", town), **columns)
    return _of_whom(actor, told).values("pk", "child", "town", *(columns or ("minutes",)))


def _of_whom(actor: Actor, rows: QuerySet) -> QuerySet:
    if actor.role != Role.MUNICIPALITY:
        return rows.filter(organisation=actor.organisation_id)
    own = Agreement.objects.filter(municipality=actor.organisation_id)
    return rows.filter(town__in=list(own.values_list("town", flat=True)))
