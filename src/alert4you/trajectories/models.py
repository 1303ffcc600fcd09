"""A practice that runs: the trajectory, who has which part, its plan, its decisions, the voices."""

from datetime import date, timedelta
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alert4you.access.models import Entry, Kind, LineEntry
from alert4you.kernel.guard import GuardedQuerySet
from alert4you.kernel.models import Entity
from alert4you.notes.models import How
from alert4you.organisations.models import Membership, Organisation, Person
from alert4you.practices.models import PracticeTemplate


class Trajectory(LineEntry):
    """One practice template, followed for a child or (``child`` empty) at a location.

    ``phase``, ``next_due`` and ``ended_on`` are kept for work lists only; they are what the engine
    answers from the facts, and are rebuilt from them. ``chosen`` holds the numbers that the source
    leaves open: ``{choice key: number}``.
    """

    kinds = (Kind.TRAJECTORY,)

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
    """This entry was this activity in this phase of the trajectory; an entry counts once.

    ``told``: the parents did it, and staff wrote down what they told.
    """

    trajectory = models.ForeignKey(Trajectory, models.CASCADE, related_name="steps")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="counted_as")
    phase = models.CharField(max_length=50)
    activity = models.CharField(max_length=50)
    minutes = models.PositiveSmallIntegerField(null=True)
    told = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["trajectory", "entry"], name="step_counts_once")
        ]

    def __str__(self) -> str:
        return self.activity


class Plan(LineEntry):
    """One version of the plan; a change is a next version. ``goals``: see ``rules.planning.Goal``.

    ``taper``: ``[[Monday, days a week], ...]``; empty when this version says nothing of it.
    """

    kinds = (Kind.PLAN,)

    entry_ptr = models.OneToOneField(
        Entry, models.CASCADE, parent_link=True, primary_key=True, related_name="as_plan"
    )
    trajectory = models.ForeignKey(Trajectory, models.CASCADE, related_name="plans")
    number = models.PositiveSmallIntegerField()
    end_goal = models.TextField(blank=True)
    goals = models.JSONField(default=list)
    evaluation_on = models.DateField(null=True)
    taper = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["trajectory", "number"], name="plan_version_once")
        ]


class Decision(LineEntry):
    """Persons decided at a gate of the practice; ``text`` holds the reasons."""

    kinds = (Kind.DECISION,)

    entry_ptr = models.OneToOneField(
        Entry, models.CASCADE, parent_link=True, primary_key=True, related_name="as_decision"
    )
    trajectory = models.ForeignKey(Trajectory, models.CASCADE, related_name="decisions")
    gate = models.CharField(max_length=50)
    choice = models.CharField(max_length=50)
    early_reason = models.TextField(blank=True)
    next_on = models.DateField(null=True)
    leads_to = models.CharField(max_length=100, blank=True)


class Move(LineEntry):
    """The trajectory follows another version of its practice from now on; ``text`` says why and what changed.

    What it followed before is kept. ``phase``: where persons chose to go on, when it could not simply.
    """

    kinds = (Kind.DECISION,)

    entry_ptr = models.OneToOneField(
        Entry, models.CASCADE, parent_link=True, primary_key=True, related_name="as_move"
    )
    trajectory = models.ForeignKey(Trajectory, models.CASCADE, related_name="moves")
    before = models.ForeignKey(PracticeTemplate, models.PROTECT, related_name="+")
    chosen_before = models.JSONField(default=dict)
    phase = models.CharField(max_length=50, blank=True)


class VoiceOf(models.TextChoices):
    PARENTS = "parents", _("parents")
    GROUP_WORKER = "group_worker", _("group worker")
    CARE = "care", _("youth care")
    MANAGER = "manager", _("location manager")
    SCHOOL = "school", _("school")
    CHILD = "child", _("the child")
    GUARDIAN = "guardian", _("guardian")


