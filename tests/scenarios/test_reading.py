"""A story with a mistake names the line and the remedy."""

import pytest

from alert4you.practices.rules.reading import Misread
from alert4you.scenarios.library import read

from .conftest import FIRST, HEAD

NOTE = "- Fatima writes a note about Pip: Pip lachte."


def test_a_story_in_a_few_lines(story):
    read_ = story("day 1:", f"  {NOTE}")
    assert [(s.number, len(s.steps)) for s in read_.scenes] == [(1, 1)]
    assert read_.scenes[0].steps[0].line == FIRST + 1


@pytest.fixture(autouse=True)
def in_english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.mark.parametrize(
    ("lines", "line", "words"),
    [
        (["day 1:", "  - Fatma writes a note about Pip: Hoi"], 1, "did you mean “Fatima”"),
        (["day 1:", "  - Fatima writes a note about Pim: Hoi"], 1, "did you mean “Pip”"),
        (
            ["day 1:", "  - Fatima wrote a note about Pip: Hoi"],
            1,
            "{who} writes a note about {child}",
        ),
        (
            ["day 1:", "  - Pip writes a note about Pip: Hoi"],
            1,
            "“Pip” is a child here; a person is",
        ),
        (["day 1:", "  - Fatima writes a note about Pip"], 1, "“text” is missing here"),
        (
            ["day 1:", "  - Fatima writes a note about Pip: {text: Hoi, categorie: day}"],
            1,
            "did you mean “category”",
        ),
        (
            ["day 1:", "  - Fatima writes a note about Pip: {text: Hoi, category: dag}"],
            1,
            "did you mean “day”",
        ),
        (["day 1:", "  - Sanne does not know Pip: really"], 1, "nothing belongs behind this"),
        (["day 3:", f"  {NOTE}", "day 2:", f"  {NOTE}"], 2, "a story goes forward"),
        (["week 2, monday:", f"  {NOTE}"], 0, "begins: monday"),
        (["yesterday:", f"  {NOTE}"], 0, "write `day 8`"),
        (["2026-03-02:", f"  {NOTE}"], 0, "write `day 8` or `week 3, day 2`"),
        (
            ["day 1:", f"  {NOTE}", "    Fatima adds to the line of Pip: Hoi"],
            1,
            "one sentence per dash",
        ),
        (
            ["day 1:", "  - Sanne does not know Pip:", "    refused: never"],
            1,
            "this is a check",
        ),
        (["day 1:", f"  {NOTE}", '    at: "25:10"'], 2, "write the hour as 14:30"),
        (["day 1:", "  - Carla starts samsung for Pip: {lead: Carla, cover: Hilde}"], 1, "samsam"),
        (["day 1:", "  - count of notes about Pip: 3"], 1, "did you mean “note”"),
        (["day 1:", "  - count of note about Pip: drie"], 1, "not a whole number"),
        (["day 1", f"  {NOTE}"], 1, "ends in a colon"),
    ],
)
def test_each_mistake_names_its_line_and_the_remedy(problem, lines, line, words):
    found = problem(*lines)
    assert any(at == FIRST + line and words in said for at, said in found), found


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            ("stage: oeverzand", "stage: zeezand"),
            "there is no stage “zeezand”; there is: oeverzand",
        ),
        (("ends: 1 week ago", "ends: soon"), "write `today`, `3 working days ago`"),
        (("age: 3 years", "age: three"), "write an age as `3 years 2 months`"),
        (("Vlinders: {days", "Vliners: {days"), "did you mean “Vlinders”"),
        (("days: every day", "days: mon"), "did you mean “monday”"),
        (("authority: yes", "authority: ja"), "write one of: yes, no"),
        (("title: {nl: Proef, en: Try-out}\n", ""), "“title” is missing here"),
        (("story: try-out", "stori: try-out"), "did you mean “story”"),
        (("story: try-out\n", "story: try-out\nrows: [3, 45ab]\n"), "“45ab” is no row"),
        (("Olga: {", "Olga: {nme: x, "), "did you mean “name”"),
    ],
)
def test_the_head_and_the_stage_too(problem, change, words):
    found = problem("day 1:", f"  {NOTE}", head=HEAD.replace(*change))
    assert any(words in said for _, said in found), found


def test_rows_of_the_list_of_practices(story):
    head = HEAD.replace("story: try-out\n", "story: try-out\nrows: [3, 45a]\n")
    assert story("day 1:", f"  {NOTE}", head=head).rows == ("3", "45a")


def test_all_mistakes_are_told_at_once(problem):
    found = problem("day 1:", "  - Fatma writes a note about Pim: Hoi", "  - What is this: x")
    assert len(found) == 3


def test_what_happens_today_must_be_over_before_a_visitor_comes(problem):
    notes = [f"  {NOTE}"] * 60
    found = problem("day 1:", *notes, head=HEAD.replace("1 week ago", "today"))
    assert "over at 9:00" in found[0][1]


@pytest.mark.parametrize("text", ["", "a: [", "\x00"])
def test_a_file_that_is_no_story(tmp_path, text):
    file = tmp_path / "no.yaml"
    file.write_text(text)
    with pytest.raises(Misread) as misread:
        read(file)
    assert misread.value.problems[0].file.endswith("no.yaml")


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(Misread, match="cannot be read"):
        read(tmp_path / "nowhere.yaml")
