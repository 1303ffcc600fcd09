"""The pages: planning in steps, writing at the table, closing; no typed word is lost."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from alert4you.meetings.commands.planning import set_rhythm
from alert4you.meetings.commands.signals import write_signal
from alert4you.meetings.models import Case, Item, LeftOut, Meeting, Seat
from alert4you.meetings.rules.planning import Topic
from alert4you.organisations.queries import system_actor
from alert4you.practices.commands.publishing import load_library
from alert4you.practices.queries.templates import template
from alert4you.trajectories.commands.running import Setup, start_trajectory
from alert4you.trajectories.models import Step
from tests.cast import NOW, TODAY, Cast
from tests.meetings.conftest import QUESTION, TREND, Table

EMPTY = [
    ("carla", "/meetings/", "Er is geen overleg gepland"),
    ("anna", "/meetings/", "Als mensen over uw kind willen praten"),
    ("pieter", "/meetings/", "Als je wordt uitgenodigd"),
    ("carla", "/meetings/?show=past", "Er is nog geen overleg geweest"),
    ("carla", "/meetings/?show=rhythms", "Er is nog geen ritme afgesproken"),
    ("fatima", "/meetings/?show=rhythms", "schrijft het op"),
    ("carla", "/meetings/signals/", "Nog geen signalen"),
    ("gemma", "/meetings/report/", "Nog niets te tellen"),
]
DAY = (NOW + timedelta(days=3)).date().isoformat()
WHEN = {"day": DAY, "begin": "15:00", "end": "16:00", "place": "Lokaal 3"}


@pytest.mark.parametrize(("who", "address", "says"), EMPTY)
def test_an_empty_page_says_what_comes_there(
    cast: Cast, table: Table, who: str, address: str, says: str
) -> None:
    assert says in table.page(who, address)


def last_step(cast: Cast, table: Table, *invited: str) -> str:
    """The address of the last screen, reached by the links and the form before it."""
    first = table.page("carla", "/meetings/plan/")
    assert "?kind=komeet" in first
    second = table.page("carla", "/meetings/plan/?kind=komeet")
    about = f"?kind=komeet&amp;sort=case&amp;child={cast.mila.pk}"
    assert about in second
    third = table.page("carla", f"/meetings/plan/{about.replace('&amp;', '&')}")
    assert third.count("checked") == 2
    guardians = "".join(f"&guardians={table.guardian(name).pk}" for name in invited)
    people = f"&people={cast.pieter.pk}&people={cast.fatima.pk}"
    return f"/meetings/plan/{about.replace('&amp;', '&')}&chosen=1{guardians}{people}"


def words(cast: Cast, **more: str) -> dict[str, str]:
    told = {"title": "Komeetoverleg", "words": QUESTION, "category": "development"}
    return {**told, **WHEN, "lead": str(cast.carla.pk), **more}


def test_planning_goes_by_steps(cast: Cast, table: Table) -> None:
    address = last_step(cast, table, "anna", "bram")
    assert "Anna Jansen" in table.page("carla", address)
    answer = cast.client("carla").post(address, words(cast))
    meeting = Meeting.objects.unrestricted(reason="test").get()
    assert answer["Location"] == f"/meetings/{meeting.pk}/"
    assert timezone.localtime(meeting.begins).isoformat() == f"{DAY}T15:00:00+01:00"
    assert meeting.location == cast.location
    assert Case.objects.unrestricted(reason="test").get().question == QUESTION
    assert Seat.objects.filter(meeting=meeting).count() == 5


def test_a_parent_who_is_left_out_needs_a_ground(cast: Cast, table: Table) -> None:
    address = last_step(cast, table, "anna")
    page = cast.client("carla").post(address, words(cast)).content.decode()
    assert "tenzij de wet een grond geeft" in page
    assert QUESTION in page
    assert not Meeting.objects.unrestricted(reason="test").exists()
    bram = table.guardian("bram").pk
    ground = {f"ground_{bram}": "court", f"reason_{bram}": "Vonnis gezien"}
    assert cast.client("carla").post(address, words(cast, **ground)).status_code == 302
    assert LeftOut.objects.unrestricted(reason="test").get().reason == "Vonnis gezien"
    item = Item.objects.unrestricted(reason="test").get()
    assert "Vonnis gezien" in table.page("carla", f"/meetings/items/{item.pk}/")
    assert "Vonnis gezien" not in table.page("anna", f"/meetings/items/{item.pk}/")


def test_a_refusal_keeps_what_was_typed(cast: Cast, table: Table) -> None:
    address = last_step(cast, table, "anna", "bram")
    typed = words(cast, title="Overleg over Mila")
    page = cast.client("carla").post(address, typed).content.decode()
    assert "“Mila”" in page
    assert QUESTION in page


@pytest.mark.parametrize(
    ("hours", "says"),
    [
        ({"begin": "09:00", "end": "09:45"}, "Dit moment is voorbij."),
        ({"begin": "15:00", "end": "14:00"}, "eindigt voordat het begint"),
    ],
)
def test_a_moment_that_cannot_be_is_said_where_it_is_asked(
    cast: Cast, table: Table, hours: dict[str, str], says: str
) -> None:
    address = last_step(cast, table, "anna", "bram")
    sent = words(cast, day=TODAY.strftime("%d-%m-%Y"), **hours)
    page = cast.client("carla").post(address, sent).content.decode()
    assert "Wanneer en waar?" in page
    assert 'name="begin"' in page
    assert says in page
    assert QUESTION in page


def test_a_child_of_others_cannot_be_chosen(cast: Cast) -> None:
    from tests.cast import make_child

    other = make_child(cast, "Ander", "Kind", cast.mila.born)
    address = f"/meetings/plan/?kind=komeet&sort=case&child={other.pk}&chosen=1"
    for who in ("stranger",):
        assert cast.client(who).get(address).status_code == 404
    for junk in ("x", "00000000-0000-4000-8000-000000000000"):
        address = f"/meetings/plan/?kind=komeet&sort=case&child={junk}"
        assert cast.client("carla").get(address).status_code == 404
    assert cast.client("carla").get("/meetings/plan/?kind=komeet&sort=x").status_code == 404


def test_one_more_point_comes_on_the_agenda(cast: Cast, table: Table) -> None:
    meeting = table.plans(Topic("trend", TREND))
    address = f"/meetings/{meeting.pk}/add/?sort=case&child={cast.mila.pk}"
    assert "Anna Jansen, Bram Jansen" in table.page("carla", address)
    typed = {"words": QUESTION, "category": "development"}
    assert cast.client("carla").post(address, typed).status_code == 302
    assert QUESTION in table.page("anna", f"/meetings/{meeting.pk}/")


def test_people_chairs_moments_and_the_end_are_arranged(cast: Cast, table: Table) -> None:
    meeting = table.plans(Topic("trend", TREND))
    own, client = f"/meetings/{meeting.pk}/", cast.client("carla")
    for path, typed in (
        ("invite/", {"who": str(cast.sanne.pk)}),
        ("chair/", {"party": str(cast.school.pk), "task": "leerkracht"}),
        ("move/", {**WHEN, "begin": "09:00", "end": "10:00", "place": "De hal"}),
    ):
        assert client.post(f"{own}{path}", typed).status_code == 302
    seat = Seat.objects.get(organisation=cast.school)
    address = f"{own}invite/?seat={seat.pk}"
    assert "Pieter" in table.page("carla", address)
    assert client.post(address, {"who": str(cast.pieter.pk)}).status_code == 302
    page = table.page("sanne", own)
    assert "De hal" in page
    assert "Pieter" in page
    assert "09:00–10:00" in page
    assert client.post(f"{own}cancel/", {"reason": "De zaal is bezet."}).status_code == 302
    assert "Gaat niet door" in table.page("sanne", "/meetings/")
    assert client.post(f"{own}cancel/", {"reason": "Nog eens"}).status_code == 403


def test_who_is_invited_says_whether_it_suits(cast: Cast, table: Table) -> None:
    meeting = table.about_mila_with_school()
    own = f"/meetings/{meeting.pk}/"
    assert "Past dit moment?" in table.page("anna", own)
    cast.client("anna").post(f"{own}answer/", {"coming": "no"})
    cast.client("pieter").post(f"{own}answer/", {"coming": "yes"})
    page = table.page("carla", own)
    assert "kan niet" in page
    assert "komt" in page


def test_at_the_table_short_lines_are_written(cast: Cast, table: Table) -> None:
    meeting = table.today(table.about_mila())
    item, client = table.item(meeting), cast.client("carla")
    own = f"/meetings/items/{item.pk}/"
    client.post(own, {"words": "Logopedie"})
    option = item.options.unrestricted(reason="test").get()
    page = client.post(own, {"words": "", "option": str(option.pk), "side": "plus"})
    assert "nog leeg" in page.content.decode()
    for side in ("plus", "minus"):
        client.post(own, {"words": f"een {side}", "option": str(option.pk), "side": side})
    decided = {"option": str(option.pk), "words": "Doen we.", "outcome": "next_step"}
    assert client.post(f"{own}decide/", decided).status_code == 302
    seat = Seat.objects.get(meeting=meeting, guardian__person=cast.anna)
    agreed = {"what": "Bellen", "who": str(seat.pk), "due": DAY, "at_once": "on"}
    assert client.post(f"{own}action/", agreed).status_code == 302
    said = {"words": "Ik ben blij.", "guardian": str(table.guardian("bram").pk)}
    assert client.post(f"{own}words/", said).status_code == 302
    page = table.page("bram", own)
    for each in ("Logopedie", "een plus", "een minus", "Doen we.", "Bellen", "Ik ben blij."):
        assert each in page


def test_an_option_of_another_point_is_not_there(cast: Cast, table: Table) -> None:
    meeting = table.today(table.about_mila(), Topic("trend", TREND))
    first, second = meeting.items.unrestricted(reason="test").order_by("number")
    client = cast.client("carla")
    client.post(f"/meetings/items/{first.pk}/", {"words": "Logopedie"})
    option = first.options.unrestricted(reason="test").get()
    wrong = {"words": "plus", "option": str(option.pk), "side": "plus"}
    assert client.post(f"/meetings/items/{second.pk}/", wrong).status_code == 404


def test_closing_offers_what_it_can_count_for(cast: Cast, table: Table) -> None:
    load_library(system_actor(NOW))
    carla = cast.actor("carla")
    first = table.today(table.about_mila())
    here = [str(each.pk) for each in first.seats.all()]
    cast.client("carla").post(f"/meetings/{first.pk}/hold/", {"present": here})
    trajectory = start_trajectory(
        carla, cast.mila, template("komeetoverleg"), cast.carla, cast.marit, Setup()
    )
    meeting = table.today(table.about_mila())
    address = f"/meetings/{meeting.pk}/hold/"
    assert "Telt het mee" in table.page("carla", address)
    typed = {"present": [], "counts": [f"{trajectory.pk}:parent-talk"], "notes": "Fijn gesprek."}
    answer = cast.client("carla").post(address, typed)
    assert answer["Location"] == f"/meetings/{meeting.pk}/minutes/"
    assert Step.objects.get().activity == "parent-talk"
    assert "Fijn gesprek." in table.page("bram", f"/meetings/{meeting.pk}/minutes/")


def test_the_line_of_the_child_leads_to_the_meeting(cast: Cast, table: Table) -> None:
    meeting = table.plans(table.about_mila())
    for who in ("anna", "carla"):
        page = table.page(who, f"/children/{cast.mila.pk}/")
        assert f"/meetings/{meeting.pk}/" in page
        assert "a4-line__entry--next" in page


def test_a_meeting_is_planned_from_the_line_of_the_child(cast: Cast, table: Table) -> None:
    line = table.page("carla", f"/children/{cast.mila.pk}/")
    address = line.split('href="/meetings/plan/')[1].split('"')[0].replace("&amp;", "&")
    kinds = table.page("carla", f"/meetings/plan/{address}")
    assert f"child={cast.mila.pk}&amp;about=child&amp;kind=komeet" in kinds


def test_what_is_still_to_come_is_no_news(cast: Cast, table: Table) -> None:
    table.plans(table.about_mila())
    assert "Er is nog niets geschreven" in table.page("anna", "/")


def test_a_signal_and_a_rhythm_are_written_down(cast: Cast, table: Table) -> None:
    client = cast.client("fatima")
    typed = {"theme": "Eten", "words": "Het duurt lang.", "location": str(cast.location.pk)}
    assert client.post("/meetings/signals/new/", typed).status_code == 302
    address = "/meetings/signals/training/?theme=eten"
    agreed = {"what": "Samen eten", "owner": str(cast.carla.pk), "due": DAY}
    assert cast.client("carla").post(address, agreed).status_code == 302
    assert "Samen eten" in table.page("carla", "/agenda/")
    rhythm = {"kind": "zat", "number": "6", "per": "weeks", "starts": DAY, "location": "all"}
    assert cast.client("carla").post("/meetings/rhythm/", rhythm).status_code == 302
    assert "Elke 6 weken" in table.page("carla", "/meetings/?show=rhythms")


def test_as_many_queries_for_1_signal_and_rhythm_as_for_3(
    cast: Cast, table: Table, queries: Callable[..., int]
) -> None:
    counts = []
    for number in (1, 2):
        for each in range(number):
            write_signal(cast.actor("fatima"), cast.location, f"Eten {number}{each}", "Lang.")
            set_rhythm(cast.actor("carla"), "zat", cast.location, 2, "year", TODAY)
        pages = ("/meetings/signals/", "/meetings/?show=rhythms", "/meetings/report/")
        counts.append([queries(cast.client("carla"), each) for each in pages])
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 12


def test_who_is_close_is_proposed_and_others_are_found_by_typing(cast: Cast, table: Table) -> None:
    """The care team, the group and the coach; somebody else after a search, which unticks nobody."""
    page = f"/meetings/plan/?kind=komeet&sort=case&child={cast.mila.pk}"
    proposed = table.page("carla", page)
    assert "Fatima" in proposed and "Sanne" in proposed
    assert "Pieter" not in proposed and "Carla" not in proposed.split("<form")[-1]
    found = table.page("carla", f"{page}&people={cast.fatima.pk}&find=pieter")
    assert str(cast.pieter.pk) in found
    assert re.search(rf'value="{cast.fatima.pk}"[^>]*checked', found)
