"""Who may ask, answer and log; which form a talk gets; until when an answer is due."""

from datetime import date, datetime, time, timedelta
from typing import Protocol

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from alert4you.access.models import SHAREABLE, Category, CoachPost
from alert4you.access.policy import consents_of, mine_or_covered
from alert4you.access.rules.relations import (
    NOT_WITH_THIS_CHILD,
    leads,
    on_own_team,
    ties,
    works_here_with,
    works_with,
)
from alert4you.children.models import Child, Guardian
from alert4you.coaching.models import (
    About,
    ChildQuestion,
    Contact,
    Level,
    Question,
    TalkForm,
    TalkPreparation,
    Visit,
)
from alert4you.kernel.clock import day_of
from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.notes.rules import name_words, names_in, no_child_named
from alert4you.organisations.models import Actor, Location, Membership, Role, Roster
from alert4you.organisations.queries import actor_of, stands_in
from alert4you.organisations.rules import STAFF_OF_THE_PLACE

WORKING_DAYS_TO_ANSWER = 2
DUE_AT = time(17)
WITH_A_CHILD = {About.CHILD, About.PARENT_TALK}
WHO_ASK = STAFF_OF_THE_PLACE
WHO_COACH = {Role.COACH, Role.PEDAGOGUE, Role.CARE_COORDINATOR, Role.PARTNER}
NO_QUESTION = Decision(_("Write your question in a few words."))
NOT_ABOUT_TALKS = Decision(
    _("The parents did not agree that you know about talks with them."),
    _("Let the group worker make the card, or ask the parents."),
)


class Told(Protocol):
    """What else is told of a contact, as far as others read it."""

    @property
    def helps_others(self) -> str: ...

    @property
    def title(self) -> str: ...

    @property
    def visit(self) -> Visit | None: ...


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
    """Who asked says that the answer helped."""
    if question.answered_at is None:
        return Decision(_("This question has no answer yet."))
    if leads(actor, question.hat_id):
        return ALLOWED
    return Decision(_("Only who asked can say whether it helped."))


def may_pass_on(actor: Actor, question: Question, to: Membership) -> Decision:
    """The one it was asked to, who stands in, or who asked it; to somebody who works here too."""
    if not leads(actor, question.to_id, stands_in(question.to_id, actor.today), question.hat_id):
        return Decision(_("Only who asked it or who has it can pass a question on."))
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


def may_plan_visit(actor: Actor, location: Location, day: date, purpose: str) -> Decision:
    """A coach plans visits to the locations where she works, from today on, one a day.

    What for is read by all groups of the location, so it names no child.
    """
    if day < actor.today:
        return Decision(_("A visit is planned for today or later."), _("Log it as a contact."))
    planned = Visit.objects.filter(
        coach=actor.membership_id, location=location, day=day, cancelled_at=None
    )
    if planned.exists():
        return Decision(_("You already have a visit here on that day."), _("Choose another day."))
    return coaches_at(actor, location) and no_child_named(purpose, location, actor.today)


def coaches_at(actor: Actor, location: Location) -> Decision:
    posts = CoachPost.objects.on(actor.today).filter(mine_or_covered(actor), location=location)
    if posts.exists():
        return ALLOWED
    return Decision(_("You are not the coach of this location."))


def may_take_question(actor: Actor, visit: Visit, text: str, answer: str) -> Decision:
    """During a visit somebody asks something about another child: it is written without the child."""
    if not text.strip():
        return NO_QUESTION
    coach = coaches_at(actor, visit.location)
    named = no_child_named(f"{text} {answer}", visit.location, actor.today)
    return named if coach else coach


def may_log(
    actor: Actor, child: Child | None, location: Location | None, text: str, details: Told
) -> Decision:
    """About a child: who works with it. About a group: its coach, or staff who work there."""
    visit = details.visit
    if visit and not leads(actor, visit.coach_id, stands_in(visit.coach_id, actor.today)):
        return Decision(_("This was the visit of somebody else."))
    also = f"{details.title} {details.helps_others}"
    return _may_tell(actor, child, location, text, also)


def may_advise(
    actor: Actor, child: Child | None, location: Location | None, text: str, helps_others: str
) -> Decision:
    """As ``may_log``."""
    return _may_tell(actor, child, location, text, helps_others)


