"""When a consent holds, and what must be said for it: pure rules over signatures.

Sources: Jeugdwet 7.3.4, 7.3.5, 7.3.11 and BW 1:253i; the all-signatures rule of the field.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from dateutil.relativedelta import relativedelta
from django.utils.translation import gettext_lazy as _

from alert4you.access.models import Answer, Basis, Category, ConsentRequest, How, Signature
from alert4you.access.rules.relations import is_guardian, works_here_with
from alert4you.children.models import Child, Guardian
from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.organisations.models import Actor

DEFAULT_MONTHS = 3
AT_MOST_MONTHS = 12
REVISIT_WEEKS = 4
CHILD_SIGNS_FROM = 12
CHILD_ALONE_FROM = 16
THE_CHILD = None


class State(StrEnum):
    RUNS = "runs"
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


def must_sign(born: date, with_authority: Iterable[UUID], day: date) -> set[UUID | None]:
    """Whose signatures are needed on a day: guardian ids, and None for the child itself.

    Empty when nobody has authority over a child under 16: then nobody can agree.
    """
    age = relativedelta(day, born).years
    if age >= CHILD_ALONE_FROM:
        return {THE_CHILD}
    guardians: set[UUID | None] = set(with_authority)
    return guardians | {THE_CHILD} if guardians and age >= CHILD_SIGNS_FROM else guardians


def standing_of(
    needed: set[UUID | None], answers: Mapping[UUID | None, str], ends: date, day: date
) -> Standing:
    """From who must sign and what each last said (signer -> answer) to how the consent stands."""
    if day >= ends:
        return Standing(State.ENDED)
    said = {answers.get(signer) for signer in needed}
    missing = tuple(signer for signer in needed if signer not in answers)
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
    """How one consent of a request stands: its period and basis first, then who said what."""
    if request.closed_at is not None or day >= request.ends:
        return Standing(State.ENDED)
    if day < request.starts:
        return Standing(State.WAITS)
    if request.basis == Basis.LAW:
        return Standing(State.RUNS)
    return standing_of(needed, answers, request.ends, day)


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


def may_request(actor: Actor, child: Child, terms: Terms) -> Decision:
    """Own staff may ask; for at least one category, never safety, never longer than a year."""
    if not terms.categories:
        return Decision(_("Choose what may be shared."), _("Nothing is ticked in advance."))
    if Category.SAFETY in terms.categories:
        return Decision(_("Safety notes are never shared with consent."))
    if terms.ends is not None and terms.ends > actor.today + relativedelta(months=AT_MOST_MONTHS):
        return Decision(
            _("A consent runs twelve months at most."), _("Choose an earlier end date.")
        )
    if terms.ends is not None and terms.ends <= actor.today:
        return Decision(_("The end date has passed already."), _("Choose a day after today."))
    return works_here_with(actor, child)


def is_open(actor: Actor, request: ConsentRequest) -> Decision:
    """An answer counts while the request runs."""
    if request.closed_at is None and actor.today < request.ends:
        return ALLOWED
    return Decision(
        _("This request has ended."), _("Staff can ask again; your earlier answer is kept.")
    )


def may_answer(actor: Actor, request: ConsentRequest) -> Decision:
    """A guardian with authority, while the request is open and the child is under 16."""
    still_open = is_open(actor, request)
    if not still_open:
        return still_open
    if request.child.age_in_years(actor.today) >= CHILD_ALONE_FROM:
        return Decision(
            _("From 16 on, a young person decides alone."),
            _("Staff can record what your child says."),
        )
    return is_guardian(actor, request.child)


def may_record_here(actor: Actor, request: ConsentRequest) -> Decision:
    """Whether this hat writes down answers to this request at all."""
    still_open = is_open(actor, request)
    return works_here_with(actor, request.child) if still_open else still_open


def may_record(
    actor: Actor,
    request: ConsentRequest,
    guardian: Guardian | None,
    answers: Mapping[str, str],
    how: str,
    witness: str,
) -> Decision:
    """Staff of the child's own place write down what somebody said on paper or in a talk.

    A no that a parent gave here in person is never turned by staff.
    """
    still_open = is_open(actor, request)
    if not still_open:
        return still_open
    if how == How.IN_APP:
        return Decision(_("Choose whether it was said in a talk or written on paper."))
    if not witness.strip():
        return Decision(_("Write who else was there, or where the paper is kept."))
    if not _decides(request.child, guardian, actor.today):
        return Decision(
            _("This person does not decide about this."),
            _("Parents and guardians with authority sign; the child as well from 12 on."),
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


def _decides(child: Child, guardian: Guardian | None, day: date) -> bool:
    """Whether this answer counts on a day: that of a guardian under 16, of the child from 12 on."""
    age = child.age_in_years(day)
    if guardian is None:
        return age >= CHILD_SIGNS_FROM
    right_child = guardian.child_id == child.pk and guardian.has_authority
    return runs_on(guardian, day) and right_child and age < CHILD_ALONE_FROM


def runs_on(guardian: Guardian, day: date) -> bool:
    return guardian.starts <= day and (guardian.ends is None or day < guardian.ends)


def default_revisit(day: date) -> date:
    """A "not now" is left alone for four weeks when no date was chosen."""
    return day + timedelta(weeks=REVISIT_WEEKS)


def may_close(actor: Actor, request: ConsentRequest) -> Decision:
    return ALLOWED if is_guardian(actor, request.child) else works_here_with(actor, request.child)
