"""The views of parents, group and outside stand beside each other; none takes the place of another."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from alert4you.access.models import Entry
from alert4you.coaching.commands.talks import Card, hold_talk, prepare_talk
from alert4you.kernel.decision import Denied
from alert4you.trajectories.commands.deciding import speak_about_entry
from alert4you.trajectories.models import Trajectory, Voice
from alert4you.trajectories.queries.beside import seen_by_each
from alert4you.trajectories.queries.papers import papers
from tests.cast import TODAY
from tests.trajectories.story import Story


@pytest.fixture
def seen(story: Story) -> tuple[Trajectory, Entry]:
    begun = story.begun()
    story.agree()
    return begun, story.do(begun, "observation")


def columns(story: Story, begun: Trajectory, by: str) -> dict[str, list[str]]:
    found = story.case(begun, by)
    (one,) = seen_by_each(found, papers(story.cast.actor(by, minutes=9), begun, found.practice))
    return {
        each.side: [*([each.seen.words] if each.seen else []), *(v.words for v in each.voices)]
        for each in one.columns
    }


def test_three_views_beside_each_other(story: Story, seen: tuple[Trajectory, Entry]) -> None:
    begun, entry = seen
    said = (
        ("anna", "Thuis praat zij wel."),
        ("fatima", "Wij horen weinig."),
        ("sanne", "Zij kijkt naar monden."),
        ("anna", "Van die monden zie ik ook."),
    )
    for minutes, (who, words) in enumerate(said, 4):
        speak_about_entry(story.cast.actor(who, minutes=minutes), begun, entry, words)
    expected = {
        "parents": ["Thuis praat zij wel.", "Van die monden zie ik ook."],
        "group": ["Wij horen weinig."],
        "outside": ["Gezien en gedaan.", "Zij kijkt naar monden."],
    }
    for who in ("anna", "fatima", "carla"):
        assert columns(story, begun, who) == expected


def test_a_care_coordinator_of_the_place_belongs_to_the_group(
    story: Story, seen: tuple[Trajectory, Entry]
) -> None:
    begun, entry = seen
    speak_about_entry(story.cast.actor("carla", minutes=4), begun, entry, "Ik zie groei.")
    assert columns(story, begun, "anna")["group"] == ["Ik zie groei."]


def test_who_does_not_see_it_says_nothing_about_it(
    story: Story, seen: tuple[Trajectory, Entry]
) -> None:
    begun, entry = seen
    for who in ("koen", "oscar", "stranger", "lotte"):
        with pytest.raises(Denied):
            speak_about_entry(story.cast.actor(who, minutes=4), begun, entry, "Ik ook.")
    other = story.talk()
    with pytest.raises(Denied):
        speak_about_entry(
            story.cast.actor("anna", minutes=4), begun, other, "Dit hoort er niet bij."
        )
    assert Voice.objects.unrestricted(reason="test").count() == 0


def test_a_voice_is_always_about_something(seen: tuple[Trajectory, Entry]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Voice.objects.create(trajectory=seen[0], of="parents", words="x", at=seen[0].at)


def test_on_the_page_a_parent_gives_her_view(story: Story, seen: tuple[Trajectory, Entry]) -> None:
    begun, entry = seen
    anna = story.cast.client("anna")
    address = reverse("trajectories:see", args=[begun.pk, entry.pk])
    assert "Gezien en gedaan." in anna.get(address).content.decode()
    assert anna.post(address, {"words": "Ik zie het anders."}).status_code == 302
    shown = anna.get(reverse("trajectories:trajectory", args=[begun.pk])).content.decode()
    assert "Ik zie het anders." in shown
    assert "Wie van buiten kijkt" in shown


def test_a_prepared_talk_that_is_held_is_the_talk_of_the_practice(story: Story) -> None:
    begun = story.begun("samsam")
    cast = story.cast
    talk = {each.activity: each.done for each in story.case(begun).state.progress}
    assert talk["goal-talk-parents"] == 0
    card = prepare_talk(
        cast.actor("carla", minutes=1), cast.mila, cast.fatima, TODAY, Card("Doel", 2, 2)
    )
    hold_talk(cast.actor("carla", minutes=2), card, "Het doel besproken.")
    done = {each.activity: each.done for each in story.case(begun).state.progress}
    assert done["goal-talk-parents"] == 1
    # a talk that was not prepared is a contact with the parents, and no more
    story.talk()
    done = {each.activity: each.done for each in story.case(begun).state.progress}
    assert done["goal-talk-parents"] == 1
