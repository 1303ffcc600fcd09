"""What everybody must know about a child, incidents, and what runs through the parents."""

from datetime import date
from typing import Any

from alert4you.children.models import Child, Guardian
from alert4you.notes import queries
from alert4you.notes.commands.helps import change_card, end_card, make_card, permit
from alert4you.notes.commands.incidents import (
    agree_after,
    close_incident,
    report_incident,
    tell_other_parents,
    tell_parents,
)
from alert4you.notes.commands.parents import (
    ask_through_parents,
    carry,
    note_involved,
    set_ask_again,
    tell_answer,
)
from alert4you.notes.commands.place import note_complaint, set_activity, set_vision
from alert4you.notes.models import Activity, Card, Carried, Incident, Moment, Verdict
from alert4you.organisations.models import Actor, Group, Location, Organisation
from alert4you.scenarios import kinds
from alert4you.scenarios.finding import Unfound, seen
from alert4you.scenarios.sentences import deed
from alert4you.scenarios.world import World

TEXT = {"text": kinds.TEXT}
MOMENT = kinds.one_of("a moment of a card", [(m.value.replace("_", " "), m.value) for m in Moment])
VERDICT = kinds.one_of(
    "what a child may",
    [("yes", Verdict.YES), ("with an adult beside", Verdict.BESIDE), ("no", Verdict.NO)],
)


@deed(
    "{who} makes a card for {child}",
    must={**TEXT, "moment": MOMENT},
    may={"one sees": kinds.TEXT},
)
def makes_card(
    world: World, who: Actor, child: Child, text: str, moment: str, one_sees: str = ""
) -> None:
    """What helps this child; everybody on its group today reads it."""
    make_card(who, child, moment, text, one_sees)


@deed('{who} changes the card "{quote}" of {child}', must=TEXT, may={"one sees": kinds.TEXT})
def changes_card(
    world: World, who: Actor, quote: str, child: Child, text: str, one_sees: str = ""
) -> None:
    """The quote is a piece of the card as it was."""
    change_card(who, _card(world, who, child, quote), text, one_sees)


@deed('{who} takes away the card "{quote}" of {child}')
def ends_card(world: World, who: Actor, quote: str, child: Child) -> None:
    end_card(who, _card(world, who, child, quote))


@deed(
    "{who} sets a rule for the group {group}",
    must={"activity": kinds.TEXT},
    may={"from age": kinds.NUMBER, "how": kinds.TEXT, "whole location": kinds.FLAG},
)
def sets_rule(world: World, who: Actor, group: Group, activity: str, **more: Any) -> None:
    """From which age something is done here; without an age it is for everybody."""
    on = None if more.get("whole_location") else group
    age, how = more.get("from_age"), more.get("how", "")
    set_activity(who, group.location, activity, age, how, on)


@deed(
    "{who} agrees what {child} may",
    must={"activity": kinds.TEXT, "verdict": VERDICT, "text": kinds.TEXT},
    may={"agreed with": kinds.TEXT},
)
def permits(world: World, who: Actor, child: Child, activity: str, **agreed: str) -> None:
    """Beats the age rule, for this child."""
    known = Activity.objects.filter(name__iexact=activity, ends=None).first()
    if known is None:
        raise Unfound(f"no rule was set about “{activity}”")
    permit(who, child, known, agreed["verdict"], agreed["text"], agreed.get("agreed_with", ""))


@deed("{who} reports an incident with {child}", must=TEXT)
def reports(world: World, who: Actor, child: Child, text: str) -> None:
    report_incident(who, child, text)


@deed("{who} agrees after the incident with {child}", must=TEXT)
def agrees_after(world: World, who: Actor, child: Child, text: str) -> None:
    """What was agreed becomes a card that every substitute sees."""
    agree_after(who, _incident(who, child), text)


@deed("{who} tells the parents of {child} about the incident", must={"how": kinds.TEXT})
def tells_parents(world: World, who: Actor, child: Child, how: str) -> None:
    tell_parents(who, _incident(who, child), how)


@deed("{who} tells the other parents of {group} about the incident with {child}", must=TEXT)
def tells_others(world: World, who: Actor, group: Group, child: Child, text: str) -> None:
    """Without the name of any child."""
    tell_other_parents(who, _incident(who, child), group, text)


@deed("{who} closes the incident with {child}")
def closes(world: World, who: Actor, child: Child) -> None:
    close_incident(who, _incident(who, child))


@deed(
    "{who} writes down who helps {child} already",
    must={"party": kinds.TEXT, "with": kinds.TEXT},
    may={"told by": kinds.PERSON, "since": kinds.DAY},
)
def notes_involved(
    world: World, who: Actor, child: Child, party: str, with_: str, **more: Any
) -> None:
    """Told by the parents; nobody contacts this party because of it."""
    by = Guardian.objects.filter(child=child, person=more.get("told_by")).first()
    note_involved(who, child, party, with_, more.get("since"), by)


@deed("{who} asks through the parents of {child}", must={"party": kinds.TEXT, "text": kinds.TEXT})
def asks_through(world: World, who: Actor, child: Child, party: str, text: str) -> None:
    """The parents decide whether they carry it."""
    ask_through_parents(who, child, party, text)


@deed('{who} carries the request "{quote}"')
def carries(world: World, who: Actor, quote: str) -> None:
    """The quote is a piece of what is asked; a parent, or staff who heard it from the parents."""
    carry(who, _request(world, who, quote), will=True)


@deed('{who} rather does not carry the request "{quote}"')
def declines(world: World, who: Actor, quote: str) -> None:
    carry(who, _request(world, who, quote), will=False)


@deed('{who} tells the answer to the request "{quote}"', must=TEXT)
def tells_answer(world: World, who: Actor, quote: str, text: str) -> None:
    """What the party said to the parents."""
    tell_answer(who, _request(world, who, quote), text)


@deed(
    "{who} leaves {organisation} alone about {child}",
    must={"until": kinds.DAY},
    may={"why": kinds.TEXT},
)
def leaves_alone(
    world: World, who: Actor, organisation: Organisation, child: Child, until: date, why: str = ""
) -> None:
    """After a no of the parents: before that day nobody raises it again."""
    set_ask_again(who, child, organisation, until, why)


@deed("{who} writes down what other parents say at {location}", must=TEXT)
def notes_complaint(world: World, who: Actor, location: Location, text: str) -> None:
    """At the level of the group; there is no child in it."""
    note_complaint(who, location, text)


@deed("{who} sets the words to parents", must=TEXT)
def sets_vision(world: World, who: Actor, text: str) -> None:
    """The standard explanation, from the organisation's own vision on parents."""
    set_vision(who, text)


def _card(world: World, who: Actor, child: Child, quote: str) -> Card:
    known = Card.objects.visible_to(who).filter(child=child)
    return seen(world, known, quote)


def _incident(who: Actor, child: Child) -> Incident:
    """The last one with this child."""
    found = queries.incidents(who, child).first()
    if found is None:
        raise Unfound(f"no incident with {child} was written down")
    return queries.incident(who, found.pk)


def _request(world: World, who: Actor, quote: str) -> Carried:
    return seen(world, Carried.objects.visible_to(who), quote)
