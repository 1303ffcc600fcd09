"""Who looked in a child's file: the audit trail in words for the parents."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from alert4you.access.models import Category
from alert4you.children.models import Child
from alert4you.kernel.clock import day_of
from alert4you.kernel.models import AuditRecord
from alert4you.organisations.models import Actor, Organisation, Person, Role


@dataclass(frozen=True)
class Look:
    """One person looked on one day (many looks of a day are one row), at these kinds of entries."""

    day: date
    person: str
    role: str
    organisation: str
    kinds: tuple[str, ...]
    times: int


def who_looked(actor: Actor, child: Child, most: int = 200) -> list[Look]:
    """Staff who read about this child, newest day first; guardians' own looks are left out."""
    reads = AuditRecord.objects.filter(subject_id=child.pk, action=AuditRecord.Action.READ)
    rows = list(reads.exclude(role=Role.PARENT).order_by("-at")[: most * 5])
    people = Person.objects.in_bulk({r.person_id for r in rows})
    organisations = Organisation.objects.in_bulk({r.organisation_id for r in rows})
    grouped: dict[tuple, list[AuditRecord]] = {}
    for row in rows:
        key = (day_of(row.at), row.person_id, row.role, row.organisation_id)
        grouped.setdefault(key, []).append(row)
    looks = [
        Look(
            day,
            people[person].name,
            str(Role(role).label),
            organisations[organisation].name,
            _kinds(records),
            len(records),
        )
        for (day, person, role, organisation), records in grouped.items()
    ]
    return looks[:most]


def _kinds(records: Iterable[AuditRecord]) -> tuple[str, ...]:
    """Which kinds of entries were on the pages, in plain words; a name alone counts as none."""
    seen = {kind for record in records for kind in record.records}
    return tuple(str(c.label) for c in Category if c in seen)
