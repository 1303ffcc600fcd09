"""What went along when a child was handed over, what did not, and who says that it arrived."""

from dataclasses import dataclass
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alert4you.access.models import Category, Entry
from alert4you.access.rules.consent import State
from alert4you.children.models import Child
from alert4you.kernel.guard import GuardedQuerySet
from alert4you.kernel.models import Entity
from alert4you.organisations.models import Membership, Organisation, Person


class Way(models.TextChoices):
    """With what it went along."""

    REFERRAL = "referral", _("a referral")
    GROWTH_DOCUMENT = "growth_document", _("the growth document")
    MINUTES = "minutes", _("the minutes of a meeting")
    APPLICATION = "application", _("an application for money")


class Kept(models.TextChoices):
    """Why a kind of entries did not go along."""

    NOT_ASKED = "not_asked", _("the parents were not asked")
    WAITS = State.WAITS.value, _("not all parents have answered")
    AHEAD = State.AHEAD.value, _("the yes of the parents has not begun yet")
    DISPUTED = State.DISPUTED.value, _("the parents do not agree with each other")
    REFUSED = State.REFUSED.value, _("the parents said no")
    LATER = State.LATER.value, _("the parents said: not now")
    ENDED = State.ENDED.value, _("the yes of the parents has ended")


@dataclass(frozen=True)
class Line:
    """One category: which entries went along, or why none did (``kept``).

    ``left_out``: how many the parents took out of the document one by one.
    """

    category: str
    sent: tuple[str, ...] = ()
    kept: str = ""
    left_out: int = 0

    @property
    def name(self) -> str:
        return str(Category(self.category).label)

    @property
    def why(self) -> str:
        return str(Kept(self.kept).label) if self.kept else ""


class Manifest(Entity):
    """One hand-over as it was at that moment: ``lines`` (see ``Line``) per category. Never changed.

    ``organisation`` sent it, ``to`` received it (``name``: who there), ``entry`` is what it went with.
    """

    record_kind = "manifest"

    child = models.ForeignKey(Child, models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    to = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200, blank=True)
    way = models.CharField(max_length=20, choices=Way.choices)
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="+")
    lines = models.JSONField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    hat = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    objects = GuardedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["child", "-at"], name="manifest_child_at")]

    def __str__(self) -> str:
        return f"{self.get_way_display()}, {self.to}"

    @property
    def subject_id(self) -> UUID:
        return self.child_id

    @property
    def told(self) -> list[Line]:
        return [Line(**{**each, "sent": tuple(each["sent"])}) for each in self.lines]

    @property
    def sent(self) -> list[Line]:
        return [each for each in self.told if each.sent]

    @property
    def empty(self) -> list[Line]:
        """Agreed to, and there was nothing of it."""
        return [each for each in self.told if not each.sent and not each.kept]

    @property
    def withheld(self) -> list[Line]:
        return [each for each in self.told if each.kept]


class Signed(Entity):
    """Somebody of the receiving organisation says that it arrived; ``refused``: categories not taken.

    ``kept_at``: where the paper with the signature is, when staff of the sending side wrote it down.
    """

    manifest = models.OneToOneField(Manifest, models.CASCADE, related_name="signed")
    name = models.CharField(max_length=200)
    refused = models.JSONField(default=list)
    words = models.TextField(blank=True)
    kept_at = models.CharField(max_length=200, blank=True)
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = GuardedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="manifest_signed_by_somebody")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def not_taken(self) -> list[str]:
        return [str(Category(each).label) for each in self.refused]
