"""The child's line, who is on its care team, what was agreed with whom, and what forbids."""

from datetime import date, timedelta
from typing import Any, Self
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alert4you.children.models import Child, Guardian
from alert4you.kernel.clock import noon
from alert4you.kernel.guard import GuardedQuerySet
from alert4you.kernel.models import Entity
from alert4you.organisations.models import (
    Actor,
    Group,
    Location,
    Membership,
    Organisation,
    Period,
    Person,
)

HOLD_AT_MOST = timedelta(days=28)


class Category(models.TextChoices):
    """What kind of thing an entry tells; consent is given per category."""

    DAY = "day", _("the day on the group")
    DEVELOPMENT = "development", _("development and observations")
    CARE = "care", _("care and treatment")
    PLAN = "plan", _("plan and decisions")
    TALK = "talk", _("talks with parents")
    SAFETY = "safety", _("safety")


SHAREABLE = [category for category in Category if category != Category.SAFETY]


class Kind(models.TextChoices):
    """What an entry on the line is."""

    NOTE = "note", _("note")
    PARENT_WORDS = "parent_words", _("words of the parents")
    QUESTION = "question", _("question to the coach")
    CHILD_QUESTION = "child_question", _("question about the child")
    ADVICE = "advice", _("advice")
    VISIT = "visit", _("visit")
    OBSERVATION = "observation", _("observation")
    SESSION = "session", _("session")
    COACHING = "coaching", _("coaching")
    TALK = "talk", _("talk")
    MEETING = "meeting", _("meeting")
    PLACEMENT = "placement", _("change of place")
    TRAJECTORY = "trajectory", _("trajectory")
    PLAN = "plan", _("plan")
    DECISION = "decision", _("decision")
    INVOLVED = "involved", _("help from elsewhere")
    CARRIED = "carried", _("request through the parents")
    CARD = "card", _("what helps")
    PERMISSION = "permission", _("agreement about an activity")
    INCIDENT = "incident", _("incident")
    LEAVING = "leaving", _("leaving")
    TAKE_OVER = "take_over", _("task of the coach for a while")
    INDICATION = "indication", _("indication")
    REFERRAL = "referral", _("referral")
    UNMET_NEED = "unmet_need", _("help that is not there")


class Entry(Entity):
    """One dated thing on the line of a child, or of a group when ``child`` is empty.

    Contexts extend it (a question, a contact, a decision) with what they need; who may see it is one
    policy for all of them. ``title`` and ``text`` are what a reader of the line sees.
    """

    child = models.ForeignKey(Child, models.CASCADE, null=True, related_name="+")
    group = models.ForeignKey(Group, models.PROTECT, null=True, related_name="+")
    location = models.ForeignKey(Location, models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")
    hat = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    category = models.CharField(max_length=20, choices=Category.choices)
    title = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    must_know = models.BooleanField(default=False)
    internal = models.BooleanField(default=False)
    hold_until = models.DateTimeField(null=True)
    hold_reason = models.CharField(max_length=200, blank=True)
    day = models.DateField()
    at = models.DateTimeField()
    written_at = models.DateTimeField()

    objects = GuardedQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["child", "-at"], name="entry_child_at"),
            models.Index(fields=["group", "-at"], name="entry_group_at"),
            models.Index(fields=["organisation", "-at"], name="entry_organisation_at"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(hold_until=None) | ~Q(hold_reason=""), name="entry_hold_has_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(kind=Kind.QUESTION) | Q(child=None),
                name="entry_question_carries_no_child",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.get_kind_display()

    @classmethod
    def by(cls, actor: Actor, day: date | None = None, **fields: Any) -> Self:
        """Write one entry in the name of this hat; it happened on ``day`` (default: today)."""
        entry = cls(
            author_id=actor.person_id,
            hat_id=None if actor.is_parent else actor.membership_id,
            day=day or actor.today,
            at=actor.at if day in (None, actor.today) else noon(day),
            written_at=actor.at,
            **fields,
        )
        entry.save(force_insert=True)
        return entry

    @property
    def subject_id(self) -> UUID | None:
        return self.child_id

    @property
    def record_kind(self) -> str:
        return self.category

    @property
    def author_task(self) -> str:
        return self.hat.task if self.hat else str(_("parent"))


class LineEntry(Entry):
    """What a context extends: an entry of its own kind, without names of its own on ``Entry``."""

    entry_ptr = models.OneToOneField(
        Entry, models.CASCADE, parent_link=True, primary_key=True, related_name="+"
    )

    class Meta:
        abstract = True


class Purpose(models.TextChoices):
    COACHING = "coaching", _("answering questions about the child")
    SUPPORT = "support", _("helping the child on the group")
    TREATMENT = "treatment", _("working with a treatment the child already has")
    HANDOVER = "handover", _("handing over to the next place")
    EDUCATION = "education", _("going to school well")


class CareTeamMember(Entity):
    """A named person works with this child during ``[starts, ends)``; ``why`` is what parents read.

    ``purpose`` is empty for the own organisation's people; a person of another organisation is there
    for a purpose, and sees something only while a consent for that purpose runs.
    """

    child = models.ForeignKey(Child, models.CASCADE, related_name="+")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=20, choices=Purpose.choices, blank=True)
    why = models.CharField(max_length=200)
    starts = models.DateField()
    ends = models.DateField(null=True)

    objects = Period.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child", "membership", "purpose"],
                condition=Q(ends=None),
                name="care_team_named_once_per_purpose",
            )
        ]

    @property
    def subject_id(self) -> UUID:
        return self.child_id


