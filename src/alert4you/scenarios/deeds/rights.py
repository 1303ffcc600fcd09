"""What parents ask about the data of their child, how it is answered, and the copy they get."""

from collections.abc import Mapping
from typing import Any

from alert4you.access.models import Entry
from alert4you.access.queries.line import line
from alert4you.children.models import Child
from alert4you.kernel.decision import NotVisible
from alert4you.organisations.models import Actor, Organisation, Person
from alert4you.organisations.queries import membership_of
from alert4you.rights.commands import handling
from alert4you.rights.commands.asking import ask, record_request
from alert4you.rights.commands.copies import Copy, hand_over
from alert4you.rights.commands.limiting import lift
from alert4you.rights.models import Came, Ground, Outcome, Right, RightsRequest
from alert4you.rights.queries.copies import contents_of
from alert4you.rights.queries.requests import asked_by, keepers, work
from alert4you.rights.rules.asking import Asked, Heard
from alert4you.rights.rules.shapes import as_json
from alert4you.scenarios import kinds
from alert4you.scenarios.finding import seen
from alert4you.scenarios.sentences import deed
from alert4you.scenarios.world import World


def _said(choices: Any) -> list[tuple[str, Any]]:
    return [(each.value.replace("_", " "), each.value) for each in choices]


RIGHT = kinds.one_of("a right", _said(Right))
CAME = kinds.one_of("a way", _said(each for each in Came if each != Came.IN_APP))
GROUND = kinds.one_of("a ground", _said(Ground))
ABOUT = {"text": kinds.TEXT, "about": kinds.TEXT}


@deed(
    "{who} asks about the data of {child}",
    must={"right": RIGHT},
    may={**ABOUT, "of": kinds.ORGANISATION},
)
def asks(
    world: World, who: Actor, child: Child, right: str, of: Organisation | None = None, **more: Any
) -> None:
    """A parent; `about`: words of what it is about; `of`: whom it is asked, without it the own place."""
    asked = Asked(right, of or keepers(who, child)[0], **_about(world, who, child, more))
    ask(who, child, asked)


@deed(
    "{who} writes down what {person} asks about the data of {child}",
    must={"right": RIGHT, "came": CAME},
    may={**ABOUT, "on": kinds.DAY},
)
def writes_down(
    world: World,
    who: Actor,
    person: Person,
    child: Child,
    came: str,
    **more: Any,
) -> None:
    """Asked outside the software; `on`: the day it came in, without it today."""
    here = membership_of(who).organisation
    asked = Asked(more["right"], here, **_about(world, who, child, more))
    record_request(who, child, asked, Heard(person, came, more.get("on", who.today)))


@deed("{who} takes what {person} asked about the data of {child}")
def takes(world: World, who: Actor, person: Person, child: Child) -> None:
    handling.take_request(who, _open(who, person, child))


@deed(
    "{who} takes more time for what {person} asked about the data of {child}",
    must={"reason": kinds.TEXT},
)
def takes_longer(world: World, who: Actor, person: Person, child: Child, reason: str) -> None:
    handling.extend_request(who, _open(who, person, child), reason)


@deed(
    "{who} says yes to what {person} asked about the data of {child}",
    may={"answer": kinds.TEXT, "corrected": kinds.TEXT, "right": RIGHT},
)
def says_yes(world: World, who: Actor, person: Person, child: Child, **said: str) -> None:
    """`right`: which, when more is asked; otherwise the first that waits."""
    request = _open(who, person, child, said.get("right", ""))
    handling.grant_request(who, request, said.get("answer", ""), said.get("corrected", ""))


@deed(
    "{who} says no to what {person} asked about the data of {child}",
    must={"answer": kinds.TEXT, "ground": GROUND},
    may={"facts": kinds.TEXT, "right": RIGHT},
)
def says_no(world: World, who: Actor, person: Person, child: Child, **said: str) -> None:
    """`facts`: what is told instead to whoever has no authority."""
    request = _open(who, person, child, said.get("right", ""))
    handling.refuse_request(who, request, said["ground"], said["answer"], said.get("facts", ""))


@deed(
    "{who} lets end what {person} asked about the data of {child}",
    must={"because": kinds.TEXT},
    may={"right": RIGHT},
)
def lets_end(
    world: World, who: Actor, person: Person, child: Child, because: str, right: str = ""
) -> None:
    """What was only kept, or not shared, may be used again a week later; who asked hears it first."""
    lift(who, _answered(who, person, child, right), because)


@deed("{who} fetches the copy about {child}", may={"right": RIGHT})
def fetches(world: World, who: Actor, child: Child, right: str = Right.ACCESS) -> None:
    """What was granted, made at that moment."""
    request = granted(who, child, right)
    found = contents_of(who, request)
    hand_over(who, request, Copy("json", as_json(found).encode(), found.records))


def granted(who: Actor, child: Child, right: str) -> RightsRequest:
    """The newest of this parent that was answered with yes; NotVisible for whoever knows nothing of it."""
    mine = [
        each.request
        for each in asked_by(who, child)
        if (each.request.right, each.request.outcome) == (right, Outcome.GRANTED)
    ]
    if not mine:
        raise NotVisible
    return mine[0]


def _open(who: Actor, person: Person, child: Child, right: str = "") -> RightsRequest:
    """What this person asked and waits on the list of who answers."""
    for each in work(who).open:
        same = (each.request.asked_by_id, each.request.child_id) == (person.pk, child.pk)
        if same and right in ("", each.request.right):
            return each.request
    raise NotVisible


def _about(world: World, who: Actor, child: Child, more: Mapping[str, str]) -> dict[str, Any]:
    entry: Entry | None = None
    if "about" in more:
        entry = seen(world, line(who, child), more["about"])
    return {"text": more.get("text", ""), "entry": entry}


def _answered(who: Actor, person: Person, child: Child, right: str = "") -> RightsRequest:
    """What this person asked and was answered last, on the list of who answers."""
    for each in work(who).answered:
        same = (each.request.asked_by_id, each.request.child_id) == (person.pk, child.pk)
        if same and right in ("", each.request.right):
            return each.request
    raise NotVisible
