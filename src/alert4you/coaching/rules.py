"""Who may ask, answer and log; which form a talk gets; until when an answer is due."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alert4you.access.models import CoachPost
from alert4you.access.policy import mine_or_covered
from alert4you.access.rules.relations import leads, works_here_with, works_with
from alert4you.children.models import Child, Guardian
from alert4you.coaching.models import (
    About,
    Contact,
    Level,
    Question,
    TalkForm,
    TalkPreparation,
    Visit,
)
from alert4you.kernel.clock import day_of
from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.organisations.models import Actor, Location, Membership, Role, Roster
from alert4you.organisations.queries import stands_in

WORKING_DAYS_TO_ANSWER = 2
DUE_AT = time(17)
WITH_A_CHILD = {About.CHILD, About.PARENT_TALK}
WHO_ASK = {Role.GROUP_WORKER, Role.PEDAGOGUE, Role.MANAGER, Role.CARE_COORDINATOR}
WHO_COACH = {Role.COACH, Role.PEDAGOGUE, Role.CARE_COORDINATOR, Role.PARTNER}


def may_ask(
    actor: Actor, location: Location, about: str, text: str, child: Child | None, details: str
) -> Decision:
    """Staff of the location ask; what reaches the coach never tells which child it is about."""
    if actor.role not in WHO_ASK or location.organisation_id != actor.organisation_id:
        return Decision(_("Only staff of this location can ask its coach."))
    if not text.strip():
        return Decision(_("Write your question in a few words."))
    if child is None:
        return ALLOWED
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
    return works_with(actor, child)


def identifying_words(actor: Actor, child: Child) -> list[str]:
    """Names and the birth date that would tell who the child is."""
    guardians = Guardian.objects.on(actor.today).filter(child=child)
    names = [child.first_name, child.last_name, *guardians.values_list("person__name", flat=True)]
    words = [word for name in names for word in name.split() if len(word) > 2]
    born = child.born
    return [*words, f"{born:%d-%m-%Y}", f"{born.day}-{born.month}-{born.year}", f"{born:%Y-%m-%d}"]


def names_in(text: str, words: Iterable[str]) -> str:
    """The first of the words that stands in the text as a whole word (also with a Dutch -s), or ''."""
    for word in words:
        if re.search(rf"(?<!\w){re.escape(word)}('?s)?(?!\w)", text, re.IGNORECASE):
            return word
    return ""


def answer_due(asked_at: datetime) -> datetime:
    """Two working days later at 17:00 in Amsterdam (a product choice; no source gives a number)."""
    day, left = day_of(asked_at), WORKING_DAYS_TO_ANSWER
    while left:
        day += timedelta(days=1)
        left -= is_working_day(day)
    return timezone.make_aware(datetime.combine(day, DUE_AT))


def is_working_day(day: date) -> bool:
    return day.weekday() < 5


def may_answer(actor: Actor, question: Question, text: str) -> Decision:
    """The one it was asked to, or who stands in; once."""
    if not text.strip():
        return Decision(_("Write what they can do on the group."))
    if not leads(actor, question.to_id, stands_in(question.to_id, actor.today)):
        return Decision(_("This question was asked to somebody else."))
    return ALLOWED


def may_pass_on(actor: Actor, question: Question, to: Membership) -> Decision:
    """The one it was asked to, who stands in, or who asked it; to somebody who works here too."""
    if not leads(actor, question.to_id, stands_in(question.to_id, actor.today), question.hat_id):
        return Decision(_("Only who asked it or who has it can pass a question on."))
    posted = CoachPost.objects.on(actor.today).filter(membership=to, location=question.location)
    if posted.exists() or to.organisation_id == question.organisation_id:
        return ALLOWED
    return Decision(_("This person does not work with this location."))


def may_ask_parents(actor: Actor, child: Child, coach: Membership) -> Decision:
    """Own staff ask the parents, for a coach of another organisation."""
    if coach.organisation_id == actor.organisation_id:
        return Decision(_("A colleague of your own organisation needs no consent."))
    return works_here_with(actor, child)


def may_plan_visit(actor: Actor, location: Location, day: date) -> Decision:
    """A coach plans visits to the locations where she works, from today on."""
    if day < actor.today:
        return Decision(_("A visit is planned for today or later."), _("Log it as a contact."))
    return coaches_at(actor, location)


def coaches_at(actor: Actor, location: Location) -> Decision:
    posts = CoachPost.objects.on(actor.today).filter(mine_or_covered(actor), location=location)
    if posts.exists():
        return ALLOWED
    return Decision(_("You are not the coach of this location."))


def may_log(actor: Actor, child: Child | None, location: Location | None, text: str) -> Decision:
    """About a child: who works with it. About a group: its coach, or staff who work there."""
    if not text.strip():
        return Decision(_("Write in a few words what happened."))
    if child is not None:
        return works_with(actor, child)
    if location is None:
        return Decision(_("Choose a child or a location."))
    works_there = Roster.objects.on(actor.today).filter(
        membership=actor.membership_id, group__location=location
    )
    if works_there.exists() or _looks_after(actor, location):
        return ALLOWED
    return coaches_at(actor, location)


def _looks_after(actor: Actor, location: Location) -> bool:
    own = actor.organisation_id == location.organisation_id
    return own and actor.role in WHO_ASK - {Role.GROUP_WORKER}


def may_prepare(actor: Actor, child: Child, planned_on: date) -> Decision:
    if planned_on < actor.today:
        return Decision(_("The talk is in the past."), _("Log it as a talk instead."))
    return works_with(actor, child)


def may_work_on_talk(actor: Actor, preparation: TalkPreparation) -> Decision:
    if Contact.objects.unrestricted(reason="rule").filter(preparation=preparation).exists():
        return Decision(_("This talk has been held; its preparation stays as it was."))
    return works_with(actor, preparation.child)


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
