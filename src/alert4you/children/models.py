"""Children, who has authority over them, and where they are."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Self
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from alert4you.kernel import namesakes
from alert4you.kernel.guard import GuardedQuerySet
from alert4you.kernel.models import Entity
from alert4you.organisations.models import Group, Membership, Organisation, Period, Person, running


class Child(Entity):
    """One child, one line; where it is and who may know follows from relations."""

    record_kind = "child"
    names = "first_name", "full_name", "full_name_and_birth"

    first_name = models.CharField(_("first name"), max_length=100)
    last_name = models.CharField(_("last name"), max_length=100)
    born = models.DateField(_("date of birth"))

    objects = GuardedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["born"], name="child_born")]

    def __str__(self) -> str:
        return namesakes.called(self)

    @classmethod
    def from_db(cls, *stored: Any, **more: Any) -> Self:
        child = super().from_db(*stored, **more)
        if not child.get_deferred_fields():
            namesakes.meet(child)
        return child

    @property
    def subject_id(self) -> UUID:
        return self.pk

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}"

    @property
    def listed(self) -> str:
        """The whole name, and more where another on this page shares it."""
        return namesakes.called(self, least=1)

    @property
    def full_name_and_birth(self) -> str:
        return f"{self.full_name} ({date_format(self.born, 'j-n-Y')})"

    def age_in_months(self, day: date) -> int:
        """Whole months lived on a day."""
        months = (day.year - self.born.year) * 12 + day.month - self.born.month
        return months - (day.day < self.born.day)

    def age_in_years(self, day: date) -> int:
        return self.age_in_months(day) // 12


class GuardianKind(models.TextChoices):
    PARENT = "parent", _("parent")
    FOSTER_PARENT = "foster_parent", _("foster parent")
    GUARDIAN = "guardian", _("guardian")
    INSTITUTION = "institution", _("guardian of a certified institution")
    SUPERVISOR = "supervisor", _("family supervisor")


class Guardian(Entity):
    """A person stands in this relation to a child, with or without authority, in a period.

    A guardian institution is a person (its representative) with the organisation filled in. What was
    shown as proof of authority, and when, is kept in ``proof``.
    """

    child = models.ForeignKey(Child, models.CASCADE, related_name="guardians")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField(_("relation"), max_length=20, choices=GuardianKind.choices)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    has_authority = models.BooleanField(_("has authority"))
    proof = models.CharField(_("what was shown, to whom"), max_length=200, blank=True)
    starts = models.DateField(_("from"))
    ends = models.DateField(_("until"), null=True, blank=True)

    objects = Period.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child", "person"], condition=Q(ends=None), name="guardian_one_running"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.get_kind_display()})"


@dataclass(frozen=True)
class Standing:
    """How somebody stands to a child. ``proof``: what was shown of the authority, and to whom."""

    has_authority: bool
    kind: str = GuardianKind.PARENT
    organisation: Organisation | None = None
    proof: str = ""


class LegalBasis(models.TextChoices):
    CONTRACT = "contract", _("childcare contract")
    SMI = "smi", _("social-medical indication")
    EARLY_EDUCATION = "early_education", _("early education")
    YOUTH_ACT = "youth_act", _("Youth Act decision")
    OTHER = "other", _("other ground")


class DayPart(models.TextChoices):
    MORNING = "morning", _("morning")
    AFTERNOON = "afternoon", _("afternoon")
    AFTER_SCHOOL = "after_school", _("after school")


class PlacementQuerySet(GuardedQuerySet):
    def on(self, day: date) -> Self:
        """Those that run on a day."""
        return self.filter(running(day))


class Placement(Entity):
    """A child has a place on a group during ``[starts, ends)``; several can run side by side."""

    record_kind = "placement"

    child = models.ForeignKey(Child, models.CASCADE, related_name="placements")
    group = models.ForeignKey(Group, models.PROTECT, related_name="+")
    basis = models.CharField(_("legal basis"), max_length=20, choices=LegalBasis.choices)
    purpose = models.CharField(_("why this place"), max_length=200, blank=True)
    review_on = models.DateField(_("looked at again on"), null=True, blank=True)
    mentor = models.ForeignKey(Membership, models.PROTECT, null=True, blank=True, related_name="+")
    starts = models.DateField(_("from"))
    ends = models.DateField(_("until"), null=True, blank=True)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gt=models.F("starts")),
                name="placement_ends_after_it_starts",
            )
        ]

    @property
    def subject_id(self) -> UUID:
        return self.child_id

    @property
    def last_day(self) -> date | None:
        return self.ends and self.ends - timedelta(days=1)


class PlacementDay(models.Model):
    """On this weekday (Monday is 0) and part of the day the child is there."""

    placement = models.ForeignKey(Placement, models.CASCADE, related_name="days")
    weekday = models.PositiveSmallIntegerField()
    part = models.CharField(max_length=20, choices=DayPart.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["placement", "weekday", "part"], name="placement_day_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.part}"


class OwnPerson(Entity):
    """A colleague is one of the child's own people (vast gezicht) on this place during ``[starts, ends)``."""

    part_of = "placement"

    placement = models.ForeignKey(Placement, models.CASCADE, related_name="own_people")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    starts = models.DateField(_("from"))
    ends = models.DateField(_("until"), null=True)

    objects = GuardedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["placement", "membership"],
                condition=Q(ends=None),
                name="own_person_once_at_a_time",
            )
        ]

    @property
    def subject_id(self) -> UUID:
        return self.placement.child_id


