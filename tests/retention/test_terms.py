"""The terms: the examples of the field's rules, literally."""

from datetime import date

import pytest

from alert4you.kernel.clock import months_after
from alert4you.retention.rules.terms import (
    Facts,
    allows,
    delete_on,
    kinds_of,
    term,
    versions,
)

TODAY = date(2026, 11, 20)
EXAMPLES = [
    # the record, what is known, the day on which it goes
    ("childcare_file", Facts(end_of_care=date(2026, 8, 31)), date(2028, 8, 31)),
    (
        "youth_care_file",
        Facts(end_of_care=date(2026, 6, 30), last_entry=date(2026, 7, 4)),
        date(2046, 7, 4),
    ),
    (
        "coaching_notes",
        Facts(end_of_care=date(2026, 8, 31), end_of_coaching=date(2026, 3, 1)),
        date(2028, 3, 1),
    ),
    ("access_log", Facts(day=date(2026, 1, 15)), date(2031, 1, 15)),
    # and the rest of the table
    ("risk_index", Facts(day=date(2026, 1, 15)), date(2028, 1, 15)),
    ("youth_care_file", Facts(date(2026, 6, 30), date(2025, 1, 1)), date(2046, 6, 30)),
    ("medical_file", Facts(date(2026, 6, 30), date(2026, 7, 4)), date(2046, 7, 4)),
    ("guardianship_file", Facts(date(2026, 6, 30), born=date(2020, 5, 1)), date(2068, 5, 1)),
    (
        "coaching_notes",
        Facts(date(2026, 1, 31), end_of_coaching=date(2026, 3, 1)),
        date(2028, 1, 31),
    ),
    ("coaching_notes", Facts(end_of_coaching=date(2026, 3, 1)), date(2028, 3, 1)),
    ("group_notes", Facts(day=date(2026, 1, 15)), date(2031, 1, 15)),
    ("proofs", Facts(end_of_data=date(2028, 8, 31)), date(2033, 8, 31)),
    # nobody can say yet
    ("childcare_file", Facts(last_entry=date(2026, 7, 4)), None),
    ("youth_care_file", Facts(last_entry=date(2026, 7, 4)), None),
    ("guardianship_file", Facts(born=date(2020, 5, 1)), None),
    ("coaching_notes", Facts(), None),
    ("proofs", Facts(end_of_care=date(2026, 8, 31)), None),
    ("other_file", Facts(end_of_care=date(2026, 8, 31)), None),
]


@pytest.mark.parametrize(("kind", "facts", "day"), EXAMPLES)
def test_on_which_day_it_goes(kind: str, facts: Facts, day: date | None) -> None:
    assert delete_on(term(kind, TODAY), facts) == day


def test_what_is_kept_elsewhere_has_a_rule_and_never_comes_due() -> None:
    by_hand = {kind: term(kind, TODAY) for kind in versions() if term(kind, TODAY).by_hand}
    assert {kind: (each.starts, each.months, each.sure) for kind, each in by_hand.items()} == {
        "competence_records": ("end_of_employment", 24, "choice"),
        "fiscal_records": ("year_end", 84, "unconfirmed"),
        "risk_index": ("own_day", 24, "law"),
        "risk_index_archive": ("out_of_the_index", 60, "law"),
    }
    known = Facts(end_of_care=date(2020, 1, 1), end_of_data=date(2020, 1, 1))
    assert [delete_on(each, known) for each in by_hand.values()] == [None] * 4
    assert set(by_hand) <= set(kinds_of("childcare"))


def test_the_term_of_a_day_is_the_one_that_held_then():
    assert term("youth_care_file", date(2019, 12, 31)).months == 15 * 12
    assert term("youth_care_file", date(2020, 1, 1)).months == 20 * 12


@pytest.mark.parametrize(
    ("kind", "months", "may"),
    [
        ("childcare_file", 24, True),
        ("childcare_file", 1, True),
        ("childcare_file", 0, False),
        ("childcare_file", 25, False),
        ("youth_care_file", 239, False),
        ("youth_care_file", 240, True),
        ("youth_care_file", 300, True),
        ("other_file", 36, True),
        ("access_log", 61, False),
    ],
)
def test_what_an_organisation_may_choose(kind: str, months: int, may: bool) -> None:
    assert allows(term(kind, TODAY), months) is may


def test_a_choice_the_law_does_not_allow_counts_for_nothing():
    assert term("youth_care_file", TODAY, {"youth_care_file": 12}).months == 240
    assert term("childcare_file", TODAY, {"childcare_file": 12}).months == 12


def test_a_day_that_is_not_there_is_the_first_of_the_next_month():
    assert months_after(date(2028, 2, 29), 24) == date(2030, 3, 1)
    assert months_after(date(2026, 12, 31), 2) == date(2027, 3, 1)
    assert months_after(date(2026, 12, 31), 12) == date(2027, 12, 31)


def test_every_rule_has_a_source_and_begins_on_a_day():
    for rules in versions().values():
        days = [each.since for each in rules]
        assert days == sorted(set(days))
        assert all(set(each.source) == {"nl", "en"} for each in rules)
