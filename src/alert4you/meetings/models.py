"""Meetings: who sits at the table, what is on the agenda, what came of it; rhythms and calendars.

What is about a child stands in a ``Case`` on that child's line, which the one policy guards. What
is said of it is read by whoever reads that. All the rest of a meeting tells of no child, so that everybody
at the table may see it.
"""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alert4you.access.models import Entry, Kind, LineEntry
from alert4you.children.models import Guardian
from alert4you.kernel.clock import day_of
from alert4you.kernel.guard import GuardedQuerySet
from alert4you.kernel.models import Entity
from alert4you.organisations.models import Location, Membership, Organisation, Person


class MeetingKind(models.TextChoices):
    CONFERENCE = "conference", _("case conference (MDO)")
    KOMEET = "komeet", _("Komeet meeting")
    ZAT = "zat", _("care advice team (ZAT)")
    ADVICE = "advice", _("advice meeting with an empty chair")
    HEALTH_TALK = "health_talk", _("talk with youth health care")
    TODDLERS = "toddlers", _("toddlers’ meeting")


class Per(models.TextChoices):
    YEAR = "year", _("times a year")
    WEEKS = "weeks", _("weeks apart")


class Series(Entity):
    """A rhythm people agreed on from ``starts``: ``number`` times a year, or every ``number`` weeks."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    location = models.ForeignKey(Location, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=20, choices=MeetingKind.choices)
    number = models.PositiveSmallIntegerField()
    per = models.CharField(max_length=10, choices=Per.choices)
    starts = models.DateField()
    ends = models.DateField(null=True)
    set_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(number__gte=1), name="series_has_a_number")
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class Meeting(Entity):
    """People come together. ``lead`` chairs it and directs the process; the title names no child.

    ``sequence`` counts the times it was moved or cancelled (RFC 5545). ``entry`` is what stands on
    the line of the place once it was held; ``notes`` are minutes in which no child is named.
    """

    record_kind = "meeting"

    kind = models.CharField(max_length=20, choices=MeetingKind.choices)
    title = models.CharField(max_length=100)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    location = models.ForeignKey(Location, models.PROTECT, null=True, related_name="+")
    place = models.CharField(max_length=200, blank=True)
    begins = models.DateTimeField()
    ends = models.DateTimeField()
    lead = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    planned_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    series = models.ForeignKey(Series, models.PROTECT, null=True, related_name="meetings")
    notes = models.TextField(blank=True)
    entry = models.OneToOneField(Entry, models.PROTECT, null=True, related_name="+")
    held_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()
    change_reason = models.CharField(max_length=300, blank=True)
    sequence = models.PositiveSmallIntegerField(default=0)

    objects = GuardedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["organisation", "begins"], name="meeting_of_organisation")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gt=F("begins")), name="meeting_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(held_at=None) | Q(cancelled_at=None),
                name="meeting_not_both_held_and_cancelled",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def subject_id(self) -> None:
        """A meeting itself tells of no child; its cases do."""

    @property
    def day(self) -> date:
        return day_of(self.begins)

    @property
    def is_open(self) -> bool:
        """Neither held nor cancelled."""
        return self.held_at is None and self.cancelled_at is None


class Seat(Entity):
    """A place at the table: of a colleague, of a parent, or of a party that nobody sits for yet.

    ``announced`` is the ``sequence`` of the meeting that this person had a mail about.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="seats")
    membership = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    guardian = models.ForeignKey(Guardian, models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    task = models.CharField(max_length=100, blank=True)
    coming = models.BooleanField(null=True)
    present = models.BooleanField(null=True)
    announced = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(membership__isnull=False, guardian=None)
                    | Q(guardian__isnull=False, membership=None, organisation=None)
                    | Q(organisation__isnull=False, guardian=None)
                ),
                name="seat_is_for_somebody",
            ),
            models.UniqueConstraint(fields=["meeting", "membership"], name="seat_once_per_hat"),
            models.UniqueConstraint(fields=["meeting", "guardian"], name="seat_once_per_guardian"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def person(self) -> Person | None:
        who = self.membership or self.guardian
        return who.person if who else None

    @property
    def name(self) -> str:
        return self.person.name if self.person else self.task or str(self.organisation)

    @property
    def party_id(self) -> UUID | None:
        """The organisation this seat is for; None for a parent."""
        return self.membership.organisation_id if self.membership else self.organisation_id


class Sort(models.TextChoices):
    CASE = "case", _("a child")
    TREND = "trend", _("a trend")
    CARE = "care", _("care")


class Outcome(models.TextChoices):
    WATCH = "watch", _("watch")
    TIP = "tip", _("a tip")
    NEXT_STEP = "next_step", _("a next step")


class Case(LineEntry):
    """What is asked about a child, on that child's line; when held it is a contact there as well.

    ``text`` is what the line shows: the question, and once it was held what came of it.
    """

    kinds = (Kind.MEETING,)

    entry_ptr = models.OneToOneField(
        Entry, models.CASCADE, parent_link=True, primary_key=True, related_name="as_case"
    )
    question = models.TextField()


class Item(Entity):
    """One point of an agenda; a signal (a trend without a meeting) may still get onto one.

    What is about a child stands in ``case``. The database keeps a case away from a trend and from
    care, and words away from a case: ``words`` are what all at the table read. A case without a
    ``case`` is anonymous.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, null=True, related_name="items")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    location = models.ForeignKey(Location, models.PROTECT, null=True, related_name="+")
    number = models.PositiveSmallIntegerField(default=0)
    sort = models.CharField(max_length=10, choices=Sort.choices)
    theme = models.CharField(max_length=60, blank=True)
    words = models.TextField(blank=True)
    case = models.OneToOneField(Case, models.CASCADE, null=True, related_name="item")
    put_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    decision = models.TextField(blank=True)
    chosen = models.ForeignKey("Option", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reported = models.BooleanField(default=False)
    training = models.ForeignKey("Action", models.SET_NULL, null=True, related_name="signals")

    objects = GuardedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(sort=Sort.CASE) | Q(case=None), name="item_only_a_case_holds_a_child"
            ),
            models.CheckConstraint(
                condition=Q(case=None) | Q(words="", theme="", reported=False),
                name="item_about_a_child_tells_nothing_itself",
            ),
        ]

    def __str__(self) -> str:
        return self.theme or self.words[:60] or self.get_sort_display()

    @property
    def subject_id(self) -> UUID | None:
        return self.case.child_id if self.case_id and self.case else None

    @property
    def record_kind(self) -> str:
        """In the audit trail: as its case."""
        return self.case.record_kind if self.case_id and self.case else "meeting"


class OfItem(Entity):
    """Something that was said or agreed about an item; who reads the item reads it too."""

    part_of = "item"

    item = models.ForeignKey(Item, models.CASCADE, related_name="%(class)ss")
    at = models.DateTimeField()

    objects = GuardedQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def subject_id(self) -> UUID | None:
        return self.item.subject_id

    @property
    def record_kind(self) -> str:
        return self.item.record_kind


class Option(OfItem):
    """One way to go on. It can be chosen once a plus and a minus of it were heard."""

    what = models.CharField(max_length=300)

    def __str__(self) -> str:
        return self.what


class Point(Entity):
    """A plus or a minus of an option, as it was said in the meeting."""

    part_of = "option"

    option = models.ForeignKey(Option, models.CASCADE, related_name="points")
    is_plus = models.BooleanField()
    words = models.CharField(max_length=300)
    at = models.DateTimeField()

    objects = GuardedQuerySet.as_manager()

    def __str__(self) -> str:
        return self.words

    @property
    def subject_id(self) -> UUID | None:
        return self.option.subject_id

    @property
    def record_kind(self) -> str:
        return self.option.record_kind


class Said(OfItem):
    """Own words of a parent: beforehand, or written down for them in the meeting."""

    guardian = models.ForeignKey(Guardian, models.PROTECT, related_name="+")
    words = models.TextField()
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.words


class Action(OfItem):
    """Who does what by when (``due``, the last day); ``begun_at`` when it started at once."""

    what = models.CharField(max_length=300)
    owner = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    guardian = models.ForeignKey(Guardian, models.PROTECT, null=True, related_name="+")
    due = models.DateField()
    begun_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(owner=None, guardian__isnull=False)
                | Q(owner__isnull=False, guardian=None),
                name="action_has_one_owner",
            )
        ]
        indexes = [
            models.Index(fields=["owner", "due"], name="action_open", condition=Q(done_at=None))
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def who(self) -> Any:
        return self.owner or self.guardian


class Ground(models.TextChoices):
    """On which ground in law a guardian is not invited."""

    DANGER = "danger", _("telling them now would put the child in danger")
    COURT = "court", _("a judge has forbidden it")
    OTHER = "other", _("another ground in law")


class LeftOut(OfItem):
    """A guardian with authority who was not invited: on which ground, why, and who decided it."""

    guardian = models.ForeignKey(Guardian, models.PROTECT, related_name="+")
    ground = models.CharField(max_length=10, choices=Ground.choices)
    reason = models.CharField(max_length=300)
    decided_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "guardian"], name="left_out_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="left_out_with_a_reason"),
        ]

    def __str__(self) -> str:
        return self.reason


class CalendarFeed(Entity):
    """A secret address at which a calendar reads when one hat has a meeting. Only its hash is kept.

    ``membership`` is empty for the hat of a parent.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    membership = models.ForeignKey(Membership, models.CASCADE, null=True, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["membership"], condition=Q(revoked_at=None), name="calendar_one_per_hat"
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(revoked_at=None, membership=None),
                name="calendar_one_per_parent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d}"
