"""Following a practice: starting, doing, planning, speaking, deciding."""

from collections.abc import Mapping, Sequence
from typing import Any

from alert4you.children.models import Child
from alert4you.organisations.models import Actor, Location, Membership
from alert4you.practices.models import PracticeTemplate
from alert4you.scenarios import finding, kinds
from alert4you.scenarios.deeds.coaching import TOLD, told
from alert4you.scenarios.kinds import record_of, several_of, table_of
from alert4you.scenarios.sentences import deed
from alert4you.scenarios.world import World
from alert4you.trajectories.commands.deciding import Why, decide, speak_about_decision
from alert4you.trajectories.commands.planning import add_goal, speak_about_plan, write_plan
from alert4you.trajectories.commands.running import (
    Setup,
    do_activity,
    pass_lead,
    start_trajectory,
)
from alert4you.trajectories.models import Trajectory
from alert4you.trajectories.queries.caseload import case
from alert4you.trajectories.queries.papers import newest_plan
from alert4you.trajectories.rules.planning import Goal

TEXT = {"text": kinds.TEXT}
IN = {"in": kinds.PRACTICE}
GOAL = record_of(
    "lines of `goal`, `who` and `what`",
    {"goal": kinds.TEXT},
    {"who": kinds.TEXT, "what": kinds.TEXT, "by parents": kinds.FLAG},
)
LED = {"lead": kinds.HAT, "cover": kinds.HAT}
CAST = {
    "parts": table_of(kinds.HAT, says="lines of a role of the practice and a colleague"),
    "chosen": table_of(kinds.NUMBER, says="lines of a choice of the practice and a number"),
}
DECIDED = {
    "voices": table_of(kinds.TEXT, kinds.VOICE, says="lines of a voice and its words"),
    "gate": kinds.TEXT,
    "next": kinds.DAY,
    "early because": kinds.TEXT,
    **IN,
}


@deed("{who} starts {practice} for {child}", must=LED, may=CAST)
def starts(world: World, who: Actor, practice: PracticeTemplate, child: Child, **more: Any) -> None:
    """`parts` says who plays which role; `chosen` fills the numbers the source leaves open."""
    _start(who, practice, child, **more)


@deed("{who} starts {practice} at {location}", must=LED, may=CAST)
def starts_at(
    world: World, who: Actor, practice: PracticeTemplate, location: Location, **more: Any
) -> None:
    """A practice for a group, without a child."""
    _start(who, practice, location, **more)


def _start(who: Actor, practice: PracticeTemplate, about: Child | Location, **more: Any) -> None:
    setup = Setup(more.get("parts", {}), more.get("chosen", {}))
    start_trajectory(who, about, practice, more["lead"], more["cover"], setup)


@deed("{who} does {activity} for {child}", must=TEXT, may={**TOLD, **IN})
def does(world: World, who: Actor, activity: str, child: Child, text: str, **more: Any) -> None:
    """An activity of the phase that runs, by its name in the practice; `in` names the practice when
    the child follows more than one.
    """
    trajectory = _followed(world, who, child, **more)
    more.pop("in_", None)
    do_activity(who, trajectory, activity, text, told(**more))


@deed("{who} does {activity} at {location}", must=TEXT, may={**TOLD, **IN})
def does_at(
    world: World, who: Actor, activity: str, location: Location, text: str, **more: Any
) -> None:
    """The same for a practice without a child."""
    trajectory = _followed(world, who, location, **more)
    more.pop("in_", None)
    do_activity(who, trajectory, activity, text, told(**more))


@deed(
    "{who} writes the plan for {child}",
    must={"goals": several_of(GOAL)},
    may={"end goal": kinds.TEXT, "evaluation": kinds.DAY, "based on": kinds.NUMBER, **IN},
)
def plans_for(
    world: World, who: Actor, child: Child, goals: Sequence[Mapping[str, Any]], **more: Any
) -> None:
    """`based on`: the version that was on the screen (else the newest)."""
    trajectory = _followed(world, who, child, **more)
    newest = newest_plan(who, trajectory)
    shown = more.get("based_on", newest.number if newest else 0)
    rows = [_goal(each) for each in goals]
    write_plan(who, trajectory, shown, rows, more.get("end_goal", ""), more.get("evaluation"))


