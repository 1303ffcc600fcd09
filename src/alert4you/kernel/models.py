"""What every context stands on: identified rows, the audit trail, receipts against doubles."""

import uuid
from typing import Any, Self
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _


class Entity(models.Model):
    """A row with an identity that can be made anywhere and never tells how many there are."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True


class AuditRecord(models.Model):
    """Who did or read what about whom, and when. Append-only by database trigger; no content."""

    class Action(models.TextChoices):
        READ = "R", _("read")
        EXECUTE = "E", _("did")

    class Outcome(models.IntegerChoices):
        DONE = 0
        REFUSED = 8

    at = models.DateTimeField()
    person_id = models.UUIDField(null=True)
    organisation_id = models.UUIDField(null=True)
    role = models.CharField(max_length=30)
    action = models.CharField(max_length=1, choices=Action.choices)
    name = models.CharField(max_length=100)
    outcome = models.PositiveSmallIntegerField(choices=Outcome.choices, default=Outcome.DONE)
    subject_id = models.UUIDField(null=True)
    records = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["subject_id", "at"], name="audit_subject_at"),
            models.Index(fields=["organisation_id", "at"], name="audit_organisation_at"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.role} {self.action} {self.name}"

    @classmethod
    def of(
        cls,
        actor: Any,
        action: str,
        name: str,
        subject: UUID | None = None,
        records: dict[str, list[str]] | None = None,
    ) -> Self:
        """An unsaved record of this actor (one hat) at ``actor.at``."""
        return cls(
            at=actor.at,
            person_id=actor.person_id,
            organisation_id=actor.organisation_id,
            role=actor.role,
            action=action,
            name=name,
            subject_id=subject,
            records=records or {},
        )


class Receipt(models.Model):
    """That a form was already carried out, and with which result: a double click writes once."""

    once = models.UUIDField()
    person_id = models.UUIDField(null=True)
    command = models.CharField(max_length=100)
    digest = models.CharField(max_length=64)
    model = models.CharField(max_length=100, blank=True)
    result_id = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["once", "person_id", "command", "digest"], name="receipt_once_per_command"
            )
        ]

    def __str__(self) -> str:
        return f"{self.command} {self.once}"
