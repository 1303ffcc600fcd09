"""Doing activities: each counts once; what the parents refuse stops only that."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from alert4you.access.commands.consent import answer_consent
from alert4you.access.models import ConsentRequest, Kind
from alert4you.coaching.commands.contacts import Details
from alert4you.coaching.models import Advice, Contact
from alert4you.kernel.decision import Denied
from alert4you.trajectories.commands.running import do_activity
from alert4you.trajectories.models import Step, Trajectory
from tests.cast import NOW, TODAY
from tests.trajectories.story import Story


def progress(story: Story, trajectory: Trajectory, **later: int) -> dict[str, tuple[int, bool]]:
    counts = story.case(trajectory, **later).state.progress
    return {each.activity: (each.done, each.complete) for each in counts}


@pytest.fixture
def looking(story: Story) -> Trajectory:
    """Two observations are to be done, and the parents agree."""
    begun = story.begun()
    story.agree()
    return begun


def test_each_activity_counts_once_and_the_phase_goes_on_by_itself(
    story: Story, looking: Trajectory
) -> None:
    story.do(looking, "observation")
    assert progress(story, looking) == {"observation": (1, False)}
    story.do(looking, "observation", minutes=3)
    assert set(progress(story, looking)) == {"tips-group-worker", "tips-parents"}
    looking.refresh_from_db()
    assert looking.phase == "tips"


def test_a_double_click_counts_once(story: Story, looking: Trajectory) -> None:
    once = uuid4()
    sanne = story.cast.actor("sanne", minutes=2)
    entries = {
        do_activity(sanne, looking, "observation", "Gezien", once=once).pk for _click in range(2)
    }
    assert len(entries) == 1
    assert progress(story, looking) == {"observation": (1, False)}


def test_one_entry_cannot_be_counted_twice(story: Story, looking: Trajectory) -> None:
    entry = story.do(looking, "observation")
    with pytest.raises(IntegrityError), transaction.atomic():
        Step.objects.create(
            trajectory=looking, entry=entry, phase="looking", activity="observation"
        )


def test_two_activities_of_one_moment_count_in_the_order_they_were_written(
    story: Story, looking: Trajectory
) -> None:
    for activity in ("observation", "observation", "tips-group-worker", "tips-parents"):
        story.do(looking, activity, minutes=2)
    case = story.case(looking)
    assert case.state.uncounted == ()
    assert case.decision_is_due


def test_what_is_known_by_its_day_counts_on_the_day_of_the_start(story: Story) -> None:
    story.cast.go_to(timezone.make_aware(datetime(2026, 11, 20, 15)))
    begun = story.begun()
    story.agree()
    story.cast.go_to(NOW + timedelta(days=1))
    do_activity(
        story.cast.actor("sanne"), begun, "observation", "Gezien", details=Details(day=TODAY)
    )
    case = story.case(begun)
    assert [each.done for each in case.state.progress] == [0]
    assert len(case.state.uncounted) == 1, "there was no consent yet at that hour"
    do_activity(
        story.cast.actor("sanne"),
        begun,
        "observation",
        "Gezien",
        details=Details(day=TODAY + timedelta(days=1)),
    )
    assert progress(story, begun, minutes=20) == {"observation": (1, False)}


def test_before_the_parents_agree_nothing_is_observed(story: Story) -> None:
    begun = story.begun()
    with pytest.raises(Denied) as refused:
        story.do(begun, "observation", by="carla")
    assert str(refused.value.decision.reason).startswith("De ouders hebben nog niet geantwoord")
    assert Step.objects.count() == 0


def test_an_activity_of_another_phase_is_refused(story: Story, looking: Trajectory) -> None:
    with pytest.raises(Denied):
        story.do(looking, "tips-parents")
    assert Step.objects.count() == 0


def test_a_refusal_blocks_only_what_needs_it(story: Story) -> None:
    story.talk()
    begun = story.start("lindenhout-variant-3")
    story.agree("refused", "anna")
    case = story.case(begun)
    blocked = {each.activity: each.refused for each in case.state.progress}
    assert blocked == {"observation": True, "tips": False}
    with pytest.raises(Denied):
        story.do(begun, "observation", by="carla")
    story.do(begun, "tips", by="carla")
    assert progress(story, begun)["tips"][0] == 1
    assert case.decision_is_due, "what is left was refused: now persons decide"


def test_one_parent_is_not_enough(story: Story) -> None:
    begun = story.begun()
    story.agree("given", "anna")
    assert story.case(begun).waits_for_consent
    story.agree("given", "bram")
    assert not story.case(begun).waits_for_consent


def test_a_withdrawal_stops_what_comes_and_keeps_what_was(
    story: Story, looking: Trajectory
) -> None:
    story.do(looking, "observation")
    (request,) = ConsentRequest.objects.all()
    answers = dict.fromkeys(request.consents.values_list("category", flat=True), "refused")
    answer_consent(story.cast.actor("bram", minutes=4), request, answers)
    case = story.case(looking)
    (count,) = case.state.progress
    assert (count.done, count.refused) == (1, True)
    assert case.refused
    with pytest.raises(Denied):
        story.do(looking, "observation", by="carla", minutes=6)


def test_a_withdrawal_does_not_undo_a_phase(story: Story) -> None:
    begun = story.begun("samsam")
    story.do(begun, "goal-talk-parents", by="fatima", minutes=1)
    story.agree()
    story.do(begun, "goal-talk-group-worker", minutes=2)
    story.plan(begun)
    assert story.case(begun).state.phase == "one-to-one"
    story.do(begun, "session", minutes=4)
    story.cast.go_to(NOW + timedelta(minutes=5))
    story.agree("refused", "anna")
    state = story.case(begun).state
    assert (state.phase, state.begun) == ("one-to-one", TODAY)
    assert [(each.done, each.refused) for each in state.progress] == [(1, True)]


def test_advice_goes_on_the_line_as_advice(story: Story, looking: Trajectory) -> None:
    for minute in (2, 3):
        story.do(looking, "observation", minutes=minute)
    entry = story.do(looking, "tips-group-worker", minutes=4)
    assert entry.kind == Kind.ADVICE
    assert Advice.objects.unrestricted(reason="test").filter(pk=entry.pk).exists()
    assert progress(story, looking)["tips-group-worker"] == (1, True)


def test_a_talk_of_the_practice_is_a_talk_with_the_parents(story: Story) -> None:
    begun = story.begun("samsam")
    entry = story.do(begun, "goal-talk-parents", by="fatima")
    talk = Contact.objects.unrestricted(reason="test").get(pk=entry.pk)
    assert talk.parents_present


def test_nobody_logs_after_the_end(story: Story) -> None:
    story.talk()
    begun = story.start("lindenhout-variant-3")
    story.agree("refused", "anna")
    story.decide(begun, "conclusion", "no-action")
    begun.refresh_from_db()
    with pytest.raises(Denied) as refused:
        story.do(begun, "tips", by="carla", minutes=7)
    assert "klaar" in str(refused.value.decision.reason)


# The page ---------------------------------------------------------------------------------------


def url(trajectory: Trajectory, activity: str = "observation") -> str:
    return reverse("trajectories:activity", args=[trajectory.pk, activity])


def test_written_down_on_the_page(story: Story, looking: Trajectory) -> None:
    story.cast.go_to(NOW + timedelta(minutes=5))
    sanne = story.cast.client("sanne")
    given = {"text": "Mila at mee", "minutes": "45", "helps_others": "Samen zitten"}
    answer = sanne.post(url(looking), given | {"day": TODAY.isoformat()})
    assert answer.status_code == 302
    step = Step.objects.select_related("entry").get()
    contact = Contact.objects.unrestricted(reason="test").get(pk=step.entry_id)
    assert (step.minutes, contact.text, contact.helps_others) == (45, "Mila at mee", "Samen zitten")
    assert contact.title == "Observatie op de groep"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"text": ""}, "text"),
        ({"day": (TODAY + timedelta(days=1)).isoformat()}, "day"),
        ({"day": (TODAY - timedelta(days=1)).isoformat()}, "day"),
        ({"minutes": "0"}, "minutes"),
        ({"minutes": "veel"}, "minutes"),
    ],
)
def test_an_invalid_form_keeps_every_word(
    story: Story, looking: Trajectory, wrong: dict[str, str], field: str
) -> None:
    story.cast.go_to(NOW + timedelta(minutes=5))
    given = {"text": "Mila at mee", "day": TODAY.isoformat(), "helps_others": "Rust"} | wrong
    shown = story.cast.client("sanne").post(url(looking), given)
    form = shown.context["form"]
    assert set(form.errors) == {field}
    assert form["helps_others"].value() == "Rust"
    assert Step.objects.count() == 0


@pytest.mark.parametrize(("who", "status"), [("anna", 403), ("stranger", 404), ("fatima", 200)])
def test_who_writes_down(story: Story, looking: Trajectory, who: str, status: int) -> None:
    assert story.cast.client(who).get(url(looking)).status_code == status


def test_no_such_activity(story: Story, looking: Trajectory) -> None:
    assert story.cast.client("carla").get(url(looking, "nonsense")).status_code == 404


def test_refused_on_the_page_with_the_words_kept(story: Story) -> None:
    begun = story.begun()
    given = {"text": "Alvast gekeken", "day": TODAY.isoformat()}
    shown = story.cast.client("carla").post(url(begun), given)
    assert "nog niet geantwoord" in shown.content.decode()
    assert "Alvast gekeken" in shown.content.decode()
