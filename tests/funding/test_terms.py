"""The last day to decide, with the worked examples of the law."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alert4you.funding.rules.streams import streams
from alert4you.funding.rules.terms import Paused, last_day, objection_until
from alert4you.kernel.clock import working_day

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("asked_on", "weeks", "expected"),
    [
        (date(2026, 4, 1), 8, date(2026, 5, 27)),
        (date(2026, 5, 11), 8, date(2026, 7, 6)),
        (date(2026, 2, 2), 6, date(2026, 3, 16)),  # the investigation of the Wmo
        (date(2026, 10, 30), 8, date(2026, 12, 28)),  # Christmas, then Boxing Day, then a Sunday
        (date(2027, 3, 10), 8, date(2027, 5, 7)),  # Liberation Day, then Ascension Day
    ],
)
def test_the_term_ends_on_a_working_day(asked_on: date, weeks: int, expected: date) -> None:
    assert last_day(asked_on, weeks, TODAY) == expected


def test_an_objection_is_in_time_for_six_weeks() -> None:
    assert objection_until(date(2026, 6, 1)) == date(2026, 7, 13)
    assert objection_until(date(2026, 11, 13)) == date(2026, 12, 28)  # Christmas, then a weekend


def test_a_term_that_stood_still_is_as_much_longer() -> None:
    still = Paused(date(2026, 4, 10), date(2026, 4, 24))
    assert last_day(date(2026, 4, 1), 8, TODAY, [still]) == date(2026, 6, 10)


def test_while_it_stands_still_the_last_day_moves_along() -> None:
    still, today = Paused(date(2026, 4, 10)), date(2026, 4, 15)
    assert last_day(date(2026, 4, 1), 8, today, [still]) == date(2026, 6, 1)
    assert last_day(date(2026, 4, 1), 8, today + timedelta(days=1), [still]) == date(2026, 6, 2)


def test_it_can_be_put_off_with_a_notice() -> None:
    assert last_day(date(2026, 4, 1), 8, TODAY, extra_weeks=2) == date(2026, 6, 10)


@given(st.dates(date(2015, 1, 1), date(2060, 1, 1)), st.integers(1, 26))
def test_never_before_the_weeks_are_over_and_never_on_a_free_day(day: date, weeks: int) -> None:
    found = last_day(day, weeks, TODAY)
    assert found >= day + timedelta(weeks=weeks)
    assert found == working_day(found) and found.weekday() < 5


@pytest.mark.parametrize(
    ("stream", "weeks"),
    [
        ("youth_individual", 8),
        ("smi", 8),
        ("wmo", 2),
        ("subsidy", None),
        ("youth_prevention", None),
    ],
)
def test_a_term_is_of_the_law_or_there_is_none(stream: str, weeks: int | None) -> None:
    found = streams()[stream].term(TODAY)
    assert (found and found.weeks) == weeks


def test_amounts_hold_for_their_own_days() -> None:
    contract = streams()["wko_contract"]
    assert [each.cents for each in contract.amounts_on(date(2026, 12, 31))] == [1123, 998, None]
    assert contract.amounts_on(date(2027, 1, 1)) == []
    assert all(each.source for one in streams().values() for each in one.amounts + one.terms)
