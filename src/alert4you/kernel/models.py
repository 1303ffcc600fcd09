"""What every context stands on: identified rows, the audit trail, receipts against doubles."""

import json
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


class Plainly(json.JSONEncoder):
    """JSON in the one way that the same content is always written."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "sort_keys": True, "separators": (",", ":")})


class AuditRecord(models.Model):
    """Who did or read what about whom, and when; written by `kernel.audit.append`. No content.

    Append-only by database trigger. ``digest`` seals the row; ``lane`` is the organisation whose chain
    it stands in.
    """

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
    records = models.JSONField(default=dict, encoder=Plainly)
    request = models.UUIDField(null=True)
    session = models.CharField(max_length=16, blank=True)
    address = models.CharField(max_length=45, blank=True)
    lane = models.UUIDField()
    digest = models.CharField(max_length=64)

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


class AuditLink(models.Model):
    """The place of a record in the chain of its lane; written by a database trigger only.

    ``hash`` is sha256 of the hash before it, ``seq`` and the digest of the record.
    """

    record = models.OneToOneField(
        AuditRecord, models.DO_NOTHING, primary_key=True, db_constraint=False, related_name="link"
    )
    lane = models.UUIDField()
    seq = models.BigIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["lane", "seq"], name="audit_one_link_per_place")
        ]

    def __str__(self) -> str:
        return f"{self.lane} {self.seq}"


class AuditLane(models.Model):
    """The end of a chain: its last number and hash; kept by the same trigger."""

    lane = models.UUIDField(primary_key=True)
    seq = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"{self.lane} {self.seq}"


class AuditRoot(models.Model):
    """All ends of chains at one moment under one signed root, so that it can be kept elsewhere too."""

    at = models.DateTimeField(unique=True)
    lanes = models.JSONField()
    root = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.root}"


class AuditCut(models.Model):
    """That the oldest part of a chain went, after two people looked; append-only, and signed.

    The lane goes on after number ``seq`` and its ``hash``, as ``root`` has them; ``records`` went
    with this cut.
    """

    lane = models.UUIDField()
    seq = models.BigIntegerField()
    hash = models.CharField(max_length=64)
    root = models.ForeignKey(AuditRoot, models.PROTECT, related_name="+")
    records = models.BigIntegerField()
    approved_by = models.JSONField()
    at = models.DateTimeField()
    signature = models.CharField(max_length=128)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lane", "seq"], name="audit_cut_once")]

    def __str__(self) -> str:
        return f"{self.lane} {self.seq}"


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


class Letter(models.Model):
    """That a mail or message went, or waits: by a digest of what about and to whom, and what kind of row.

    ``given_up``: a person said that it is not to go; ``sent_at`` is when.
    """

    key = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=60)
    made_at = models.DateTimeField()
    next_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    given_up = models.BooleanField(default=False, db_default=False)

    class Meta:
        indexes = [
            models.Index(fields=["next_at"], condition=models.Q(sent_at=None), name="letter_waits")
        ]

    def __str__(self) -> str:
        return self.key
