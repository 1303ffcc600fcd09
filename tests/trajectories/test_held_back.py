"""What is held back from the parents, or not agreed for a guest, reaches nobody by another way."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from alert4you.access.commands.line import hold_back
from alert4you.access.commands.team import name_on_team, release_from_team
from alert4you.access.models import Entry
from alert4you.kernel.decision import Denied
from alert4you.practices.queries.templates import template
from alert4you.trajectories.commands.deciding import Why, decide, speak_about_decision
from alert4you.trajectories.commands.planning import add_goal, speak_about_plan, write_plan
from alert4you.trajectories.commands.running import Setup, start_trajectory
from alert4you.trajectories.models import Plan, Trajectory, Voice
from alert4you.trajectories.queries.overview import overview
from alert4you.trajectories.rules.planning import Goal, may_lead, powers
from tests.cast import NOW
from tests.trajectories.story import Story

RESULT = "Ja, dit is genoeg"


def held(story: Story, paper: Any) -> None:
    entry = Entry.objects.unrestricted(reason="test").get(pk=paper.pk)
    hold_back(story.cast.actor("carla", minutes=6), entry, NOW + timedelta(days=7), "eerst praten")


def plans() -> int:
    return Plan.objects.unrestricted(reason="test").count()


@pytest.fixture
def begun(story: Story) -> Trajectory:
    """Sanne may know the day and the development, not the plan."""
    trajectory = story.begun()
    story.agree()
    return trajectory


@pytest.fixture
def ended(story: Story, begun: Trajectory) -> Trajectory:
    held(story, story.decide(begun, "enough", "enough", early_reason="Het gaat al goed"))
    begun.refresh_from_db()
    assert begun.ended_on
    story.cast.go_to(NOW + timedelta(minutes=10))
    return begun


def test_a_parent_publishes_no_version_that_was_held_back(story: Story, begun: Trajectory) -> None:
    story.plan(begun)
    held(story, story.plan(begun, based_on=1, end_goal="Nog niet vertellen"))
    for act in (
        lambda anna: add_goal(anna, begun, Goal("Thuis rustig eten")),
        lambda anna: write_plan(anna, begun, 2, [Goal("Thuis rustig eten")]),
    ):
        with pytest.raises(Denied, match="vrijdag 27 november|27 november"):
            act(story.cast.actor("anna", minutes=7))
    assert plans() == 2
    add_goal(story.cast.actor("anna", days=8), begun, Goal("Thuis rustig eten"))
    assert plans() == 3


def test_the_page_says_so_and_keeps_the_words(story: Story, begun: Trajectory) -> None:
    held(story, story.plan(begun))
    story.cast.go_to(NOW + timedelta(minutes=10))
    url = reverse("trajectories:goal", args=[begun.pk])
    shown = story.cast.client("anna").post(url, {"goal": "Thuis rustig eten"}).content.decode()
    assert "Er is een nieuwere versie van het plan. Die is te lezen vanaf" in shown
    assert "Thuis rustig eten" in shown
    assert plans() == 1


@pytest.mark.parametrize(("who", "knows"), [("carla", True), ("anna", False), ("sanne", False)])
def test_the_result_is_for_who_may_read_the_decision(
    story: Story, ended: Trajectory, who: str, knows: bool
) -> None:
    seen = overview(story.cast.actor(who, minutes=10), ended.pk)
    assert (seen.case.outcome == RESULT) is knows
    client = story.cast.client(who)
    page = client.get(reverse("trajectories:trajectory", args=[ended.pk])).content.decode()
    assert "Afgerond" in page
    assert (f"{RESULT}." in page) is knows
    table = client.get(reverse("trajectories:caseload") + "?show=ended")
    assert table.status_code == 200
    assert (RESULT in table.content.decode()) is knows


@pytest.mark.parametrize(("who", "knows"), [("carla", True), ("anna", False), ("sanne", False)])
def test_where_it_leads_is_for_who_may_read_the_decision(
    story: Story, begun: Trajectory, who: str, knows: bool
) -> None:
    held(story, story.decide(begun, "enough", "samsam", early_reason="Het is genoeg gezien"))
    begun.refresh_from_db()
    seen = overview(story.cast.actor(who, minutes=10), begun.pk)
    assert seen.case.state.ended
    assert bool(seen.onward or seen.referred) is knows
    assert bool(seen.onward_in_words) is knows


def test_who_left_the_team_decides_nothing(story: Story, begun: Trajectory) -> None:
    carla = story.cast.actor("carla", minutes=5)
    assert may_lead(carla, begun)
    assert powers(carla, begun).decide
    release_from_team(carla, story.cast.mila, story.cast.carla)
    later = story.cast.actor("carla", minutes=6)
    assert not may_lead(later, begun)
    assert not powers(later, begun).decide
    assert not powers(later, begun).pass_lead
    with pytest.raises(Denied):
        story.decide(begun, "enough", "enough", early_reason="Toch", minutes=6)


def test_words_go_with_a_plan_of_the_same_trajectory(story: Story, begun: Trajectory) -> None:
    noor = story.another("Noor")
    story.talk(noor)
    others = story.plan(story.start(child=noor))
    with pytest.raises(Denied):
        speak_about_plan(story.cast.actor("anna", minutes=5), begun, others, "Mooi", True)
    assert Voice.objects.unrestricted(reason="test").count() == 0


# Without a child ----------------------------------------------------------------------------------


@pytest.fixture
def of_group(story: Story) -> Trajectory:
    name_on_team(story.cast.actor("carla"), story.cast.mila, story.cast.fatima, "mentor")
    return start_trajectory(
        story.cast.actor("carla"),
        story.cast.location,
        template("structural-coaching"),
        story.cast.carla,
        story.cast.marit,
        Setup({"coach": story.cast.sanne}, {"weeks-between-visits": 2, "months-until-review": 6}),
    )


NAMES = ("Mila eet niet", "die van Jansen", "de vader, Bram")


@pytest.mark.parametrize("name", NAMES)
def test_a_plan_of_a_group_names_no_child(story: Story, of_group: Trajectory, name: str) -> None:
    carla = story.cast.actor("carla", minutes=3)
    for goals, end_goal in (
        ([Goal(name)], ""),
        ([Goal("Rust", "Fatima", name)], ""),
        ([Goal("Rust", name)], ""),
        ([Goal("Rust")], name),
    ):
        with pytest.raises(Denied, match="welk kind"):
            write_plan(carla, of_group, 0, goals, end_goal)
    with pytest.raises(Denied, match="welk kind"):
        add_goal(carla, of_group, Goal(name))
    plan = write_plan(carla, of_group, 0, [Goal("Rust aan tafel", "Fatima", "Samen zitten")])
    with pytest.raises(Denied, match="welk kind"):
        speak_about_plan(carla, of_group, plan, name)
    with pytest.raises(Denied, match="welk kind"):
        speak_about_decision(carla, of_group, "review", name)
    assert speak_about_plan(carla, of_group, plan, "De groep wordt er rustiger van")


@pytest.mark.parametrize(
    "why",
    [Why("Om Mila"), Why("Rust", {"parents": "Mila slaapt"}), Why("Rust", early_reason="Om Mila")],
)
def test_a_decision_about_a_group_names_no_child(
    story: Story, of_group: Trajectory, why: Why
) -> None:
    with pytest.raises(Denied, match="welk kind"):
        decide(story.cast.actor("carla", minutes=5), of_group, "review", "go", why)
