"""The agreements around a child: how each stands today, and who said what when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, F, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alert4you.access import policy
from alert4you.access.models import Answer, Basis, Category, Consent, ConsentRequest, Purpose
from alert4you.access.queries.line import Known
from alert4you.access.rules.consent import (
    CHILD_ALONE_FROM,
    THE_CHILD,
    TOLD_AHEAD,
    Standing,
    State,
    birthday,
    by_law_on,
    must_sign,
    standing_on,
    supervises,
    that_count,
    turns,
)
from alert4you.access.rules.wording import CATEGORY_MEANS, PURPOSE_MEANS
from alert4you.children.models import Child, Guardian, GuardianKind
from alert4you.kernel import reading
from alert4you.kernel.decision import NotVisible
from alert4you.organisations.models import Actor, Organisation

Text = str | Promise

SAID = {
    # name here: where it is, seen from a consent
    "answer": "signatures__answer",
    "guardian": "signatures__guardian",
    "name": "signatures__guardian__person__name",
    "how": "signatures__how",
    "witness": "signatures__witness",
    "recorded_by": "signatures__recorded_by__name",
    "revisit_on": "signatures__revisit_on",
    "kind": "signatures__guardian__kind",
    "with_parents": "signatures__with_parents",
    "at": "signatures__at",
    "ended_at": "signatures__ended_at",
}
AS_COLUMN = {name: f"said_{name}" for name in SAID}


@dataclass(frozen=True)
class Said:
    """What one signer answered about one category; ``guardian`` None is the child itself."""

    answer: str
    guardian: UUID | None
    name: str | None
    how: str
    witness: str
    recorded_by: str
    revisit_on: date | None
    kind: str | None
    with_parents: bool
    at: datetime
    ended_at: datetime | None

    @property
    def capacity(self) -> Text:
        """As whom it was said."""
        if self.kind:
            return GuardianKind(self.kind).label
        return _("the child, with the parents") if self.with_parents else _("the young person")


@dataclass(frozen=True)
class Line:
    """One category of a request: how it stands, what each signer last said, and all that was said."""

    consent: Consent
    standing: Standing
    said: dict[UUID | None, Said]
    history: list[Said] = field(default_factory=list)

    @property
    def means(self) -> Text:
        return CATEGORY_MEANS[Category(self.consent.category)]

    def by(self, guardian: Guardian | None) -> str:
        signature = self.said.get(guardian.pk if guardian else THE_CHILD)
        return signature.answer if signature else ""


@dataclass(frozen=True)
class Moment:
    """Something that happened around a request, for the line: asked, answered, withdrawn, closed.

    ``what`` is an answer, or "asked", "withdrawn", "closed"; ``name`` is empty for the child itself.
    """

    at: datetime
    what: str
    name: str
    categories: tuple[str, ...]
    request: ConsentRequest


@dataclass(frozen=True)
class Signed:
    """Where one signer stands with a whole request: an ``Answer``, "mixed", or "" (not yet)."""

    guardian: Guardian | None
    answer: str
    said: Said | None

    @property
    def name(self) -> str:
        return self.guardian.person.name if self.guardian else ""


@dataclass(frozen=True)
class Turn:
    """The birthday from which the child decides as well (12) or alone (16)."""

    age: int
    day: date

    @property
    def last_day(self) -> date:
        """Until when what is agreed now holds."""
        return self.day - timedelta(days=1)


@dataclass(frozen=True)
class Agreement:
    """One request with all its lines, for a page."""

    request: ConsentRequest
    lines: list[Line]
    signers: list[Guardian | None]
    objecting: list[Signed] = field(default_factory=list)
    today: date = date.min

    @property
    def turn(self) -> Turn | None:
        """The birthday soon from which the child must say yes itself, as long as it did not answer."""
        age = turns(self.request, self.today)
        if age is None or self.state not in (State.RUNS, State.AHEAD):
            return None
        told = [line.said.get(THE_CHILD) for line in self.lines if line.standing]
        if all(each and not (age == CHILD_ALONE_FROM and each.with_parents) for each in told):
            return None
        return Turn(age, birthday(self.request.child.born, age))

    @property
    def ends_soon(self) -> bool:
        """Whether it is time to ask if this may go on."""
        return self.state is State.RUNS and self.request.ends <= self.today + TOLD_AHEAD

    @property
    def state(self) -> State:
        """The request as a whole: runs when anything runs, else what stands in the way first."""
        states = {line.standing.state for line in self.lines}
        return next((state for state in State if state in states), State.ENDED)

    @property
    def running(self) -> list[Line]:
        """The categories that are shared now."""
        return [line for line in self.lines if line.standing]

    @property
    def missing(self) -> list[Guardian | None]:
        """Who has not answered some line yet; None is the child itself."""
        open_for = {signer for line in self.lines for signer in line.standing.missing}
        return [s for s in self.signers if _key(s) in open_for]

    @property
    def means(self) -> Text:
        """What it is for, to end a sentence with."""
        return PURPOSE_MEANS[Purpose(self.request.purpose)]

    @property
    def table(self) -> list[tuple[Line, list[tuple[Guardian | None, str]]]]:
        """Per category what every signer said ("" for nothing yet)."""
        return [(line, [(who, line.by(who)) for who in self.signers]) for line in self.lines]

    @property
    def signed(self) -> list[Signed]:
        """Every signer with what they said about the request as a whole."""
        return [self._signed(each) for each in self.signers]

    def signer(self, actor: Actor) -> Guardian | None:
        """The guardian this actor signs as, if it must sign at all."""
        mine = (each for each in self.signers if each and each.person_id == actor.person_id)
        return next(mine, None)

    def revisit_on(self, guardian: Guardian | None) -> date | None:
        """When a "not now" of this signer is looked at again."""
        said = [line.said[_key(guardian)] for line in self.lines if _key(guardian) in line.said]
        return max((each.revisit_on for each in said if each.revisit_on), default=None)

    def waits_for(self, guardian: Guardian | None, today: date) -> bool:
        """Whether this signer is asked something now; a "not now" is left alone until its date."""
        if self.state is State.ENDED or _key(guardian) not in map(_key, self.signers):
            return False
        revisit = self.revisit_on(guardian)
        answers = [line.by(guardian) for line in self.lines]
        return "" in answers or (Answer.LATER in answers and bool(revisit and revisit <= today))

    @property
    def moments(self) -> list[Moment]:
        """What happened around this request, oldest first."""
        request = self.request
        everything = tuple(line.consent.category for line in self.lines)
        told = [
            Moment(request.asked_at, "asked", request.asked_by.person.name, everything, request)
        ]
        told += _answers(request, self.lines)
        if request.exempt_by is not None and request.exempt_at is not None:
            by = request.exempt_by.person.name
            told.append(Moment(request.exempt_at, "exempt", by, everything, request))
        if request.closed_at is not None:
            told.append(Moment(request.closed_at, "closed", "", everything, request))
        return sorted(told, key=lambda each: each.at)

    def _signed(self, signer: Guardian | None) -> Signed:
        answers = {line.by(signer) for line in self.lines}
        said = (line.said.get(_key(signer)) for line in self.lines)
        answer = answers.pop() if len(answers) == 1 else "mixed"
        return Signed(signer, answer, next(filter(None, said), None))


def agreements(actor: Actor, child: Child) -> list[Agreement]:
    """All requests about a child that this hat may know of, open ones first."""
    return _noted(_agreements(actor, _known(actor, child__in=[child.pk])))


def agreements_of(actor: Actor, known: Sequence[Known]) -> list[Agreement]:
    """All requests about these children, closed ones as well, open ones first; one query."""
    return known_of(actor, known, all_agreements_of(actor, known))


def all_agreements_of(actor: Actor, known: Sequence[Known]) -> list[Agreement]:
    """Also those this hat may not know of; for the engine, never for a page (see ``known_of``)."""
    guardians = [guardian for each in known for guardian in each.guardians]
    asked = ConsentRequest.objects.filter(child__in=[each.child.pk for each in known])
    return _agreements(actor, asked, guardians)


def known_of(
    actor: Actor, known: Iterable[Known], everything: Iterable[Agreement]
) -> list[Agreement]:
    """Those this hat may know of: of the parents and the own place all, of others only their own."""
    whole_file = {
        each.child.pk
        for each in known
        if actor.is_parent or each.ties.on_group or each.ties.on_team
    }
    shown = [
        each
        for each in everything
        if each.request.child_id in whole_file
        or each.request.organisation_id == actor.organisation_id
    ]
    reading.note(each.request for each in shown)
    return shown


def agreements_for(actor: Actor, children: Iterable[Child]) -> list[Agreement]:
    """The open requests about these children, oldest first; the same two queries for any number."""
    ids = [child.pk for child in children]
    return _noted(_agreements(actor, _known(actor, child__in=ids, closed_at=None)))


def agreement(actor: Actor, request_id: UUID) -> Agreement:
    """One request that this hat may know of; NotVisible otherwise."""
    found = _noted(_agreements(actor, _known(actor, pk=request_id)))
    if not found:
        raise NotVisible
    return found[0]


def standing(
    actor: Actor, child: Child, organisation: Organisation, purpose: str
) -> Agreement | None:
    """The open agreement with one organisation for one purpose, if it was ever asked."""
    asked = ConsentRequest.objects.filter(
        child=child, organisation=organisation, purpose=purpose, closed_at=None
    )
    found = _noted(_agreements(actor, asked))
    return next((each for each in found if each.running), found[-1] if found else None)


def _known(actor: Actor, **which: object) -> QuerySet[ConsentRequest]:
    """Requests this hat may know of: the parents, the child's own place, and who it is about."""
    free = ConsentRequest.objects.filter(**which).exclude(policy.forbidden(actor, "child"))
    if actor.is_parent:
        return free.filter(policy.with_authority(actor, "child"))
    own = Q(Exists(policy.present_today(actor, "child")))
    own |= Q(Exists(policy.team(actor, "child", purpose="")))
    agreed = policy.team(actor, "child").filter(Exists(policy.consents_for_team(actor)))
    own |= Q(organisation=actor.organisation_id) & Q(Exists(agreed))
    return free.filter(policy.hat_runs(actor) & own)


