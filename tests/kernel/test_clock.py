"""Where a legal term ends: the days of the Algemene termijnenwet, all of them and no others."""

from datetime import date, timedelta

from alert4you.kernel.clock import working_day


def free_weekdays(year: int) -> list[date]:
    days = (date(year, 1, 1) + timedelta(days=number) for number in range(365))
    return [day for day in days if day.weekday() < 5 and working_day(day) > day]


def test_the_public_holidays_of_the_law() -> None:
    assert free_weekdays(2026) == [
        date(2026, 1, 1),
        date(2026, 4, 3),  # Good Friday
        date(2026, 4, 6),
        date(2026, 4, 27),
        date(2026, 5, 5),
        date(2026, 5, 14),
        date(2026, 5, 25),
        date(2026, 12, 25),
    ]
    assert date(2025, 12, 26) in free_weekdays(2025)


def test_kings_day_is_never_on_a_sunday() -> None:
    assert working_day(date(2031, 4, 26)) == date(2031, 4, 28)  # the 27th is a Sunday


def test_a_working_day_is_never_earlier_and_never_far() -> None:
    for days in range(3 * 366):
        day = date(2025, 1, 1) + timedelta(days=days)
        assert timedelta(0) <= working_day(day) - day <= timedelta(days=4)
        assert working_day(day).weekday() < 5
