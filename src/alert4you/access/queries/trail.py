"""Who looked in a child's file: the audit trail in words for the parents."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils.functional import Promise

from alert4you.access.models import (
    CareTeamMember,
    Category,
    ConsentRequest,
    Entry,
    OpenedFor,
    Opening,
)
from alert4you.access.rules.wording import ALSO_LOOKED_AT, LOOKED_BECAUSE, NAME_ONLY
from alert4you.children.models import Child
from alert4you.kernel.clock import day_of
from alert4you.kernel.decision import NotVisible
from alert4you.kernel.models import AuditRecord
from alert4you.organisations.models import Actor, Membership, Person, Role

ROWS_PER_LOOK = 5
LISTED = 50
Text = str | Promise
Hat = tuple[UUID | None, UUID | None, str]
PERIODS = {"week": 7, "month": 31, "quarter": 92}


@dataclass(frozen=True)
class Look:
    """One person looked on one day (many looks of a day are one row), at these kinds of entries.

    ``organisation`` is empty and ``person`` the name of the installation when no person looked.
    ``opening`` is set when the file was opened for it; ``record`` names the look for a question about it
    (None for whoever is at home), and so does each of ``records``: who looks again does not change a name.
    """

    child: Child
    day: date
    person: str
    role: Text
    organisation: str
    kinds: tuple[Text, ...]
    why: Text
    times: int
    opening: Opening | None = None
    record: int | None = None
    records: frozenset[int] = frozenset()

    @property
    def in_emergency(self) -> bool:
        return self.opening is not None and self.opening.opened_for == OpenedFor.EMERGENCY


def who_looked(
    actor: Actor, children: Sequence[Child], most: int = 200, days: int | None = None
) -> list[Look]:
    """Who else read about these children, newest day first; ``days``: only the last so many.

    What was read through an opening is there from the moment on that the parents hear of it.
    """
    by_id = {child.pk: child for child in children}
    rows = _reads(actor, by_id, days)[: most * ROWS_PER_LOOK]
    opened = list(
        Opening.objects.filter(child__in=by_id).select_related("membership").order_by("at")
    )
    grouped: dict[tuple[UUID, date, Hat, Opening | None], list[AuditRecord]] = {}
    for row in rows:
        hat = (row.person_id, row.organisation_id, row.role)
        through = _through(row, opened)
        known = through is None or through.parents_told_at <= actor.at
        if row.subject_id is not None and known:
            key = (row.subject_id, day_of(row.at), hat, through)
            grouped.setdefault(key, []).append(row)
    hats = _hats(hat for _, _, hat, _ in grouped)
    named = _named(children)
    family = Person.objects.in_bulk(
        [person for _, _, (person, _, role), _ in grouped if role == Role.PARENT]
    )
    return [
        _at_home(by_id[subject], day, family[hat[0]], records)
        if hat[0] in family and hat[2] == Role.PARENT
        else _look(by_id[subject], day, hats.get(hat), records, named, through)
        for (subject, day, hat, through), records in list(grouped.items())[:most]
    ]


def look(actor: Actor, children: Sequence[Child], record: int) -> tuple[AuditRecord, Look]:
    """One look that these parents can see, by the number of a record of it."""
    row = AuditRecord.objects.filter(pk=record).first()
    about = [child for child in children if row is not None and child.pk == row.subject_id]
    found = next((each for each in who_looked(actor, about) if record in each.records), None)
    if found is None or row is None:
        raise NotVisible
    return row, found


def read_by(actor: Actor, request: ConsentRequest) -> list[Entry]:
    """What the organisation that asked has read of what it may or might read, newest first."""
    reads = AuditRecord.objects.filter(
        subject_id=request.child_id,
        organisation_id=request.organisation_id,
        action=AuditRecord.Action.READ,
        outcome=AuditRecord.Outcome.DONE,
    )
    categories = set(request.consents.values_list("category", flat=True))
    seen = {
        pk
        for records in reads.values_list("records", flat=True)
        for category in categories
        for pk in records.get(category, ())
    }
    about = Entry.objects.visible_to(actor).filter(child=request.child_id, pk__in=seen)
    theirs = about.exclude(organisation=request.organisation_id)
    return list(theirs.order_by("-day", "-at")[:LISTED])


def _reads(actor: Actor, children: Iterable[UUID], days: int | None) -> QuerySet[AuditRecord]:
    reads = AuditRecord.objects.filter(
        subject_id__in=list(children),
        action=AuditRecord.Action.READ,
        at__lte=actor.at,
        outcome=AuditRecord.Outcome.DONE,
    )
    if days is not None:
        reads = reads.filter(at__gt=actor.at - timedelta(days=days))
    return reads.exclude(person_id=actor.person_id).order_by("-at", "-pk")


def _through(row: AuditRecord, opened: Iterable[Opening]) -> Opening | None:
    """The opening through which was read, if any."""
    for each in opened:
        hat = each.membership
        same = (row.person_id, row.organisation_id, row.role) == (
            hat.person_id,
            hat.organisation_id,
            hat.role,
        )
        if same and row.subject_id == each.child_id and each.at <= row.at < each.ends:
            return each
    return None


def _at_home(child: Child, day: date, who: Person, records: Sequence[AuditRecord]) -> Look:
    """The other parent or guardian: both alike."""
    return Look(child, day, who.name, Role.PARENT.label, "", _kinds(records), "", len(records))


def _look(
    child: Child,
    day: date,
    hat: Membership | None,
    records: Sequence[AuditRecord],
    named: dict[tuple[UUID, UUID], list[CareTeamMember]],
    through: Opening | None,
) -> Look:
    if hat is None:
        return Look(child, day, "Alert4you", "", "", _kinds(records), "", len(records))
    team = named.get((child.pk, hat.pk), [])
    there = (each for each in team if each.starts <= day and (not each.ends or day < each.ends))
    member = next(there, None)
    why = member.why if member else LOOKED_BECAUSE.get(hat.role, "")
    return Look(
        child,
        day,
        hat.person.name,
        hat.task,
        hat.organisation.name,
        _kinds(records),
        through.reason if through else why,
        len(records),
        through,
        records[0].pk,
        frozenset(each.pk for each in records),
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
