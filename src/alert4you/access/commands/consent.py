"""Asking consent, answering it, and taking it back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from alert4you.access.commands.team import name_on_team
from alert4you.access.models import (
    Answer,
    Consent,
    ConsentRequest,
    How,
    Signature,
)
from alert4you.access.rules import consent as rules
from alert4you.access.rules import refusals
from alert4you.access.rules.wording import TEXT_VERSION
from alert4you.children.models import Child, Guardian
from alert4you.kernel.command import command
from alert4you.organisations.models import Actor, Membership, Organisation


@dataclass(frozen=True)
class Manner:
    """How an answer was given; ``revisit_on``: when a "not now" is looked at again."""

    how: str = How.IN_APP
    witness: str = ""
    revisit_on: date | None = None


@command(refusals.may_ask)
def ask_consent(
    actor: Actor,
    child: Child,
    organisation: Organisation,
    purpose: str,
    terms: rules.Terms,
    who: Membership | None = None,
) -> ConsentRequest:
    """Ask all who must decide; asking again for the same purpose adds categories to the open request.

    ``who`` is the person of that organisation it is for: named on the care team at once.
    """
    if who is not None:
        name_on_team(actor, child, who, terms.why[:200], purpose)
    request = _open_request(actor, child, organisation, purpose)
    if request is None:
        request = ConsentRequest.objects.create(
            child=child,
            organisation=organisation,
            purpose=purpose,
            why=terms.why,
            content_from=terms.content_from or actor.today,
            starts=actor.today,
            ends=terms.ends or rules.default_end(actor.today),
            asked_by_id=actor.membership_id,
            asked_at=actor.at,
            text_version=TEXT_VERSION,
        )
    known = set(request.consents.values_list("category", flat=True))
    Consent.objects.bulk_create(
        Consent(request=request, category=c) for c in sorted(set(terms.categories) - known)
    )
    return request


@command(rules.may_answer)
def answer_consent(
    actor: Actor,
    request: ConsentRequest,
    answers: Mapping[str, str],
    revisit_on: date | None = None,
) -> ConsentRequest:
    """A guardian says per category: agreed, not agreed, or not now (looked at again on a date)."""
    guardian = Guardian.objects.on(actor.today).get(child=request.child, person=actor.person_id)
    _sign(actor, request, guardian, answers, Manner(revisit_on=revisit_on))
    return request


@command(rules.may_record)
def record_answer(
    actor: Actor,
    request: ConsentRequest,
    guardian: Guardian | None,
    answers: Mapping[str, str],
    how: str,
    witness: str,
) -> ConsentRequest:
    """Staff write down an answer given on paper or in a talk (``guardian`` None: the child itself)."""
    _sign(actor, request, guardian, answers, Manner(how, witness))
    return request


@command(rules.may_answer)
def withdraw_consent(actor: Actor, request: ConsentRequest) -> ConsentRequest:
    """A guardian takes back what was agreed: it stops at the next read."""
    answers = dict.fromkeys(request.consents.values_list("category", flat=True), Answer.REFUSED)
    return answer_consent(actor, request, answers)


@command(refusals.may_close)
def close_request(actor: Actor, request: ConsentRequest) -> ConsentRequest:
    """The sharing is no longer needed; the answers are kept as proof."""
    request.closed_at = actor.at
    request.save(update_fields=["closed_at"])
    return request


def _open_request(
    actor: Actor, child: Child, organisation: Organisation, purpose: str
) -> ConsentRequest | None:
    """The request that is still open; one past its end is closed to make room for the next."""
    request = ConsentRequest.objects.filter(
        child=child, organisation=organisation, purpose=purpose, closed_at=None
    ).first()
    if request is not None and request.ends <= actor.today:
        request.closed_at = actor.at
        request.save(update_fields=["closed_at"])
        return None
    return request


def _sign(
    actor: Actor,
    request: ConsentRequest,
    guardian: Guardian | None,
    answers: Mapping[str, str],
    manner: Manner,
) -> None:
    """The new answers stand from now on; a "not now" without a date is left alone for a while."""
    consents = list(request.consents.filter(category__in=answers))
    earlier = Signature.objects.filter(consent__in=consents, guardian=guardian, ended_at=None)
    earlier.update(ended_at=actor.at)
    again = manner.revisit_on or rules.default_revisit(actor.today)
    Signature.objects.bulk_create(
        Signature(
            consent=consent,
            guardian=guardian,
            answer=Answer(answers[consent.category]),
            how=manner.how,
            witness=manner.witness,
            recorded_by_id=actor.person_id,
            text_version=request.text_version,
            revisit_on=again if answers[consent.category] == Answer.LATER else None,
            at=actor.at,
        )
        for consent in consents
    )
