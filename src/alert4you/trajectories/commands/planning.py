"""The plan: versions, own goals of the parents, the taper, and what each thinks of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from alert4you.access.models import Category
from alert4you.kernel.command import command
from alert4you.kernel.decision import Conflict, require
from alert4you.notes.rules.writing import Spoken
from alert4you.organisations.models import Actor
from alert4you.trajectories.commands.running import keep_apart, refresh
from alert4you.trajectories.commands.voicing import tell, write_voice
from alert4you.trajectories.models import Decision, Plan, Trajectory, Voice
from alert4you.trajectories.queries.caseload import practice_in
from alert4you.trajectories.rules import planning, tapers
from alert4you.trajectories.rules.planning import Goal
from alert4you.trajectories.rules.tapers import Steps


@command(planning.may_plan)
def write_plan(
    actor: Actor,
    trajectory: Trajectory,
    based_on: int,
    goals: Sequence[Goal],
    end_goal: str = "",
    evaluation_on: date | None = None,
) -> Plan:
    """The next version of the plan. ``based_on``: the version that was on the screen (0: none yet).

    Raises Conflict with the newer version when somebody else wrote one in between.
    """
    keep_apart(trajectory)
    newest = _newest(trajectory)
    if (newest.number if newest else 0) != based_on:
        raise Conflict(newest)
    before = planning.goals(newest.goals) if newest else []
    return _next_version(
        actor,
        trajectory,
        newest,
        end_goal=end_goal,
        goals=[goal.as_row() for goal in planning.goals_of(goals, before, actor.is_parent)],
        evaluation_on=evaluation_on,
    )


@command(planning.may_taper)
def plan_taper(actor: Actor, trajectory: Trajectory, based_on: int, steps: Steps) -> Plan:
    """The next version of the plan, in which somebody comes less and less often.

    ``based_on``: see ``write_plan``. Denied when it goes up and nobody decided a step back since the
    version before; weeks that have passed stay as they were planned.
    """
    keep_apart(trajectory)
    newest = _newest(trajectory)
    if (newest.number if newest else 0) != based_on:
        raise Conflict(newest)
    before = tapers.taper_of(newest.taper) if newest else ()
    back = newest is not None and _decided_back(trajectory, newest)
    require(tapers.may_be_planned(before, steps, actor.today, back))
    whole = tapers.planned_anew(before, steps, actor.today)
    return _next_version(actor, trajectory, newest, taper=tapers.as_rows(whole))


def _decided_back(trajectory: Trajectory, newest: Plan) -> bool:
    """Whether persons decided since this version to do it otherwise, and so perhaps more often."""
    practice = practice_in(trajectory)
    later = Decision.objects.unrestricted(reason="a step back").filter(
        trajectory=trajectory, written_at__gte=newest.written_at
    )
    options = (practice.option(each.gate, each.choice) for each in later)
    return any(each is not None and each.kind == "adjust" for each in options)


def _next_version(
    actor: Actor, trajectory: Trajectory, newest: Plan | None, **changes: Any
) -> Plan:
    """What the version before said, with these changes."""
    kept = (
        {name: getattr(newest, name) for name in ("end_goal", "goals", "evaluation_on", "taper")}
        if newest
        else {}
    )
    said = {**kept, **changes}
    plan = Plan.by(
        actor,
        child=trajectory.child,
        location=trajectory.location,
        organisation_id=trajectory.organisation_id,
        category=Category.PLAN,
        title=trajectory.title,
        text=said.get("end_goal", ""),
        trajectory=trajectory,
        number=(newest.number if newest else 0) + 1,
        **said,
    )
    refresh(actor, trajectory)
    return plan


@command(planning.may_add)
def add_goal(actor: Actor, trajectory: Trajectory, goal: Goal, told: Spoken | None = None) -> Plan:
    """One goal more, on top of the newest version; the way parents add their own, or tell it."""
    if told is not None:
        goal = replace(goal, by_parents=True)
        tell(actor, trajectory, goal.goal, told)
    newest = _newest(trajectory)
    if newest is None:
        return write_plan(actor, trajectory, 0, [goal])
    kept = planning.goals(newest.goals)
    return write_plan(
        actor, trajectory, newest.number, [*kept, goal], newest.end_goal, newest.evaluation_on
    )


@command(planning.may_voice_on_plan)
def speak_about_plan(
    actor: Actor,
    trajectory: Trajectory,
    plan: Plan,
    words: str,
    agrees: bool | None = None,
    told: Spoken | None = None,
) -> Voice:
    """Agree or disagree with a version of the plan, in own words; it stands beside the plan."""
    return write_voice(actor, trajectory, words, told, plan=plan, agrees=agrees)


def _newest(trajectory: Trajectory) -> Plan | None:
    versions = Plan.objects.unrestricted(reason="the next version").filter(trajectory=trajectory)
    return versions.order_by("-number").first()
