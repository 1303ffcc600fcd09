"""The practices that come with the product: every row, with the numbers of its source and no other."""

import re

import pytest

from alert4you.practices.queries.library import library
from alert4you.practices.rules.language import AtLeast, Rhythm
from alert4you.practices.rules.numbers import numbers

PRACTICES = {each.slug: each for each in library()}
CHOSEN = "(you choose)"

# practice: its row, and every number that the source gives, with the place where it stands
NUMBERS: dict[str, tuple[int, dict[str, str]]] = {
    "lindenhout-variant-1": (
        1,
        {"both-places.visit": "1 to 2 times a week", "days-mkd": "2", "days-daycare": "2"},
    ),
    "lindenhout-variant-2": (2, {}),
    "lindenhout-variant-3": (3, {"looking.observation": "3 times"}),
    "kiekeboe-visit": (4, {"visiting.visit": "once a week"}),
    "structural-coaching": (6, {}),
    "on-call-coaching": (7, {}),
    "parent-talk": (8, {"forms": "3"}),
    "specialist-visits": (9, {}),
    "walk-in-consultation": (9, {}),
    "take-over-agreement": (10, {}),
    "duo-team": (11, {"from-childcare": "1", "from-youth-care": "1"}),
    "landing-room": (12, {}),
    "bso-plus": (13, {}),
    "bso-for-all-children": (14, {}),
    "integral-bso": (15, {"here": "1 year"}),
    "work-floor-with-school": (16, {}),
    "kober-zorgteam": (17, {"ages": "0 to 12 years", "fte": "4"}),
    "kleine-kapitein": (18, {"fte": "1.13", "teams": "1"}),
    "kober-jgz-talks": (19, {}),
    "komeetoverleg": (20, {"young": "0-4", "school-age": "4-12"}),
    "empty-chair": (21, {}),
    "on-request": (22, {}),
    "bso-extra-unik": (23, {}),
    "observation-at-three": (24, {"ages": "3 to 4 years"}),
    "zorgcoordinator": (25, {}),
    "peuterleerplek-plus": (
        26,
        {
            "ages": "2 years 6 months to 4 years",
            "longer": "until the age of 4 years 9 months",
            "places": "10",
            "places-elsewhere": "16",
            "group-workers": "2",
        },
    ),
    "spring-care-coordination": (
        27,
        {
            "ages": "9 months before birth to 13 years",
            "care-team-from": "-9",
            "care-team-until": "4",
        },
    ),
    "ko-morgen": (28, {"colleagues": "4"}),
    "kansen-voor-kleintjes": (29, {"ages": "2 to 4 years", "looking.observation": "2 times"}),
    "samsam": (30, {"one-to-one.session": "once a week for 3 months"}),
    "growth-document": (31, {}),
    "jggv-talks": (32, {"talks.talk": "2 times a year"}),
    "auris": (33, {}),
    "domino": (34, {}),
    "parents-need-time": (35, {}),
    "bso-plus-holiday": (46, {}),
    "coach-supports-outside-lead": (47, {}),
    "day-treatment-to-bso": (48, {"day-treatment": "3 months", "on-bso": "3 months"}),
}

every_practice = pytest.mark.parametrize("practice", PRACTICES.values(), ids=lambda each: each.slug)


def test_every_row_that_is_a_route_has_its_template():
    assert {slug: row for slug, (row, __) in NUMBERS.items()} == {
        each.slug: each.row for each in library()
    }
    # row 5 is how the programme began and what it learnt: every child practice needs a parent contact
    assert {each.row for each in library()} >= set(range(1, 36)) - {5}


@every_practice
def test_the_numbers_are_those_of_the_source_and_no_other(practice):
    told = {place: each for place, each in numbers(practice).items() if CHOSEN not in each}
    assert told == NUMBERS[practice.slug][1]


@every_practice
def test_each_open_number_is_used_and_asked_for_in_words(practice):
    assert {each.key for each in practice.open_choices} == {each.key for each in practice.choices}
    assert all(str(each.title.nl).endswith("?") for each in practice.choices)


@every_practice
def test_no_number_hides_in_a_text(practice):
    """Numbers stand where they count, so that they are told once: not in a title or summary."""
    phases = [phase.title for phase in practice.phases]
    deeds = [each.title for phase in practice.phases for each in phase.activities]
    options = [each.title for gate in practice.gates for each in gate.options]
    for text in (practice.title, practice.summary, *phases, *deeds, *options):
        assert not re.search(r"\d", text.nl + text.en)


@every_practice
def test_a_child_practice_starts_with_its_parents_and_hears_them_at_each_decision(practice):
    if practice.about == "child":
        assert "parent_contact" in practice.needs
        assert all("parents" in gate.voices for gate in practice.gates)


@every_practice
def test_who_comes_from_outside_and_works_with_a_child_asks_the_parents_first(practice):
    outside = {role.key for role in practice.roles if role.hat == "partner"}
    asked = {ask.party for ask in practice.asks}
    for phase in practice.phases:
        for each in phase.activities:
            if each.by in outside and "child" in each.with_ and practice.row != 48:
                assert each.consent, f"{phase.key}.{each.key}"
                assert practice.ask(each.consent).party in asked


@every_practice
def test_the_first_phase_can_begin_as_soon_as_the_parents_were_spoken_with(practice):
    """A plan or a date can only be made once the trajectory runs."""
    assert set(practice.needs) <= {"parent_contact"}
    assert practice.phases[0].needs == ()


@every_practice
def test_other_practices_it_names_exist_and_are_called_by_a_dutch_name(practice):
    targets = [option.to for gate in practice.gates for option in gate.options]
    others = {each.removeprefix("practice:") for each in targets if ":" in each}
    assert others | {practice.follows or "samsam"} <= PRACTICES.keys()
    assert others <= {"samsam", "kober-zorgteam"}


@every_practice
def test_a_phase_in_which_nothing_must_be_done_has_a_day_to_look_back(practice):
    """Otherwise its decision would be due from the first day on."""
    dated = {each.then for each in practice.phases if "evaluation_date" in each.needs_at_end}
    for phase in practice.phases:
        open_ended = all(_never_full(each.dose) for each in phase.activities)
        has_day = phase.lasts or "evaluation_date" in phase.needs or phase.key in dated
        assert has_day or not open_ended, phase.key


def _never_full(dose) -> bool:
    if isinstance(dose, Rhythm):
        return dose.lasting is None
    return dose == AtLeast(0)
