"""The calendar: a secret address per hat, without content, that a real calendar client reads."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from icalendar import Calendar

from alert4you.meetings.commands.planning import cancel_meeting, move_meeting
from alert4you.meetings.models import CalendarFeed, Meeting
from tests.cast import NOW, TODAY, Cast
from tests.meetings.conftest import Table

KHAL = Path(sys.executable).parent / "khal"


def address(cast: Cast, name: str) -> str:
    """A new address, as it is shown once."""
    page = cast.client(name).post("/meetings/calendar/").content.decode()
    return page.split('value="http://testserver')[1].split('"')[0]


def read(url: str) -> Calendar:
    answer = Client().get(url)
    assert answer.status_code == 200
    return Calendar.from_ical(answer.content)


def only(found: Calendar) -> object:
    (event,) = found.walk("VEVENT")
    return event


def test_it_tells_when_and_where_and_nothing_else(cast: Cast, table: Table) -> None:
    table.about_mila_with_school()
    for name in ("carla", "pieter", "anna"):
        answer = Client().get(address(cast, name))
        text = answer.content.decode()
        assert answer["Content-Type"] == "text/calendar; charset=utf-8"
        assert answer["Cache-Control"] == "no-store, private"
        for secret in ("Mila", "Jansen", "Komeet", "logopedie", "Carla"):
            assert secret not in text
        event = only(Calendar.from_ical(text))
        assert event["SUMMARY"] == "Overleg"
        assert event["LOCATION"] == "Lokaal 3"


def test_it_is_what_rfc_5545_asks(cast: Cast, table: Table) -> None:
    meeting = table.about_mila_with_school()
    found = read(address(cast, "carla"))
    event = only(found)
    assert (found["VERSION"], bool(found["PRODID"])) == ("2.0", True)
    assert [zone["TZID"] for zone in found.walk("VTIMEZONE")] == ["Europe/Amsterdam"]
    assert event["DTSTART"].params["TZID"] == "Europe/Amsterdam"
    assert event["DTSTART"].dt == meeting.begins
    assert event["DTEND"].dt == meeting.ends
    assert event["UID"] == f"{meeting.pk}@alert4you"
    assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt == NOW
    assert (event["SEQUENCE"], event["STATUS"], event["CLASS"]) == (0, "CONFIRMED", "PRIVATE")


def test_a_change_keeps_its_name_and_a_cancelled_one_says_so(cast: Cast, table: Table) -> None:
    meeting = table.about_mila_with_school()
    url = address(cast, "anna")
    before = only(read(url))
    later = meeting.begins + timedelta(days=1)
    move_meeting(cast.actor("carla", hours=1), meeting, later, later + timedelta(hours=1), "Hal")
    moved = only(read(url))
    assert (moved["UID"], moved["SEQUENCE"]) == (before["UID"], 1)
    assert moved["LAST-MODIFIED"].dt == NOW + timedelta(hours=1)
    assert moved["DTSTART"].dt == later
    meeting = Meeting.objects.unrestricted(reason="test").get()
    cancel_meeting(cast.actor("carla", hours=2), meeting, "De zaal is bezet.")
    gone = only(read(url))
    assert (gone["UID"], gone["SEQUENCE"], gone["STATUS"]) == (before["UID"], 2, "CANCELLED")
    assert "bezet" not in str(gone)


def test_only_the_hash_is_kept_and_the_address_is_shown_once(cast: Cast) -> None:
    url = address(cast, "anna")
    token = url.split("/")[-1].removesuffix(".ics")
    kept = CalendarFeed.objects.values().get()
    assert token not in str(kept)
    assert len(token) >= 43
    assert token not in cast.client("anna").get("/meetings/calendar/").content.decode()


def test_after_revocation_there_is_nothing(cast: Cast) -> None:
    url = address(cast, "anna")
    cast.client("anna").post("/meetings/calendar/", {"stop": "1"})
    gone = Client().get(url)
    unknown = Client().get("/calendar/" + "x" * 43 + ".ics")
    assert gone.status_code == unknown.status_code == 404
    assert gone.content == unknown.content


def test_a_new_address_ends_the_old_one(cast: Cast) -> None:
    old, new = address(cast, "carla"), address(cast, "carla")
    assert Client().get(old).status_code == 404
    assert Client().get(new).status_code == 200


def test_it_ends_with_the_hat(cast: Cast, table: Table) -> None:
    table.about_mila_with_school()
    url = address(cast, "pieter")
    cast.pieter.ends = TODAY
    cast.pieter.save()
    assert Client().get(url).status_code == 404


def test_it_ends_with_the_authority_of_a_parent(cast: Cast, table: Table) -> None:
    table.about_mila_with_school()
    url = address(cast, "bram")
    assert only(read(url))
    guardian = table.guardian("bram")
    guardian.has_authority = False
    guardian.save()
    assert read(url).walk("VEVENT") == []


@pytest.mark.parametrize("name", ["lotte", "oscar", "stranger"])
def test_who_is_not_invited_has_an_empty_calendar(cast: Cast, table: Table, name: str) -> None:
    table.about_mila_with_school()
    assert read(address(cast, name)).walk("VEVENT") == []


def test_a_real_calendar_client_takes_it(cast: Cast, table: Table, tmp_path: Path) -> None:
    table.about_mila_with_school()
    file, folder, config = tmp_path / "feed.ics", tmp_path / "calendar", tmp_path / "config"
    file.write_bytes(Client().get(address(cast, "pieter")).content)
    folder.mkdir()
    config.write_text(
        f"[calendars]\n[[work]]\npath = {folder}\n"
        "[locale]\ntimeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
        "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n"
        "local_timezone = Europe/Amsterdam\ndefault_timezone = Europe/Amsterdam\n"
        f"[sqlite]\npath = {tmp_path / 'khal.db'}\n"
    )

    def khal(*words: str) -> str:
        run = [str(KHAL), "--no-color", "-c", str(config), *words]
        return subprocess.run(run, check=True, capture_output=True, text=True, timeout=60).stdout

    khal("import", "--batch", "-a", "work", str(file))
    day = (NOW + timedelta(days=3)).date()
    listed = khal("list", "--format", "{start-time} {end-time} {title} {location}", str(day), "1d")
    assert "10:00 11:00 Overleg Lokaal 3" in listed