class CoachPost(Entity):
    """A coach works on the groups of a location during ``[starts, ends)``; ``cover`` stands in."""

    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    location = models.ForeignKey(Location, models.PROTECT, related_name="+")
    starts = models.DateField()
    ends = models.DateField(null=True)

    objects = Period.as_manager()


class Basis(models.TextChoices):
    CONSENT = "consent", _("the parents agree")
    LAW = "law", _("the law says so")


class ConsentRequest(Entity):
    """One question to those who decide about a child: may this party know this, for this, until then?

    It holds one ``Consent`` per category, so that each can be answered apart. ``ends`` is exclusive;
    default 3 and at most 12 months after ``starts``. ``text_version`` is the wording that was shown.
    """

    record_kind = "consent"

    child = models.ForeignKey(Child, models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    basis = models.CharField(max_length=20, choices=Basis.choices, default=Basis.CONSENT)
    why = models.CharField(max_length=500)
    content_from = models.DateField()
    starts = models.DateField()
    ends = models.DateField()
    asked_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    text_version = models.CharField(max_length=20)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gt=models.F("starts")), name="consent_ends_after_it_starts"
            ),
            models.UniqueConstraint(
                fields=["child", "organisation", "purpose"],
                condition=Q(closed_at=None),
                name="consent_asked_once_per_purpose",
            ),
        ]

    @property
    def subject_id(self) -> UUID:
        return self.child_id

    @property
    def last_day(self) -> date:
        return self.ends - timedelta(days=1)


class Consent(Entity):
    """One category of a request; whether it runs is derived from the signatures that stand."""

    request = models.ForeignKey(ConsentRequest, models.CASCADE, related_name="consents")
    category = models.CharField(max_length=20, choices=Category.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "category"], name="consent_category_once"),
            models.CheckConstraint(
                condition=~Q(category=Category.SAFETY), name="consent_never_covers_safety"
            ),
        ]


class Answer(models.TextChoices):
    GIVEN = "given", _("agreed")
    REFUSED = "refused", _("not agreed")
    LATER = "later", _("not now")


class How(models.TextChoices):
    IN_APP = "in_app", _("in Alert4you")
    IN_TALK = "in_talk", _("in a talk, two people present")
    ON_PAPER = "on_paper", _("on paper")


class Signature(Entity):
    """What one person who must decide said about one consent; never changed, only followed by another.

    ``guardian`` is empty when the child itself (12 and older) answered. A signature stands while
    ``ended_at`` is empty; the next answer of the same person, or a withdrawal, ends it.
    """

    consent = models.ForeignKey(Consent, models.CASCADE, related_name="signatures")
    guardian = models.ForeignKey(Guardian, models.PROTECT, null=True, related_name="+")
    answer = models.CharField(max_length=10, choices=Answer.choices)
    how = models.CharField(max_length=10, choices=How.choices)
    witness = models.CharField(max_length=200, blank=True)
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    text_version = models.CharField(max_length=20)
    revisit_on = models.DateField(null=True)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["consent", "guardian"],
                condition=Q(ended_at=None) & Q(guardian__isnull=False),
                name="signature_one_stands_per_guardian",
            ),
            models.UniqueConstraint(
                fields=["consent"],
                condition=Q(ended_at=None) & Q(guardian=None),
                name="signature_one_stands_of_the_child",
            ),
        ]


class Mark(models.TextChoices):
    """What beats every permission."""

    RESTRICTION = "restriction", _("may not know about this child")
    CONFLICT_OF_INTEREST = "conflict_of_interest", _("is family of this child")


class NegativeMark(Entity):
    """This person sees nothing of this child at work (or at all), whatever else holds."""

    child = models.ForeignKey(Child, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    mark = models.CharField(max_length=30, choices=Mark.choices)
    reason = models.CharField(max_length=200)
    starts = models.DateField()
    ends = models.DateField(null=True)

    objects = Period.as_manager()

    @property
    def subject_id(self) -> UUID:
        return self.child_id


class OpenedFor(models.TextChoices):
    EMERGENCY = "emergency", _("an emergency")
    SUPPORT = "support", _("help with the software")


class Opening(Entity):
    """One child's file, opened during ``[at, ends)`` for who has no relation with the child.

    Read-only, never safety, and told at once to who must know (R9, R10). ``allowed_by`` is who let
    support in; an emergency is opened by oneself.
    """

    record_kind = "opening"

    child = models.ForeignKey(Child, models.CASCADE, related_name="+")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    opened_for = models.CharField(max_length=20, choices=OpenedFor.choices)
    reason = models.TextField()
    allowed_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    ends = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["membership", "child"], name="opening_who_whom")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gt=models.F("at")), name="opening_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=~Q(opened_for=OpenedFor.SUPPORT) | Q(allowed_by__isnull=False),
                name="opening_support_is_let_in",
            ),
        ]

    @property
    def subject_id(self) -> UUID:
        return self.child_id
