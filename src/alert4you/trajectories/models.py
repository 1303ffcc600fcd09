"""A practice that runs: the trajectory, who has which part, its plan, its decisions, the voices."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alert4you.access.models import Entry, LineEntry
from alert4you.kernel.models import Entity
from alert4you.organisations.models import Membership, Person
from alert4you.practices.models import PracticeTemplate


class Trajectory(LineEntry):
    """One practice template, followed for a child or (``child`` empty) at a location.

    ``phase``, ``next_due`` and ``ended_on`` are kept for work lists only; they are what the engine
    answers from the facts, and are rebuilt from them. ``chosen`` holds the numbers that the source
    leaves open: ``{choice key: number}``.
    """

    template = models.ForeignKey(PracticeTemplate, models.PROTECT, related_name="+")
    chosen = models.JSONField(default=dict)
    lead = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    cover = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    phase = models.CharField(max_length=50, blank=True)
    next_due = models.DateField(null=True)
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(lead=F("cover")), name="trajectory_cover_is_somebody_else"
            )
        ]
        indexes = [
            models.Index(fields=["next_due"], name="trajectory_due", condition=Q(ended_on=None))
        ]


class Part(models.Model):
    """Who plays which role of the practice."""

    trajectory = models.ForeignKey(Trajectory, models.CASCADE, related_name="parts")
    role = models.CharField(max_length=50)
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["trajectory", "role"], name="part_one_per_role")
        ]

    def __str__(self) -> str:
        return self.role


class Step(models.Model):
    """This entry was this activity in this phase of the trajectory; an entry counts once."""

    trajectory = models.ForeignKey(Trajectory, models.CASCADE, related_name="steps")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="counted_as")
    phase = models.CharField(max_length=50)
    activity = models.CharField(max_length=50)
    minutes = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["trajectory", "entry"], name="step_counts_once")
        ]

    def __str__(self) -> str:
        return self.activity


class Plan(LineEntry):
    """One version of the plan; a change is a next version. ``goals``: see ``rules.planning.Goal``."""

    entry_ptr = models.OneToOneField(
        Entry, models.CASCADE, parent_link=True, primary_key=True, related_name="as_plan"
    )
    trajectory = models.ForeignKey(Trajectory, models.CASCADE, related_name="plans")
    number = models.PositiveSmallIntegerField()
    end_goal = models.TextField(blank=True)
    goals = models.JSONField(default=list)
    evaluation_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["trajectory", "number"], name="plan_version_once")
        ]


class Decision(LineEntry):
    """Persons decided at a gate of the practice; ``text`` holds the reasons."""

    entry_ptr = models.OneToOneField(
        Entry, models.CASCADE, parent_link=True, primary_key=True, related_name="as_decision"
    )
    trajectory = models.ForeignKey(Trajectory, models.CASCADE, related_name="decisions")
    gate = models.CharField(max_length=50)
    choice = models.CharField(max_length=50)
    early_reason = models.TextField(blank=True)
    next_on = models.DateField(null=True)
    leads_to = models.CharField(max_length=100, blank=True)


class VoiceOf(models.TextChoices):
    PARENTS = "parents", _("parents")
    GROUP_WORKER = "group_worker", _("group worker")
    CARE = "care", _("youth care")
    MANAGER = "manager", _("location manager")
    SCHOOL = "school", _("school")
    CHILD = "child", _("the child")
    GUARDIAN = "guardian", _("guardian")


class Voice(Entity):
    """What one party thinks of a plan version or of the decision ahead, in its own words."""

    trajectory = models.ForeignKey(Trajectory, models.CASCADE, related_name="voices")
    plan = models.ForeignKey(Plan, models.CASCADE, null=True, related_name="voices")
    decision = models.ForeignKey(Decision, models.CASCADE, null=True, related_name="voices")
    gate = models.CharField(max_length=50, blank=True)
    of = models.CharField(max_length=20, choices=VoiceOf.choices)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    words = models.TextField(blank=True)
    agrees = models.BooleanField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(plan__isnull=False) | ~Q(gate=""), name="voice_is_about_something"
            )
        ]

    def __str__(self) -> str:
        return self.words
