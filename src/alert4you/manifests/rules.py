"""What goes along, and who signs that it arrived."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alert4you.access.models import SHAREABLE, Entry
from alert4you.access.rules.relations import works_here_with
from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.manifests.models import Manifest, Signed
from alert4you.organisations.models import Actor, Organisation

SIGNED = Decision(_("This was signed already."), _("What was signed stays as it was."))


@dataclass(frozen=True)
class Parcel:
    """What is handed over ``to`` whom, with the ``entry`` it goes with, for these ``purposes``.

    ``among``: only these entries (None: the whole file); ``left_out``: what the parents took out.
    ``approved``: they read each of them, so that also what is older than their consent goes along.
    """

    to: Organisation
    name: str
    way: str
    entry: Entry
    purposes: Collection[str]
    among: Collection[UUID] | None = None
    left_out: Collection[UUID] = ()
    approved: bool = False
    categories: Collection[str] = tuple(SHAREABLE)


@dataclass(frozen=True)
class Receipt:
    """What the receiver says: who it is, what is not taken, and (on paper) where the signature is."""

    name: str = ""
    refused: Collection[str] = ()
    words: str = ""
    kept_at: str = ""


def may_sign(actor: Actor, manifest: Manifest, receipt: Receipt) -> Decision:
    """Somebody of the receiving organisation who may know the child, once."""
    return is_to_sign(actor, manifest) and _fits(manifest, receipt)


def is_to_sign(actor: Actor, manifest: Manifest) -> Decision:
    """Whether this hat is asked to sign."""
    if not waits(manifest):
        return waits(manifest)
    if actor.is_parent or actor.organisation_id != manifest.to_id:
        return Decision(
            _("Only somebody of %(party)s signs that it arrived.") % {"party": manifest.to},
            _("Did they sign on paper? Then the childcare writes that down."),
        )
    return ALLOWED


def waits(manifest: Manifest) -> Decision:
    """Whether it waits for a signature: something went along, and nobody signed for it."""
    if not manifest.sent:
        return Decision(_("Nothing went along: there is nothing to sign for."))
    return (
        SIGNED
        if Signed.objects.unrestricted(reason="rule").filter(manifest=manifest).exists()
        else ALLOWED
    )


def may_record(actor: Actor, manifest: Manifest, receipt: Receipt) -> Decision:
    """Who works with the child where it was sent from, with the paper at hand."""
    if not receipt.name.strip():
        return Decision(_("Write who signed."))
    if not receipt.kept_at.strip():
        return Decision(_("Write where the paper is kept."))
    return is_to_record(actor, manifest) and _fits(manifest, receipt)


def is_to_record(actor: Actor, manifest: Manifest) -> Decision:
    """Whether this hat writes down a signature on paper."""
    if not waits(manifest):
        return waits(manifest)
    if actor.is_parent or actor.organisation_id != manifest.organisation_id:
        return Decision(_("Only the side that sent it writes down a signature on paper."))
    return works_here_with(actor, manifest.child)


def _fits(manifest: Manifest, receipt: Receipt) -> Decision:
    if set(receipt.refused) <= {each.category for each in manifest.sent}:
        return ALLOWED
    return Decision(_("What was not sent cannot be turned down."))
