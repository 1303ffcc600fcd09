"""What is kept for work lists equals what the facts say, whatever people did in whatever order."""

from contextlib import suppress
from datetime import timedelta
from random import Random

import pytest

from alert4you.kernel.decision import Conflict, Denied
from alert4you.trajectories.commands.deciding import Why, decide
from alert4you.trajectories.commands.planning import add_goal, write_plan
from alert4you.trajectories.commands.running import do_activity
from alert4you.trajectories.models import Plan, Trajectory
from alert4you.trajectories.queries.caseload import caseload, ended, step_by_step
from alert4you.trajectories.rules.planning import Goal
from alert4you.trajectories.tasks import refresh_running
from tests.cast import NOW, clock
from tests.trajectories.story import GOALS, VOICES, Story

STEPS = 14


def kept(trajectory: Trajectory) -> tuple:
    trajectory.refresh_from_db()
    return trajectory.phase, trajectory.next_due, trajectory.ended_on


def told(story: Story, trajectory: Trajectory) -> tuple:
    state = step_by_step(story.cast.actor("carla"), trajectory)
    due = state.next.due if state.next else None
    return state.phase or "", due, state.ended.on if state.ended else None


def do_something(story: Story, trajectory: Trajectory, chance: Random) -> None:
    """One thing that somebody tries; much of it is refused."""
    cast = story.cast
    case = story.case(trajectory, minutes=0)
    number = Plan.objects.unrestricted(reason="test").filter(trajectory=trajectory).count()
    phase = case.practice.phase(case.state.phase or "") or case.practice.phases[0]
    gate = case.practice.gate_ahead(phase)
    day = cast.actor("carla").today + timedelta(days=chance.randint(1, 40))
    deeds = [
        lambda: do_activity(
            cast.actor(chance.choice(["carla", "fatima", "sanne"])),
            trajectory,
            chance.choice(phase.activities).key,
            "Gedaan",
        ),
        lambda: write_plan(cast.actor("carla"), trajectory, number, GOALS, "Doel", day),
        lambda: add_goal(cast.actor("anna"), trajectory, Goal("Ook thuis")),
        lambda: decide(
            cast.actor("marit"),
            trajectory,
            gate.key,
            chance.choice(gate.choices),
            Why("Samen", VOICES, day, chance.choice(["", "Eerder"])),
        ),
        lambda: story.talk(),
    ]
    with suppress(Denied, Conflict):
        chance.choices(deeds, weights=[6, 2, 1, 1, 1])[0]()


@pytest.mark.parametrize("slug", ["kansen-voor-kleintjes", "samsam", "lindenhout-variant-3"])
@pytest.mark.parametrize("seed", range(2))
def test_kept_equals_told(story: Story, slug: str, seed: int) -> None:
    chance = Random(f"{slug} {seed}")
    trajectory = story.begun(slug)
    for _step in range(STEPS):
        story.cast.go_to(clock() + timedelta(hours=chance.randint(0, 90)))
        if chance.random() < 0.2:
            story.agree(
                chance.choice(["given", "given", "refused"]), chance.choice(["anna", "bram"])
            )
            story.cast.go_to(clock() + timedelta(minutes=2))
        refresh_running(clock())
        assert kept(trajectory) == told(story, trajectory)
        do_something(story, trajectory, chance)
        assert kept(trajectory) == told(story, trajectory)


def test_days_that_pass_are_told_by_the_task_and_by_the_list_at_once(story: Story) -> None:
    trajectory = story.begun("samsam")
    story.do(trajectory, "goal-talk-parents", by="fatima", minutes=1)
    story.agree()
    story.do(trajectory, "goal-talk-group-worker", minutes=2)
    story.plan(trajectory)
    first = trajectory.next_due
    story.cast.go_to(NOW + timedelta(days=20))
    (case,) = caseload(story.cast.actor("carla"))
    assert case.state.next.due == first + timedelta(days=14)
    assert [each.missed for each in case.state.progress] == [
        (NOW.date(), first + timedelta(days=1))
    ]
    assert kept(trajectory)[1] == first
    assert refresh_running(clock()) == 1
    assert refresh_running(clock()) == 1
    assert kept(trajectory) == told(story, trajectory)
    assert ended(story.cast.actor("carla")) == []
