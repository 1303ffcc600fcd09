"""The audit trail: what is written down, in which circumstances, and sealed so that change shows.

Every record is sealed with a digest of all its fields. The database itself (a trigger) chains the
seals, in one lane per organisation, so that a change, a gap, a swap or a cut end can be found by
`kernel.verifying`. Fields follow NEN 7513; see `NEN7513`.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import DatabaseError, connection

from alert4you.kernel.models import AuditRecord, Plainly

NOBODY = UUID(int=0)
BETWEEN = "\x1f"
PLAINLY = Plainly().encode
SEALED = (
    "lane",
    "at",
    "person_id",
    "organisation_id",
    "role",
    "action",
    "name",
    "outcome",
    "subject_id",
    "records",
    "request",
    "session",
    "address",
)
COLUMNS = (*SEALED, "digest")
# Django sends a column at a time, and making a list for each takes longer than all the rest.
ALL_AT_ONCE = """INSERT INTO "kernel_auditrecord" ({0})
SELECT {0} FROM jsonb_populate_recordset(NULL::kernel_auditrecord, %s)""".format(", ".join(COLUMNS))
NEN7513 = {
    "EventDateTime": "at",
    "EventActionCode": "action",
    "EventID": "name",
    "EventOutcomeIndicator": "outcome",
    "UserID": "person_id",
    "RoleIDCode": "role",
    "NetworkAccessPointID": "address",
    "ParticipantObjectID": "subject_id",
    "ParticipantObjectDetail": "records",
    "AuditEnterpriseSiteID": "organisation_id",
}


class Unwritten(DatabaseError):
    """The trail could not be written, so what it tells about does not happen either."""


@dataclass(frozen=True)
class Circumstances:
    """The request a record came from: its id, the session (a short digest) and the network address."""

    request: UUID | None = None
    session: str = ""
    address: str = ""


ELSEWHERE = Circumstances()
_now: ContextVar[Circumstances] = ContextVar("alert4you_circumstances", default=ELSEWHERE)


@contextmanager
def during(circumstances: Circumstances) -> Iterator[None]:
    """Around one request: every record written inside tells where it came from."""
    token = _now.set(circumstances)
    try:
        yield
    finally:
        _now.reset(token)


def append(records: Iterable[AuditRecord]) -> None:
    """Seal these records and write them; called in the transaction of what they tell about.

    Raises Unwritten, and with it that transaction ends.
    """
    here = _now.get()
    sealed = list(records)
    for record in sealed:
        record.request, record.session, record.address = here.request, here.session, here.address
        record.lane = record.organisation_id or NOBODY
        record.digest = seal(getattr(record, name) for name in SEALED)
    try:
        _insert(sealed)
    except DatabaseError as failed:
        raise Unwritten(str(failed)) from failed


def _insert(records: list[AuditRecord]) -> None:
    if connection.vendor != "postgresql":
        AuditRecord.objects.bulk_create(records)
        return
    told = [{name: getattr(record, name) for name in COLUMNS} for record in records]
    with connection.cursor() as cursor:
        cursor.execute(ALL_AT_ONCE, [json.dumps(told, default=str)])


def seal(values: Iterable[Any]) -> str:
    """The digest of a record: of its fields in the order of `SEALED`, as PostgreSQL or SQLite hold
    them.
    """
    told = [value if value.__class__ is str else _canonical(value) for value in values]
    return sha256(BETWEEN.join(told).encode()).hexdigest()


def _canonical(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(" ", "microseconds")[:26]
    if isinstance(value, dict):
        return PLAINLY(value)
    return str(value)
