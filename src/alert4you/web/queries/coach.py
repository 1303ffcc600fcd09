"""Today for a coach (and the own pedagogue): who waits, where she goes, whom she may know."""

from dataclasses import dataclass
from datetime import timedelta

from alert4you.access.queries.line import children
from alert4you.children.models import Child
from alert4you.coaching.models import Contact, Question, TalkPreparation, Visit
from alert4you.coaching.queries import contacts, questions, talks
from alert4you.coaching.queries.questions import Asked
from alert4you.organisations.models import Actor

QUESTIONS = 6
CHILDREN = 12
OWED = 5
A_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Today:
    """``owed``: contacts that do not say yet what helps the others; ``helped``: thanks of this week."""

    waiting: list[Asked]
    visits: list[Visit]
    children: list[Child]
    owed: list[Contact]
    talks: list[TalkPreparation]
    helped: list[Question]


def today(actor: Actor) -> Today:
    helped = questions.answered_by(actor).filter(thanked_at__gt=actor.at - A_WEEK)
    return Today(
        waiting=questions.as_seen(actor, questions.waiting_for(actor)[:QUESTIONS]),
        visits=list(contacts.visits_of_week(actor)),
        children=list(children(actor)[:CHILDREN]),
        owed=list(contacts.owes_generalising(actor)[:OWED]),
        talks=list(talks.my_talks_to_hold(actor)),
        helped=list(helped[:OWED]),
    )