class Hold(Entity):
    """A place on ``group`` is kept free for a child until a day: from ``starts`` on, on the ``wanted`` days.

    ``wanted``: [[weekday, part of the day], ...]. It is gone when the child comes, or when it is let go.
    """

    record_kind = "hold"

    child = models.ForeignKey(Child, models.CASCADE, related_name="+")
    group = models.ForeignKey(Group, models.CASCADE, related_name="+")
    wanted = models.JSONField()
    starts = models.DateField(_("from"))
    until = models.DateField(_("kept until"))
    held_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")

    objects = GuardedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["child", "group"], name="hold_once")]

    @property
    def subject_id(self) -> UUID:
        return self.child_id


class EntryGround(models.TextChoices):
    """Why a child comes to a group that is for special children by design."""

    SPECIAL_SCHOOL = "special_school", _("goes to a special school")
    OWN_BUDGET = "own_budget", _("extra money of its own at a regular school (cluster 4)")


class Transport(models.TextChoices):
    SELF = "self", _("on foot or by bicycle")
    PARENTS = "parents", _("the parents bring")
    BUS = "bus", _("by bus or taxi")
    STAFF = "staff", _("somebody of the group fetches")


class PlusAgreement(Entity):
    """What a place chose for its plus group; no source gives these numbers.

    ``by_design``: for special children only, who each have an entry ground. ``near_km``: until how many
    kilometres from home is the own environment. ``months``: after how many months at most people look
    again whether a child can go to a regular place.
    """

    group = models.OneToOneField(Group, models.CASCADE, related_name="+")
    by_design = models.BooleanField(default=False)
    near_km = models.PositiveSmallIntegerField()
    months = models.PositiveSmallIntegerField()


class PlusPlace(Entity):
    """The way back of a place on a plus group, beside the purpose and the date to look again.

    ``tried``: what ``from_group`` did before the child came here. Distances are whole kilometres; None
    and an empty ``transport`` are "nobody wrote it down yet". Read together with its placement.
    """

    part_of = "placement"

    placement = models.OneToOneField(Placement, models.CASCADE, related_name="plus")
    way_back = models.CharField(_("the way back"), max_length=300)
    from_group = models.ForeignKey(Group, models.PROTECT, null=True, related_name="+")
    tried = models.JSONField(default=list)
    ground = models.CharField(max_length=20, choices=EntryGround.choices, blank=True)
    home_school_km = models.PositiveSmallIntegerField(null=True)
    school_plus_km = models.PositiveSmallIntegerField(null=True)
    plus_home_km = models.PositiveSmallIntegerField(null=True)
    transport = models.CharField(max_length=20, choices=Transport.choices, blank=True)

    objects = GuardedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(way_back=""), name="plus_place_has_a_way_back"),
            models.CheckConstraint(
                condition=Q(from_group=None) | ~Q(tried=[]), name="plus_place_says_what_was_tried"
            ),
        ]

    @property
    def subject_id(self) -> UUID:
        return self.placement.child_id


Days = Collection[tuple[int, str]]


@dataclass(frozen=True)
class PlusTerms:
    """What a place on a plus group needs besides; see ``PlusPlace``."""

    way_back: str
    tried: tuple[str, ...] = ()
    ground: str = ""
    home_school_km: int | None = None
    school_plus_km: int | None = None
    plus_home_km: int | None = None
    transport: str = ""


@dataclass(frozen=True)
class Terms:
    """What is agreed about a place: days as (weekday, part of the day), Monday is 0.

    ``asked_by_parents``: they ask for help before their child is born.
    """

    days: Days
    basis: str = LegalBasis.CONTRACT
    purpose: str = ""
    review_on: date | None = None
    mentor: Membership | None = None
    asked_by_parents: bool = False
    plus: PlusTerms | None = None
