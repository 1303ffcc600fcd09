"""Days of a story, laid over the calendar."""

from datetime import date, datetime

import pytest

from alert4you.scenarios.almanac import (
    Almanac,
    Unreadable,
    last_working_day,
    moment,
    when,
    working_days_after,
    working_days_between,
)

FRIDAY = date(2026, 11, 20)
TEN_DAYS = Almanac.ending(FRIDAY, 10)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("day 1", date(2026, 11, 9)),
        ("day 10", FRIDAY),
        ("week 2, day 1", date(2026, 11, 16)),
        ("week 2, monday", date(2026, 11, 16)),
        ("2026-03-02", date(2026, 3, 2)),
        ("today", date(2026, 11, 12)),
        ("in 1 working day", date(2026, 11, 13)),
        ("in 2 working days", date(2026, 11, 16)),
        ("in 6 weeks", date(2026, 12, 24)),
        ("in 3 months", date(2027, 2, 12)),
    ],
)
def test_a_day_as_somebody_means_it_on_thursday_the_twelfth(text, day):
    assert TEN_DAYS.day_of(when(text), date(2026, 11, 12)) == day


def test_an_hour_is_amsterdam_time():
    meant = TEN_DAYS.moment(when("day 10, 17:00"), moment(FRIDAY, datetime.min.time()))
    assert meant.isoformat() == "2026-11-20T17:00:00+01:00"


@pytest.mark.parametrize(
    "text", ["day 0", "week 0, day 1", "week 2, day 6", "week 2, sunday", "someday", "2026-02-30"]
)
def test_what_is_no_day(text):
    with pytest.raises(Unreadable):
        when(text)


def test_a_weekday_needs_a_story_that_begins_on_one():
    with pytest.raises(Unreadable, match="begins: monday"):
        when("week 2, monday").numbered(None)
    with pytest.raises(Unreadable, match="before the first day"):
        when("week 1, monday").numbered(2)


@pytest.mark.parametrize("begins", range(5))
def test_a_story_that_must_begin_on_a_weekday_ends_as_late_as_it_can(begins):
    almanac = Almanac.ending(FRIDAY, 12, begins)
    assert almanac.first.weekday() == begins
    assert 0 <= (FRIDAY - almanac.day(12)).days < 7


@pytest.mark.parametrize("count", range(-11, 12))
def test_working_days_there_and_back(count):
    day = working_days_after(FRIDAY, count)
    assert day.weekday() < 5
    assert working_days_between(FRIDAY, day) == count


def test_at_the_weekend_it_is_still_friday():
    days = [date(2026, 11, 20 + i) for i in range(4)]
    assert [last_working_day(day).day for day in days] == [20, 20, 20, 23]
