"""Beads: what was done, missed, is next and lies ahead, as a table."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from alert4you.practices.rules.language import (
    Activity,
    AtLeast,
    Dose,
    Duration,
    Rhythm,
    Times,
    Words,
)
from alert4you.trajectories.rules.beads import beads
from alert4you.trajectories.rules.doses import progress
from alert4you.trajectories.rules.facts import Done

BEGUN = date(2026, 9, 7)
SIGNS = {"done": "x", "missed": "-", "next": "o", "ahead": ".", "over": "+"}
WEEKLY = Rhythm(Duration(1, "weeks"), Duration(6, "weeks"))


def row(dose: Dose, days: list[int], today: int, **other: object) -> str:
    """Done on these days after the begin, seen on a day: one sign for each bead."""
    activity = Activity("a", Words("A", "A"), "session", "worker", ("child",), dose)
    dones = [
        Done(
            f"{place}",
            datetime.combine(BEGUN + timedelta(days=day), datetime.min.time(), ZoneInfo("UTC")),
            "phase",
            "a",
        )
        for place, day in enumerate(days)
    ]
    now = BEGUN + timedelta(days=today)
    told = replace(progress(activity, dones, BEGUN, now), **other)
    return "".join(SIGNS[each.mark] for each in beads(activity, told, BEGUN, now))


@pytest.mark.parametrize(
    ("dose", "days", "today", "expected"),
    [
        (Times(3), [], 0, "o.."),
        (Times(3), [1], 1, "xo."),
        (Times(3), [1, 2, 3], 9, "xxx"),
        (Times(2), [1, 2, 3], 9, "xx+"),
        (AtLeast(1), [], 0, "o"),
        (AtLeast(1), [1, 2], 5, "xx"),
        (AtLeast(0), [], 5, ""),
        (AtLeast(0), [1, 2], 5, "xx"),
        (WEEKLY, [], 0, "o....."),
        (WEEKLY, [0], 0, "x....."),
        (WEEKLY, [0], 7, "xo...."),
        (WEEKLY, [0, 15], 16, "x-x..."),
        (WEEKLY, [0, 7, 14, 21, 28, 35], 60, "xxxxxx"),
        (WEEKLY, [], 60, "------"),
    ],
)
def test_beads(dose: Dose, days: list[int], today: int, expected: str) -> None:
    assert row(dose, days, today) == expected


def test_what_is_blocked_is_not_next() -> None:
    assert row(Times(3), [1], 2, blocked_by="consent:look") == "x.."
    assert row(WEEKLY, [0], 8, blocked_by="consent:look", refused=True) == "x....."


def test_a_long_rhythm_shows_where_we_are() -> None:
    long = Rhythm(Duration(1, "weeks"), Duration(52, "weeks"))
    shown = row(long, [7 * week for week in range(30)], 7 * 29 + 1)
    assert len(shown) == 16
    assert shown == "x" * 12 + "...."


def test_nothing_before_the_begin() -> None:
    activity = Activity("a", Words("A", "A"), "session", "worker", ("child",), Times(2))
    told = progress(activity, [], BEGUN, BEGUN)
    assert beads(activity, told, None, BEGUN) == ()
