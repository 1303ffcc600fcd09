"""A request for consent as a page shows it: how each part stands, who said what, what is ahead."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alert4you.access.models import Answer, Basis, Category, Consent, ConsentRequest, Purpose
from alert4you.access.rules.consent import (
    CHILD_ALONE_FROM,
    THE_CHILD,
    TOLD_AHEAD,
    Standing,
    State,
    birthday,
    turns,
)
from alert4you.access.rules.wording import CATEGORY_MEANS, PURPOSE_MEANS
from alert4you.children.models import Guardian, GuardianKind
from alert4you.organisations.models import Actor

Text = str | Promise


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
    text_version: str
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
class Statement:
    """One thing that one person said at one moment, as proof: to which categories, how, until when.

    ``what`` is an answer, or "withdrawn".
    """

    what: str
    said: Said
    categories: list[Text]


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
    def by_law(self) -> bool:
        """Whether it does not rest on anybody's consent."""
        return self.request.basis == Basis.LAW

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
        if request.rests_on is not None and request.confirmed_at is not None:
            by, what = request.rests_on.person.name, "exempt" if request.exempt else "needed"
            what = what if request.confirmed else "disowned"
            told.append(Moment(request.confirmed_at, what, by, everything, request))
        if request.closed_at is not None:
            told.append(Moment(request.closed_at, "closed", "", everything, request))
        return sorted(told, key=lambda each: each.at)

    @property
    def statements(self) -> list[Statement]:
        """Everything that was ever said about it, oldest first."""
        told: dict[tuple[datetime, UUID | None, str], Statement] = {}
        for line in self.lines:
            for each in line.history:
                what = _what(each, line.history)
                new = Statement(what, each, [])
                statement = told.setdefault((each.at, each.guardian, what), new)
                statement.categories.append(line.consent.get_category_display())
        return sorted(told.values(), key=lambda each: each.said.at)

    def _signed(self, signer: Guardian | None) -> Signed:
        answers = {line.by(signer) for line in self.lines}
        said = (line.said.get(_key(signer)) for line in self.lines)
        answer = answers.pop() if len(answers) == 1 else "mixed"
        return Signed(signer, answer, next(filter(None, said), None))


def _answers(request: ConsentRequest, lines: Iterable[Line]) -> list[Moment]:
    """One moment per signer and time, with the categories answered alike together."""
    told: dict[tuple[datetime, str, str], list[str]] = {}
    for line in lines:
        for each in line.history:
            key = (each.at, _what(each, line.history), each.name or "")
            told.setdefault(key, []).append(line.consent.category)
    return [
        Moment(at, what, name, tuple(categories), request)
        for (at, what, name), categories in told.items()
    ]


def _what(said: Said, history: Iterable[Said]) -> str:
    """The answer, or "withdrawn" for the no that ended a yes of the same person."""
    if said.answer != Answer.REFUSED:
        return said.answer
    gave = any(
        each.answer == Answer.GIVEN and (each.guardian, each.ended_at) == (said.guardian, said.at)
        for each in history
    )
    return "withdrawn" if gave else said.answer


def _key(signer: Guardian | None) -> UUID | None:
    return signer.pk if signer else THE_CHILD
