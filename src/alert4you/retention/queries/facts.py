"""What the rules need to know of one child in one organisation, and the records there are."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Max, Model, Q, QuerySet

from alert4you.access.models import Category, Entry, Kind
from alert4you.access.policy import CARE_SETTINGS
from alert4you.children.models import Child, LegalBasis, Placement
from alert4you.organisations.models import Organisation
from alert4you.retention.models import KeptProof
from alert4you.retention.rules import records, terms
from alert4you.retention.rules.terms import Facts
from alert4you.trajectories.models import Indication, IndicationFor, Trajectory

WHY = "how long it is kept"
YOUTH_CARE_FILE = "youth_care_file"
YOUTH_CARE = (IndicationFor.YOUTH_CARE, IndicationFor.MEDICAL_DAYCARE)


@dataclass(frozen=True)
class Record:
    """One row that is in a file by itself; ``what`` is for counting ("": never told)."""

    model: type[Model]
    pk: Any
    kind: str
    what: str


@dataclass(frozen=True)
class File:
    """What one organisation keeps of one child, and the facts that decide how long."""

    child: Child
    organisation: Organisation
    facts: Facts
    records: list[Record]


def files() -> Iterator[tuple[UUID, UUID]]:
    """Every child with every organisation that has a file of it, or proof of what was agreed."""
    found: set[tuple[UUID, UUID]] = set()
    for model, way in records.own().items():
        if records.is_file(model) or records.is_proof(model):
            rows = model._base_manager.filter(
                ~Q(**{way.child: None}), ~Q(**{way.organisation: None})
            )
            found |= set(rows.values_list(way.child, way.organisation).distinct())
    return iter(sorted(found))


def file_about(child: Child, organisation: Organisation, today: date) -> File:
    """Everything of a child in one organisation, and the facts."""
    entries = Entry.objects.unrestricted(reason=WHY).filter(child=child, organisation=organisation)
    days = list(entries.values_list("day", "kind"))
    last = max((day for day, __ in days), default=None)
    coached = [day for day, kind in days if kind in records.COACHING]
    facts = Facts(
        end_of_care=_end_of_care(child, organisation, today) if has_place(child) else last,
        last_entry=last,
        end_of_coaching=_end_of_coaching(child, organisation, coached),
        born=child.born,
        end_of_data=_end_of_data(child, organisation),
    )
    return File(child, organisation, facts, list(_records(child, organisation)))


def has_place(child: Child) -> bool:
    """Whether the child has or had a place anywhere; one on a waiting list may have none."""
    return Placement.objects.unrestricted(reason=WHY).filter(child=child).exists()


def _end_of_care(child: Child, organisation: Organisation, today: date) -> date | None:
    """The last day at this organisation; for one without a place of its own, at the last place of all."""
    places = Placement.objects.unrestricted(reason=WHY).filter(child=child)
    here = places.filter(group__location__organisation=organisation)
    ends = list((here if here.exists() else places).values_list("ends", flat=True))
    over = [each for each in ends if each is not None and each <= today]
    return max(over) - timedelta(days=1) if len(over) == len(ends) else None


def _end_of_coaching(child: Child, organisation: Organisation, days: list[date]) -> date | None:
    """When coaching without youth care was over; None while a trajectory runs, or when there was none."""
    rows = Trajectory.objects.unrestricted(reason=WHY).filter(
        child=child, organisation=organisation
    )
    ends = list(rows.values_list("ended_on", flat=True))
    if None in ends:
        return None
    return max([*days, *filter(None, ends)], default=None)


def _end_of_data(child: Child, organisation: Organisation) -> date | None:
    """Since when there is no file any more, only the proofs."""
    gone = KeptProof.objects.filter(child=child, organisation=organisation)
    return gone.aggregate(since=Max("since"))["since"]


def _records(child: Child, organisation: Organisation) -> Iterator[Record]:
    whole, notes = _kinds(child, organisation)
    kept_with_notes = records.COACHING
    if notes == YOUTH_CARE_FILE:
        kept_with_notes = kept_with_notes | {Kind.INDICATION}
    for model in records.own():
        rows = rows_about(model, child.pk, organisation.pk)
        if model is Entry:
            for pk, kind, category in rows.values_list("pk", "kind", "category"):
                told = "" if category == Category.SAFETY else kind
                yield Record(model, pk, notes if kind in kept_with_notes else whole, told)
            continue
        kind = notes if model is Placement and notes == YOUTH_CARE_FILE else whole
        kind = records.PROOFS if records.is_proof(model) else kind
        told = "" if records.is_hidden(model) else model._meta.label
        yield from (Record(model, pk, kind, told) for pk in rows.values_list("pk", flat=True))


def _kinds(child: Child, organisation: Organisation) -> tuple[str, str]:
    """Which file it is, and with what a coach's notes in it are kept.

    With youth care in the file they are part of a youth-care file, and so is what that rests on: the
    indication and the places.
    """
    whole = terms.file_kind(organisation.kind, _is_youth_care_place(child, organisation))
    if whole not in ("childcare_file", "other_file"):
        return whole, whole
    return whole, YOUTH_CARE_FILE if _has_youth_care(child, organisation) else "coaching_notes"


def rows_about(model: type[Model], child: UUID, organisation: UUID | None) -> QuerySet[Any]:
    way = records.own()[model]
    return model._base_manager.filter(**{way.child: child, way.organisation: organisation})


def _is_youth_care_place(child: Child, organisation: Organisation) -> bool:
    """Whether a place here was youth care: medical day care, day treatment, or by the Youth Act."""
    here = Placement.objects.unrestricted(reason=WHY).filter(
        child=child, group__location__organisation=organisation
    )
    care = Q(basis=LegalBasis.YOUTH_ACT) | Q(group__location__setting__in=CARE_SETTINGS)
    return here.filter(care).exists()


def _has_youth_care(child: Child, organisation: Organisation) -> bool:
    """Whether the file tells of youth care, so that what the coach wrote belongs to it."""
    rows = Indication.objects.unrestricted(reason=WHY)
    return rows.filter(child=child, organisation=organisation, what__in=YOUTH_CARE).exists()
