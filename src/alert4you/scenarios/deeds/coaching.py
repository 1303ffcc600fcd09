"""Asking and answering, visits, contacts."""

from datetime import date
from typing import Any

from alert4you.children.models import Child
from alert4you.coaching.commands.contacts import (
    Details,
    add_what_helps_others,
    cancel_visit,
    give_advice,
    log_contact,
    plan_visit,
)
from alert4you.coaching.commands.questions import (
    answer_question,
    ask_coach,
    ask_parents_about,
    pass_question,
    take_question,
    thank_for_answer,
)
from alert4you.coaching.models import About, Visit
from alert4you.coaching.queries.contacts import owes_generalising, visits
from alert4you.organisations.models import Actor, Location, Membership, Roster
from alert4you.organisations.queries import membership_of
from alert4you.scenarios import finding, kinds
from alert4you.scenarios.sentences import deed
from alert4you.scenarios.world import World

TEXT = {"text": kinds.TEXT}
QUESTION = {"question": kinds.TEXT}
AT = {"at location": kinds.LOCATION}
HELPS = {"helps others": kinds.TEXT}
ABOUT_CHILD = {"in own words": kinds.TEXT, **AT}
TOLD = {
    "minutes": kinds.NUMBER,
    **HELPS,
    "parents present": kinds.FLAG,
    "next": kinds.DAY,
    "day": kinds.DAY,
    "title": kinds.TEXT,
}


@deed("{who} asks the coach about {child}", must=QUESTION, may=ABOUT_CHILD)
def asks_about_child(
    world: World, who: Actor, child: Child, question: str, in_own_words: str = "", **at: Any
) -> None:
    """The question travels without the child; the own words stay on its line."""
    ask_coach(who, _place(who, **at), About.CHILD, question, child, in_own_words)


@deed(
    "{who} asks the coach about a talk with the parents of {child}",
    must=QUESTION,
    may=ABOUT_CHILD,
)
def asks_about_talk(
    world: World, who: Actor, child: Child, question: str, in_own_words: str = "", **at: Any
) -> None:
    ask_coach(who, _place(who, **at), About.PARENT_TALK, question, child, in_own_words)


@deed("{who} asks the coach about a child in the group", must=QUESTION, may=AT)
def asks_about_child_in_group(world: World, who: Actor, question: str, **at: Any) -> None:
    """Without saying which child."""
    ask_coach(who, _place(who, **at), About.CHILD_IN_GROUP, question)


@deed("{who} asks the coach about the group", must=QUESTION, may=AT)
def asks_about_group(world: World, who: Actor, question: str, **at: Any) -> None:
    ask_coach(who, _place(who, **at), About.GROUP, question)


@deed("{who} asks the coach about own handling", must=QUESTION, may=AT)
def asks_about_self(world: World, who: Actor, question: str, **at: Any) -> None:
    ask_coach(who, _place(who, **at), About.OWN_HANDLING, question)


@deed("{who} asks the parents of {child} whether {other} may know", must={"why": kinds.TEXT})
def asks_parents(world: World, who: Actor, child: Child, other: Membership, why: str) -> None:
    """So that a question about the child opens up for the coach when they agree."""
    ask_parents_about(who, child, other, why)


@deed('{who} answers "{quote}"', must=TEXT, may=HELPS)
def answers(world: World, who: Actor, quote: str, text: str, helps_others: str = "") -> None:
    """The quote is a piece of the question."""
    answer_question(who, finding.question(world, who, quote), text, helps_others)


@deed('{who} passes "{quote}" on to {other}')
def passes(world: World, who: Actor, quote: str, other: Membership) -> None:
    """The quote is a piece of the question; the clock goes on."""
    pass_question(who, finding.question(world, who, quote), other)


@deed('{who} thanks for the answer to "{quote}"')
def thanks(world: World, who: Actor, quote: str) -> None:
    """The quote is a piece of the question."""
    thank_for_answer(who, finding.question(world, who, quote))


@deed(
    "{who} is asked during the visit to {location}",
    must=QUESTION,
    may={"answer": kinds.TEXT},
)
def in_passing(
    world: World, who: Actor, location: Location, question: str, answer: str = ""
) -> None:
    """Another child, in passing: there is no child in it."""
    take_question(who, _planned(who, location, who.today), question, answer)


@deed("{who} plans a visit to {location}", must={"day": kinds.DAY}, may={"purpose": kinds.TEXT})
def plans(world: World, who: Actor, location: Location, day: date, purpose: str = "") -> None:
    plan_visit(who, location, day, purpose)


@deed("{who} cancels the visit to {location}", must={"day": kinds.DAY})
def cancels(world: World, who: Actor, location: Location, day: date) -> None:
    cancel_visit(who, _planned(who, location, day))


@deed("{who} logs a {kind} about {child}", must=TEXT, may=TOLD)
@deed("{who} logs an {kind} about {child}", must=TEXT, may=TOLD)
def logs(world: World, who: Actor, kind: str, child: Child, text: str, **more: Any) -> None:
    """A visit, observation, session, coaching, talk or meeting that took place."""
    log_contact(who, kind, text, child=child, details=told(**more))


@deed("{who} logs a {kind} at {location}", must=TEXT, may=TOLD)
def logs_at(
    world: World, who: Actor, kind: str, location: Location, text: str, **more: Any
) -> None:
    """When a visit was planned for that day, this is what came of it."""
    visit = _visit(who, location, more.get("day") or who.today)
    log_contact(who, kind, text, location=location, details=told(visit=visit, **more))


@deed("{who} advises about {child}", must=TEXT, may=HELPS)
def advises(world: World, who: Actor, child: Child, text: str, helps_others: str = "") -> None:
    give_advice(who, text, child=child, helps_others=helps_others)


@deed("{who} advises {location}", must=TEXT, may=HELPS)
def advises_at(
    world: World, who: Actor, location: Location, text: str, helps_others: str = ""
) -> None:
    give_advice(who, text, location=location, helps_others=helps_others)


@deed('{who} says what of "{quote}" helps the other children', must=TEXT)
def generalises(world: World, who: Actor, quote: str, text: str) -> None:
    """The quote is a piece of the contact that still owed it."""
    add_what_helps_others(who, finding.seen(world, owes_generalising(who), quote), text)


def told(next: date | None = None, **more: Any) -> Details:
    """What a story tells of a contact, as the command wants it."""
    return Details(next_on=next, **more)


def _place(actor: Actor, at_location: Location | None = None) -> Location:
    """Where somebody asks from: the place named, the own one, or that of the group one works on."""
    own = at_location or membership_of(actor).location
    if own is not None:
        return own
    rosters = Roster.objects.on(actor.today).filter(membership=actor.membership_id)
    roster = rosters.select_related("group__location__organisation").first()
    if roster is None:
        raise finding.Unfound("this person works on no group; say `at location: ...`")
    return roster.group.location


def _visit(actor: Actor, location: Location, day: date) -> Visit | None:
    return visits(actor, day, day).filter(location=location).first()


def _planned(actor: Actor, location: Location, day: date) -> Visit:
    visit = _visit(actor, location, day)
    if visit is None:
        raise finding.Unfound(f"no visit to {location} is planned on {day}")
    return visit
