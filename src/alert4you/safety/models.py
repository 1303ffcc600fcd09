"""A concern about a child's safety, who may know of it, and what was done, step by step.

The audit trail keeps a concern under the concern's own id and never under the child's: parents see
who looked in the file of their child, and may not learn from it that there is a concern.
"""

from collections.abc import Sequence
from typing import Any, NoReturn
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alert4you.children.models import Child
from alert4you.kernel.guard import GuardedQuerySet
from alert4you.kernel.models import Entity
from alert4you.organisations.models import Membership, Organisation, Period, Person


class AppendOnly(Exception):
    """What was written in a safety record stays; a correction is a new row."""


class About(models.TextChoices):
    """What a concern is about; each has its own path (Wko 1.51a, and 1.51b and c)."""

    HOME = "home", _("the child is perhaps not safe at home or around it")
    STAFF = "staff", _("somebody who works here perhaps did something to the child")


class Task(models.TextChoices):
    """A task in one organisation: its holder sees the concerns that belong to it."""

    OFFICER = "officer", _("attention officer")
    HOLDER = "holder", _("holder (of the childcare organisation)")


class Part(models.TextChoices):
    """What can be recorded in a concern: the steps of both paths, and what stands beside them."""

    SIGNALS = "signals", _("signals")
    ADVICE = "advice", _("advice")
    TALK = "talk", _("talk")
    WEIGHING = "weighing", _("weighing")
    DECISION = "decision", _("decisions")
    TOLD = "told", _("told the holder")
    INSPECTOR = "inspector", _("inspector for trust")
    POLICE = "police", _("police")
    HANDED = "handed", _("handed over")
    CLOSED = "closed", _("closed")


class Party(models.TextChoices):
    COLLEAGUE = "colleague", _("a colleague")
    SAFE_HOME = "safe_home", _("Veilig Thuis")
    PARENTS = "parents", _("the parents")
    CHILD = "child", _("the child")


class Ground(models.TextChoices):
    """Why the steps are taken in another order, or one is not taken."""

    ACUTE = "acute", _("there is danger now")
    CHILD = "child", _("it would make the child less safe")
    OTHER = "other", _("another reason")


class Written(GuardedQuerySet):
    """Rows that are read and added, and never changed."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnly


class Kept(Entity):
    """A row that is written once."""

    objects = Written.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnly
        super().save(*args, **kwargs)


class Concern(Kept):
    """Whether it is open or closed follows from its acts."""

    record_kind = "concern"

    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    about = models.CharField(max_length=10, choices=About.choices)
    opened_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.about} {self.at:%Y-%m-%d}"

    @property
    def subject_id(self) -> UUID:
        return self.pk


class Accused(Entity):
    """Whom a suspicion is about: this person finds nothing, in whatever hat and named by whomever."""

    concern = models.ForeignKey(Concern, models.CASCADE, related_name="accused")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["concern", "person"], name="accused_once_a_concern")
        ]


class SafetyMember(Entity):
    """This hat may know of the concern during ``[starts, ends)``, and why."""

    concern = models.ForeignKey(Concern, models.CASCADE, related_name="members")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    why = models.CharField(max_length=300)
    named_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    starts = models.DateField()
    ends = models.DateField(null=True)

    objects = Period.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["concern", "membership"],
                condition=Q(ends=None),
                name="safety_member_once_at_a_time",
            )
        ]

    @property
    def subject_id(self) -> UUID:
        return self.concern_id


class SafetyPost(Entity):
    """Who has a task for safety in an organisation during ``[starts, ends)``."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    task = models.CharField(max_length=10, choices=Task.choices)
    starts = models.DateField()
    ends = models.DateField(null=True)

    objects = Period.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "task"],
                condition=Q(ends=None),
                name="safety_post_once_at_a_time",
            )
        ]


class Act(Kept):
    """One thing that was done, decided, or knowingly left out, with its day.

    ``with_whom``: in words, the person or office. ``answers``: own words for each of the weighing
    questions that hold since ``questions_of``. ``must_report`` and ``gives_help`` are the two decisions
    of step 5. ``corrects``: what this row sets right; the row itself stays to be read.
    """

    record_kind = "concern"

    concern = models.ForeignKey(Concern, models.PROTECT, related_name="acts")
    part = models.CharField(max_length=10, choices=Part.choices)
    day = models.DateField()
    party = models.CharField(max_length=10, choices=Party.choices, blank=True)
    with_whom = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    left_out = models.BooleanField(default=False)
    ground = models.CharField(max_length=10, choices=Ground.choices, blank=True)
    reason = models.TextField(blank=True)
    answers = models.JSONField(default=list)
    questions_of = models.DateField(null=True)
    must_report = models.BooleanField(null=True)
    gives_help = models.BooleanField(null=True)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    weighed: Sequence[tuple[Any, str]] = ()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(part=Part.DECISION)
                | Q(left_out=True)
                | Q(must_report__isnull=False, gives_help__isnull=False),
                name="safety_decision_is_two_decisions",
            ),
            models.CheckConstraint(
                condition=Q(left_out=False) | ~Q(reason=""), name="safety_left_out_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part} {self.day}"

    @property
    def subject_id(self) -> UUID:
        return self.concern_id
