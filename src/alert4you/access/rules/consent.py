"""When a consent holds, and what must be said for it.

Sources: Jeugdwet 7.3.4, 7.3.5, 7.3.11, 7.3.15 and BW 1:253a, 1:253i; the all-signatures rule of the
field. How long ahead a birthday or an end is told is a choice of this product.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from dateutil.relativedelta import relativedelta
from django.utils.translation import gettext_lazy as _

from alert4you.access.models import (
    Answer,
    Basis,
    Category,
    ConsentRequest,
    Exemption,
    How,
    Signature,
)
from alert4you.access.rules.relations import is_guardian, works_here_with
from alert4you.children.models import Child, Guardian, GuardianKind
from alert4you.kernel.clock import years_before
from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.organisations.models import Actor, Organisation

DEFAULT_MONTHS = 3
AT_MOST_MONTHS = 12
REVISIT_WEEKS = 4
CHILD_SIGNS_FROM = 12
CHILD_ALONE_FROM = 16
TOLD_AHEAD = timedelta(days=30)
THE_CHILD = None


class State(StrEnum):
    RUNS = "runs"
    AHEAD = "ahead"
    DISPUTED = "disputed"
    WAITS = "waits"
    REFUSED = "refused"
    LATER = "later"
    ENDED = "ended"


@dataclass(frozen=True)
class Standing:
    """How a consent stands: its state and who still has to answer (None is the child itself)."""

    state: State
    missing: tuple[UUID | None, ...] = ()

    def __bool__(self) -> bool:
        return self.state is State.RUNS


def must_sign(
    born: date, with_authority: Iterable[UUID], day: date, exempt: str = ""
) -> set[UUID | None]:
    """Whose signatures are needed on a day: guardian ids, and None for the child itself.

    Empty when nobody has authority over a child under 16: then nobody can agree.
    """
    guardians: set[UUID | None] = set(with_authority)
    if born > years_before(day, CHILD_SIGNS_FROM) or exempt == Exemption.NOT_CAPABLE:
        return guardians
    if born <= years_before(day, CHILD_ALONE_FROM) or exempt:
        return {THE_CHILD}
    return guardians | {THE_CHILD} if guardians else guardians


class Spoken(Protocol):
    """What one signer said last: a ``Signature`` by any name."""

    @property
    def answer(self) -> str: ...

    @property
    def with_parents(self) -> bool: ...


def that_count(said: Mapping[UUID | None, Spoken], born: date, day: date) -> dict[UUID | None, str]:
    """Signer -> answer; a yes that the child gave with its parents counts until it is 16."""
    alone = born <= years_before(day, CHILD_ALONE_FROM)
    return {
        signer: each.answer
        for signer, each in said.items()
        if not (alone and signer is THE_CHILD and each.with_parents and _is_yes(each))
    }


def _is_yes(said: Spoken) -> bool:
    return said.answer == Answer.GIVEN


def standing_of(
    needed: set[UUID | None], answers: Mapping[UUID | None, str], ends: date, day: date
) -> Standing:
    """From whoever must sign and what each last said (signer -> answer) to how the consent stands."""
    if day >= ends:
        return Standing(State.ENDED)
    said = {answers.get(signer) for signer in needed}
    parents = {answers.get(signer) for signer in needed if signer is not THE_CHILD}
    missing = tuple(signer for signer in needed if signer not in answers)
    if {Answer.GIVEN, Answer.REFUSED} <= parents:
        return Standing(State.DISPUTED, missing)
    if Answer.REFUSED in said:
        return Standing(State.REFUSED, missing)
    if Answer.LATER in said:
        return Standing(State.LATER, missing)
    if missing or not needed:
        return Standing(State.WAITS, missing)
    return Standing(State.RUNS)


def standing_on(
    request: ConsentRequest,
    answers: Mapping[UUID | None, str],
    needed: set[UUID | None],
    day: date,
) -> Standing:
    """How one consent of a request stands: its period first, then who said what.

    What all signed before it starts stands ahead. A basis in law: see ``by_law_on``.
    """
    if request.closed_at is not None or day >= request.ends:
        return Standing(State.ENDED)
    stands = standing_of(needed, answers, request.ends, day)
    return Standing(State.AHEAD) if stands and day < request.starts else stands


def by_law_on(request: ConsentRequest, supervises: bool, day: date) -> Standing:
    """What the law allows holds in its period, as long as that organisation supervises the child, once
    the family supervisor confirmed that it is needed.
    """
    if request.closed_at is not None or day >= request.ends or not supervises:
        return Standing(State.ENDED)
    if not request.confirmed:
        return Standing(State.WAITS)
    return Standing(State.AHEAD if day < request.starts else State.RUNS)


def supervises(organisation: UUID, guardians: Iterable[Guardian]) -> bool:
    """Whether somebody of this institution is among the guardians as family supervisor."""
    return any(
        each.kind == GuardianKind.SUPERVISOR and each.organisation_id == organisation
        for each in guardians
    )


def birthday(born: date, age: int) -> date:
    """The day from which somebody has this age (29 February counts on 1 March)."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)


