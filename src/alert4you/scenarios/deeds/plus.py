"""Plus groups: what a place chose, the way back, what pays; and rounds at a location."""

from datetime import date
from typing import Any

from alert4you.children.models import Child, Terms
from alert4you.coaching.commands.rounds import hold_round, turn_away
from alert4you.coaching.models import WhyTurnedAway
from alert4you.coaching.rules.rounds import Told
from alert4you.groups.commands.plus import (
    agree_plus,
    agree_way_back,
    decide_way_back,
)
from alert4you.groups.models import WayBack
from alert4you.organisations.models import Actor, Group, Location
from alert4you.scenarios import kinds
from alert4you.scenarios.deeds.places import PLUS, place_of, plus_terms
from alert4you.scenarios.sentences import deed
from alert4you.scenarios.world import World

ANSWER = kinds.one_of(
    "`goes`, `not yet` or `other help`", [(each.replace("_", " "), each) for each in WayBack.Answer]
)
WHY = kinds.one_of("a reason", [(each.replace("_", " "), each) for each in WhyTurnedAway])


@deed(
    "{who} chooses for the plus group {group}",
    must={"near km": kinds.NUMBER, "months": kinds.NUMBER},
    may={"by design": kinds.FLAG},
)
def chooses(world: World, who: Actor, group: Group, near_km: int, months: int, **more: Any) -> None:
    """How far is near home, within how many months people look again; `by design`: special children only."""
    agree_plus(who, group, near_km, months, more.get("by_design", False))


@deed(
    "{who} writes down the way back of {child} from {group}",
    must={"why": kinds.TEXT, "look again": kinds.DAY},
    may=PLUS,
)
def writes_way_back(
    world: World, who: Actor, child: Child, group: Group, why: str, look_again: date, **more: Any
) -> None:
    """For a child that was on the plus group already."""
    terms = Terms((), purpose=why, review_on=look_again, plus=plus_terms(more))
    agree_way_back(who, place_of(who, child, group), terms)


@deed(
    "{who} decides whether {child} can leave {group}",
    must={"answer": ANSWER, "why": kinds.TEXT},
    may={"parents": kinds.TEXT, "on": kinds.DAY},
)
def decides(
    world: World, who: Actor, child: Child, group: Group, answer: str, why: str, **more: Any
) -> None:
    """To a regular place now? `on`: from when it goes, or when they look again."""
    words = (why, more.get("parents", ""))
    decide_way_back(who, place_of(who, child, group), answer, more.get("on"), words)


@deed("{who} counts a child that {location} could not receive", must={"why": WHY})
def counts(world: World, who: Actor, location: Location, why: str) -> None:
    """A number and a reason; no child."""
    turn_away(who, location, why)


@deed(
    "{who} holds a round at {location}",
    must={"since": kinds.DAY, "answer": kinds.TEXT, "limit": kinds.TEXT},
    may={"effect": kinds.TEXT},
)
def holds(
    world: World, who: Actor, location: Location, since: date, answer: str, limit: str, **more: Any
) -> None:
    """Can all children be received well here, and where is the limit of regular and plus?"""
    hold_round(who, location, Told(answer, limit, more.get("effect", "")), since)
