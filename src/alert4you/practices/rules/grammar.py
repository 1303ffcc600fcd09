"""Phrases of the practice language that can be read aloud: `once a week for 3 months`, `within 6
weeks`.

Every function takes the phrase and answers the parsed thing, or raises `Unreadable` with the
remedy.
A number may be written `<name>`: then an organisation chooses it at adoption.
"""

import re

from django.utils.translation import gettext as _

from alert4you.practices.rules.language import (
    After,
    AtLeast,
    Chosen,
    Dose,
    Duration,
    Number,
    Rhythm,
    Taper,
    Times,
    Unit,
    UntilAge,
    Within,
)

# Three digits are more than any practice counts, and no date runs out of its calendar.
_NUMBER = r"(\d{1,3}|<[a-z][a-z0-9-]*>)"
_UNIT = r"(day|week|month|year)s?"
_STRETCH = rf"{_NUMBER} {_UNIT}"
_FREQUENCY = rf"(?:(once|twice)|{_NUMBER}(?: to {_NUMBER})? times?)"
_PERIOD = rf"(?:a (day|week|month|year)|every {_STRETCH})"
_RHYTHM = re.compile(rf"(?:{_FREQUENCY} )?{_PERIOD}(?: for {_STRETCH})?")
_AGE = r"(?:(-?\d{1,3}) years?)?(?: ?(-?\d{1,3}) months?)?"
_WORDS = {"once": 1, "twice": 2}
_PARTS: dict[str, tuple[int, Unit]] = {
    "day": (1, "days"),
    "week": (1, "weeks"),
    "month": (1, "months"),
    "year": (12, "months"),
}


class Unreadable(ValueError):
    """The phrase does not follow the grammar; the message says what to write."""


def number(text: str) -> Number:
    """`3` or `<name>`. Unreadable for anything else and for 0."""
    match = re.fullmatch(_NUMBER, text)
    if match is None:
        raise Unreadable(_("write a whole number, or <name> for one that is chosen at adoption"))
    if text.startswith("<"):
        return Chosen(text[1:-1])
    if int(text) == 0:
        raise Unreadable(_("0 is no number to do; write 1 or more"))
    return int(text)


def duration(text: str) -> Duration:
    """`6 weeks`, `3 months`, `1 year`, `<name> weeks`."""
    match = re.fullmatch(_STRETCH, text)
    if match is None:
        raise Unreadable(_("write a time like: 6 weeks, 3 months, 1 year or <name> weeks"))
    return _stretch(match[1], match[2])


def _stretch(count: str, part: str) -> Duration:
    times, unit = _PARTS[part]
    value = number(count)
    if times == 1:
        return Duration(value, unit)
    if isinstance(value, Chosen):
        raise Unreadable(_("a chosen number is in days, weeks or months, not in years"))
    return Duration(value * times, unit)


def lasting(text: str) -> Duration | UntilAge:
    """How long a phase lasts: a time, or `until 4 years 9 months` for an age of the child."""
    match = re.fullmatch(rf"until {_AGE}", text)
    if match is None:
        return duration(text)
    months = int(match[1] or 0) * 12 + int(match[2] or 0)
    if not 0 < months <= 276:
        raise Unreadable(_("write an age like: until 4 years, or until 4 years 9 months"))
    return UntilAge(months)


def dose(text: str) -> Dose:
    """How often: a number, at least a number, as needed, or a rhythm."""
    if text == "as needed":
        return AtLeast(0)
    if text == "tapering":
        return Taper()
    if text in _WORDS:
        return Times(_WORDS[text])
    if match := re.fullmatch(rf"(at least )?{_NUMBER} times?", text):
        return (AtLeast if match[1] else Times)(number(match[2]))
    if match := _RHYTHM.fullmatch(text):
        return _rhythm(match)
    raise Unreadable(
        _(
            "write how often, like: 2 times, at least 1 time, as needed, every 6 weeks, "
            "once a week for 3 months, 1 to 2 times a week, tapering"
        )
    )


def _rhythm(match: re.Match[str]) -> Rhythm:
    word, least, most, single, count, part, for_count, for_part = match.groups()
    low: Number = _WORDS[word] if word else number(least) if least else 1
    high: Number = number(most) if most else low
    if isinstance(low, int) and isinstance(high, int) and high < low:
        raise Unreadable(_("write the smaller number first"))
    return Rhythm(
        every=_stretch("1", single) if single else _stretch(count, part),
        lasting=_stretch(for_count, for_part) if for_count else None,
        least=low,
        most=high,
    )


def within(text: str) -> Within:
    """`6 weeks` after the phase began, or `6 weeks after <activity>`."""
    match = re.fullmatch(rf"{_STRETCH}(?: after ([a-z][a-z0-9-]*))?", text)
    if match is None:
        raise Unreadable(_("write a term like: 6 weeks, or 2 weeks after observation"))
    return Within(_stretch(match[1], match[2]), match[3])


def ages(text: str) -> tuple[int, int]:
    """`2 years 6 months to 4 years` as months [from, to)."""
    match = re.fullmatch(rf"{_AGE} to {_AGE}", text)
    if match is None or not (match[1] or match[2]) or not (match[3] or match[4]):
        raise Unreadable(_("write ages like: 2 years to 4 years, or 2 years 6 months to 4 years"))
    start = int(match[1] or 0) * 12 + int(match[2] or 0)
    end = int(match[3] or 0) * 12 + int(match[4] or 0)
    if not -9 <= start < end <= 276:
        raise Unreadable(_("ages go up, from -9 months (before birth) to at most 23 years"))
    return start, end


def age(text: str) -> int:
    """`3 years` or `2 years 6 months` as months."""
    match = re.fullmatch(_AGE, text)
    months = int(match[1] or 0) * 12 + int(match[2] or 0) if match else 0
    if not 0 < months <= 276:
        raise Unreadable(_("write an age like: 3 years, or 2 years 6 months"))
    return months


def after(text: str) -> After:
    """`question without a new file`, with or without `for 3 months`."""
    match = re.fullmatch(rf"question without a new file(?: for {_STRETCH})?", text)
    if match is None:
        raise Unreadable(_("write: question without a new file, or … for 3 months"))
    return After("question_without_file", _stretch(match[1], match[2]) if match[1] else None)