def turns(request: ConsentRequest, day: date) -> int | None:
    """12 or 16 when the child turns that age soon, and while the request runs."""
    if request.basis == Basis.LAW or request.exception == Exemption.NOT_CAPABLE:
        return None
    for age in (CHILD_SIGNS_FROM, CHILD_ALONE_FROM):
        when = birthday(request.child.born, age)
        if day < when <= day + TOLD_AHEAD and request.starts <= when < request.ends:
            return age
    return None


@dataclass(frozen=True)
class Terms:
    """What is asked: which categories, why (the parents read it), until when, from when on.

    ``ends`` is exclusive (None: three months on; at most twelve). Entries from before ``content_from``
    (None: today) stay out of sight.
    """

    categories: Collection[str]
    why: str
    ends: date | None = None
    content_from: date | None = None


def default_end(starts: date) -> date:
    return starts + relativedelta(months=DEFAULT_MONTHS)


@dataclass(frozen=True)
class Use:
    """What is asked for one organisation and one purpose."""

    organisation: Organisation
    purpose: str
    terms: Terms


def may_request(actor: Actor, child: Child, terms: Terms) -> Decision:
    """Own staff may ask; for at least one category, never safety, never longer than a year."""
    return may_request_all(actor, child, [terms])


def may_request_all(actor: Actor, child: Child, asked: Iterable[Terms]) -> Decision:
    """As ``may_request``, for each of these."""
    wrong = next((wrong for terms in asked if not (wrong := _can_be(terms, actor.today))), ALLOWED)
    return wrong and works_here_with(actor, child)


def _can_be(terms: Terms, day: date) -> Decision:
    if not terms.categories:
        return Decision(_("Choose what may be shared."), _("Nothing is ticked in advance."))
    if Category.SAFETY in terms.categories:
        return Decision(_("Safety notes are never shared with consent."))
    if terms.ends is not None and terms.ends > day + relativedelta(months=AT_MOST_MONTHS):
        return Decision(
            _("A consent runs twelve months at most."), _("Choose an earlier end date.")
        )
    if terms.ends is not None and terms.ends <= day:
        return Decision(_("The end date has passed already."), _("Choose a day after today."))
    return ALLOWED


def guardians_sign(request: ConsentRequest, day: date) -> bool:
    """Whether what the guardians say counts on a day."""
    age = request.child.age_in_years(day)
    if age < CHILD_SIGNS_FROM or request.exception == Exemption.NOT_CAPABLE:
        return True
    return age < CHILD_ALONE_FROM and not request.exception


def child_signs(request: ConsentRequest, day: date) -> bool:
    """Whether the child may answer on a day: from 12 on, and shortly before that birthday."""
    if request.exception == Exemption.NOT_CAPABLE:
        return False
    soon = turns(request, day) is not None
    return soon or request.child.age_in_years(max(day, request.starts)) >= CHILD_SIGNS_FROM


def decides_alone(request: ConsentRequest, day: date) -> bool:
    """Whether what the child says on a day is said as who decides alone: 16, or shortly before it."""
    soon = turns(request, day) == CHILD_ALONE_FROM
    return soon or request.child.age_in_years(max(day, request.starts)) >= CHILD_ALONE_FROM


def is_asked(actor: Actor, request: ConsentRequest) -> Decision:
    """As ``is_open``, and it rests on consent."""
    if request.basis == Basis.LAW:
        return Decision(
            _("The law allows this without consent, so nothing is asked here."),
            _("Do you see it otherwise? Talk with the staff; you can also file a complaint."),
        )
    return is_open(actor, request)


def is_open(actor: Actor, request: ConsentRequest) -> Decision:
    """An answer counts while the request runs."""
    if request.closed_at is None and actor.today < request.ends:
        return ALLOWED
    return Decision(
        _("This request has ended."), _("Staff can ask again; your earlier answer is kept.")
    )


