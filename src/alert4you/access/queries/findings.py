"""What of a week of reading must be looked at: found in the audit trail, by id, never by content."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from alert4you.access.models import (
    CareTeamMember,
    Finding,
    Mark,
    NegativeMark,
    OpenedFor,
    Opening,
    ReviewLine,
    ReviewSetting,
)
from alert4you.access.models.review import CHILDREN_AN_HOUR
from alert4you.access.rules.openings import midnight
from alert4you.children.models import Guardian, Placement
from alert4you.kernel.clock import day_of
from alert4you.kernel.models import AuditRecord
from alert4you.organisations.models import Absence, Membership, Role, Roster

WEEK = timedelta(days=7)
# A name in a list of who has a place here is no look into a file.
NO_LOOK = {"child", "placement"}
WHY = "weekly review"
Period = tuple[date, date | None]
Hat = tuple[UUID, str]


@dataclass
class Read:
    """What one hat read about one child on one day."""

    hat: Hat
    child: UUID
    day: date
    first_at: datetime
    times: int = 1


@dataclass
class Around:
    """What held in the week, for all who read: eight questions to the database, however much was read."""

    rostered: dict[Hat, list[tuple[UUID, int, Period]]] = field(default_factory=dict)
    placed: dict[UUID, list[tuple[UUID, bool, Period]]] = field(default_factory=dict)
    team: dict[tuple[Hat, UUID], list[Period]] = field(default_factory=dict)
    family: set[tuple[UUID, UUID]] = field(default_factory=set)


def findings(organisation: UUID, week: date) -> list[ReviewLine]:
    """The unsaved lines about one organisation and the seven days from this Monday on."""
    reads, hours = _reads(organisation, week)
    around = _around(organisation, week, reads)
    opened = list(_opened(organisation, week))
    lines = [_opening(each) for each in opened]
    lines += _many(organisation, hours)
    lines += _together(reads, around, opened)
    return sorted(lines, key=lambda each: each.first_at)


def _reads(
    organisation: UUID, week: date
) -> tuple[list[Read], dict[tuple[Hat, datetime], set[UUID]]]:
    """Every look into a file, per hat, child and day; and how many children in each hour."""
    rows = AuditRecord.objects.filter(
        organisation_id=organisation,
        action=AuditRecord.Action.READ,
        outcome=AuditRecord.Outcome.DONE,
        at__gte=midnight(week),
        at__lt=midnight(week + WEEK),
        person_id__isnull=False,
        subject_id__isnull=False,
    ).order_by("at")
    reads: dict[tuple[Hat, UUID, date], Read] = {}
    hours: dict[tuple[Hat, datetime], set[UUID]] = defaultdict(set)
    told = rows.values_list("person_id", "role", "subject_id", "at", "records")
    for person, role, subject, at, records in told.iterator():
        if set(records) <= NO_LOOK or person is None or subject is None:
            continue
        hat, day = (person, role), day_of(at)
        hours[hat, at.replace(minute=0, second=0, microsecond=0)].add(subject)
        if (hat, subject, day) in reads:
            reads[hat, subject, day].times += 1
        else:
            reads[hat, subject, day] = Read(hat, subject, day, at)
    return list(reads.values()), hours


def _around(organisation: UUID, week: date, reads: list[Read]) -> Around:
    children = {each.child for each in reads}
    people = {each.hat[0] for each in reads}
    around = Around()
    rosters = Roster.objects.filter(
        _in_week(week), membership__person__in=people, membership__organisation=organisation
    )
    for person, role, group, weekday, *period in rosters.values_list(
        "membership__person", "membership__role", "group", "weekday", "starts", "ends"
    ):
        around.rostered.setdefault((person, role), []).append((group, weekday, _period(*period)))
    places = Placement.objects.unrestricted(reason=WHY).filter(child__in=children)
    for child, group, owner, *period in places.values_list(
        "child", "group", "group__location__organisation", "starts", "ends"
    ):
        own = owner == organisation
        around.placed.setdefault(child, []).append((group, own, _period(*period)))
    _add_team(around, organisation, children)
    _add_family(around, children, people)
    return around


def _add_team(around: Around, organisation: UUID, children: set[UUID]) -> None:
    """Who is named on the care teams, and who stood in for them."""
    named: dict[UUID, list[tuple[UUID, Period]]] = defaultdict(list)
    rows = CareTeamMember.objects.filter(child__in=children, membership__organisation=organisation)
    for member, person, role, child, *period in rows.values_list(
        "membership", "membership__person", "membership__role", "child", "starts", "ends"
    ):
        around.team.setdefault(((person, role), child), []).append(_period(*period))
        named[member].append((child, _period(*period)))
    absences = Absence.objects.filter(membership__in=named)
    for member, person, role, *period in absences.values_list(
        "membership", "cover__person", "cover__role", "starts", "ends"
    ):
        for child, __ in named[member]:
            around.team.setdefault(((person, role), child), []).append(_period(*period))


def _add_family(around: Around, children: set[UUID], people: set[UUID]) -> None:
    guardians = Guardian.objects.filter(child__in=children, person__in=people)
    marked = NegativeMark.objects.filter(
        child__in=children, person__in=people, mark=Mark.CONFLICT_OF_INTEREST
    )
    for rows in (guardians, marked):
        around.family |= set(rows.values_list("person", "child"))


def _opened(organisation: UUID, week: date) -> QuerySet[Opening]:
    rows = Opening.objects.filter(
        membership__organisation=organisation, at__gte=midnight(week), at__lt=midnight(week + WEEK)
    )
    return rows.select_related("membership").order_by("at", "pk")


def _opening(each: Opening) -> ReviewLine:
    """Every file that was opened for a while, whether or not anything was read in it."""
    emergency = each.opened_for == OpenedFor.EMERGENCY
    return ReviewLine(
        finding=Finding.EMERGENCY if emergency else Finding.SUPPORT,
        child_id=each.child_id,
        person_id=each.membership.person_id,
        role=each.membership.role,
        opening=each,
        first_at=each.at,
    )


def _many(organisation: UUID, hours: dict[tuple[Hat, datetime], set[UUID]]) -> Iterator[ReviewLine]:
    setting = ReviewSetting.objects.filter(organisation=organisation).first()
    most = setting.children_an_hour if setting else CHILDREN_AN_HOUR
    for ((person, role), hour), children in hours.items():
        if len(children) > most:
            yield ReviewLine(
                finding=Finding.MANY,
                person_id=person,
                role=role,
                first_at=hour,
                times=len(children),
            )


def _together(reads: list[Read], around: Around, opened: list[Opening]) -> Iterator[ReviewLine]:
    """One line per person, child and reason for the whole week; what an opening explains is there once."""
    explained = {
        (each.membership.person_id, each.membership.role, each.child_id, day_of(each.at))
        for each in opened
    }
    found: dict[tuple[Hat, UUID, str], ReviewLine] = {}
    for read in sorted(reads, key=lambda each: each.first_at):
        for finding in _of(read, around):
            if finding == Finding.OFF_ROSTER and (*read.hat, read.child, read.day) in explained:
                continue
            key = (read.hat, read.child, finding)
            if key in found:
                found[key].times += read.times
            else:
                found[key] = ReviewLine(
                    finding=finding,
                    child_id=read.child,
                    person_id=read.hat[0],
                    role=read.hat[1],
                    first_at=read.first_at,
                    times=read.times,
                )
    yield from found.values()


def _of(read: Read, around: Around) -> Iterator[str]:
    """Why one look must be looked at."""
    if (read.hat[0], read.child) in around.family:
        yield Finding.FAMILY
    own = [period for __, mine, period in around.placed.get(read.child, ()) if mine]
    if own and not any(_held(period, read.day) for period in own):
        if all(starts <= read.day for starts, __ in own):
            yield Finding.AFTER_CARE
    elif _off_roster(read, around):
        yield Finding.OFF_ROSTER


def _off_roster(read: Read, around: Around) -> bool:
    """A day without work: who works by a roster and is not on it, or is on another group and on no team."""
    groups = {
        group
        for group, weekday, period in around.rostered.get(read.hat, ())
        if weekday == read.day.weekday() and _held(period, read.day)
    }
    by_roster = read.hat in around.rostered or read.hat[1] == Role.GROUP_WORKER
    if by_roster and not groups:
        return True
    here = {group for group, __, p in around.placed.get(read.child, ()) if _held(p, read.day)}
    named = any(_held(period, read.day) for period in around.team.get((read.hat, read.child), ()))
    return by_roster and not (groups & here) and not named


def _period(starts: Any, ends: Any) -> Period:
    return starts, ends


def _held(period: Period, day: date) -> bool:
    starts, ends = period
    return starts <= day and (ends is None or day < ends)


def _in_week(week: date) -> Q:
    return Q(starts__lt=week + WEEK) & (Q(ends=None) | Q(ends__gt=week))


def role_of(line: ReviewLine, hats: dict[Hat, Membership]) -> str:
    """The task of who read, as people say it."""
    hat = hats.get((line.person_id, line.role))
    return hat.task if hat else str(dict(Role.choices).get(line.role, line.role))
