"""Writing down what went along, and signing that it arrived."""

from collections.abc import Sequence
from dataclasses import asdict

from alert4you.access.models import Entry
from alert4you.children.models import Child
from alert4you.kernel.command import command
from alert4you.manifests import rules
from alert4you.manifests.models import Line, Manifest, Signed
from alert4you.manifests.queries import contents
from alert4you.manifests.rules import Parcel, Receipt
from alert4you.organisations.models import Actor
from alert4you.organisations.queries import membership_of


def hand_over(
    actor: Actor, child: Child, parcel: Parcel, given: Sequence[Line] | None = None
) -> Manifest:
    """What goes along at this moment, for the commands that may hand something over.

    ``given``: what the parents themselves let go along, each thing read; else what consents cover.
    """
    entry: Entry = parcel.entry
    if entry.organisation_id is None:
        raise LookupError("what is handed over comes out of somebody's file")
    return Manifest.objects.create(
        child=child,
        organisation_id=entry.organisation_id,
        to=parcel.to,
        name=parcel.name,
        way=parcel.way,
        entry_id=entry.pk,
        lines=[asdict(each) for each in (given or contents(actor, child, parcel))],
        by_id=actor.person_id,
        hat_id=None if actor.is_parent else actor.membership_id,
        at=actor.at,
    )


@command(rules.may_sign)
def sign(actor: Actor, manifest: Manifest, receipt: Receipt) -> Signed:
    """The receiver says that it arrived, in their own name."""
    me = membership_of(actor)
    return _sign(actor, manifest, receipt, f"{me.person.name}, {me.task}")


@command(rules.may_record)
def record_signature(actor: Actor, manifest: Manifest, receipt: Receipt) -> Signed:
    """It was signed on paper, and the paper is kept."""
    return _sign(actor, manifest, receipt, receipt.name)


def _sign(actor: Actor, manifest: Manifest, receipt: Receipt, name: str) -> Signed:
    return Signed.objects.create(
        manifest=manifest,
        name=name,
        refused=sorted(receipt.refused),
        words=receipt.words,
        kept_at=receipt.kept_at,
        recorded_by_id=actor.person_id,
        at=actor.at,
    )