def _may_tell(
    actor: Actor, child: Child | None, location: Location | None, text: str, also: str
) -> Decision:
    if not text.strip():
        return Decision(_("Write in a few words what happened."))
    if child is not None:
        return works_with(actor, child)
    if location is None:
        return Decision(_("Choose a child or a location."))
    here = ALLOWED if _works_at(actor, location) else coaches_at(actor, location)
    return here and no_child_named(f"{text} {also}", location, actor.today)


def _works_at(actor: Actor, location: Location) -> bool:
    own = actor.organisation_id == location.organisation_id
    if own and actor.role in WHO_ASK - {Role.GROUP_WORKER}:
        return True
    rosters = Roster.objects.on(actor.today).filter(membership=actor.membership_id)
    return rosters.filter(group__location=location).exists()


def may_prepare(actor: Actor, child: Child, worker: Membership, planned_on: date) -> Decision:
    """For a worker of the care team, by who may know about talks with these parents."""
    if planned_on < actor.today:
        return Decision(_("The talk is in the past."), _("Log it as a talk instead."))
    works = works_with(actor, child)
    if not works:
        return works
    if not on_own_team(actor_of(worker, actor.at), child):
        return Decision(
            _("Only somebody of the care team of this child prepares a talk with its parents."),
            _("Put the group worker on the care team first; the parents see why."),
        )
    return ALLOWED if _keeps_sight(actor, child) else NOT_ABOUT_TALKS


def _keeps_sight(actor: Actor, child: Child) -> bool:
    """Whether one can still read a card about a talk after writing it."""
    return ties(actor, child).on_group or reads(actor, child, Category.TALK)


def may_work_on_talk(actor: Actor, preparation: TalkPreparation) -> Decision:
    if Contact.objects.unrestricted(reason="rule").filter(preparation=preparation).exists():
        return Decision(_("This talk has been held; its preparation stays as it was."))
    child = preparation.child
    return works_with(actor, child) if child else NOT_WITH_THIS_CHILD


def may_hold_talk(actor: Actor, preparation: TalkPreparation, agreed: str) -> Decision:
    if not agreed.strip():
        return Decision(_("Write what was talked about and agreed: the parents read it too."))
    return may_work_on_talk(actor, preparation)


def may_complete(actor: Actor, contact: Contact, helps_others: str) -> Decision:
    """Who had the contact answers what it gives the other children."""
    if not helps_others.strip():
        return Decision(_("Write what can help the other children too."))
    if contact.author_id != actor.person_id:
        return Decision(_("Only who had this contact can answer this."))
    if contact.child_id is None and contact.location is not None:
        return no_child_named(helps_others, contact.location, actor.today)
    return ALLOWED


def may_cancel(actor: Actor, visit: Visit) -> Decision:
    if leads(actor, visit.coach_id, stands_in(visit.coach_id, actor.today)):
        return ALLOWED
    return Decision(_("Only the coach herself can cancel a visit."))


def suggested_form(complexity: int, wants_to_learn: int) -> TalkForm:
    """From how hard the talk will be and how much the worker wants to learn, to one of three forms.

    A hard talk starts with the coach's example, unless the worker wants to learn much from it: then
    together. An easy talk is the worker's own when she wants to learn, and together otherwise.
    """
    if complexity == Level.MUCH:
        return TalkForm.TOGETHER if wants_to_learn == Level.MUCH else TalkForm.COACH_LEADS
    if complexity == Level.SOME:
        return TalkForm.TOGETHER
    return TalkForm.TOGETHER if wants_to_learn == Level.LITTLE else TalkForm.WORKER_LEADS


def why_suggested(complexity: int, wants_to_learn: int) -> str | Promise:
    """The reason for ``suggested_form``, in words for the card."""
    if complexity == Level.MUCH and wants_to_learn == Level.MUCH:
        return _(
            "It may become a hard talk, and there is much to learn from it: do it side by side."
        )
    if complexity == Level.MUCH:
        return _("It may become a hard talk: first watch how the coach does it.")
    if complexity == Level.SOME:
        return _("Not an easy talk, not a hard one either: each takes a part.")
    if wants_to_learn == Level.LITTLE:
        return _("An easy talk, and leading it is not what has to be learned now.")
    return _("An easy talk: a good moment to lead it, with feedback afterwards.")