class Voice(Entity):
    """What one party thinks of a plan version, a decision or something that was seen (``entry``).

    ``outside``: somebody who does not work where the trajectory runs. Nothing is ever overwritten.
    ``how``: a parent said it so, and ``recorded_by`` wrote it down ("": on a screen).
    """

    trajectory = models.ForeignKey(Trajectory, models.CASCADE, related_name="voices")
    plan = models.ForeignKey(Plan, models.CASCADE, null=True, related_name="voices")
    decision = models.ForeignKey(Decision, models.CASCADE, null=True, related_name="voices")
    entry = models.ForeignKey(Entry, models.CASCADE, null=True, related_name="+")
    gate = models.CharField(max_length=50, blank=True)
    outside = models.BooleanField(default=False)
    of = models.CharField(max_length=20, choices=VoiceOf.choices)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    words = models.TextField(blank=True)
    agrees = models.BooleanField(null=True)
    how = models.CharField(max_length=10, choices=How.choices, blank=True)
    recorded_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    record_kind = "voice"

    objects = GuardedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(plan__isnull=False) | Q(entry__isnull=False) | ~Q(gate=""),
                name="voice_is_about_something",
            )
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def subject_id(self) -> UUID | None:
        return self.trajectory.child_id


class IndicationFor(models.TextChoices):
    """What an indication is for; the words of the practice language."""

    EARLY_EDUCATION = "early_education", _("early education")
    SOCIAL_MEDICAL = "social_medical", _("social-medical indication")
    YOUTH_CARE = "youth_care", _("youth care")
    MEDICAL_DAYCARE = "medical_daycare", _("medical day care")


class Indication(LineEntry):
    """Somebody decided that the child may have this, in ``[starts, ends)``.

    ``party``: where the place is. ``released_at``: since when the parents and the party both said
    that it may go (see ``Release``).
    """

    kinds = (Kind.INDICATION,)

    entry_ptr = models.OneToOneField(
        Entry, models.CASCADE, parent_link=True, primary_key=True, related_name="as_indication"
    )
    what = models.CharField(max_length=30, choices=IndicationFor.choices)
    decided_by = models.CharField(max_length=200)
    party = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    starts = models.DateField()
    ends = models.DateField()
    released_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")), name="indication_ends_after_it_starts"
            )
        ]

    @property
    def last_day(self) -> date:
        return self.ends - timedelta(days=1)


class Side(models.TextChoices):
    """Who must say that a place may go."""

    PARENTS = "parents", _("parents")
    PARTY = "party", _("where the place is")


class Release(Entity):
    """One parent, or the party, says that the place may go. ``name``: who said so, told by staff."""

    indication = models.ForeignKey(Indication, models.CASCADE, related_name="releases")
    side = models.CharField(max_length=10, choices=Side.choices)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200, blank=True)
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    words = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["indication", "person"],
                condition=Q(side="parents"),
                name="release_once_per_parent",
            ),
            models.UniqueConstraint(
                fields=["indication"], condition=Q(side="party"), name="release_once_by_the_party"
            ),
        ]


class GrowthDocument(Entity):
    """Everything done so far, gathered for another place; the parents approve it before it goes out.

    ``words``: what the parents add. A later one takes over; what was given stays as it was.
    """

    record_kind = "growth_document"

    trajectory = models.ForeignKey(Trajectory, models.CASCADE, related_name="growth_documents")
    number = models.PositiveSmallIntegerField()
    words = models.TextField(blank=True)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    items = models.ManyToManyField(Entry, through="GrowthItem", related_name="+")

    objects = GuardedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["trajectory", "number"], name="growth_document_once")
        ]

    @property
    def subject_id(self) -> UUID | None:
        return self.trajectory.child_id

    @property
    def mark(self) -> str:
        """Tells the document as it is now from what it was before."""
        return f"{self.number}-{self.changed_at.timestamp()}"


class GrowthItem(models.Model):
    """One thing in the document; the parents may leave it out."""

    document = models.ForeignKey(GrowthDocument, models.CASCADE, related_name="rows")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")
    left_out = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "entry"], name="growth_item_once")
        ]

    def __str__(self) -> str:
        return str(self.entry_id)


class GrowthApproval(Entity):
    """A parent read the document as it is now, and it may go out."""

    document = models.ForeignKey(GrowthDocument, models.CASCADE, related_name="approvals")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "person"], name="growth_approved_once")
        ]


class GrowthHanded(Entity):
    """To whom the document was given, by whom and when."""

    document = models.ForeignKey(GrowthDocument, models.CASCADE, related_name="handed")
    to = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
