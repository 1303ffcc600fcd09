"""Asking the coach, and answering."""

from collections.abc import Collection

from alert4you.access.commands.consent import ask_consent
from alert4you.access.commands.team import name_on_team
from alert4you.access.models import Category, ConsentRequest, Purpose
from alert4you.access.queries.line import file_of
from alert4you.access.rules.consent import Terms
from alert4you.children.models import Child
from alert4you.coaching.models import About, Advice, ChildQuestion, Question, Visit
from alert4you.coaching.queries.questions import who_answers
from alert4you.coaching.rules import contacts
from alert4you.coaching.rules import questions as rules
from alert4you.kernel.command import command
from alert4you.organisations.models import Actor, Location, Membership
from alert4you.organisations.queries import groups_today

COACHING_NEEDS = (Category.DAY, Category.DEVELOPMENT)
WHY_IN_SHORT = 200


@command(rules.may_ask)
def ask_coach(
    actor: Actor,
    location: Location,
    about: str,
    text: str,
    child: Child | None = None,
    details: str = "",
) -> Question:
    """Ask who answers at this location; ``text`` reaches them at once and never tells the child.

    With a child, ``details`` (own words, names allowed) go on the child's line; ``text`` may then be
    empty. The parents are not asked anything yet: that is ``ask_parents_about``.
    """
    question = Question.by(
        actor,
        location=location,
        group=groups_today(actor).filter(location=location).first()
        if about == About.GROUP
        else None,
        organisation_id=actor.organisation_id,
        category=Category.DEVELOPMENT,
        text=text,
        about=about,
        to=who_answers(actor, location),
        due_at=rules.answer_due(actor.at),
    )
    if child is not None:
        ChildQuestion.by(
            actor,
            child=child,
            organisation_id=file_of(actor, child),
            category=Category.DEVELOPMENT,
            text=details or text,
            question=question,
        )
    return question


@command(contacts.may_take_question)
def take_question(actor: Actor, visit: Visit, text: str, answer: str = "") -> Question:
    """Asked in passing during a visit, about another child: no child in it until its parents agree."""
    question = Question.by(
        actor,
        location=visit.location,
        organisation_id=visit.location.organisation_id,
        category=Category.DEVELOPMENT,
        text=text,
        about=About.CHILD_IN_GROUP,
        to_id=actor.membership_id,
        due_at=rules.answer_due(actor.at),
    )
    if answer.strip():
        answer_question(actor, question, answer)
    return question


@command(rules.may_ask_parents)
def ask_parents_about(
    actor: Actor,
    child: Child,
    coach: Membership,
    why: str,
    categories: Collection[str] = COACHING_NEEDS,
) -> ConsentRequest:
    """Ask the parents whether this coach may know their child; her questions open up when they agree."""
    name_on_team(actor, child, coach, why[:WHY_IN_SHORT], Purpose.COACHING)
    return ask_consent(actor, child, coach.organisation, Purpose.COACHING, Terms(categories, why))


@command(rules.may_answer)
def answer_question(actor: Actor, question: Question, text: str, helps_others: str = "") -> Advice:
    """What to do on the group. About a child only where the parents agreed; else without a child."""
    known = ChildQuestion.objects.visible_to(actor).filter(question=question).first()
    advice = Advice.by(
        actor,
        child=known.child if known else None,
        location=question.location,
        group=None if known else question.group,
        organisation_id=known.organisation_id if known else question.organisation_id,
        category=Category.DEVELOPMENT,
        text=text,
        must_know=known is not None,
        question=question,
        helps_others=helps_others,
    )
    question.answered_at, question.thanked_at = actor.at, None
    question.save(update_fields=["answered_at", "thanked_at"])
    return advice


@command(rules.may_thank)
def thank_for_answer(actor: Actor, question: Question) -> Question:
    """Whoever asked says that the answer helped."""
    question.thanked_at = actor.at
    question.save(update_fields=["thanked_at"])
    return question


@command(rules.may_pass_on)
def pass_question(actor: Actor, question: Question, to: Membership) -> Question:
    """Somebody else answers from now on; the clock goes on."""
    question.to, question.announced_at = to, None
    question.save(update_fields=["to", "announced_at"])
    return question
