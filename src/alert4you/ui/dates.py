"""Dates in plain words, in the language that is active: "morgen, vrijdag 27 november"."""

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _


def as_day(when: date) -> date:
    """The calendar day of a date or an (aware) moment in the zone of the installation."""
    return _local(when).date() if isinstance(when, datetime) else when


def _local(when: datetime) -> datetime:
    return timezone.localtime(when) if timezone.is_aware(when) else when


DAY = re.compile(r"(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2}))")
YEARS = range(1900, 2200)  # a day is counted on from, and the calendar ends


def read_day(text: str) -> date:
    """A day as people write it: 27-11-2026, 27/11/26 or 2026-11-27; a short year is of this century.

    Raises ValueError with the words for whoever wrote it: another when there is no such day.
    """
    told = DAY.fullmatch(text.strip())
    if told is None:
        raise ValueError(_("Write the date like this: 27-11-2026."))
    parts = told.groups()[:3] if told[1] else told.groups()[:2:-1]
    year, month, day = map(int, parts)
    try:
        read = date(year if len(parts[0]) == 4 else 2000 + year, month, day)
    except ValueError:
        raise ValueError(_("The day %(day)s does not exist.") % {"day": text.strip()}) from None
    if read.year not in YEARS:
        raise ValueError(_("The year %(year)s cannot be right.") % {"year": read.year})
    return read


def written_day(when: date, today: date | None = None) -> str:
    """ "vrijdag 4 december", with the year when it is not this year."""
    day = as_day(when)
    this_year = today is not None and as_day(today).year == day.year
    return _written(day, "l j F" if this_year else "l j F Y", get_language())


@lru_cache(maxsize=4000)
def _written(day: date, shape: str, language: str) -> str:  # noqa: ARG001 - each language has its own
    return date_format(day, shape)


def plain_date(when: date, today: date | None = None) -> str:
    """A day as people say it, seen from today: near days get a word, far days only their date."""
    day = written_day(when, today)
    if today is None:
        return day
    days = (as_day(when) - as_day(today)).days
    said = "%(day)s"
    if days == 0:
        said = _("today")
    elif days == -1:
        said = _("yesterday")
    elif days == 1:
        said = _("tomorrow, %(day)s")
    elif 1 < days <= 7:
        said = _("in %(days)d days, %(day)s")
    elif -7 <= days < -1:
        said = _("%(days)d days ago, %(day)s")
    return said % {"days": abs(days), "day": day}


def clock(when: time | datetime) -> str:
    """A time as it is written everywhere: 15:00."""
    return f"{_local(when) if isinstance(when, datetime) else when:%H:%M}"


def plain_moment(when: datetime, now: date | None = None) -> str:
    """A day as people say it, with the hour: "vandaag om 14:30"."""
    local = _local(when)
    day, hour = plain_date(local.date(), now), f"{local:%H:%M}"
    if "," in day:
        return _("%(day)s, at %(hour)s") % {"day": day, "hour": hour}
    return _("%(day)s at %(hour)s") % {"day": day, "hour": hour}


def is_over(due: date, now: datetime) -> bool:
    """Whether a moment passed; of a day: whether all of it did."""
    return due < now if isinstance(due, datetime) else due < as_day(now)


def answer_by(due: date, now: datetime) -> str:
    """By when the answer is there; once that passed, that it is late."""
    day = plain_moment(due, now) if isinstance(due, datetime) else plain_date(due, now)
    if is_over(due, now):
        return _("The answer is late: it was due %(day)s") % {"day": day}
    return _("Answer at the latest %(day)s") % {"day": day}


def ago(when: datetime, now: datetime) -> str:
    """How long ago, as long as that says more than the date."""
    passed = now - when
    if passed < timedelta(minutes=1):
        return _("just now")
    if passed < timedelta(hours=1):
        minutes = int(passed.total_seconds() // 60)
        return ngettext("%(n)d minute ago", "%(n)d minutes ago", minutes) % {"n": minutes}
    if as_day(when) == as_day(now):
        hours = int(passed.total_seconds() // 3600)
        return ngettext("%(n)d hour ago", "%(n)d hours ago", hours) % {"n": hours}
    return (
        plain_moment(when, now)
        if as_day(now) - as_day(when) < timedelta(2)
        else plain_date(when, now)
    )
