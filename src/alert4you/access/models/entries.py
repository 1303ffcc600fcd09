"""What stands on the line of a child, or of a group."""

from datetime import date, timedelta
from typing import Any, ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alert4you.children.models import Child
from alert4you.kernel.clock import noon
from alert4you.kernel.guard import GuardedQuerySet
from alert4you.kernel.models import Entity
from alert4you.organisations.models import Actor, Group, Location, Membership, Organisation, Person

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
    RATING = "rating", _("how it is going")
    VIEW = "view", _("own view")
    NOTICE = "notice", _("looking again together")
    MONEY = "money", _("money")
    APPLICATION = "application", _("application")


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
            models.Index(fields=["organisation", "kind"], name="entry_organisation_kind"),
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
    """What a context extends, without names of its own on ``Entry``.

    ``kinds``: what its rows are (empty: anything), so that others are passed over before the policy looks.
    """

    kinds: ClassVar[tuple[Kind, ...]] = ()

    entry_ptr = models.OneToOneField(
        Entry, models.CASCADE, parent_link=True, primary_key=True, related_name="+"
    )

    class Meta:
        abstract = True

    @classmethod
    def by(cls, actor: Actor, day: date | None = None, **fields: Any) -> Self:
        """As ``Entry.by``; of the first of its kinds when nothing else is said."""
        if cls.kinds:
            fields.setdefault("kind", cls.kinds[0])
        return super().by(actor, day, **fields)
