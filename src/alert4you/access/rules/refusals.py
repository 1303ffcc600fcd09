"""A party that the parents said no to is addressed nowhere about their child, until they say otherwise."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from alert4you.access.models import Answer, ConsentRequest, Signature
from alert4you.access.policy import running_consents
from alert4you.access.rules import consent, relations
from alert4you.access.rules.consent import CHILD_ALONE_FROM, Terms, Use
from alert4you.access.rules.marks import objected
from alert4you.children.models import Child, Guardian
from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.kernel.kept import Exactly, kept
from alert4you.organisations.models import Actor, Membership, Organisation

REFUSED = Decision(
    _("The parents do not want this party to be involved with their child."),
    _(
        "Everything else goes on. Only they can change their answer; a question without a child is fine."
    ),
)
OBJECTED = Decision(
    _("The parents objected to this use, and it was agreed that it stops."),
    _("Who answered that can end it; the parents hear that first."),
)
KEEPS_STANDING = Decision(
    _("The parents said no to this; their answer stays."),
    _("Only they can change it or close this."),
)


def may_address(actor: Actor, child: Child, party: UUID | None) -> Decision:
    """Whether anybody may turn to this organisation about the child: not after a no without a yes."""
    return may_address_all(actor, child, [party])


def may_address_all(actor: Actor, child: Child, parties: Iterable[UUID | None]) -> Decision:
    """As ``may_address``, for each of these organisations."""
    others = [party for party in set(parties) if party not in (None, actor.organisation_id)]
    if not others:
        return ALLOWED
    alone = child.age_in_years(actor.today) >= CHILD_ALONE_FROM
    for refused in _said_no(actor, child.pk, others, alone):
        asked = _asked(actor, child.pk, [refused])
        agreed = running_consents(actor.at, actor.today).filter(request__in=asked.values("pk"))
        if not agreed.exists():
            return REFUSED
    return ALLOWED


def may_name(actor: Actor, child: Child, membership: Membership, why: str) -> Decision:
    """As ``relations.may_name``, and the parents did not say no to whoever it is."""
    return may_name_all(actor, child, [(membership, "")], why)


def may_name_all(
    actor: Actor, child: Child, people: Sequence[tuple[Membership, str]], why: str
) -> Decision:
    """As ``may_name``, for each of these people."""
    named = relations.may_name(actor, child, [who for who, _purpose in people], why)
    return named and may_address_all(actor, child, (who.organisation_id for who, _ in people))


def may_ask(
    actor: Actor, child: Child, organisation: Organisation, purpose: str, terms: Terms
) -> Decision:
    """As ``consent.may_request``; the parents did not say no to this organisation, nor to this use."""
    return may_ask_all(actor, child, [Use(organisation, purpose, terms)])


def may_ask_all(actor: Actor, child: Child, uses: Sequence[Use]) -> Decision:
    """As ``may_ask``, for each of these uses."""
    asks = consent.may_request_all(actor, child, [use.terms for use in uses])
    asks = asks and _may_use_all(actor, child, [use.purpose for use in uses])
    return asks and may_address_all(actor, child, (use.organisation.pk for use in uses))


def may_use(actor: Actor, child: Child, purpose: str) -> Decision:
    """Not what the parents objected to, and the own organisation said yes to."""
    return _may_use_all(actor, child, [purpose])


def _may_use_all(actor: Actor, child: Child, purposes: Sequence[str]) -> Decision:
    about = [Exactly(purpose) for purpose in purposes]
    return OBJECTED if objected(actor, child.pk, about) else ALLOWED


def may_extend(actor: Actor, request: ConsentRequest, ends: date) -> Decision:
    """As ``consent.may_extend``, and nobody said no to this organisation."""
    extends = consent.may_extend(actor, request, ends)
    extends = extends and may_use(actor, request.child, request.purpose)
    return extends and may_address(actor, request.child, request.organisation_id)


def may_close(actor: Actor, request: ConsentRequest) -> Decision:
    """As ``consent.may_close``; staff do not put a no away, so that it can be asked anew."""
    closes = consent.may_close(actor, request)
    if not closes or actor.is_parent:
        return closes
    standing = may_address(actor, request.child, request.organisation_id)
    return ALLOWED if standing else KEEPS_STANDING


@kept
def _said_no(
    actor: Actor, child_id: UUID, parties: Sequence[UUID], alone: bool
) -> QuerySet[Signature, UUID]:
    """To whom somebody who decides today said a no that stands; ``alone``: the child decides by itself."""
    deciders = Guardian.objects.on(actor.today).filter(child=child_id, has_authority=True)
    who = Q(guardian=None) if alone else Q(guardian=None) | Q(guardian__in=deciders.values("pk"))
    said = Signature.objects.filter(who, answer=Answer.REFUSED, ended_at=None)
    said = said.filter(consent__request__in=_asked(actor, child_id, parties).values("pk"))
    return said.values_list("consent__request__organisation", flat=True).distinct()


def _asked(actor: Actor, child_id: UUID, parties: Sequence[UUID]) -> QuerySet[ConsentRequest]:
    """What was asked of the parents for these organisations and goes on."""
    return ConsentRequest.objects.filter(
        child=child_id, organisation__in=parties, closed_at=None, ends__gt=actor.today
    )
