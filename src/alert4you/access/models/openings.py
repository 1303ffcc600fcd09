"""Files that were opened for a while by whoever has no relation with the child."""

from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alert4you.children.models import Child
from alert4you.kernel.models import Entity
from alert4you.organisations.models import Membership


class OpenedFor(models.TextChoices):
    EMERGENCY = "emergency", _("an emergency")
    SUPPORT = "support", _("help with the software")


class Opening(Entity):
    """One child's file, opened during ``[at, ends)`` for whoever has no relation with the child.

    Read-only, never safety, and told at once to whoever must know (R9, R10). ``allowed_by`` is who let
    support in; an emergency is opened by oneself. The parents know of it from ``parents_told_at`` on:
    at once, unless a mark asks for care; then ``telling_decided_by`` answers for the day and the reason.
    """

    record_kind = "opening"

    child = models.ForeignKey(Child, models.CASCADE, related_name="+")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    opened_for = models.CharField(max_length=20, choices=OpenedFor.choices)
    reason = models.TextField()
    allowed_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    ends = models.DateTimeField()
    parents_told_at = models.DateTimeField()
    telling_reason = models.CharField(max_length=200, blank=True)
    telling_decided_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    staff_mailed_at = models.DateTimeField(null=True)
    parents_mailed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["membership", "child"], name="opening_who_whom"),
            models.Index(fields=["child", "-at"], name="opening_child_at"),
        ]
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
