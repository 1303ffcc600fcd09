"""A running trajectory stays on its version, until who has the lead moves it and says why."""

from datetime import timedelta

import pytest

from alert4you.access.models import ConsentRequest, Entry
from alert4you.kernel.decision import Denied
from alert4you.practices.commands.adopting import adopt_practice
from alert4you.practices.commands.changing import begin_draft, publish_draft, rewrite_draft
from alert4you.practices.models import PracticeTemplate
from alert4you.practices.queries.templates import practice_of, template
from alert4you.practices.rules import drafts, editing, writing
from alert4you.trajectories.commands.moving import move_trajectory
from alert4you.trajectories.models import Move, Trajectory
from alert4you.trajectories.queries.caseload import case
from alert4you.trajectories.queries.moving import preview_of, target
from tests.cast import NOW
from tests.trajectories.story import Story

SESSION = ("phases", "one-to-one", "activities", "session")
GOALS = ("goal-talk-parents", "goal-talk-group-worker")


def own_version(story: Story, change) -> PracticeTemplate:
    """Carla changes Samsam for her organisation and adopts that."""
    carla = story.cast.actor("carla", minutes=20)
    draft = begin_draft(carla, template("samsam"))
    text = writing.lay_out(change(drafts.tree_of(draft.text)))
    rewrite_draft(carla, draft, text, editing.mark(draft.text))
    draft.refresh_from_db()
    published = publish_draft(carla, draft)
    adopt_practice(carla, published, {})
    return published


def twice_a_week(tree):
    session = {**editing.own(tree, SESSION), "dose": "twice a week for 3 months"}
    return editing.put(tree, SESSION, session)


def renamed(tree):
    """The second phase under another name, as if it were a new one."""
    phases = {key.replace("one-to-one", "together"): each for key, each in tree["phases"].items()}
    phases["end-goal"] = {**phases["end-goal"], "then": "together"}
    review = tree["decisions"]["review"]
    again = {**review["options"]["adjust"], "to": "together"}
    review = {**review, "options": {**review["options"], "adjust": again}}
    return {**tree, "phases": phases, "decisions": {"review": review}}


@pytest.fixture
def running(story: Story) -> Trajectory:
    """Samsam in its second phase, with one session."""
    begun = story.begun("samsam")
    story.agree()
    story.cast.go_to(NOW + timedelta(minutes=5))
    story.do(begun, GOALS[0], by="fatima", minutes=1)
    story.do(begun, GOALS[1], minutes=2)
    story.plan(begun)
    story.do(begun, "session", minutes=10)
    return begun


def state(story: Story, trajectory: Trajectory):
    return case(story.cast.actor("carla", minutes=30), trajectory.pk).state


def move(story: Story, trajectory: Trajectory, who: str = "carla", phase: str = "", why="Beter zo"):
    trajectory.refresh_from_db()
    actor = story.cast.actor(who, minutes=30)
    return move_trajectory(actor, trajectory, target(trajectory), why, phase)


def test_it_stays_on_its_version_until_it_is_moved(story: Story, running: Trajectory) -> None:
    before = state(story, running)
    assert (before.phase, before.progress[0].needed) == ("one-to-one", 13)
    published = own_version(story, twice_a_week)
    assert state(story, running) == before
    move(story, running)
    after = state(story, running)
    assert (after.phase, after.progress[0].needed, after.progress[0].done) == ("one-to-one", 26, 1)
    running.refresh_from_db()
    assert running.template == published
    kept = Move.objects.unrestricted(reason="test").get()
    assert kept.before == template("samsam")
    assert target(running) is None


def test_what_changes_is_told_first_and_stands_on_the_line_for_the_parents(
    story: Story, running: Trajectory
) -> None:
    own_version(story, twice_a_week)
    page = story.cast.client("carla").get(f"/trajectories/{running.pk}/version/").content.decode()
    told = "één keer per week, 3 maanden lang → 2 keer per week, 3 maanden lang"
    assert told in page
    move(story, running, why="Eén keer bleek te weinig.")
    anna = story.cast.actor("anna", minutes=40)
    seen = Entry.objects.visible_to(anna).get(as_move__trajectory=running)
    assert seen.text.startswith("Eén keer bleek te weinig.")
    assert told in seen.text


