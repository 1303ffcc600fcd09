"""The one place where the time is read; everything else is handed a moment."""

from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string
from holidays.constants import OPTIONAL, PUBLIC
from holidays.countries import Netherlands

WEEKEND = (5, 6)
HOLIDAYS = Netherlands(categories=(PUBLIC, OPTIONAL))


def wall_clock() -> datetime:
    """The time of the server, aware, in UTC."""
    return timezone.now()


def now() -> datetime:
    """The moment of this installation (a demo lives on working days only)."""
    return import_string(settings.CLOCK)()


def day_of(moment: datetime) -> date:
    """The calendar day of a moment in Europe/Amsterdam."""
    return timezone.localdate(moment)


def noon(day: date) -> datetime:
    """The middle of a day in Europe/Amsterdam, for what is only known by its date."""
    return timezone.make_aware(datetime.combine(day, time(12)))


def years_before(day: date, years: int) -> date:
    """The latest birthday of those who have reached this age on a day (29 February counts on 1 March)."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 2, 28)


def months_after(day: date, months: int) -> date:
    """This many months later; a day that month lacks becomes the first of the next, never earlier."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    try:
        return day.replace(year=year, month=month + 1)
    except ValueError:
        return date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)


def working_day(day: date) -> date:
    """This day, or the first after it that is no Saturday, Sunday or public holiday: where a legal term ends.

    Source: Algemene termijnenwet 1 and 3; Good Friday and 5 May of every year are among its holidays.
    """
    while day.weekday() in WEEKEND or day in HOLIDAYS:
        day += timedelta(days=1)
    return day
