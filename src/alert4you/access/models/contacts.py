"""Where a parent or guardian can be reached."""

from uuid import UUID

from django.db import models

from alert4you.children.models import Guardian
from alert4you.kernel.guard import GuardedQuerySet
from alert4you.kernel.models import Entity
from alert4you.organisations.models import Person


class ContactCard(Entity):
    """How to reach one guardian, for that guardian and the child's own place; see ``policy.reachable``."""

    record_kind = "contact"

    guardian = models.OneToOneField(Guardian, models.CASCADE, related_name="+")
    phone = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=200, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = GuardedQuerySet.as_manager()

    @property
    def point(self) -> tuple[float, float] | None:
        """Latitude and longitude of the address in degrees, when both are known."""
        if self.latitude is None or self.longitude is None:
            return None
        return self.latitude, self.longitude

    @property
    def subject_id(self) -> UUID:
        return self.guardian.child_id