def may_answer(actor: Actor, request: ConsentRequest) -> Decision:
    """A guardian with authority, while the request is open and guardians sign it."""
    asked = is_asked(actor, request)
    if not asked:
        return asked
    if guardians_sign(request, actor.today):
        return is_guardian(actor, request.child)
    if request.child.age_in_years(actor.today) >= CHILD_ALONE_FROM:
        return Decision(
            _("From 16 on, a young person decides alone."),
            _("Staff can record what your child says."),
        )
    return Decision(
        _("A youth-care professional decided that your child may say yes without you."),
        _("The reason is on this page. Do you see it otherwise? Talk with the staff."),
    )


def may_record_here(actor: Actor, request: ConsentRequest) -> Decision:
    """Whether this hat writes down answers to this request at all."""
    asked = is_asked(actor, request)
    return works_here_with(actor, request.child) if asked else asked


def may_record(
    actor: Actor,
    request: ConsentRequest,
    guardian: Guardian | None,
    answers: Mapping[str, str],
    how: str,
    witness: str,
) -> Decision:
    """Staff of the child's own place write down what somebody said on paper or in a talk.

    A no that a parent gave here in person is never turned by staff. Of a parent without authority only a
    no is kept, as an objection.
    """
    asked = is_asked(actor, request)
    if not asked:
        return asked
    if how == How.IN_APP:
        return Decision(_("Choose whether it was said in a talk or written on paper."))
    if not witness.strip():
        return Decision(_("Write who else was there, or where the paper is kept."))
    if not _decides(request, guardian, actor.today) and not _objects(request, guardian, answers):
        return Decision(
            _("This person does not decide about this."),
            _("You can write down that they do not agree; it changes nothing in what is shared."),
        )
    if _said_no_in_person(request, guardian, answers):
        return Decision(
            _("This person answered no here in person; only they can change that."),
            _("Ask them to sign in and answer again."),
        )
    return works_here_with(actor, request.child)


def _said_no_in_person(
    request: ConsentRequest, guardian: Guardian | None, answers: Mapping[str, str]
) -> bool:
    given = [category for category, answer in answers.items() if answer == Answer.GIVEN]
    refused = Signature.objects.filter(
        consent__request=request,
        consent__category__in=given,
        guardian=guardian,
        answer=Answer.REFUSED,
        how=How.IN_APP,
        ended_at=None,
    )
    return refused.exists()


def _decides(request: ConsentRequest, guardian: Guardian | None, day: date) -> bool:
    """Whether this answer counts: that of a guardian under 16, of the child from 12 on."""
    if guardian is None:
        return child_signs(request, day)
    right_child = guardian.child_id == request.child_id and guardian.has_authority
    return runs_on(guardian, day) and right_child and guardians_sign(request, day)


def _objects(
    request: ConsentRequest, guardian: Guardian | None, answers: Mapping[str, str]
) -> bool:
    """A no of a parent of this child, whose consent is not needed."""
    no = set(answers.values()) == {Answer.REFUSED}
    return no and guardian is not None and guardian.child_id == request.child_id


def runs_on(guardian: Guardian, day: date) -> bool:
    return guardian.starts <= day and (guardian.ends is None or day < guardian.ends)


def default_revisit(day: date) -> date:
    """A "not now" is left alone for four weeks when no date was chosen."""
    return day + timedelta(weeks=REVISIT_WEEKS)


def may_close(actor: Actor, request: ConsentRequest) -> Decision:
    return ALLOWED if is_guardian(actor, request.child) else works_here_with(actor, request.child)


def may_extend(actor: Actor, request: ConsentRequest, ends: date) -> Decision:
    """Shortly before it ends staff may ask anew, once, for at most twelve months more."""
    asked = is_asked(actor, request)
    if not asked:
        return asked
    if actor.today < request.ends - TOLD_AHEAD:
        return Decision(
            _("This still runs for a good while."),
            _("From 30 days before the end on you can ask whether it may go on."),
        )
    if not request.ends < ends <= request.ends + relativedelta(months=AT_MOST_MONTHS):
        return Decision(
            _("A consent runs twelve months at most."), _("Choose an earlier end date.")
        )
    if _followed(request):
        return Decision(_("It was asked already whether this may go on."))
    return works_here_with(actor, request.child)


def _followed(request: ConsentRequest) -> bool:
    return ConsentRequest.objects.filter(
        child=request.child_id,
        organisation=request.organisation_id,
        purpose=request.purpose,
        basis=Basis.CONSENT,
        starts__gte=request.ends,
        closed_at=None,
    ).exists()