def _agreements(
    actor: Actor,
    requests: QuerySet[ConsentRequest],
    guardians: Sequence[Guardian] | None = None,
) -> list[Agreement]:
    """Two queries: every category with everything said about it, and who has authority today."""
    rows = (
        Consent.objects.filter(request__in=requests)
        .select_related(
            "request__child",
            "request__organisation",
            "request__asked_by__person",
            "request__exempt_by__person",
            "request__exempt_by__organisation",
        )
        .annotate(**{AS_COLUMN[name]: F(path) for name, path in SAID.items()})
        .order_by(
            F("request__closed_at").asc(nulls_first=True),
            "request__asked_at",
            "request",
            "category",
            "signatures__at",
        )
    )
    found: dict[UUID, dict[UUID, list[Consent]]] = {}
    for row in rows:
        found.setdefault(row.request_id, {}).setdefault(row.pk, []).append(row)
    requested = [next(iter(lines.values()))[0].request for lines in found.values()]
    if guardians is None:
        ids = {request.child_id for request in requested}
        guardians = list(
            Guardian.objects.on(actor.today).filter(child__in=ids).select_related("person")
        )
    return [_agreement(request, found[request.pk], guardians, actor.today) for request in requested]


def _noted(found: list[Agreement]) -> list[Agreement]:
    reading.note(each.request for each in found)
    return found


