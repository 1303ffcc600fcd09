"""The coach at a location, walk-in hours, leaving after a talk, and what a coach takes over."""

from datetime import date, time
from typing import Any

from alert4you.access.queries.line import placements
from alert4you.children.models import Child, Placement
from alert4you.coaching.commands import leaving, places, take_overs
from alert4you.coaching.models import Arrangement, Theme, Walker, WalkInHour, WhyLeft
from alert4you.coaching.queries.leaving import offers
from alert4you.coaching.queries.places import hours_to_keep, own_hours
from alert4you.coaching.queries.take_overs import taken
from alert4you.kernel.decision import NotVisible
from alert4you.organisations.models import Actor, Group, Location, Organisation
from alert4you.scenarios import kinds
from alert4you.scenarios.finding import Unfound, seen
from alert4you.scenarios.sentences import deed
from alert4you.scenarios.world import PROOF, World

WHY_LEFT = kinds.one_of(
    "a reason to leave", [(w.value.replace("_", " "), w.value) for w in WhyLeft]
)
WALKER = kinds.one_of("who walks in", [(w.value, w.value) for w in Walker])
THEME = kinds.one_of("a theme", [(t.value, t.value) for t in Theme])


@deed(
    "{who} arranges coaching at {location}",
    must={"why": kinds.TEXT},
    may={"every weeks": kinds.NUMBER, "fixed rhythm": kinds.FLAG, "pedagogue first": kinds.FLAG},
)
def arranges(world: World, who: Actor, location: Location, why: str, **how: Any) -> None:
    """With `every weeks` (or `fixed rhythm`) in a rhythm, else on request."""
    weeks = how.get("every_weeks")
    structural = how.get("fixed_rhythm", weeks is not None)
    chosen = Arrangement.STRUCTURAL if structural else Arrangement.ON_CALL
    first = places.FirstTo(how.get("pedagogue_first", False))
    places.arrange_coaching(who, location, chosen, why, weeks, first)


@deed(
    "{who} opens a walk-in hour at {location}",
    must={"day": kinds.DAY, "begins": kinds.TEXT, "ends": kinds.TEXT},
)
def opens(world: World, who: Actor, location: Location, day: date, begins: str, ends: str) -> None:
    """The hours as `9:00`; parents and staff see them."""
    places.open_hour(who, location, day, _time(begins), _time(ends))


@deed("{who} counts a walk-in at {location}", must={"came": WALKER}, may={"theme": THEME})
def counts(world: World, who: Actor, location: Location, came: str, theme: str = "") -> None:
    """At the walk-in hour of today; nothing else is kept."""
    places.count_walk_in(who, _hour(own_hours(who), location, who.today), came, theme)


@deed("{who} keeps something of the walk-in talk about {child}", must={"text": kinds.TEXT})
def keeps(world: World, who: Actor, child: Child, text: str) -> None:
    """Only the parents can: of the last hour at a location of their child."""
    hour = hours_to_keep(who).first()
    if hour is None:
        hour = WalkInHour.objects.order_by("day").last()
    if hour is None:
        raise Unfound("there was no walk-in hour")
    places.keep_walk_in(who, child, hour, text)


@deed(
    "{who} tells why {child} left {group}",
    must={"why": WHY_LEFT},
    may={"talk of": kinds.HAT, "learnt": kinds.TEXT},
)
def tells_why_left(
    world: World, who: Actor, child: Child, group: Group, why: str, **more: Any
) -> None:
    """Asked when a place ends; `talk of` is who held the talk about worries."""
    known = placements(who, child).filter(group=group).first()
    place = (
        known
        or Placement.objects.unrestricted(reason=PROOF)
        .filter(child=child, group=group)
        .order_by("starts")
        .last()
    )
    if place is None:
        raise Unfound(f"{child} has no place on {group}")
    leaving.tell_why_left(who, place, why, more.get("talk_of"), more.get("learnt", ""))


@deed("{who} asks to look back on the hard talk")
def asks_debrief(world: World, who: Actor) -> None:
    """One tap: the coach gets the question, without a child."""
    offer = offers(who).first()
    if offer is None:
        raise NotVisible
    leaving.ask_for_debrief(who, offer)


@deed("{who} rather does not look back on the hard talk")
def declines_debrief(world: World, who: Actor) -> None:
    offer = offers(who).first()
    if offer is None:
        raise NotVisible
    leaving.decline_debrief(who, offer)


@deed(
    "{who} agrees with {organisation} what may be taken over at {location}",
    must={"may": kinds.TEXTS, "never": kinds.TEXTS, "review": kinds.DAY},
)
def agrees(
    world: World, who: Actor, organisation: Organisation, location: Location, **what: Any
) -> None:
    """Between the two organisations: which tasks, which surely not, and when it is looked at again."""
    take_overs.agree_take_overs(
        who, location, organisation, what["may"], what["never"], what["review"]
    )


@deed(
    "{who} takes over at {location}",
    must={"task": kinds.TEXT, "back by": kinds.DAY},
    may={"text": kinds.TEXT},
)
def takes_over(
    world: World, who: Actor, location: Location, task: str, back_by: date, text: str = ""
) -> None:
    """A task that was agreed, for a while."""
    take_overs.take_over(who, location, task, back_by, text)


@deed('{who} gives back "{quote}"', may={"learnt": kinds.TEXT})
def gives_back(world: World, who: Actor, quote: str, learnt: str = "") -> None:
    """The quote is the task, or a piece of what it was for."""
    take_overs.give_back(who, seen(world, taken(who), quote), learnt)


def _time(text: str) -> time:
    try:
        return time.fromisoformat(text.zfill(5))
    except ValueError as wrong:
        raise Unfound(f"“{text}” is no hour of the day; write it as 9:00") from wrong


def _hour(rows: object, location: Location, day: date) -> WalkInHour:
    hour = rows.filter(location=location, day=day).first()  # type: ignore[attr-defined]
    if hour is None:
        raise NotVisible
    return hour
