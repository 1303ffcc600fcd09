"""What the pages show: what waits for two people, what a hold keeps, what went, and the terms."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from alert4you.access.queries.marks import Hold, legal_holds
from alert4you.access.queries.openings import file_number
from alert4you.access.rules.marks import answers_for_file
from alert4you.children.models import Child
from alert4you.kernel.decision import Decision, NotVisible
from alert4you.kernel.kept import kept
from alert4you.kernel.wall.standing import opened
from alert4you.organisations.models import NOBODY, Actor, Organisation
from alert4you.retention.models import Approval, Erasure, Line
from alert4you.retention.policy import APPROVERS
from alert4you.retention.queries.due import chosen_terms
from alert4you.retention.rules import plainly
from alert4you.retention.rules.due import APPROVALS, may_approve, may_withdraw
from alert4you.retention.rules.terms import Term, kinds_of, term

PROOFS_SHOWN = 25
INITIALS = "initials and year of birth, for who approves"


@dataclass(frozen=True)
class Part:
    """One kind of record on a page: what there is of it, how much, and why it may go."""

    name: str
    number: int
    counts: list[tuple[str, int]]
    why: str

    @classmethod
    def of(cls, line: Line) -> "Part":
        told = sorted((plainly.what_name(what), n) for what, n in line.counts.items())
        return cls(plainly.kind_name(line.kind), line.number, told, plainly.why(line))


@dataclass(frozen=True)
class Row:
    """One erasure as a list shows it; ``hold`` is the mark that keeps everything."""

    erasure: Erasure
    parts: list[Part]
    yes: list[Approval]
    mine: bool
    hold: Hold | None = None

    @property
    def number(self) -> int:
        return sum(each.number for each in self.parts)

    @property
    def who(self) -> str:
        """The child by its initials and year of birth, so that a screen tells nothing."""
        child = self.erasure.child
        return f"{initials(child)}, {child.born.year}" if child else ""

    @property
    def file(self) -> str:
        return file_number(self.erasure.child_id)

    @property
    def missing(self) -> int:
        return max(APPROVALS - len(self.yes), 0)


@dataclass(frozen=True)
class Overview:
    waiting: list[Row]
    held: list[Row]
    done: list[Row]


@dataclass(frozen=True)
class Page:
    """One erasure with what this hat can do; ``may_hold``: set a legal hold, or end one of our own."""

    row: Row
    may_approve: Decision
    may_withdraw: Decision
    may_hold: bool


@dataclass(frozen=True)
class Rule:
    """One kind of record, how long it is kept here, and what can be chosen."""

    term: Term
    name: str
    time: str
    proposed: str
    counts_from: str
    choice: str
    sure: str
    source: str


def initials(child: Child) -> str:
    return f"{child.first_name[:1]}. {child.last_name.split()[-1][:1]}."


def overview(actor: Actor) -> Overview:
    """Everything for whoever approves; NotVisible for everybody else."""
    _only_approvers(actor)
    rows = _rows(actor)
    due = rows.filter(executed_at=None, stopped_at=None).order_by("found_at", "pk")
    gone = rows.filter(executed_at__isnull=False).order_by("-executed_at", "pk")
    with opened(reason=INITIALS):
        there, done = list(due), list(gone[:PROOFS_SHOWN])
    holds = legal_holds(actor, [each.child_id for each in there if each.child_id])
    told = [_row(actor, each, holds.get(each.child_id or NOBODY)) for each in there]
    return Overview(
        [each for each in told if not each.hold and each.parts],
        [each for each in told if each.hold],
        [_row(actor, each, None) for each in done],
    )


def waits_for(actor: Actor) -> int:
    """How many still miss a yes that this person can give."""
    return sum(1 for lines in _waiting(actor) if lines)


@kept
def _waiting(actor: Actor) -> QuerySet[Erasure, list[Any]]:
    rows = Erasure.objects.visible_to(actor).filter(executed_at=None, stopped_at=None)
    return rows.exclude(approvals__person=actor.person_id).values_list("lines", flat=True)


def erasure(actor: Actor, erasure_id: UUID) -> Page:
    _only_approvers(actor)
    shown = Q(stopped_at=None) | Q(executed_at__isnull=False)
    with opened(reason=INITIALS):
        found = _rows(actor).filter(shown, pk=erasure_id).first()
    if found is None:
        raise NotVisible
    holds = legal_holds(actor, [found.child_id] if found.child_id else [])
    row = _row(actor, found, holds.get(found.child_id or NOBODY))
    answers = found.child is not None and answers_for_file(actor, found.child)
    can_hold = answers and (row.hold is None or row.hold.is_ours)
    return Page(row, may_approve(actor, found), may_withdraw(actor, found), can_hold)


def to_hold(actor: Actor, erasure_id: UUID) -> Page:
    """One of a child that is still there, whose hold this hat can set, or end when it is our own."""
    page = erasure(actor, erasure_id)
    if not page.may_hold:
        raise NotVisible
    return page


def rules(actor: Actor) -> list[Rule]:
    """The terms as they hold here today, of the kinds of record such an organisation has."""
    _only_approvers(actor)
    chosen = chosen_terms(actor.organisation_id)
    here = kinds_of(Organisation.objects.get(pk=actor.organisation_id).kind)
    return [_rule(term(kind, actor.today, chosen), term(kind, actor.today)) for kind in here]


def rule(actor: Actor, kind: str) -> Rule:
    """One that can be chosen."""
    found = next((each for each in rules(actor) if each.term.kind == kind), None)
    if found is None or not found.term.choice:
        raise NotVisible
    return found


def _rule(held: Term, proposed: Term) -> Rule:
    return Rule(
        held,
        plainly.kind_name(held.kind),
        plainly.time(held.months) if held.months else "",
        plainly.time(proposed.months) if proposed.months and held.chosen else "",
        str(plainly.COUNTS_FROM[held.starts]),
        str(plainly.CHOICES[held.choice]),
        str(plainly.SURE[held.sure]),
        held.source[get_language() or "en"],
    )


def _rows(actor: Actor) -> QuerySet[Erasure]:
    rows = Erasure.objects.visible_to(actor).select_related("child", "proposed_by__person")
    return rows.prefetch_related("approvals__membership__person")


def _row(actor: Actor, found: Erasure, hold: Hold | None) -> Row:
    yes: Sequence[Approval] = sorted(found.approvals.all(), key=lambda each: each.at)
    mine = any(each.person_id == actor.person_id for each in yes)
    return Row(found, [Part.of(each) for each in found.shown], list(yes), mine, hold)


def _only_approvers(actor: Actor) -> None:
    if actor.role not in APPROVERS:
        raise NotVisible