def _agreement(
    request: ConsentRequest,
    rows: dict[UUID, list[Consent]],
    everybody: Iterable[Guardian],
    day: date,
) -> Agreement:
    """Also who says no without a signature that is needed: it is kept, and stops nothing."""
    guardians = {g.pk: g for g in everybody if g.child_id == request.child_id}
    needed = _needed(request, guardians.values(), max(day, request.starts))
    supervised = supervises(request.organisation_id, guardians.values())
    lines: list[Line] = []
    objecting: dict[UUID, Said] = {}
    for same in rows.values():
        history = [_said(row) for row in same if row.said_answer is not None]  # type: ignore[attr-defined]
        said = {each.guardian: each for each in history if each.ended_at is None}
        stands = (
            by_law_on(request, supervised, day)
            if request.basis == Basis.LAW
            else standing_on(request, that_count(said, request.child.born, day), needed, day)
        )
        lines.append(Line(same[0], stands, said, history))
        objecting |= {key: said[key] for key in said if key in guardians and key not in needed}
    signers = [guardians.get(key) if key else THE_CHILD for key in needed]
    signers.sort(key=lambda signer: signer.person.name if signer else "~")
    return Agreement(
        request,
        lines,
        signers,
        [
            Signed(guardians[key], each.answer, each)
            for key, each in objecting.items()
            if each.answer == Answer.REFUSED
        ],
        day,
    )


def _needed(request: ConsentRequest, guardians: Iterable[Guardian], day: date) -> set[UUID | None]:
    if request.basis == Basis.LAW:
        return set()
    with_authority = [each.pk for each in guardians if each.has_authority]
    return must_sign(request.child.born, with_authority, day, request.exempt)


def _said(row: Consent) -> Said:
    return Said(**{name: getattr(row, column) for name, column in AS_COLUMN.items()})


def _answers(request: ConsentRequest, lines: Iterable[Line]) -> list[Moment]:
    """One moment per signer and time, with the categories answered alike together."""
    told: dict[tuple[datetime, str, str], list[str]] = {}
    for line in lines:
        given = {(each.guardian, each.ended_at) for each in line.history if each.answer == "given"}
        for each in line.history:
            taken_back = each.answer == Answer.REFUSED and (each.guardian, each.at) in given
            what = "withdrawn" if taken_back else each.answer
            told.setdefault((each.at, what, each.name or ""), []).append(line.consent.category)
    return [
        Moment(at, what, name, tuple(categories), request)
        for (at, what, name), categories in told.items()
    ]


def _key(signer: Guardian | None) -> UUID | None:
    return signer.pk if signer else THE_CHILD
