"""A story that does not go as it is told stops there, and says what was found instead."""

from datetime import date

import pytest

from alert4you.access.models import Entry
from alert4you.scenarios.player import Broken, play, play_together

FRIDAY = date(2026, 11, 20)
NOTE = "- Fatima writes a note about Pip: Pip lachte om de regen."
pytestmark = pytest.mark.django_db


def last(story):
    return list(play(story, FRIDAY))[-1]


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["- Sanne knows Pip"], "Pip is not among the children"),
        (["- Lotte does not know Pip"], "Pip is among the children"),
        (
            [NOTE, "- Olga sees about Pip: [van de zon]"],
            "Shown are 1, the newest first: “Pip lachte",
        ),
        ([NOTE, "- Olga does not see about Pip: [van de zon]"], "so this proves nothing"),
        ([NOTE, "- Olga does not see about Pip: [om de regen]"], "it is shown"),
        (["- Sanne sees nothing about Pip"], "so this proves nothing"),
        ([NOTE, "- count of note about Pip: 2"], "found instead: 1"),
        (["- sharing Pip with De Kade: runs"], "it was never asked"),
        (["- '\"regen\" waits for Sanne'"], "nobody asked “regen”"),
        (['- Sanne answers "regen": Een paraplu.'], "nobody wrote “regen”"),
        (["- Koen writes a note about Pip: Hoi"], "refused: "),
        ([NOTE, "  refused: nobody"], "this should not have been possible"),
        (
            ["- Koen writes a note about Pip: Hoi", "  refused: because it rains"],
            "refused, but for another reason",
        ),
        (
            ["- Olga adds to the line of Pip: Hoi", "  not found: yes"],
            "this should not have been possible",
        ),
        (["- the phase for Pip: looking"], "no trajectory was started for Pip"),
        (["- Pip is today on: [Kikkers]"], "found instead: Vlinders"),
    ],
)
def test_the_step_and_what_was_found_instead(story, lines, found):
    told = last(story("day 1:", *(f"  {line}" for line in lines)))
    assert found in told.wrong
    assert str(told).startswith(f"{told.story.file}, line {told.step.line}: ")


@pytest.mark.parametrize(
    "lines",
    [
        ["- Koen writes a note about Pip: Hoi", "  refused: Only people who work with this child"],
        ["- Koen writes a note about Pip: Hoi", "  instead: Ask a colleague on the group"],
        ["- Koen looks at the line of Pip:", "  not found: yes"],
    ],
)
def test_a_refusal_that_was_foretold_is_no_failure(story, lines):
    assert not last(story("day 1:", *(f"  {line}" for line in lines))).wrong


def test_nothing_follows_on_what_is_wrong(story):
    steps = list(play(story("day 1:", "  - Sanne knows Pip", f"  {NOTE}"), FRIDAY))
    assert len(steps) == 1
    assert not Entry.objects.unrestricted(reason="test").exists()


def test_steps_happen_at_their_own_moment_in_the_hat_of_who_does_them(story):
    list(play(story("day 1:", f"  {NOTE}", "day 3, 14:30:", f"  {NOTE}"), FRIDAY))
    notes = Entry.objects.unrestricted(reason="test").order_by("at")
    assert [n.at.isoformat() for n in notes] == [
        "2026-11-11T08:12:00+00:00",
        "2026-11-13T13:30:00+00:00",
    ]
    assert {n.author.name for n in notes} == {"Fatima El Amrani"}


def test_stories_played_together_run_through_each_other_without_checks(story):
    first = story("day 1:", f"  {NOTE}", "  - Sanne knows Pip", "day 3:", f"  {NOTE}")
    (world,) = play_together([first], FRIDAY)
    assert Entry.objects.unrestricted(reason="test").count() == 2
    assert world.now.date() == date(2026, 11, 13)


def test_a_broken_story_breaks_the_demo(story):
    with pytest.raises(Broken, match=r"line \d+: Koen writes a note about Pip: refused"):
        play_together([story("day 1:", "  - Koen writes a note about Pip: Hoi")], FRIDAY)
