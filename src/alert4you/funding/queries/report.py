"""Numbers per town, without names: hours that nobody pays, help for parents, waiting. Small ones hidden.

A municipality reads the quarter that ended last, as it was known then: two looks differ in nothing, so
that nobody can be found by subtracting one from the other.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import median
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, UUIDField
from django.db.models.functions import Coalesce

from alert4you.access.models import Entry
from alert4you.children.models import Placement
from alert4you.coaching.models import Contact
from alert4you.funding.models import Agreement, Booking
from alert4you.funding.rules.lines import SEE_REPORTS
from alert4you.groups.rules.hiding import HIDDEN_BELOW, Tally, quarter_before, rounded, shown
from alert4you.kernel.decision import NotVisible
from alert4you.organisations.models import Actor, Role
from alert4you.referrals.models import WAITS, Guidance, Referral, Sort

COUNTED = "numbers without names"
Period = tuple[date, date]


@dataclass(frozen=True)
class Row:
    """One town. None: too few to tell. ``waiting``: children, rounded to five; outside, hours as well."""

    town: str
    uncovered: int | None
    of_group: int | None
    guidance: int | None
    waiting: int | None
    weeks: int | None


@dataclass(frozen=True)
class Report:
    """``starts`` is the first day it is about, ``ends`` the day after the last one."""

    starts: date
    ends: date
    rows: Sequence[Row]
    hidden_below: int = HIDDEN_BELOW

    @property
    def year(self) -> int:
        return self.starts.year

    @property
    def last_day(self) -> date:
        return self.ends - timedelta(days=1)


@dataclass
class Town:
    uncovered: Tally = field(default_factory=Tally)
    of_group: Tally = field(default_factory=Tally)
    guidance: Tally = field(default_factory=Tally)
    waiting: Tally = field(default_factory=Tally)
    since: dict[UUID, date] = field(default_factory=dict)


def report(actor: Actor, year: int) -> Report:
    """The own organisation in a year, or (a municipality) the towns of its agreements in the quarter
    that ended last, whatever the year; five queries.
    """
    if actor.role not in SEE_REPORTS:
        raise NotVisible
    outside = actor.role == Role.MUNICIPALITY
    period = quarter_before(actor.today) if outside else (date(year, 1, 1), date(year + 1, 1, 1))
    towns: dict[str, Town] = defaultdict(Town)
    for row in _hours(actor, period):
        _count(towns[row["town"]], row)
    for row in _waiting(actor, period):
        town, child, asked_on = towns[row["town"]], row["child"], row["asked"]
        if child not in town.since:
            town.waiting.add(child, row["place"], row["organisation"], 1)
        town.since[child] = min(asked_on, town.since.get(child, asked_on))
    day = period[1] if outside else actor.today
    named = sorted(each for each in towns if each)
    return Report(*period, [_row(each, towns[each], day, outside) for each in named])


def _count(town: Town, row: dict[str, Any]) -> None:
    what = (row["child"], row["place"], row["organisation"], row["minutes"])
    if row["guides"]:
        town.guidance.add(*what)
    if not row["booked"]:
        (town.uncovered if row["child"] else town.of_group).add(*what)


def _row(name: str, town: Town, day: date, outside: bool) -> Row:
    told = not outside or town.waiting.is_told_outside
    waiting = shown(len(town.since)) if told else None
    weeks = [(day - since).days / 7 for since in town.since.values()]
    return Row(
        name,
        _whole_hours(town.uncovered, outside),
        _whole_hours(town.of_group, outside),
        _whole_hours(town.guidance, outside),
        waiting,
        None if waiting is None else round(median(weeks)),
    )


def _whole_hours(tally: Tally, outside: bool) -> int | None:
    """Whole hours, for outside rounded to five; None when that would tell of somebody."""
    hours = tally.minutes / 60
    if outside:
        return rounded(hours) if tally.is_told_outside else None
    return None if tally.is_few else round(hours)


def _hours(actor: Actor, period: Period) -> Iterable[dict[str, Any]]:
    """Every hour once, also when it counts in two trajectories."""
    bookings = Booking.objects.unrestricted(reason=COUNTED).filter(at__date__lt=period[1])
    booked = set(bookings.values_list("entry", flat=True))
    then = _known(actor, period) & Q(day__gte=period[0], day__lt=period[1])
    steps = Entry.objects.unrestricted(reason=COUNTED).filter(then, counted_as__minutes__gt=0)
    told: dict[UUID, dict[str, Any]] = {}
    for row in _placed(actor, steps, minutes=F("counted_as__minutes")):
        told[row["pk"]] = row | {"guides": False}
    sorts = dict(Guidance.objects.values_list("contact", "sort"))
    helped = Contact.objects.unrestricted(reason=COUNTED).filter(
        then, pk__in=Guidance.objects.values("contact"), minutes__gt=0
    )
    for row in _placed(actor, helped):
        told[row["pk"]] = row | {"guides": sorts[row["pk"]] != Sort.MEANWHILE}
    return [row | {"booked": pk in booked} for pk, row in told.items()]


def _waiting(actor: Actor, period: Period) -> Iterable[dict[str, Any]]:
    """Who waits now; for a municipality, who waited when the quarter ended."""
    rows = Referral.objects.unrestricted(reason=COUNTED)
    if actor.role != Role.MUNICIPALITY:
        return _placed(actor, rows.filter(WAITS), asked=F("asked_on"))
    ended = ("accepted_on", "refused_on", "revoked_on", "closed_on")
    waited = Q(*(Q(**{day: None}) | Q(**{f"{day}__gte": period[1]}) for day in ended))
    then = rows.filter(_known(actor, period), waited, asked_on__lt=period[1])
    return _placed(actor, then, asked=F("asked_on"))


def _known(actor: Actor, period: Period) -> Q:
    """What is written down later changes no quarter that a municipality has read."""
    return Q(written_at__date__lt=period[1]) if actor.role == Role.MUNICIPALITY else Q()


def _placed(actor: Actor, rows: QuerySet, **columns: Any) -> Iterable[dict[str, Any]]:
    """For each of these entries: the child, the minutes, the place it is about and its town."""
    places = Placement.objects.unrestricted(reason=COUNTED).filter(
        child=OuterRef("child"), group__location__organisation=OuterRef("organisation")
    )
    latest = places.order_by("-starts")
    town = Subquery(latest.values("group__location__city")[:1])
    place = Subquery(latest.values("group__location")[:1])
    told = rows.order_by().annotate(
        town=Coalesce("location__city", town),
        place=Coalesce("location", place, output_field=UUIDField()),
        **columns,
    )
    named = ("pk", "child", "organisation", "town", "place", *(columns or ("minutes",)))
    return _of_whom(actor, told).values(*named)


def _of_whom(actor: Actor, rows: QuerySet) -> QuerySet:
    if actor.role != Role.MUNICIPALITY:
        return rows.filter(organisation=actor.organisation_id)
    own = Agreement.objects.filter(municipality=actor.organisation_id)
    return rows.filter(town__in=list(own.values_list("town", flat=True)))
