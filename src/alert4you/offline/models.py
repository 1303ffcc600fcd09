"""What was written without a network, as it arrived; and what of it waits for a person."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alert4you.children.models import Child
from alert4you.kernel.guard import GuardedQuerySet
from alert4you.kernel.models import Entity
from alert4you.organisations.models import Group, Membership, Organisation


class SealingKey(Entity):
    """A key pair to which devices seal; the private half is itself sealed with that of this installation.

    Devices get the newest one. Older ones still open what was sealed to them.
    """

    public = models.CharField(max_length=100)
    sealed_private = models.TextField()
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d}"


class State(models.TextChoices):
    """What a device is told about what it sent."""

    WRITTEN = "written", _("on the line")
    WAITING = "waiting", _("kept for a person")
    UNREADABLE = "unreadable", _("cannot be read")


class Arrival(Entity):
    """Something that a device sent: one row per id (``item``) and content (``digest``). No words in it.

    ``result`` is the id of what was written. Only what cannot be read stays here as it came (``sealed``).
    """

    item = models.UUIDField()
    digest = models.CharField(max_length=64)
    device = models.UUIDField()
    key = models.CharField(max_length=36)
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, related_name="+")
    hat = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=20, blank=True)
    made_at = models.DateTimeField()
    arrived_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices)
    result = models.UUIDField(null=True)
    sealed = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "digest"], name="arrival_once"),
            models.UniqueConstraint(
                fields=["item"], condition=Q(state="written"), name="arrival_written_once"
            ),
            models.CheckConstraint(
                condition=Q(sealed="") | Q(state="unreadable"), name="arrival_holds_no_words"
            ),
        ]
        indexes = [models.Index(fields=["result"], name="arrival_result")]

    def __str__(self) -> str:
        return f"{self.item} {self.state}"


class Why(models.TextChoices):
    """Why something waits for a person."""

    GONE = "gone", _("Who wrote it does not work with this child or on this group any more.")
    TABLET = "tablet", _("The tablet was taken back before it came in.")
    TWIN = "twin", _("It came in twice, with different words.")
    REFUSED = "refused", _("It could not be saved.")
    UNKNOWN = "unknown", _("It is not known about whom it is, or by whom.")


class Outcome(models.TextChoices):
    PUT = "put", _("put on the line")
    ASIDE = "aside", _("set aside")


class Kept(Entity):
    """What waits, about one child or one group, for the care coordinator of whose file it is.

    The words (``sealed``) are gone once she answered; what she put on the line is her own entry.
    """

    record_kind = "kept"

    arrival = models.ForeignKey(Arrival, models.CASCADE, related_name="kept")
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, related_name="+")
    child = models.ForeignKey(Child, models.CASCADE, null=True, related_name="+")
    group = models.ForeignKey(Group, models.PROTECT, null=True, related_name="+")
    hat = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    why = models.CharField(max_length=10, choices=Why.choices)
    refusal = models.CharField(max_length=300, blank=True)
    sealed = models.TextField(blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    answered_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    objects: Any = GuardedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", answered_at=None)
                | ~Q(outcome="") & Q(answered_at__isnull=False, sealed=""),
                name="kept_words_go_when_answered",
            )
        ]

    def __str__(self) -> str:
        return self.get_why_display()

    @property
    def subject_id(self) -> UUID | None:
        return self.child_id

    @property
    def seen_at(self) -> datetime:
        """When it was made."""
        return self.arrival.made_at


class OfflineChoice(Entity):
    """Whether tablets of an organisation keep what helps today's children readable without a network."""

    organisation = models.OneToOneField(Organisation, models.CASCADE, related_name="+")
    children = models.BooleanField(default=True)
