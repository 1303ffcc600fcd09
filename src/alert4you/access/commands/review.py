"""Saying what was found on the weekly list; asking about who looked, and answering."""

from alert4you.access.models import LookQuestion, ReviewLine, ReviewSetting
from alert4you.access.rules import review
from alert4you.children.models import Child
from alert4you.kernel.clock import day_of
from alert4you.kernel.command import command
from alert4you.kernel.models import AuditRecord
from alert4you.organisations.models import Actor, Person


@command(review.may_review)
def review_line(actor: Actor, line: ReviewLine, verdict: str, word: str) -> ReviewLine:
    """One line of the list is done: right, asked about, or a breach."""
    line.verdict, line.word = verdict, word.strip()
    line.reviewed_by_id, line.reviewed_at = actor.membership_id, actor.at
    line.save(update_fields=["verdict", "word", "reviewed_by", "reviewed_at"])
    return line


@command(review.may_set_number)
def set_children_an_hour(actor: Actor, children_an_hour: int) -> ReviewSetting:
    """From the next list on: how many children in an hour is many."""
    setting, __ = ReviewSetting.objects.update_or_create(
        organisation_id=actor.organisation_id, defaults={"children_an_hour": children_an_hour}
    )
    return setting


@command(review.may_ask_about_look)
def ask_about_look(
    actor: Actor, child: Child, person: Person, look: AuditRecord, text: str
) -> LookQuestion:
    """A parent asks about a look; it is answered within five working days."""
    return LookQuestion.objects.create(
        child=child,
        organisation_id=look.lane,
        person=person,
        asked_by_id=actor.person_id,
        looked_on=day_of(look.at),
        text=text.strip(),
        at=actor.at,
        due_at=review.answer_due(actor.at),
    )


@command(review.may_answer_look)
def answer_look(actor: Actor, question: LookQuestion, answer: str) -> LookQuestion:
    """The parents read the answer on the page where they asked."""
    question.answer, question.answered_at = answer.strip(), actor.at
    question.answered_by_id = actor.membership_id
    question.save(update_fields=["answer", "answered_at", "answered_by"])
    return question