@pytest.mark.parametrize("who", ["fatima", "sanne", "anna", "koen", "stranger"])
def test_only_who_has_the_lead_moves_it(story: Story, running: Trajectory, who: str) -> None:
    own_version(story, twice_a_week)
    with pytest.raises(Denied):
        move(story, running, who)
    running.refresh_from_db()
    assert running.template == template("samsam")


@pytest.mark.parametrize("who", ["carla", "marit"])
def test_the_lead_and_the_cover_move_it(story: Story, running: Trajectory, who: str) -> None:
    own_version(story, twice_a_week)
    move(story, running, who)
    running.refresh_from_db()
    assert running.template != template("samsam")


def test_without_a_reason_it_is_not_moved(story: Story, running: Trajectory) -> None:
    own_version(story, twice_a_week)
    with pytest.raises(Denied, match="why|aarom"):
        move(story, running, why="  ")


def test_a_phase_that_is_gone_asks_where_to_go_on(story: Story, running: Trajectory) -> None:
    own_version(story, renamed)
    running.refresh_from_db()
    seen = preview_of(story.cast.actor("carla", minutes=30), running, target(running))
    assert not seen.fits
    assert [str(each.title) for each in seen.lost]
    with pytest.raises(Denied, match="not there in this version|niet"):
        move(story, running)
    move(story, running, phase="together")
    after = state(story, running)
    assert (after.phase, after.progress[0].done) == ("together", 0)
    assert state(story, running) == after
    story.do(running, "session", minutes=40)
    moved = case(story.cast.actor("carla", minutes=50), running.pk).state
    assert (moved.phase, moved.progress[0].done) == ("together", 1)


def test_persons_may_choose_to_begin_a_phase_again(story: Story, running: Trajectory) -> None:
    own_version(story, twice_a_week)
    move(story, running, phase="end-goal")
    after = state(story, running)
    assert (after.phase, [each.done for each in after.progress]) == ("end-goal", [0, 0])
    assert [each.phase for each in after.passed] == ["end-goal", "one-to-one"]


def test_a_phase_that_is_not_there_cannot_be_chosen(story: Story, running: Trajectory) -> None:
    own_version(story, twice_a_week)
    with pytest.raises(Denied):
        move(story, running, phase="nowhere")
    assert not Move.objects.unrestricted(reason="test").exists()


def test_what_is_asked_anew_is_asked_of_the_parents(story: Story, running: Trajectory) -> None:
    def asks_more(tree):
        support = tree["consents"]["support"]
        wider = {**support, "categories": [*support["categories"], "talk"]}
        return {**tree, "consents": {"support": wider}}

    own_version(story, asks_more)
    page = story.cast.client("carla").get(f"/trajectories/{running.pk}/version/").content.decode()
    assert "Telt niet meer" in page or "telt niet meer" in page
    move(story, running)
    asked = ConsentRequest.objects.get(child=story.cast.mila, closed_at=None)
    assert "talk" in asked.consents.values_list("category", flat=True)


def test_an_ended_trajectory_stays_as_it_was(story: Story, running: Trajectory) -> None:
    own_version(story, twice_a_week)
    story.decide(running, "review", "reached", early_reason="Het doel is er", minutes=25)
    with pytest.raises(Denied):
        move(story, running)


def test_the_page_is_there_when_there_is_something_to_move_to(
    story: Story, running: Trajectory
) -> None:
    carla, address = story.cast.client("carla"), f"/trajectories/{running.pk}/"
    assert "version/" not in carla.get(address).content.decode()
    assert carla.get(f"{address}version/").status_code == 302
    own_version(story, twice_a_week)
    assert f"{address}version/" in carla.get(address).content.decode()
    assert f"{address}version/" not in story.cast.client("fatima").get(address).content.decode()
    assert story.cast.client("fatima").get(f"{address}version/").status_code == 403
    story.cast.go_to(NOW + timedelta(minutes=45))
    answer = carla.post(f"{address}version/", {"version": "broken", "reason": "Beter zo"})
    assert "Beter zo" in answer.content.decode()
    found = target(running)
    assert found is not None
    carla.post(f"{address}version/", {"version": found.template.pk, "reason": "Beter zo"})
    running.refresh_from_db()
    assert running.template == found.template


def test_other_numbers_are_another_version_too(story: Story, running: Trajectory) -> None:
    assert target(running) is None
    adopt_practice(story.cast.actor("carla"), template("samsam"), {})
    assert target(running) is None
    assert practice_of(running.template).choices == ()
