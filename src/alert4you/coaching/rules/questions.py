"""Who may ask and answer, what reaches whom, and until when an answer is due."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from alert4you.access.models import SHAREABLE, CoachPost
from alert4you.access.policy import consents_of
from alert4you.access.rules.names import name_words, names_in, no_child_named
from alert4you.access.rules.relations import (
    leads,
    ties,
    works_here_with,
    works_with,
)
from alert4you.children.models import Child, Guardian
from alert4you.coaching.models import (
    About,
    ChildQuestion,
    Question,
)
from alert4you.kernel.clock import day_of
from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.organisations.models import Actor, Location, Membership, Role
from alert4you.organisations.queries import stands_in
from alert4you.organisations.rules import STAFF_OF_THE_PLACE

WORKING_DAYS_TO_ANSWER = 2
DUE_AT = time(17)
WITH_A_CHILD = {About.CHILD, About.PARENT_TALK}
WHO_ASK = STAFF_OF_THE_PLACE
WHO_COACH = {Role.COACH, Role.PEDAGOGUE, Role.CARE_COORDINATOR, Role.PARTNER}
NO_QUESTION = Decision(_("Write your question in a few words."))


def may_ask(
    actor: Actor, location: Location, about: str, text: str, child: Child | None, details: str
) -> Decision:
    """Staff of the location ask; what reaches the coach never tells which child it is about."""
    if actor.role not in WHO_ASK or location.organisation_id != actor.organisation_id:
        return Decision(_("Only staff of this location can ask its coach."))
    if child is None:
        written = text.strip()
        return no_child_named(text, location, actor.today) if written else NO_QUESTION
    if not (text.strip() or details.strip()):
        return NO_QUESTION
    if about not in WITH_A_CHILD:
        return Decision(
            _("A question about the group or about yourself carries no child."),
            _("Choose “a child” when the question is about one child."),
        )
    found = names_in(text, identifying_words(actor, child))
    if found:
        return Decision(
            _("The question for the coach tells who the child is: “%s”.") % found,
            _("Leave it out here; write it under “for later”, which opens when the parents agree."),
        )
    return works_with(actor, child) and no_child_named(text, location, actor.today)


def identifying_words(actor: Actor, child: Child) -> list[str]:
    """Names and the birth date that would tell who the child is."""
    guardians = Guardian.objects.on(actor.today).filter(child=child)
    names = [child.first_name, child.last_name, *guardians.values_list("person__name", flat=True)]
    return [*name_words(names), *written_birth_dates(child.born)]


def written_birth_dates(born: date) -> list[str]:
    """The ways in which people write a birth date."""
    with override("nl"):
        in_words = date_format(born, "j F Y")
    days = (f"{born:%d-%m-%Y}", f"{born.day}-{born.month}-{born.year}")
    numbers = [day.replace("-", between) for day in days for between in "-/."]
    return [in_words, f"{born:%Y-%m-%d}", *numbers]


def reads(actor: Actor, child: Child, category: str) -> bool:
    """Whether this hat may see what is written about the child in a category from today on."""
    return category in readable(actor, child)


def readable(actor: Actor, child: Child) -> set[str]:
    """The categories in which this hat may see what is written about the child from today on."""
    held = ties(actor, child)
    if held.on_team or not held.knows:
        return set(SHAREABLE) if held.on_team else set()
    running = consents_of(actor).filter(
        request__child=child, request__content_from__lte=actor.today
    )
    return set(running.values_list("category", flat=True))


def opened_to(actor: Actor, question: Question) -> bool:
    """Whether this hat may connect a question to the child it is about."""
    return ChildQuestion.objects.visible_to(actor).filter(question=question).exists()


def answer_due(asked_at: datetime) -> datetime:
    """Two working days later at 17:00 in Amsterdam (a product choice; no source gives a number)."""
    day, left = day_of(asked_at), WORKING_DAYS_TO_ANSWER
    while left:
        day += timedelta(days=1)
        left -= is_working_day(day)
    return timezone.make_aware(datetime.combine(day, DUE_AT))


def is_working_day(day: date) -> bool:
    return day.weekday() < 5


def may_answer(actor: Actor, question: Question, text: str, helps_others: str) -> Decision:
    """The one it was asked to, or who stands in; without a child unless the parents agreed."""
    if not text.strip():
        return Decision(_("Write what they can do on the group."))
    answers = is_asked(actor, question)
    if answers and question.location is not None and not opened_to(actor, question):
        return no_child_named(f"{text} {helps_others}", question.location, actor.today)
    return answers


def is_asked(actor: Actor, question: Question) -> Decision:
    if leads(actor, question.to_id, stands_in(question.to_id, actor.today)):
        return ALLOWED
    return Decision(_("This question was asked to somebody else."))


def may_thank(actor: Actor, question: Question) -> Decision:
    """Whoever asked says that the answer helped."""
    if question.answered_at is None:
        return Decision(_("This question has no answer yet."))
    if leads(actor, question.hat_id):
        return ALLOWED
    return Decision(_("Only whoever asked can say whether it helped."))


def may_pass_on(actor: Actor, question: Question, to: Membership) -> Decision:
    """The one it was asked to, who stands in, or who asked it; to somebody who works here too."""
    if not leads(actor, question.to_id, stands_in(question.to_id, actor.today), question.hat_id):
        return Decision(_("Only whoever asked it or has it can pass a question on."))
    posted = CoachPost.objects.on(actor.today).filter(membership=to, location=question.location)
    if posted.exists() or to.organisation_id == question.organisation_id:
        return ALLOWED
    return Decision(_("This person does not work with this location."))


def may_ask_parents(actor: Actor, child: Child, coach: Membership, why: str) -> Decision:
    """Own staff ask the parents, for a coach of another organisation; the parents read why."""
    if not why.strip():
        return Decision(_("Write why: the parents read it."))
    if coach.organisation_id == actor.organisation_id:
        return Decision(_("A colleague of your own organisation needs no consent."))
    return works_here_with(actor, child)
