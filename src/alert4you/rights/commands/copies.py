"""Handing over a copy: what was given is made at that moment, and noted by record id."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from alert4you.kernel import audit
from alert4you.kernel.command import command
from alert4you.kernel.models import AuditRecord
from alert4you.organisations.models import Actor
from alert4you.rights.models import Delivery, RightsRequest
from alert4you.rights.rules import handling


@dataclass(frozen=True)
class Copy:
    """A file as it was made just now; ``records``: the ids in it, by what they are."""

    form: str
    content: bytes
    records: Mapping[str, Sequence[str]]


@command(handling.may_hand_over)
def hand_over(actor: Actor, request: RightsRequest, copy: Copy) -> Delivery:
    """Note who got what, when and in which form; never what it says."""
    records = {kind: sorted(ids) for kind, ids in copy.records.items() if ids}
    exported = AuditRecord.of(
        actor, AuditRecord.Action.EXECUTE, "rights.export", request.child_id, records
    )
    audit.append([exported])
    return Delivery.objects.create(
        request=request,
        form=copy.form,
        records=sum(map(len, records.values())),
        digest=sha256(copy.content).hexdigest(),
        to_id=request.asked_by_id,
        at=actor.at,
    )
