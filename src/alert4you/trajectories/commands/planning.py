"""The plan: versions, own goals of the parents, and what each thinks of it."""

from collections.abc import Sequence
from datetime import date

from alert4you.access.models import Category, Kind
from alert4you.kernel.command import command
from alert4you.kernel.decision import Conflict
from alert4you.organisations.models import Actor
from alert4you.trajectories.commands.running import keep_apart, refresh
from alert4you.trajectories.models import Plan, Trajectory, Voice
from alert4you.trajectories.queries.papers import own_voice
from alert4you.trajectories.rules import planning
from alert4you.trajectories.rules.planning import Goal


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
    plan = Plan.by(
        actor,
        child=trajectory.child,
        location=trajectory.location,
        organisation_id=trajectory.organisation_id,
        kind=Kind.PLAN,
        category=Category.PLAN,
        title=trajectory.title,
        text=end_goal,
        trajectory=trajectory,
        number=based_on + 1,
        end_goal=end_goal,
        goals=[goal.as_row() for goal in planning.goals_of(goals, before, actor.is_parent)],
        evaluation_on=evaluation_on,
    )
    refresh(actor, trajectory)
    return plan


@command(planning.may_add)
def add_goal(actor: Actor, trajectory: Trajectory, goal: Goal) -> Plan:
    """One goal more, on top of the newest version; the way parents add their own."""
    newest = _newest(trajectory)
    if newest is None:
        return write_plan(actor, trajectory, 0, [goal])
    kept = planning.goals(newest.goals)
    return write_plan(
        actor, trajectory, newest.number, [*kept, goal], newest.end_goal, newest.evaluation_on
    )


@command(planning.may_voice_on_plan)
def speak_about_plan(
    actor: Actor, trajectory: Trajectory, plan: Plan, words: str, agrees: bool | None = None
) -> Voice:
    """Agree or disagree with a version of the plan, in own words; it stands beside the plan."""
    return Voice.objects.create(
        trajectory=trajectory,
        plan=plan,
        of=own_voice(actor, trajectory),
        person_id=actor.person_id,
        words=words,
        agrees=agrees,
        at=actor.at,
    )


def _newest(trajectory: Trajectory) -> Plan | None:
    versions = Plan.objects.unrestricted(reason="the next version").filter(trajectory=trajectory)
    return versions.order_by("-number").first()