@deed(
    "{who} adds a goal for {child}",
    must={"goal": kinds.TEXT},
    may={"by whom": kinds.TEXT, "what": kinds.TEXT, **IN},
)
def adds_goal(world: World, who: Actor, child: Child, goal: str, **more: Any) -> None:
    """On top of the newest plan; the way parents add their own."""
    trajectory = _followed(world, who, child, **more)
    row = {"goal": goal, "who": more.get("by_whom", ""), "what": more.get("what", "")}
    add_goal(who, trajectory, _goal({**row, "by parents": who.is_parent}))


def _goal(row: Mapping[str, Any]) -> Goal:
    return Goal(**{key.replace(" ", "_"): value for key, value in row.items()})


@deed("{who} agrees with the plan for {child}", may={"words": kinds.TEXT, **IN})
def agrees(world: World, who: Actor, child: Child, words: str = "", **more: Any) -> None:
    """With its newest version."""
    trajectory = _followed(world, who, child, **more)
    speak_about_plan(who, trajectory, _newest(who, trajectory), words, agrees=True)


@deed("{who} disagrees with the plan for {child}", may={"words": kinds.TEXT, **IN})
def disagrees(world: World, who: Actor, child: Child, words: str = "", **more: Any) -> None:
    """It stands beside the plan; nothing is overwritten."""
    trajectory = _followed(world, who, child, **more)
    speak_about_plan(who, trajectory, _newest(who, trajectory), words, agrees=False)


@deed(
    "{who} speaks about the decision for {child}",
    must={"words": kinds.TEXT},
    may={"agrees": kinds.FLAG, **IN},
)
def speaks(world: World, who: Actor, child: Child, words: str, **more: Any) -> None:
    """About the decision that is coming; it is kept with it."""
    trajectory = _followed(world, who, child, **more)
    gate = _gate(who, trajectory)
    speak_about_decision(who, trajectory, gate, words, more.get("agrees"))


@deed("{who} decides {choice} for {child}", must={"reasons": kinds.TEXT}, may=DECIDED)
def decides(world: World, who: Actor, choice: str, child: Child, reasons: str, **more: Any) -> None:
    """A choice of the decision that is ahead, unless `gate` names another; `early because` when not
    all was done.
    """
    _decide(_followed(world, who, child, **more), who, choice, reasons, **more)


@deed("{who} decides {choice} at {location}", must={"reasons": kinds.TEXT}, may=DECIDED)
def decides_at(
    world: World, who: Actor, choice: str, location: Location, reasons: str, **more: Any
) -> None:
    """The same for a practice without a child."""
    _decide(_followed(world, who, location, **more), who, choice, reasons, **more)


def _decide(trajectory: Trajectory, who: Actor, choice: str, reasons: str, **more: Any) -> None:
    gate = more.get("gate") or _gate(who, trajectory)
    voices, early = more.get("voices", {}), more.get("early_because", "")
    decide(who, trajectory, gate, choice, Why(reasons, voices, more.get("next"), early))


@deed("{who} passes the lead for {child} to {other}", must={"cover": kinds.HAT}, may=IN)
def passes_lead(
    world: World, who: Actor, child: Child, other: Membership, cover: Membership, **more: Any
) -> None:
    pass_lead(who, _followed(world, who, child, **more), other, cover)


def _followed(
    world: World,
    who: Actor,
    about: Child | Location,
    in_: PracticeTemplate | None = None,
    **more: Any,
) -> Trajectory:
    return finding.followed(world, who, about, in_.slug if in_ else "")


def _newest(who: Actor, trajectory: Trajectory) -> Any:
    newest = newest_plan(who, trajectory)
    if newest is None:
        raise finding.Unfound("there is no plan to speak about")
    return newest


def _gate(who: Actor, trajectory: Trajectory) -> str:
    ahead = case(who, trajectory.pk).state.decision
    return ahead.gate if ahead else ""
