"""Who looks at what the audit trail found, and who answers what parents ask about it."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alert4you.access.models import LookQuestion, ReviewLine, Verdict
from alert4you.access.rules.officers import looks_after
from alert4you.access.rules.relations import is_guardian
from alert4you.children.models import Child
from alert4you.kernel.clock import day_of
from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.organisations.models import Actor

REVIEW_WITHIN = timedelta(days=14)
ANSWER_WITHIN = 5
DUE_AT = time(17)
CHILDREN_AT_LEAST, CHILDREN_AT_MOST = 2, 200
NOT_THE_OFFICER = Decision(
    _("The privacy officer of the organisation looks after this."),
    _("Ask who that is at your location."),
)


def may_review(actor: Actor, line: ReviewLine, verdict: str, word: str) -> Decision:
    """The privacy officer says what was found, once, in words; never about oneself."""
    if not looks_after(actor, line.review.organisation_id, line.person_id):
        return NOT_THE_OFFICER
    if line.person_id == actor.person_id:
        return Decision(
            _("Nobody looks after what she did herself."),
            _("Ask the manager of the location."),
        )
    if line.reviewed_at is not None:
        return Decision(_("Somebody looked at this already."))
    if verdict not in Verdict.values:
        return Decision(_("Choose what you found."))
    return ALLOWED if word.strip() else Decision(_("Write what you found, in a few words."))


def may_set_number(actor: Actor, children_an_hour: int) -> Decision:
    if not looks_after(actor, actor.organisation_id):
        return NOT_THE_OFFICER
    if CHILDREN_AT_LEAST <= children_an_hour <= CHILDREN_AT_MOST:
        return ALLOWED
    return Decision(_("Choose a number from 2 to 200."))


def may_ask_about_look(actor: Actor, child: Child, text: str) -> Decision:
    """A parent or guardian with authority, in words."""
    decision = is_guardian(actor, child)
    if decision and not text.strip():
        return Decision(_("Write what you would like to know."))
    return decision


def may_answer_look(actor: Actor, question: LookQuestion, answer: str) -> Decision:
    """The privacy officer of the organisation that looked, once; never about oneself."""
    if not looks_after(actor, question.organisation_id, question.person_id):
        return NOT_THE_OFFICER
    if question.person_id == actor.person_id:
        return Decision(
            _("This question is about you: somebody else answers it."),
            _("Ask the manager of the location."),
        )
    if question.answered_at is not None:
        return Decision(_("This has been answered already."))
    return ALLOWED if answer.strip() else Decision(_("Write an answer: the parents read it."))


def answer_due(at: datetime) -> datetime:
    """Five working days (Monday to Friday) later at 17:00 in Amsterdam; a product choice."""
    day, left = day_of(at), ANSWER_WITHIN
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < 5
    return timezone.make_aware(datetime.combine(day, DUE_AT))


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
