"""What a municipality agrees on: by which money it pays in a town of its own."""

from django.utils.translation import gettext_lazy as _

from alert4you.funding.models import Agreement
from alert4you.funding.rules.streams import streams
from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.organisations.models import Actor, Role

OPEN = ("smi", "youth_prevention", "early_education", "partnership", "subsidy")


def may_see_agreements(actor: Actor) -> bool:
    return not actor.is_parent


def may_agree(actor: Actor, town: str, stream: str, where: str, weeks: int | None) -> Decision:
    """A municipality for itself; where it stands is always told. A term of the law is not changed."""
    if actor.role != Role.MUNICIPALITY:
        return Decision(
            _("Only the municipality writes down what it pays."), _("Ask the municipality.")
        )
    if stream not in OPEN:
        return Decision(_("This money does not follow from an agreement with the municipality."))
    if not town.strip() or not where.strip():
        return Decision(_("Write for which town it is, and where it was agreed."))
    if weeks is not None and streams()[stream].term(actor.today) is not None:
        return Decision(_("The law gives the term for this money; it needs no other."))
    return _not_yet(actor, town, stream)


def _not_yet(actor: Actor, town: str, stream: str) -> Decision:
    own = Agreement.objects.filter(municipality=actor.organisation_id, stream=stream, ends=None)
    if own.filter(town__iexact=town.strip()).exists():
        return Decision(_("This was agreed already."), _("End the other agreement first."))
    return ALLOWED


def may_stop(actor: Actor, agreement: Agreement) -> Decision:
    """The municipality that made it."""
    own = agreement.municipality_id == actor.organisation_id and actor.role == Role.MUNICIPALITY
    if own and agreement.ends is None:
        return ALLOWED
    return Decision(_("Only the municipality that made this agreement ends it."))
