from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from alert4you.ui.dates import ago, answer_by, clock, plain_date, plain_moment

TODAY = date(2026, 11, 26)
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 11, 26, 9, 30, tzinfo=AMSTERDAM)


@pytest.mark.parametrize(
    ("days", "dutch", "english"),
    [
        (0, "vandaag", "today"),
        (1, "morgen, vrijdag 27 november", "tomorrow, Friday 27 November"),
        (-1, "gisteren", "yesterday"),
        (2, "over 2 dagen, zaterdag 28 november", "in 2 days, Saturday 28 November"),
        (7, "over 7 dagen, donderdag 3 december", "in 7 days, Thursday 3 December"),
        (8, "vrijdag 4 december", "Friday 4 December"),
        (-2, "2 dagen geleden, dinsdag 24 november", "2 days ago, Tuesday 24 November"),
        (-7, "7 dagen geleden, donderdag 19 november", "7 days ago, Thursday 19 November"),
        (-8, "woensdag 18 november", "Wednesday 18 November"),
        (40, "dinsdag 5 januari 2027", "Tuesday 5 January 2027"),
    ],
)
def test_a_day_is_said_as_people_say_it(days, dutch, english):
    with override("nl"):
        assert plain_date(TODAY + timedelta(days), TODAY) == dutch
    with override("en"):
        assert plain_date(TODAY + timedelta(days), TODAY) == english


def test_near_the_turn_of_the_year_the_year_is_said():
    with override("nl"):
        assert plain_date(date(2027, 1, 1), date(2026, 12, 31)) == "morgen, vrijdag 1 januari 2027"


def test_without_today_the_whole_date_is_said():
    with override("nl"):
        assert plain_date(TODAY) == "donderdag 26 november 2026"


def test_a_moment_counts_in_the_zone_of_the_installation():
    almost_midnight_in_utc = datetime(2026, 11, 26, 23, 30, tzinfo=ZoneInfo("UTC"))
    with override("nl"):
        assert plain_date(almost_midnight_in_utc, NOW) == "morgen, vrijdag 27 november"


@pytest.mark.parametrize(
    ("moment", "dutch", "english"),
    [
        (NOW.replace(hour=14), "vandaag om 14:30", "today at 14:30"),
        (NOW.replace(day=25, hour=8), "gisteren om 08:30", "yesterday at 08:30"),
        (
            NOW.replace(day=27, hour=12, minute=0),
            "morgen, vrijdag 27 november, om 12:00",
            "tomorrow, Friday 27 November, at 12:00",
        ),
        (
            datetime(2026, 12, 14, 9, tzinfo=AMSTERDAM),
            "maandag 14 december om 09:00",
            "Monday 14 December at 09:00",
        ),
    ],
)
def test_a_moment_has_its_hour(moment, dutch, english):
    with override("nl"):
        assert plain_moment(moment, NOW) == dutch
    with override("en"):
        assert plain_moment(moment, NOW) == english


def test_a_time_has_one_form_everywhere():
    assert clock(time(9, 5)) == "09:05"
    assert (
        clock(datetime(2026, 11, 26, 8, 5, tzinfo=UTC)) == "09:05"
    )  # as the clock on the wall says


@pytest.mark.parametrize(
    ("passed", "dutch"),
    [
        (timedelta(seconds=20), "zojuist"),
        (timedelta(minutes=1), "1 minuut geleden"),
        (timedelta(minutes=59), "59 minuten geleden"),
        (timedelta(hours=1), "1 uur geleden"),
        (timedelta(hours=9), "9 uur geleden"),
        (timedelta(hours=10), "gisteren om 23:30"),
        (timedelta(days=3), "3 dagen geleden, maandag 23 november"),
        (timedelta(days=30), "dinsdag 27 oktober"),
    ],
)
def test_how_long_ago(passed, dutch):
    with override("nl"):
        assert ago(NOW - passed, NOW) == dutch


@pytest.mark.parametrize(
    ("due", "dutch"),
    [
        (TODAY, "Antwoord uiterlijk vandaag"),
        (NOW, "Antwoord uiterlijk vandaag om 09:30"),
        (
            TODAY - timedelta(days=3),
            "Het antwoord is te laat: het moest er 3 dagen geleden, maandag 23 november zijn",
        ),
        (
            NOW - timedelta(minutes=1),
            "Het antwoord is te laat: het moest er vandaag om 09:29 zijn",
        ),
    ],
)
def test_a_day_that_passed_is_no_promise_any_more(due, dutch):
    with override("nl"):
        assert answer_by(due, NOW) == dutch
