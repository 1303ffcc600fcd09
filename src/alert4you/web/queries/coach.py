"""Today for a coach (and the own pedagogue): who waits, where she goes, whom she may know."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import QuerySet

from alert4you.access.queries.line import children
from alert4you.children.models import Child
from alert4you.coaching.models import Contact, Question, TalkPreparation, Visit
from alert4you.coaching.queries import contacts, questions, talks
from alert4you.coaching.queries.questions import Asked
from alert4you.kernel.kept import kept
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


_visits, _talks = kept(contacts.visits_of_week), kept(talks.my_talks_to_hold)


def today(actor: Actor) -> Today:
    return Today(
        waiting=questions.as_seen(actor, _waiting(actor)),
        visits=_visits(actor),
        children=_children(actor),
        owed=_owed(actor),
        talks=_talks(actor),
        helped=_helped(actor),
    )


@kept
def _waiting(actor: Actor) -> QuerySet[Question]:
    return questions.waiting_for(actor)[:QUESTIONS]


@kept
def _children(actor: Actor) -> QuerySet[Child]:
    return children(actor)[:CHILDREN]


@kept
def _owed(actor: Actor) -> QuerySet[Contact]:
    return contacts.owes_generalising(actor)[:OWED]


@kept
def _helped(actor: Actor) -> QuerySet[Question]:
    return questions.answered_by(actor).filter(thanked_at__gt=actor.at - A_WEEK)[:OWED]
