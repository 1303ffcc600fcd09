"""Until when a request must be answered: the worked examples of the field, literally."""

from datetime import date

import pytest

from alert4you.rights.rules.clocks import clock


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
