"""Who looked in a child's file: the audit trail in words for the parents."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.functional import Promise

from alert4you.access.models import CareTeamMember, Category
from alert4you.access.rules.wording import ALSO_LOOKED_AT, LOOKED_BECAUSE, NAME_ONLY
from alert4you.children.models import Child
from alert4you.kernel.clock import day_of
from alert4you.kernel.models import AuditRecord
from alert4you.organisations.models import Actor, Membership, Person, Role

ROWS_PER_LOOK = 5
Text = str | Promise
Hat = tuple[UUID | None, UUID | None, str]


@dataclass(frozen=True)
class Look:
    """One person looked on one day (many looks of a day are one row), at these kinds of entries.

    ``organisation`` is empty and ``person`` the name of the installation when no person looked.
    """

    child: Child
    day: date
    person: str
    role: Text
    organisation: str
    kinds: tuple[Text, ...]
    why: Text
    times: int


def who_looked(actor: Actor, children: Sequence[Child], most: int = 200) -> list[Look]:
    """Who else read about these children, newest day first."""
    by_id = {child.pk: child for child in children}
    reads = AuditRecord.objects.filter(
        subject_id__in=by_id, action=AuditRecord.Action.READ, at__lte=actor.at, outcome=0
    )
    rows = reads.exclude(person_id=actor.person_id).order_by("-at", "-pk")[: most * ROWS_PER_LOOK]
    grouped: dict[tuple[UUID, date, Hat], list[AuditRecord]] = {}
    for row in rows:
        hat = (row.person_id, row.organisation_id, row.role)
        if row.subject_id is not None:
            grouped.setdefault((row.subject_id, day_of(row.at), hat), []).append(row)
    hats = _hats(hat for _, _, hat in grouped)
    named = _named(children)
    family = Person.objects.in_bulk(
        [person for _, _, (person, _, role) in grouped if role == Role.PARENT]
    )
    return [
        _at_home(by_id[subject], day, family[hat[0]], records)
        if hat[0] in family and hat[2] == Role.PARENT
        else _look(by_id[subject], day, hats.get(hat), records, named)
        for (subject, day, hat), records in list(grouped.items())[:most]
    ]


def _at_home(child: Child, day: date, who: Person, records: Sequence[AuditRecord]) -> Look:
    """The other parent or guardian: both alike."""
    return Look(child, day, who.name, Role.PARENT.label, "", _kinds(records), "", len(records))


def _look(
    child: Child,
    day: date,
    hat: Membership | None,
    records: Sequence[AuditRecord],
    named: dict[tuple[UUID, UUID], list[CareTeamMember]],
) -> Look:
    if hat is None:
        return Look(child, day, "Alert4you", "", "", _kinds(records), "", len(records))
    team = named.get((child.pk, hat.pk), [])
    there = (each for each in team if each.starts <= day and (not each.ends or day < each.ends))
    member = next(there, None)
    return Look(
        child,
        day,
        hat.person.name,
        hat.task,
        hat.organisation.name,
        _kinds(records),
        member.why if member else LOOKED_BECAUSE.get(Role(hat.role), ""),
        len(records),
    )


def _hats(hats: Iterable[Hat]) -> dict[Hat, Membership]:
    """The memberships behind (person, organisation, role), the latest of a kind."""
    people = {person for person, _, _ in hats}
    found = Membership.objects.filter(person__in=people).select_related("person", "organisation")
    return {(m.person_id, m.organisation_id, m.role): m for m in found.order_by("starts")}


def _named(children: Iterable[Child]) -> dict[tuple[UUID, UUID], list[CareTeamMember]]:
    """Everybody who is or was on the care teams, by child and membership."""
    named: dict[tuple[UUID, UUID], list[CareTeamMember]] = {}
    for each in CareTeamMember.objects.filter(child__in=children).order_by("-starts"):
        named.setdefault((each.child_id, each.membership_id), []).append(each)
    return named


def _kinds(records: Iterable[AuditRecord]) -> tuple[Text, ...]:
    """Which kinds of things were on the pages, in plain words."""
    seen = {kind for record in records for kind in record.records}
    words: list[Text] = [category.label for category in Category if category in seen]
    words += [label for kind, label in ALSO_LOOKED_AT.items() if kind in seen]
    return tuple(words) or (NAME_ONLY,)
