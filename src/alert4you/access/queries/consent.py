"""The agreements around a child, and how each stands today."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from alert4you.access.models import Answer, Consent, ConsentRequest, Signature
from alert4you.access.rules.consent import Standing, State, must_sign, standing_on
from alert4you.children.models import Child, Guardian
from alert4you.kernel.decision import NotVisible
from alert4you.organisations.models import Actor, Organisation


@dataclass(frozen=True)
class Line:
    """One category of a request: how it stands, and what each who must sign last said."""

    consent: Consent
    standing: Standing
    said: dict[UUID | None, Signature]

    def by(self, guardian: Guardian | None) -> str:
        signature = self.said.get(guardian.pk if guardian else None)
        return signature.answer if signature else ""


@dataclass(frozen=True)
class Agreement:
    """One request with all its lines, for a page."""

    request: ConsentRequest
    lines: list[Line]
    signers: list[Guardian | None]

    @property
    def state(self) -> State:
        """The request as a whole: runs when anything runs, else what stands in the way first."""
        states = {line.standing.state for line in self.lines}
        order = (State.RUNS, State.WAITS, State.LATER, State.REFUSED, State.ENDED)
        return next((state for state in order if state in states), State.ENDED)

    @property
    def missing(self) -> list[Guardian | None]:
        """Who has not answered some line yet; None is the child itself."""
        open_for = {signer for line in self.lines for signer in line.standing.missing}
        return [s for s in self.signers if (s.pk if s else None) in open_for]

    def revisit_on(self, guardian: Guardian | None) -> date | None:
        """When a "not now" of this signer is looked at again."""
        key = guardian.pk if guardian else None
        dates = [line.said[key].revisit_on for line in self.lines if key in line.said]
        return max((day for day in dates if day), default=None)

    def waits_for(self, guardian: Guardian | None, today: date) -> bool:
        """Whether this signer is asked something now; a "not now" is left alone until its date."""
        if self.state is State.ENDED:
            return False
        revisit = self.revisit_on(guardian)
        answers = [line.by(guardian) for line in self.lines]
        return "" in answers or (Answer.LATER in answers and bool(revisit and revisit <= today))


def agreements(actor: Actor, child: Child) -> list[Agreement]:
    """All requests about a child this actor may see the file of, open ones first."""
    requests = _with_answers(ConsentRequest.objects.filter(child=child))
    guardians = list(
        Guardian.objects.on(actor.today).filter(child=child).select_related("person")
    )
    return [_agreement(request, guardians, actor.today) for request in requests]


def agreement(actor: Actor, request_id: UUID) -> Agreement:
    """One request about a child this hat may know; NotVisible otherwise."""
    known = ConsentRequest.objects.filter(
        pk=request_id, child__in=Child.objects.visible_to(actor).values("pk")
    )
    found = _with_answers(known).first()
    if found is None:
        raise NotVisible
    guardians = list(
        Guardian.objects.on(actor.today).filter(child=found.child).select_related("person")
    )
    return _agreement(found, guardians, actor.today)


def agreements_for(actor: Actor, children: Iterable[Child]) -> list[Agreement]:
    """The open requests about these children, oldest first; the same few queries for any number."""
    ids = [child.pk for child in children]
    requests = _with_answers(ConsentRequest.objects.filter(child__in=ids, closed_at=None))
    guardians: dict[UUID, list[Guardian]] = {}
    for guardian in Guardian.objects.on(actor.today).filter(child__in=ids).select_related("person"):
        guardians.setdefault(guardian.child_id, []).append(guardian)
    return [_agreement(r, guardians.get(r.child_id, []), actor.today) for r in requests]


def standing(
    actor: Actor, child: Child, organisation: Organisation, purpose: str
) -> Agreement | None:
    """The open agreement with one organisation for one purpose, if it was ever asked."""
    asked = ConsentRequest.objects.filter(
        child=child, organisation=organisation, purpose=purpose, closed_at=None
    )
    found = _with_answers(asked).first()
    if found is None:
        return None
    guardians = list(Guardian.objects.on(actor.today).filter(child=child).select_related("person"))
    return _agreement(found, guardians, actor.today)


def _with_answers(requests: QuerySet[ConsentRequest]) -> QuerySet[ConsentRequest]:
    signatures = Signature.objects.filter(ended_at=None).select_related("recorded_by")
    consents = Consent.objects.order_by("category").prefetch_related(
        Prefetch("signatures", signatures)
    )
    return (
        requests.select_related("child", "organisation", "asked_by__person")
        .prefetch_related(Prefetch("consents", consents))
        .order_by("closed_at", "asked_at", "pk")
    )


def _agreement(request: ConsentRequest, guardians: list[Guardian], day: date) -> Agreement:
    with_authority = {g.pk: g for g in guardians if g.has_authority}
    lines = []
    for consent in request.consents.all():
        consent.request = request
        said = {s.guardian_id: s for s in consent.signatures.all()}
        lines.append(Line(consent, standing_on(consent, request.child.born, guardians, day), said))
    needed = must_sign(request.child.born, with_authority, day)
    signers = [with_authority.get(key) if key else None for key in needed]
    signers.sort(key=lambda signer: signer.person.name if signer else "")
    return Agreement(request, lines, signers)
