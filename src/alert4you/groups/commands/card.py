"""What stands on the card of somebody who works with children."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from alert4you.groups.models import CardFact
from alert4you.groups.rules import card
from alert4you.kernel.command import command
from alert4you.organisations.models import Actor, Membership, Organisation


@dataclass(frozen=True)
class Proof:
    """Where it was seen, who pays (None: nobody agreed on it), and the points of a register by sort."""

    seen: str
    payer: Organisation | None = None
    points: Mapping[str, int] = field(default_factory=dict)


@command(card.may_write_fact)
def write_fact(
    actor: Actor,
    membership: Membership,
    kind: str,
    starts: date,
    ends: date | None,
    proof: Proof,
) -> CardFact:
    """What was seen, valid during ``[starts, ends)``; what was written about it before stays readable.

    A link in the register of persons is always one with the organisation of who writes.
    """
    return CardFact.objects.create(
        membership=membership,
        kind=kind,
        at_id=actor.organisation_id if kind == CardFact.Kind.LINKED else None,
        starts=starts,
        ends=ends,
        seen=proof.seen,
        payer=proof.payer,
        points=dict(proof.points),
        written_by_id=actor.membership_id,
        written_at=actor.at,
    )
