"""Asking consent, answering it, and taking it back."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from alert4you.access.commands.team import name_on_team
from alert4you.access.models import (
    Answer,
    Basis,
    Consent,
    ConsentRequest,
    How,
    Purpose,
    Signature,
)
from alert4you.access.policy import running_consents
from alert4you.access.rules import by_law, refusals
from alert4you.access.rules import consent as rules
from alert4you.access.rules.wording import TEXT_VERSION
from alert4you.children.models import Child, Guardian
from alert4you.kernel.command import command
from alert4you.kernel.kept import kept
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
    (request,) = _asked_for(actor, child, [rules.Use(organisation, purpose, terms)])
    return request


@command(refusals.may_ask_all)
def ask_consents(actor: Actor, child: Child, uses: Sequence[rules.Use]) -> list[ConsentRequest]:
    """As ``ask_consent``, for each of these uses: all of them, or none."""
    return _asked_for(actor, child, uses)


@command(refusals.may_extend)
def extend_consent(actor: Actor, request: ConsentRequest, ends: date) -> ConsentRequest:
    """Ask everybody anew whether the same may go on after its end; until all say yes, it ends then."""
    follows = ConsentRequest.objects.create(
        child=request.child,
        organisation=request.organisation,
        purpose=request.purpose,
        why=request.why,
        content_from=request.content_from,
        starts=request.ends,
        ends=ends,
        asked_by_id=actor.membership_id,
        asked_at=actor.at,
        text_version=TEXT_VERSION,
    )
    asked = request.consents.values_list("category", flat=True)
    _about((follows, category) for category in asked)
    return follows


@command(by_law.may_share_by_law)
def share_by_law(
    actor: Actor,
    child: Child,
    organisation: Organisation,
    ground: str,
    terms: rules.Terms,
    who: Membership,
) -> ConsentRequest:
    """This family supervisor may read it without consent, from when that one confirms to need it; the
    parents read that, and on what ground.
    """
    name_on_team(actor, child, who, terms.why[:200], Purpose.SUPPORT)
    use = rules.Use(organisation, Purpose.SUPPORT, terms)
    request = _rest_on(_request(actor, child, use, Basis.LAW, ground), who)
    _about((request, category) for category in terms.categories)
    return request


@command(by_law.may_exempt)
def exempt_request(
    actor: Actor, request: ConsentRequest, exempt: str, why: str, by: Membership
) -> ConsentRequest:
    """Others sign this request than the age says, once this youth-care professional confirms to have
    decided so.
    """
    request.exempt, request.exempt_why = exempt, why
    return _rest_on(request, by)


@command(by_law.may_confirm)
def confirm_exception(actor: Actor, request: ConsentRequest, stands: bool) -> ConsentRequest:
    """The professional on whose word it rests stands behind it, or does not: then it is nothing."""
    request.confirmed, request.confirmed_at = stands, actor.at
    if request.basis == Basis.LAW and not stands:
        request.closed_at = actor.at
    request.save(update_fields=["confirmed", "confirmed_at", "closed_at"])
    note_running(actor, request)
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
    note_running(actor, request)
    return request


def close_running(actor: Actor, requests: QuerySet[ConsentRequest]) -> None:
    """The parents objected to what these are for, and the organisation agreed: it stops at the next read."""
    for request in requests:
        request.closed_at = actor.at
        request.save(update_fields=["closed_at"])
        note_running(actor, request)


def _asked_for(actor: Actor, child: Child, uses: Sequence[rules.Use]) -> list[ConsentRequest]:
    """For each use the request that is open, else a new one, with the categories it lacks."""
    running = _open_requests(actor, child, {use.organisation.pk for use in uses})
    known = set(_categories(None, [each.pk for each in running.values()]))
    asked, new = [], []
    for use in uses:
        key = use.organisation.pk, use.purpose
        if key not in running:
            running[key] = _request(actor, child, use)
            new.append(running[key])
        asked.append((running[key], use.terms.categories))
    ConsentRequest.objects.bulk_create(new)
    _about(
        (request, category)
        for request, categories in asked
        for category in categories
        if (request.pk, category) not in known
    )
    return [request for request, _categories in asked]


def _open_requests(
    actor: Actor, child: Child, organisations: Collection[UUID]
) -> dict[tuple[UUID, str], ConsentRequest]:
    """The newest request that is open for each use; what is past its end is closed to make room."""
    asked = _asked(None, child.pk, organisations)
    over = [each.pk for each in asked if each.ends <= actor.today]
    if over:
        ConsentRequest.objects.filter(pk__in=over).update(closed_at=actor.at)
    return {(each.organisation_id, each.purpose): each for each in asked if each.ends > actor.today}


@kept
def _asked(
    _nobody: None, child_id: UUID, organisations: Collection[UUID]
) -> QuerySet[ConsentRequest]:
    """What is open for these organisations, the newest last."""
    asked = ConsentRequest.objects.filter(child=child_id, organisation__in=organisations)
    return asked.filter(basis=Basis.CONSENT, closed_at=None).order_by("starts")


def _request(
    actor: Actor, child: Child, use: rules.Use, basis: str = Basis.CONSENT, ground: str = ""
) -> ConsentRequest:
    """A request from today on, not saved yet; ``ground``: of the law as basis."""
    return ConsentRequest(
        child=child,
        organisation=use.organisation,
        purpose=use.purpose,
        basis=basis,
        ground=ground,
        why=use.terms.why,
        content_from=use.terms.content_from or actor.today,
        starts=actor.today,
        ends=use.terms.ends or rules.default_end(actor.today),
        asked_by_id=actor.membership_id,
        asked_at=actor.at,
        text_version=TEXT_VERSION,
    )


def _rest_on(request: ConsentRequest, who: Membership) -> ConsentRequest:
    """On the word of this professional, who is asked to confirm it."""
    request.rests_on, request.rests_told_at = who, None
    request.confirmed = request.confirmed_at = None
    request.save()
    return request


def _about(asked: Iterable[tuple[ConsentRequest, str]]) -> None:
    """Ask these categories as well; the exemption of a request was not decided about those."""
    new = sorted(set(asked), key=lambda pair: pair[1])
    Consent.objects.bulk_create(Consent(request=request, category=c) for request, c in new)
    for request in {request for request, _category in new}:
        if request.exempt and request.rests_on:
            _rest_on(request, request.rests_on)


@kept
def _categories(_nobody: None, requests: Collection[UUID]) -> QuerySet[Consent, tuple[UUID, str]]:
    return Consent.objects.filter(request__in=requests).values_list("request", "category")


def note_running(actor: Actor, request: ConsentRequest) -> None:
    """Remember that it began or ceased to run, so that the other organisation can be told."""
    runs, at = _running(actor, request.pk), actor.at
    if runs and (request.ran_at is None or request.stopped_at is not None):
        request.ran_at, request.stopped_at, request.end_told_at = at, None, None
    elif not runs and request.ran_at is not None and request.stopped_at is None:
        request.stopped_at = at
    request.save(update_fields=["ran_at", "stopped_at", "end_told_at"])


@kept
def _running(actor: Actor, request: UUID) -> QuerySet[Consent]:
    return running_consents(actor.at, actor.today).filter(request=request)


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
            with_parents=guardian is None and not rules.decides_alone(request, actor.today),
            at=actor.at,
        )
        for consent in consents
    )
    note_running(actor, request)
