"""Cutting off the oldest part of a chain: at a signed root, with two names, and found when it is false.

What stays begins after the cut, whose signed row tells how the chain went on from there. The
database lets the rows go for such a row only, and never what is younger than five years (NEN 7513).
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from alert4you.kernel import audit, roots
from alert4you.kernel.clock import day_of, months_after
from alert4you.kernel.models import AuditCut, AuditLink, AuditRecord, AuditRoot

NOTED = "kernel.cut"
MONTHS = 60  # the database holds the same


def newest_root(lane: UUID, until: datetime) -> AuditRoot | None:
    """The last root signed before ``until`` with something of this lane that was not cut off yet."""
    found = AuditRoot.objects.filter(at__lt=until, lanes__has_key=lane.hex).order_by("-at").first()
    return found if found and found.lanes[lane.hex][0] > ends(lane) else None


def ends(lane: UUID) -> int:
    """The number in this lane up to which everything was cut off; 0 when nothing was."""
    last = AuditCut.objects.filter(lane=lane).order_by("-seq").first()
    return last.seq if last else 0


@transaction.atomic
def cut(root: AuditRoot, actor: Any, approved_by: Collection[UUID]) -> AuditCut:
    """Let the lane of the actor's organisation begin after this root; who said yes stands with it.

    DatabaseError when the database does not know the root, or it is too young.
    """
    lane = actor.organisation_id
    seq, end = root.lanes[lane.hex]
    made = AuditCut(lane=lane, seq=seq, hash=end, root=root, records=seq - ends(lane), at=actor.at)
    made.approved_by = sorted(person.hex for person in approved_by)
    made.signature = roots.signed(what_is_signed(made))
    made.save(force_insert=True)
    links = AuditLink.objects.filter(lane=lane, seq__lte=seq)
    records = AuditRecord.objects.filter(pk__in=links.values("record"))
    records._raw_delete(records.db)
    links._raw_delete(links.db)
    noted = {"cut": [made.signature], "records": [str(made.records)], "root": [root.root]}
    audit.append([AuditRecord.of(actor, AuditRecord.Action.EXECUTE, NOTED, records=noted)])
    return made


def what_is_signed(made: AuditCut) -> bytes:
    """What is signed: which lane, up to where, under which root, how many, by whom and when."""
    where = f"{made.lane.hex} {made.seq} {made.hash} {made.root.root} {made.records}"
    who = " ".join(made.approved_by)
    return f"alert4you audit cut {made.at.timestamp():.6f} {where} {who}".encode()


def true(made: AuditCut, before: int) -> bool:
    """Whether this installation made it, as its root says and two people wanted, of old rows only.

    ``before``: the last number of the cut before it, or 0.
    """
    return (
        made.root.lanes.get(made.lane.hex) == [made.seq, made.hash]
        and roots.holds(made.root)
        and roots.is_signed(what_is_signed(made), made.signature)
        and len(set(made.approved_by)) > 1
        and made.records == made.seq - before
        and months_after(day_of(made.root.at), MONTHS) <= day_of(made.at)
    )
