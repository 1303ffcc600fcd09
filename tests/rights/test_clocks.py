"""Until when a request must be answered: the worked examples of the field, literally."""

from datetime import date, timedelta

import pytest

from alert4you.rights.rules.clocks import clock, public_holidays, working_day


@pytest.mark.parametrize(
    ("right", "youth_act", "received", "target", "legal"),
    [
        ("access", False, "2026-01-31", "2026-02-28", "2026-03-02"),  # a Saturday
        ("access", False, "2026-03-15", "2026-04-15", "2026-04-15"),
        ("erasure", True, "2026-11-30", "2027-02-28", "2027-03-01"),  # a Sunday
        ("erasure", False, "2026-05-10", "2026-06-10", "2026-06-10"),  # a childcare file: AVG
        ("correction", False, "2026-04-05", "2026-05-05", "2026-05-06"),  # Liberation Day
        ("access", True, "2026-11-25", "2026-12-25", "2026-12-28"),  # Christmas, then a weekend
        ("objection", False, "2024-01-31", "2024-02-29", "2024-02-29"),
    ],
)
def test_the_term_of_a_request(
    right: str, youth_act: bool, received: str, target: str, legal: str
) -> None:
    found = clock(right, date.fromisoformat(received), youth_act)
    assert (found.target, found.legal) == (date.fromisoformat(target), date.fromisoformat(legal))


def test_two_months_more_count_from_the_first_day() -> None:
    assert clock("access", date(2026, 1, 31), extended=True).target == date(2026, 4, 30)


@pytest.mark.parametrize(
    ("day", "state"),
    [
        ("2026-02-20", "calm"),
        ("2026-02-21", "soon"),
        ("2026-03-02", "soon"),
        ("2026-03-03", "late"),
    ],
)
def test_late_is_after_the_last_day_of_the_law(day: str, state: str) -> None:
    assert clock("access", date(2026, 1, 31)).state(date.fromisoformat(day)) == state


def test_the_public_holidays_of_the_law() -> None:
    assert sorted(public_holidays(2026)) == [
        date(2026, 1, 1),
        date(2026, 4, 3),
        date(2026, 4, 6),
        date(2026, 4, 27),
        date(2026, 5, 5),
        date(2026, 5, 14),
        date(2026, 5, 25),
        date(2026, 12, 25),
        date(2026, 12, 26),
    ]
    assert date(2031, 4, 26) in public_holidays(2031)  # the 27th is a Sunday
    assert date(2031, 4, 27) not in public_holidays(2031)


def test_a_working_day_is_never_earlier_and_never_far() -> None:
    for days in range(3 * 366):
        day = date(2025, 1, 1) + timedelta(days=days)
        found = working_day(day)
        assert timedelta(0) <= found - day <= timedelta(days=4)
        assert found.weekday() < 5 and found not in public_holidays(found.year)
