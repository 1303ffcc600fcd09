"""Groups: the ratio per quarter of an hour, who counts, who waits, load and rota."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.utils.translation import override

from alert4you.groups.queries.day import Day, group_on
from alert4you.groups.queries.rota import rota
from alert4you.groups.queries.waiting import in_line
from alert4you.groups.rules import telling
from alert4you.groups.rules.counting import Counts
from alert4you.groups.rules.day import Moment, State
from alert4you.organisations.models import Actor, Group, Membership
from alert4you.scenarios import kinds
from alert4you.scenarios.almanac import WORKING_WEEK
from alert4you.scenarios.deeds.groups import cluster, hour
from alert4you.scenarios.sentences import check
from alert4you.scenarios.world import NotSo, World, plain
from alert4you.trajectories.queries.groups import (
    Load,
    for_municipality,
    load,
    outflow,
    over_time,
    rises,
)

COUNTS = kinds.one_of(
    "`counted`, `not counted` or `unclear`", [(each.replace("_", " "), each) for each in Counts]
)
STATE = kinds.one_of(
    "`right`, `deviation`, `tight`, `short`, `no solution` or `empty`",
    [(each.replace("_", " "), each) for each in State],
)
NUMBERS = {"children": kinds.NUMBER, "needed": kinds.NUMBER, "counted": kinds.NUMBER}
CARRIED = {
    "with indication": kinds.NUMBER,
    "with trajectory": kinds.NUMBER,
    "waiting": kinds.NUMBER,
}


@check("the group {group}", must={"at": kinds.TEXT}, may={**NUMBERS, "state": STATE})
def group_at(world: World, group: Group, at: str, **told: Any) -> None:
    """Today at this hour (between quotes): how many, and whether that is enough."""
    moment = _moment(_day(world, group), at)
    found = {
        "children": moment.kids,
        "needed": moment.answer.staff,
        "counted": moment.counted,
        "state": moment.state,
    }
    _same(told, found)


@check("the part of {group} in", must={"room": kinds.TEXT, "at": kinds.TEXT}, may=NUMBERS)
def room_at(world: World, group: Group, room: str, at: str, **told: Any) -> None:
    """A room beside the group; `the group` for whoever stayed there."""
    day = _day(world, group)
    for place in _moment(day, at).places:
        if (day.rooms[place.room] if place.room else "the group") == room:
            _same(
                told,
                {
                    "children": len(place.kids),
                    "needed": place.answer.staff,
                    "counted": place.counted,
                },
            )
            return
    raise NotSo(f"nobody is in “{room}” then")


@check("how {other} counts on {group}", must={"counts": COUNTS}, may={"why": kinds.TEXT})
def standing(world: World, other: Membership, group: Group, counts: str, why: str = "") -> None:
    """Counted or not, and a piece of the reason (in English)."""
    with override("en"):
        found = [each for each in _day(world, group).workers if each.key == other.pk]
        said = " ".join(f"{each.standing.counts}: {each.standing.why}" for each in found)
    if not found:
        raise NotSo("this colleague is not on the group today")
    if any(each.standing.counts != counts for each in found) or plain(why) not in plain(said):
        raise NotSo(said)


@check("the ratio of {group} is right every slot", may={"until": kinds.DAY})
def right(world: World, group: Group, until: date | None = None) -> None:
    """On every working day from today until (not including) that day; without one, today."""
    day, looked_at = world.today, 0
    while day < (until or world.today + timedelta(days=1)):
        if day.weekday() < WORKING_WEEK:
            told = group_on(world.nobody, group, day).told
            looked_at += len(told.moments)
            if not told.right:
                raise NotSo(f"{day}: {telling.answer(told)}")
        day += timedelta(days=1)
    if not looked_at:
        raise NotSo("no child comes, or the hours are not known, so this proves nothing")


@check("the day of {group}", must={"answer": kinds.TEXT}, may={"advice": kinds.TEXT})
def answer(world: World, group: Group, answer: str, advice: str = "") -> None:
    """A piece of the short answer on top of the page, and of what one can do (in English)."""
    told = _day(world, group).told
    with override("en"):
        said, advised = telling.answer(told), " ".join(telling.advice(told))
    if plain(answer) not in plain(said) or plain(advice) not in plain(advised):
        raise NotSo(f"{said} {advised}")


@check("who waits for {group}", must={"children": kinds.TEXTS})
def waits(world: World, group: Group, children: Sequence[str]) -> None:
    """In this order; `none` for nobody."""
    found = [world.child_name(each.child) for each in in_line(group)]
    if found != [each for each in children if each != "none"]:
        raise NotSo(", ".join(found) or "none")


@check("{who} reads the load of {group}", must=CARRIED)
def carries(world: World, who: Actor, group: Group, **told: Any) -> None:
    """The three counts of the group sheet; no names."""
    _same(told, _counts(load(who, group)))


@check("the load of {group} rises")
def load_rises(world: World, group: Group) -> None:
    """Over the last twelve weeks."""
    found = over_time(world.nobody, group)
    if not rises(found):
        raise NotSo(", ".join(str(each.weight) for each in found))


@check("the municipality reads of the load", must={"numbers": kinds.TEXT})
def municipal(world: World, numbers: str) -> None:
    """`hidden` as long as each number is below ten."""
    found = for_municipality(world.today)
    said = [str(each) for each in vars(found).values() if each is not None]
    if (numbers == "hidden") == bool(said):
        raise NotSo(", ".join(said) or "all hidden")


@check("the outflow of {group}", must={"outcomes": kinds.TEXTS})
def flows_out(world: World, group: Group, outcomes: Sequence[str]) -> None:
    """The outcomes that occurred, in English; numbers below ten stay hidden."""
    found = outflow(world.nobody, group)
    titles = sorted(each.title.en for each in found)
    if titles != sorted(outcomes) or any(each.number is not None for each in found):
        raise NotSo(", ".join(f"{each.title.en}: {each.number}" for each in found) or "none")


@check(
    'the week of the team "{quote}"',
    must={"share on groups": kinds.NUMBER},
    may={"colleagues": kinds.NUMBER, "hours left": kinds.NUMBER},
)
def team_week(world: World, quote: str, share_on_groups: int, **told: Any) -> None:
    """Whole percents of the time; `hours left` of all together."""
    team = cluster(quote)
    manager = next(
        hat for hat in world.hats.values() if hat.organisation_id == team.organisation_id
    )
    found = rota(world.actor(world.name_of(manager)), team, world.today)
    numbers = {
        "share_on_groups": found.group_share,
        "colleagues": len(found.lines),
        "hours_left": sum(line.left for line in found.lines) // 60,
    }
    _same({"share_on_groups": share_on_groups, **told}, numbers)


def _counts(found: Load) -> dict[str, int]:
    return {
        "with_indication": found.with_indication,
        "with_trajectory": found.with_trajectory,
        "waiting": found.waiting,
    }


def _day(world: World, group: Group) -> Day:
    found = group_on(world.nobody, group, world.today)
    if found.lacks_hours:
        raise NotSo(f"the hours of {', '.join(found.lacks_hours)} are not known")
    return found


def _moment(day: Day, at: str) -> Moment:
    wanted = hour(at)
    minute = wanted.hour * 60 + wanted.minute
    for moment in day.told.moments:
        if minute in moment.span:
            return moment
    raise NotSo("no child is on the group then")


def _same(told: Mapping[str, Any], found: Mapping[str, Any]) -> None:
    if any(found[key] != value for key, value in told.items()):
        raise NotSo(", ".join(f"{key} {value}" for key, value in found.items()))
