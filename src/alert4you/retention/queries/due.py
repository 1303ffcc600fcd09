"""What came due, as the rules say today; and what the lists show of it."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from alert4you.access.models import Entry
from alert4you.children.models import Child
from alert4you.kernel.clock import months_after
from alert4you.kernel.models import AuditRoot
from alert4you.organisations.models import Organisation
from alert4you.retention.models import ChosenTerm, Line
from alert4you.retention.queries.facts import File, Record, file_about
from alert4you.retention.queries.rows import Going, Rows, going_with
from alert4you.retention.rules import records
from alert4you.retention.rules.terms import began, delete_on, term
from alert4you.safety.rules import stops_deleting

GROUPS = "group_notes"


@dataclass(frozen=True)
class Found:
    """What can go now: the lines to show, and every row that goes with it.

    ``root``: where the audit trail is cut, when it is about that.
    """

    lines: list[Line]
    going: Going
    root: AuditRoot | None = None

    @property
    def fingerprint(self) -> str:
        if self.root:
            return self.root.root
        return self.going.digest(*(f"{each.kind} {each.due}" for each in self.lines))


def chosen_terms(organisation: UUID) -> dict[str, int]:
    """What an organisation chose, in months by kind."""
    rows = ChosenTerm.objects.filter(organisation=organisation)
    return dict(rows.values_list("kind", "months"))


def come_due(child: Child, organisation: Organisation, today: date) -> Found | None:
    """What the terms let go of one child in one organisation; nothing while a safety concern is open."""
    if stops_deleting(child):
        return None
    file = file_about(child, organisation, today)
    chosen = chosen_terms(organisation.pk)
    lines = {}
    for kind in {each.kind for each in file.records}:
        rule = term(kind, today, chosen)
        day = delete_on(rule, file.facts)
        if day is not None and day <= today:
            start = began(rule, file.facts)
            lines[kind] = Line(kind, {}, rule.starts, rule.months, start, day)
    if records.PROOFS in lines and {each.kind for each in file.records} - set(lines):
        del lines[records.PROOFS]
    return _found(file, lines)


def asked_for(
    child: Child, organisation: Organisation, today: date, chosen: Collection[str] | None
) -> Found | None:
    """What a request lets go, whatever the terms: some entries, or the file without the proofs."""
    file = file_about(child, organisation, today)
    if chosen is None:
        kinds = {each.kind for each in file.records} - {records.PROOFS}
        return _found(file, {kind: Line(kind, {}) for kind in kinds})
    some = [each for each in file.records if each.model is Entry and str(each.pk) in chosen]
    only = File(child, organisation, file.facts, some)
    return _found(only, {each.kind: Line(each.kind, {}) for each in some})


def _found(file: File, lines: Mapping[str, Line]) -> Found | None:
    due = [each for each in file.records if each.kind in lines]
    roots: Rows = {}
    for each in due:
        roots.setdefault(each.model, set()).add(each.pk)
    going = going_with(roots)
    counted = {kind: Counter(_what_goes(due, kind, going)) for kind in lines}
    there = [_with(line, counted[kind]) for kind, line in lines.items() if counted[kind]]
    return Found(sorted(there, key=lambda each: each.kind), going) if there else None


def _what_goes(due: list[Record], kind: str, going: Going) -> list[str]:
    rows = [each for each in due if each.kind == kind and each.what]
    return [each.what for each in rows if each.pk in going.rows.get(each.model, ())]


def _with(line: Line, counts: Mapping[str, int]) -> Line:
    return replace(line, counts=dict(sorted(counts.items())))


def group_notes_due(organisation: Organisation, today: date) -> Found | None:
    """Notes of groups, with no child in them, that are older than their term."""
    rule = term(GROUPS, today, chosen_terms(organisation.pk))
    rows = Entry.objects.unrestricted(reason="how long it is kept")
    roots: dict[Any, str] = {}
    days = []
    for pk, kind, day in rows.filter(organisation=organisation, child=None).values_list(
        "pk", "kind", "day"
    ):
        if months_after(day, rule.months or 0) <= today:
            roots[pk] = kind
            days.append(day)
    going = going_with({Entry: set(roots)})
    gone = going.rows.get(Entry, set())
    if not gone:
        return None
    counts = Counter(kind for pk, kind in roots.items() if pk in gone)
    line = Line(GROUPS, dict(counts), rule.starts, rule.months, max(days), today)
    return Found([line], going)
