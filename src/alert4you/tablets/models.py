"""Devices that are shared: the tablet of a location, the PIN of a hat, and how often it was wrong."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from alert4you.kernel.models import Entity
from alert4you.organisations.models import Location, Membership, Organisation

FIVE_MINUTES = 5


class Tablet(Entity):
    """A shared tablet of a location. ``device`` is empty until somebody typed the code on it.

    The code is not kept: it is derived from the id and the moment it was offered, with the key of this
    installation.
    """

    location = models.ForeignKey(Location, models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=60)
    enrolled_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    offered_at = models.DateTimeField()
    device = models.UUIDField(null=True, unique=True, editable=False)
    enrolled_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name

    @property
    def code(self) -> str:
        """Eight digits, to be typed on the tablet itself."""
        told = f"{self.pk.hex}:{self.offered_at.timestamp():f}"
        digest = salted_hmac("alert4you.tablet.code", told, algorithm="sha256").digest()
        digits = f"{int.from_bytes(digest[:8], 'big') % 10**8:08}"
        return f"{digits[:4]} {digits[4:]}"

    @property
    def works(self) -> bool:
        """On it one can sign in with a PIN."""
        return self.device is not None and self.revoked_at is None


@dataclass(frozen=True)
class Device:
    """A browser that was here before: by its own id, and as which tablet, if any. No row of its own."""

    id: UUID
    tablet: Tablet | None = None

    @property
    def revoked_at(self) -> datetime | None:
        """Since when nobody can sign in on it; None for a device of one's own."""
        return self.tablet.revoked_at if self.tablet else None


class Pin(Entity):
    """Six digits of one hat, for the tablets of its organisation; only a hash is kept.

    The key of this installation goes into it as well: who reads the database cannot try all PINs.
    """

    membership = models.OneToOneField(Membership, models.CASCADE, related_name="+")
    hashed = models.CharField(max_length=128, editable=False)
    chosen_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.membership)

    def choose(self, digits: str) -> None:
        self.hashed = make_password(self._peppered(digits, settings.SECRET_KEY))

    def fits(self, digits: str) -> bool:
        keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
        return any(check_password(self._peppered(digits, key), self.hashed) for key in keys)

    def _peppered(self, digits: str, key: str) -> str:
        told = f"{self.membership_id.hex}:{digits}"
        return salted_hmac("alert4you.pin", told, secret=key, algorithm="sha256").hexdigest()


class WrongPins(Entity):
    """How many wrong PINs after each other were typed on a tablet for one hat."""

    tablet = models.ForeignKey(Tablet, models.CASCADE, related_name="wrong_pins")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tablet", "membership"], name="wrong_pins_counted_once")
        ]

    def __str__(self) -> str:
        return f"{self.membership}: {self.number}"


class ScreenLock(Entity):
    """After how many minutes without a touch a shared tablet of this organisation locks itself."""

    organisation = models.OneToOneField(Organisation, models.CASCADE, related_name="+")
    minutes = models.PositiveSmallIntegerField(default=FIVE_MINUTES)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__range=(1, 15)), name="screen_locks_within_a_quarter"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.minutes}"
