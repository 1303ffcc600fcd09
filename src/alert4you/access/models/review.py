"""What somebody looks at afterwards: the weekly list from the audit trail, and what parents ask about it."""

from datetime import date, timedelta
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alert4you.access.models.openings import Opening
from alert4you.children.models import Child
from alert4you.kernel.guard import GuardedQuerySet
from alert4you.kernel.models import Entity
from alert4you.organisations.models import Membership, Organisation, Person

CHILDREN_AN_HOUR = 20


class ReviewSetting(Entity):
    """From how many different children in an hour on, reading is put on the list of an organisation."""

    organisation = models.OneToOneField(Organisation, models.CASCADE, related_name="+")
    children_an_hour = models.PositiveSmallIntegerField(default=CHILDREN_AN_HOUR)


class Review(Entity):
    """The list of one organisation about one week (``week``: its Monday); made also when it is empty."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    week = models.DateField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "week"], name="review_once_a_week")
        ]

    @property
    def last_day(self) -> date:
        return self.week + timedelta(days=6)


class Finding(models.TextChoices):
    """Why a line is on the list."""

    EMERGENCY = "emergency", _("opened in an emergency")
    SUPPORT = "support", _("support looked along")
    FAMILY = "family", _("read about a child of the own family")
    AFTER_CARE = "after_care", _("read after the care had ended")
    OFF_ROSTER = "off_roster", _("read on a day without work with this child")
    MANY = "many", _("read about many children in one hour")


class Verdict(models.TextChoices):
    OK = "ok", _("this is right")
    ASKED = "asked", _("asked about it, and answered well")
    BREACH = "breach", _("this was not allowed")


class ReviewLine(Entity):
    """What one person did that must be looked at: record ids and moments, never what was read.

    ``child`` is empty when it is about many. ``times`` is how many pages were read (for many children:
    how many children). A line stays open until somebody else than ``person`` says what was found.
    """

    review = models.ForeignKey(Review, models.CASCADE, related_name="lines")
    finding = models.CharField(max_length=20, choices=Finding.choices)
    child = models.ForeignKey(Child, models.CASCADE, null=True, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    role = models.CharField(max_length=30)
    opening = models.ForeignKey(Opening, models.CASCADE, null=True, related_name="+")
    first_at = models.DateTimeField()
    times = models.PositiveIntegerField(default=1)
    verdict = models.CharField(max_length=10, choices=Verdict.choices, blank=True)
    word = models.CharField(max_length=500, blank=True)
    reviewed_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reviewed_at=None, verdict="")
                | Q(reviewed_at__isnull=False) & ~Q(verdict="") & ~Q(word=""),
                name="review_line_has_a_verdict_and_a_word",
            )
        ]

    @property
    def subject_id(self) -> UUID | None:
        return self.child_id


class LookQuestion(Entity):
    """A parent asks about somebody who looked on ``looked_on``; answered before ``due_at``."""

    record_kind = "look_question"

    child = models.ForeignKey(Child, models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    looked_on = models.DateField()
    text = models.TextField()
    at = models.DateTimeField()
    due_at = models.DateTimeField()
    announced_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    objects = GuardedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None) | ~Q(answer=""), name="look_question_is_answered"
            )
        ]

    @property
    def subject_id(self) -> UUID:
        return self.child_id
