"""What should go and who approved it, what an organisation chose, what stays as proof for a while."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Self
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alert4you.children.models import Child
from alert4you.kernel.guard import GuardedQuerySet
from alert4you.kernel.models import Entity
from alert4you.organisations.models import Membership, Organisation, Person


@dataclass(frozen=True)
class Line:
    """Records of one kind that can go: ``began`` and ``due`` are days, ``counts`` by what they are.

    The days are None when it was asked for, whatever the term.
    """

    kind: str
    counts: Mapping[str, int]
    starts: str = ""
    months: int | None = None
    began: date | None = None
    due: date | None = None

    @property
    def number(self) -> int:
        return sum(self.counts.values())

    def as_json(self) -> dict[str, Any]:
        days = {"began": self.began, "due": self.due}
        return asdict(self) | {name: day and day.isoformat() for name, day in days.items()}

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Self:
        days = {name: told[name] and date.fromisoformat(told[name]) for name in ("began", "due")}
        return cls(**{**told, **days})


class Why(models.TextChoices):
    TERM = "term", _("the time to keep it is over")
    REQUEST = "request", _("this was asked for")
    TRAIL = "trail", _("the time to keep the audit trail is over")


class Erasure(Entity):
    """What should go of one child in one organisation; once it went, the proof of it without content.

    ``lines``: per record kind the rule, the day and the counts (``Line``). ``chosen``: the
    entries of a request that is about some only; None is the whole file. ``fingerprint`` tells the rows
    as they were when it was shown. Carried out, ``child``, ``chosen`` and ``reason`` are empty and
    ``digest`` covers every row that went. ``child`` empty from the start: notes of groups, or of the
    audit trail what is older than its term.
    """

    record_kind = "erasure"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    child = models.ForeignKey(Child, models.SET_NULL, null=True, related_name="+")
    why = models.CharField(max_length=10, choices=Why.choices)
    lines = models.JSONField(default=list)
    chosen = models.JSONField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    fingerprint = models.CharField(max_length=64)
    found_at = models.DateTimeField()
    proposed_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    stopped_at = models.DateTimeField(null=True)
    executed_at = models.DateTimeField(null=True)
    digest = models.CharField(max_length=64, blank=True)

    objects = GuardedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "child", "why"],
                condition=Q(stopped_at=None, executed_at=None),
                name="erasure_open_once",
            ),
            models.UniqueConstraint(
                fields=["organisation", "why"],
                condition=Q(child=None, stopped_at=None, executed_at=None),
                name="erasure_open_once_without_a_child",
            ),
            models.CheckConstraint(
                condition=Q(executed_at=None)
                | Q(child=None, chosen=None, reason="", stopped_at=None) & ~Q(digest=""),
                name="erasure_proof_holds_no_content",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "-found_at"], name="erasure_of_a_place")]

    @property
    def subject_id(self) -> UUID | None:
        return self.child_id

    @property
    def is_open(self) -> bool:
        return self.executed_at is None and self.stopped_at is None

    def show(self, lines: Iterable[Line], fingerprint: str) -> None:
        """Take over what was found, to show it and to know it again."""
        self.lines, self.fingerprint = [each.as_json() for each in lines], fingerprint

    @property
    def shown(self) -> list[Line]:
        return [Line.from_json(each) for each in self.lines]


class Approval(Entity):
    """One person looked at the counts and the rule, and says: this may go."""

    erasure = models.ForeignKey(Erasure, models.CASCADE, related_name="approvals")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["erasure", "person"], name="erasure_approved_by_two")
        ]

    @property
    def subject_id(self) -> UUID | None:
        return self.erasure.child_id


class ChosenTerm(Entity):
    """How many months an organisation keeps a kind of record, where the law leaves that open."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=30)
    months = models.PositiveSmallIntegerField()
    chosen_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "kind"], name="term_chosen_once")
        ]


class KeptProof(Entity):
    """The file went on ``since``; who agreed to what stays until its own term is over."""

    child = models.ForeignKey(Child, models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    since = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["child", "organisation"], name="kept_proof_once")
        ]
