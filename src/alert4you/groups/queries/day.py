"""The day of a location out of placements, rosters, absences and what was written down about presence."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import (
    Exists,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    UUIDField,
    Value,
)
from django.utils.translation import gettext_lazy as _

from alert4you.access.queries.line import children
from alert4you.children.models import Child, DayPart, LegalBasis, Placement
from alert4you.groups.models import (
    CardFact,
    DayHours,
    Duo,
    Helping,
    Landing,
    Presence,
    RoomSlot,
)
from alert4you.groups.queries.moving import where_instead
from alert4you.groups.queries.places import hours
from alert4you.groups.rules.asked import Asked, of_day
from alert4you.groups.rules.card import State, barred, latest, line
from alert4you.groups.rules.counting import Conditions, Counts, Standing, by_conditions, by_role
from alert4you.groups.rules.day import (
    GroupDay,
    House,
    InRoom,
    Kid,
    Span,
    Worker,
    group_day,
)
from alert4you.groups.rules.moving import care_of
from alert4you.organisations.models import (
    Absence,
    Actor,
    Group,
    Location,
    Membership,
    Roster,
    running,
)

COUNTED = "children counted by age, without names"
AWAY = Standing(Counts.NOT, _("Is away today."))


@dataclass(frozen=True)
class Day:
    """One group on one day, as a hat sees it.

    ``names``: the children this hat may know by name, by key; the others are only counted.
    ``lacks_hours``: parts of the day in use whose hours nobody wrote down yet. ``asked``: what the law asks
    besides and is not so; ``away``: the children who are on another group instead, and its name.
    """

    group: Group
    on: date
    told: GroupDay
    house: House
    names: Mapping[UUID, Child]
    rooms: Mapping[UUID, str]
    lacks_hours: Sequence[str]
    duo: Duo | None
    asked: Sequence[Asked]
    away: Mapping[UUID, str]

    @property
    def workers(self) -> list[Worker]:
        return [each for each in self.house.workers if each.group == self.group.pk]

    @property
    def kids(self) -> int:
        return len({each.key for each in self.house.kids if each.group == self.group.pk})


@dataclass(frozen=True)
class Stay:
    """Somebody in a room for a part of the day: a worker or a child."""

    room: InRoom
    name: str
    worker: UUID | None
    child: UUID | None


def group_on(actor: Actor, group: Group, day: date) -> Day:
    """The day of a group; the same number of queries for any number of children."""
    known = hours(group.location)
    groups = {each.pk: care_of(each, group.location) for each in group.location.groups.all()}
    stays = list(_stays(groups, day))
    rows = list(_placed(groups, day))
    kids = _kids(rows, known, stays, day)
    written = _presences(list(groups), day)
    workers = _workers(group.location, groups, known, day, stays, written)
    house = House(day, groups, kids, workers)
    here = [each.key for each in house.kids if each.group == group.pk]
    away = {e["child"]: e["elsewhere"] for e in rows if e["elsewhere"] and e["group"] == group.pk}
    names = {each.pk: each for each in children(actor).filter(pk__in=[*here, *away])}
    lacks = sorted({part for row in rows for part in [row["days__part"]] if part not in known})
    told = group_day(house, group.pk)
    return Day(
        group,
        day,
        told,
        house,
        names,
        {each.room.room: each.name for each in stays},
        [str(DayPart(part).label) for part in lacks],
        next((each.duo for each in written if each.duo and each.group_id == group.pk), None),
        _asked(told, house, group, rows),
        away,
    )


def _asked(told: GroupDay, house: House, group: Group, rows: Sequence[Mapping[str, Any]]) -> Any:
    """What the law asks besides. Who comes for early education makes the whole group one."""
    own: dict[UUID, set[UUID]] = defaultdict(set)
    for row in rows:
        if row["own__membership"] and row["group"] == group.pk and not row["elsewhere"]:
            own[row["child"]].add(row["own__membership"])
    works = {each.key for each in house.workers if each.group == group.pk and each.counted}
    here = {each.key for each in house.kids if each.group == group.pk}
    early = {row["child"] for row in rows if row["basis"] == LegalBasis.EARLY_EDUCATION}
    return of_day(
        told, house.day, sum(not works & each for each in own.values()), bool(early & here)
    )


def _placed(groups: Iterable[UUID], day: date) -> Iterable[Mapping[str, Any]]:
    """Per child, part of the day and own person: on which group, or (``elsewhere``) on which instead."""
    placed = Placement.objects.on(day).unrestricted(reason=COUNTED)
    here = placed.filter(group__in=list(groups), days__weekday=day.weekday()).annotate(
        own=FilteredRelation("own_people", condition=running(day, "own_people__")),
        elsewhere=where_instead(day, "child", "group"),
    )
    told = "child", "child__born", "group", "days__part", "basis", "own__membership", "elsewhere"
    return here.order_by("child__born", "child").values(*told)


def _kids(
    rows: Iterable[Mapping[str, Any]],
    known: Mapping[str, DayHours],
    stays: Sequence[Stay],
    day: date,
) -> list[Kid]:
    spans: dict[tuple, list[Span]] = defaultdict(list)
    for row in rows:
        if row["days__part"] in known and not row["elsewhere"]:
            times = known[str(row["days__part"])]
            key = (row["child"], row["group"], row["child__born"])
            spans[key].append(_span(times.begins, times.until))
    return [
        Kid(
            child,
            group,
            Child(born=born).age_in_years(day),
            _merged(times),
            tuple(each.room for each in stays if each.child == child),
        )
        for (child, group, born), times in spans.items()
    ]


def _stays(groups: Iterable[UUID], day: date) -> Iterator[Stay]:
    """Each planned room with its worker, and each child with an agreement that runs to land there."""
    slots = RoomSlot.objects.on(day).filter(group__in=list(groups))
    runs = Q(ended_on=None) | Q(ended_on__gt=day)
    agreed = Landing.objects.unrestricted(reason=COUNTED).filter(runs, slot__in=slots.values("pk"))
    told = "room", "room__name", "worker", "weekdays", "begins", "until"
    nobody = Value(None, output_field=UUIDField())
    planned = slots.annotate(nobody=nobody).values_list("nobody", *told)
    landing = agreed.values_list("child", *(f"slot__{each}" for each in told))
    for child, room, name, worker, weekdays, begins, until in landing.union(planned, all=True):
        if day.weekday() in weekdays:
            in_room = InRoom(room, _span(begins, until))
            yield Stay(in_room, name, None if child else worker, child)


def _workers(
    location: Location,
    groups: Iterable[UUID],
    known: Mapping[str, DayHours],
    day: date,
    rooms: Sequence[Stay],
    written: Sequence[Presence],
) -> list[Worker]:
    """Those on the roster, and those whose presence was written down; the latter goes first."""
    told = {(each.membership_id, each.group_id) for each in written}
    rostered = [
        each
        for each in _rosters(list(groups), day)
        if (each.membership_id, each.group_id) not in told
    ]
    whole_day = _whole_day(known.values())
    planned: list[Presence | Roster] = [*written, *rostered]
    hats = {each.membership_id: each.membership for each in planned}
    away = {each.membership_id for each in planned if each.away}  # type: ignore[union-attr]
    facts = _facts(hats)
    stopped = _stopped(location, hats, facts, day)
    early = {key for key in hats if _holds(facts[key], CardFact.Kind.EARLY_EDUCATION, day)}
    stays = {key: tuple(each.room for each in rooms if each.worker == key) for key in hats}
    people = [
        *(_by_presence(each, location, whole_day, stays[each.membership_id]) for each in written),
        *(_by_roster(each, location, whole_day, stays[each.membership_id]) for each in rostered),
    ]
    notes = {**stopped, **dict.fromkeys(away, AWAY)}
    for number, (each, row) in enumerate(zip(people, planned, strict=True)):
        if row.elsewhere:  # type: ignore[union-attr]
            helps = Standing(Counts.NOT, _("Is on %s meanwhile.") % row.elsewhere)  # type: ignore[union-attr]
            people[number] = replace(each, standing=helps, spans=(), rooms=(), trainee=False)
        elif each.key in notes:
            people[number] = replace(each, standing=notes[each.key], rooms=(), trainee=False)
        else:
            people[number] = replace(each, early=each.key in early)
    return sorted(people, key=lambda each: (each.name, str(each.key)))


def _facts(hats: Iterable[UUID]) -> dict[UUID, list[CardFact]]:
    """What stands on the card of each."""
    facts: dict[UUID, list[CardFact]] = defaultdict(list)
    for fact in CardFact.objects.filter(membership__in=list(hats)):
        facts[fact.membership_id].append(fact)
    return facts


def _holds(facts: Sequence[CardFact], kind: str, day: date) -> bool:
    return line(latest(facts, kind), kind, day).state in (State.GOOD, State.SOON)


def _stopped(
    location: Location,
    hats: Mapping[UUID, Membership],
    facts: Mapping[UUID, Sequence[CardFact]],
    day: date,
) -> dict[UUID, Standing]:
    """Who may not be here by what stands on the card, and why."""
    found = {
        key: barred(hat, location, facts[key], day, day + timedelta(days=1))
        for key, hat in hats.items()
    }
    return {
        key: Standing(Counts.NOT, decision.reason)
        for key, decision in found.items()
        if not decision
    }


def _presences(groups: list[UUID], day: date) -> list[Presence]:
    rows = _away(Presence.objects.on(day), day).filter(
        running(day, "membership__"), group__in=groups
    )
    told = rows.select_related("membership__person", "membership__organisation", "employer", "duo")
    kept: list[Presence] = []
    for each in told.order_by("-written_at", "pk"):
        if each.on_weekday(day) and not any(_replaces(later, each) for later in kept):
            kept.append(each)
    return kept


def _replaces(later: Presence, earlier: Presence) -> bool:
    """Whether what was written later is about the same person, group and hours."""
    same = (later.membership_id, later.group_id) == (earlier.membership_id, earlier.group_id)
    if not same or None in (later.begins, later.until, earlier.begins, earlier.until):
        return same
    return later.begins < earlier.until and earlier.begins < later.until  # type: ignore[operator]


def _away(rows: QuerySet[Any], day: date) -> QuerySet[Any]:
    """With ``away``: whether this colleague is absent that day; ``elsewhere``: on which group instead."""
    mine = {"membership": OuterRef("membership")}
    helping = Helping.objects.on(day).filter(**mine, group=OuterRef("group")).values("to__name")
    absent = Absence.objects.on(day).filter(**mine)
    return rows.annotate(away=Exists(absent), elsewhere=Subquery(helping[:1]))


def _rosters(groups: list[UUID], day: date) -> Iterable[Roster]:
    rows = _away(Roster.objects.on(day), day).filter(
        running(day, "membership__"), group__in=groups, weekday=day.weekday()
    )
    return rows.select_related("membership__person", "membership__organisation")


def standing_by(presence: Presence, location: Location) -> Standing:
    """How somebody counts there by what was written down about it."""
    told = Conditions(
        presence.deployed,
        presence.qualified,
        presence.registered,
        presence.for_group,
        presence.evidence,
    )
    works_here = presence.employer_id == location.organisation_id
    return by_conditions(told, presence.trainee, works_here)


def _by_presence(
    presence: Presence, location: Location, whole_day: tuple[Span, ...], rooms: tuple[InRoom, ...]
) -> Worker:
    hat = presence.membership
    times = whole_day
    if presence.begins is not None and presence.until is not None:
        times = (_span(presence.begins, presence.until),)
    return Worker(
        hat.pk,
        presence.group_id,
        hat.person.name,
        hat.task,
        presence.employer.name,
        standing_by(presence, location),
        times,
        rooms,
        presence.trainee,
    )


def _by_roster(
    roster: Roster, location: Location, whole_day: tuple[Span, ...], rooms: tuple[InRoom, ...]
) -> Worker:
    hat: Membership = roster.membership
    works_here = hat.organisation_id == location.organisation_id
    standing = by_role(hat.role, works_here)
    return Worker(
        hat.pk,
        roster.group_id,
        hat.person.name,
        hat.task,
        hat.organisation.name,
        standing,
        whole_day,
        rooms,
    )


def _whole_day(hours: Iterable[DayHours]) -> tuple[Span, ...]:
    """From the first part of the day until the last: who has no hours of her own works all day."""
    times = [_span(each.begins, each.until) for each in hours]
    if not times:
        return ()
    return (Span(min(each.begins for each in times), max(each.until for each in times)),)


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    return tuple(sorted(set(spans), key=lambda each: each.begins))


def _span(begins: time, until: time) -> Span:
    return Span(begins.hour * 60 + begins.minute, until.hour * 60 + until.minute)
