"""Collects what is read about whom during one request, to be written before anything leaves."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from hashlib import sha256
from hmac import new
from typing import Any
from uuid import UUID

from django.conf import settings

from alert4you.kernel import audit
from alert4you.kernel.models import AuditRecord

Seen = dict[UUID | None, dict[str, set[str]]]  # None: a search, which is about nobody in particular
_seen: ContextVar[Seen | None] = ContextVar("alert4you_reads", default=None)


@contextmanager
def reading() -> Iterator[Seen]:
    """Around one request: gathers ``{subject: {kind: {record id}}}`` of all rows read for an actor."""
    seen: Seen = {}
    token = _seen.set(seen)
    try:
        yield seen
    finally:
        _seen.reset(token)


def note(rows: Iterable[Any]) -> None:
    """Note rows as read. A row tells ``subject_id`` (about whom, or None) and ``record_kind``."""
    seen = _seen.get()
    if seen is None:
        return
    for row in rows:
        if row.subject_id is not None:
            kinds = seen.setdefault(row.subject_id, {})
            kinds.setdefault(row.record_kind, set()).add(str(row.pk))


def was_read(subject: UUID) -> bool:
    """Whether this request showed its actor something about this one."""
    return subject in (_seen.get() or {})


def note_search(words: str, found: int) -> None:
    """For what somebody searched, as a keyed digest because names are easily guessed; how many came."""
    seen = _seen.get()
    if seen is not None:
        digest = new(settings.AUDIT_KEY.encode(), words.casefold().encode(), sha256).hexdigest()
        seen[None] = {"search": {digest[:32]}, "found": {str(found)}}


def write(actor: Any, seen: Seen, page: str) -> None:
    """A record per subject and one for a search, in the transaction of the read, before the answer leaves."""
    audit.append(
        AuditRecord.of(
            actor,
            AuditRecord.Action.READ,
            page,
            subject=subject,
            records={kind: sorted(ids) for kind, ids in kinds.items()},
        )
        for subject, kinds in seen.items()
    )
