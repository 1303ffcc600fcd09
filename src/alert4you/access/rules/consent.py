"""When a consent holds, and what must be said for it: pure rules over signatures.

Sources: Jeugdwet 7.3.4, 7.3.5, 7.3.11 and BW 1:253i; the all-signatures rule of the field.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from dateutil.relativedelta import relativedelta
from django.utils.translation import gettext_lazy as _

from alert4you.access.models import Answer, Category, Consent, ConsentRequest
from alert4you.access.rules.relations import is_guardian, works_here_with
from alert4you.children.models import Child, Guardian
from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.organisations.models import Actor

DEFAULT_MONTHS = 3
AT_MOST_MONTHS = 12
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
    """Whose signatures are needed on a day: guardian ids, and None for the child itself."""
    age = relativedelta(day, born).years
    if age >= CHILD_ALONE_FROM:
        return {THE_CHILD}
    guardians: set[UUID | None] = set(with_authority)
    return guardians | {THE_CHILD} if age >= CHILD_SIGNS_FROM else guardians


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
    consent: Consent, born: date, guardians: Iterable[Guardian], day: date
) -> Standing:
    """How one consent stands, from its prefetched signatures and the guardians with authority."""
    if consent.request.closed_at is not None:
        return Standing(State.ENDED)
    needed = must_sign(born, (g.pk for g in guardians if g.has_authority), day)
    answers = {s.guardian_id: s.answer for s in consent.signatures.all() if s.ended_at is None}
    return standing_of(needed, answers, consent.request.ends, day)


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
    return works_here_with(actor, child)


def may_answer(actor: Actor, request: ConsentRequest) -> Decision:
    """A guardian with authority, while the request is open."""
    if request.closed_at is not None or actor.today >= request.ends:
        return Decision(
            _("This request has ended."), _("Staff can ask again; your earlier answer is kept.")
        )
    return is_guardian(actor, request.child)


def may_record(actor: Actor, request: ConsentRequest, witness: str) -> Decision:
    """Staff of the child's own place write down what somebody said on paper or in a talk."""
    if not witness.strip():
        return Decision(_("Write who else was there, or where the paper is kept."))
    return works_here_with(actor, request.child)


def may_close(actor: Actor, request: ConsentRequest) -> Decision:
    return ALLOWED if is_guardian(actor, request.child) else works_here_with(actor, request.child)
