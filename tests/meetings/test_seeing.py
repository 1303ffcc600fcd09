"""Who sees what of a meeting: derived at every read, on every channel."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db.models import QuerySet
from pypdf import PdfReader

from alert4you.access.commands.team import name_on_team
from alert4you.kernel.decision import Denied
from alert4you.kernel.models import AuditRecord
from alert4you.kernel.wall.standing import seen_by
from alert4you.meetings.commands.planning import invite, keep_chair, put_on_agenda
from alert4you.meetings.commands.table import (
    agree_on_action,
    decide,
    hold_meeting,
    name_option,
    speak,
    weigh,
)
from alert4you.meetings.models import LeftOut, Meeting, Point, Seat
from alert4you.meetings.queries import agenda, lists
from alert4you.meetings.rules.planning import Topic
from tests.cast import NOW, TODAY, Cast
from tests.meetings.conftest import QUESTION, TREND, Table

SECRETS = ("Mila", "Anna", "Bram", "logopedie", "naar de logopedist", "thuis stil")
MOST_QUERIES = 12


def held(cast: Cast, table: Table) -> Meeting:
    """A held meeting about Mila with everything in it, and a trend."""
    meeting = table.today(table.about_mila(), Topic("trend", TREND), people=[cast.pieter])
    carla, item = cast.actor("carla"), table.item(meeting)
    speak(cast.actor("anna"), item, "Mila is thuis stil.", table.guardian("anna"))
    option = name_option(carla, item, "naar de logopedist")
    weigh(carla, option, "kan al snel", True)
    weigh(carla, option, "weer iemand nieuw", False)
    decide(carla, item, "We vragen logopedie aan.", option)
    agree_on_action(carla, item, "logopedie bellen", cast.carla, TODAY)
    hold_meeting(
        carla, meeting, list(Seat.objects.filter(meeting=meeting)), "Volgende keer in mei."
    )
    return meeting


def pdf_text(cast: Cast, name: str, meeting: Meeting) -> str:
    answer = cast.client(name).get(f"/meetings/{meeting.pk}/minutes.pdf")
    assert answer.status_code == 200
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)


def pages(cast: Cast, table: Table, name: str, meeting: Meeting) -> str:
    """Everything this person can read of the meeting, on every channel."""
    seen = [table.page(name, f"/meetings/{meeting.pk}/{path}") for path in ("", "minutes/")]
    seen += [
        table.page(name, path) for path in ("/meetings/", "/meetings/?show=past", "/", "/agenda/")
    ]
    return " ".join([*seen, pdf_text(cast, name, meeting)])


def test_a_partner_without_consent_sees_a_point_and_no_name(cast: Cast, table: Table) -> None:
    meeting = held(cast, table)
    seen = pages(cast, table, "pieter", meeting)
    assert [each for each in SECRETS if each in seen] == []
    assert "geen toestemming" in seen
    assert TREND in seen
    item = table.item(meeting)
    for path in ("", "words/", "decide/", "action/"):
        address = f"/meetings/items/{item.pk}/{path}"
        assert cast.client("pieter").get(address).status_code == 404


def test_with_consent_she_sees_it_and_withdrawal_works_at_the_next_read(
    cast: Cast, table: Table
) -> None:
    meeting = table.about_mila_with_school()
    assert "Mila" not in table.page("pieter", f"/meetings/{meeting.pk}/")
    table.asks()
    table.says("anna")
    assert "Mila" not in table.page("pieter", f"/meetings/{meeting.pk}/")
    table.says("bram")
    assert QUESTION in table.page("pieter", f"/meetings/{meeting.pk}/")
    table.takes_back("anna")
    assert "Mila" not in table.page("pieter", f"/meetings/{meeting.pk}/")


def test_what_was_agreed_is_gone_from_her_day_with_the_consent(cast: Cast, table: Table) -> None:
    meeting = table.today(table.about_mila(), people=[cast.pieter])
    item, carla = table.item(meeting), cast.actor("carla")
    with pytest.raises(Denied, match="Pieter"):
        agree_on_action(carla, item, "school kijkt mee", cast.pieter, TODAY)
    table.agreed()
    agree_on_action(carla, item, "school kijkt mee", cast.pieter, TODAY)
    assert "school kijkt mee" in table.page("pieter", "/agenda/")
    table.takes_back("bram")
    assert "school kijkt mee" not in table.page("pieter", "/agenda/")


@pytest.mark.parametrize("name", ["stranger", "oscar", "koen", "gemma", "lotte"])
def test_who_is_not_invited_finds_nothing(cast: Cast, table: Table, name: str) -> None:
    meeting = table.about_mila_with_school()
    item, client = table.item(meeting), cast.client(name)
    paths = ["", "minutes/", "minutes.pdf", "add/", "invite/", "hold/"]
    for path in paths:
        assert client.get(f"/meetings/{meeting.pk}/{path}").status_code == 404
    assert client.get(f"/meetings/items/{item.pk}/").status_code == 404
    assert meeting not in lists.meetings(cast.actor(name))


def test_a_colleague_at_the_table_who_is_not_on_the_care_team_sees_no_name(
    cast: Cast, table: Table
) -> None:
    meeting = table.plans(table.about_mila(), people=[cast.fatima])
    assert QUESTION not in table.page("fatima", f"/meetings/{meeting.pk}/")
    name_on_team(cast.actor("carla"), cast.mila, cast.fatima, "mentor")
    assert QUESTION in table.page("fatima", f"/meetings/{meeting.pk}/")


def test_parents_see_their_own_child_only(cast: Cast, table: Table) -> None:
    meeting = held(cast, table)
    seen = pages(cast, table, "anna", meeting)
    assert "naar de logopedist" in seen
    assert TREND not in seen


def test_the_names_of_parents_do_not_tell_whose_child_it_is(cast: Cast, table: Table) -> None:
    meeting = table.about_mila_with_school()
    page = agenda.page(cast.actor("pieter"), meeting.pk)
    assert page.unnamed_parents == 2
    assert [each.name for each in page.seats] == ["Carla", "Pieter"]


def chair(cast: Cast, name: str, meeting: Meeting) -> tuple[bool, str]:
    page = agenda.page(cast.actor(name), meeting.pk)
    found = page.subjects[0].chairs[0]
    return found.taken, found.why


def test_a_chair_is_empty_until_that_party_has_consent(cast: Cast, table: Table) -> None:
    meeting = table.about_mila_with_school()
    assert chair(cast, "anna", meeting)[0] is False
    assert (
        "An empty chair"
        in cast.client("anna", "en").get(f"/meetings/{meeting.pk}/").content.decode()
    )
    table.asks()
    table.says("anna")
    assert "Bram Jansen" in chair(cast, "anna", meeting)[1]
    table.says("bram", "refused")
    assert chair(cast, "carla", meeting)[0] is False
    table.says("bram")
    assert chair(cast, "carla", meeting) == (True, "")
    table.takes_back("bram")
    assert chair(cast, "carla", meeting)[0] is False


def test_nobody_takes_the_chair_of_a_party_before_that(cast: Cast, table: Table) -> None:
    meeting, carla = table.plans(table.about_mila()), cast.actor("carla")
    seat = keep_chair(carla, meeting, cast.school, "leerkracht")
    with pytest.raises(Denied) as refused:
        invite(carla, meeting, cast.pieter, seat)
    assert "Ask them" in str(refused.value.decision.instead) or refused.value.decision.instead
    with pytest.raises(Denied):
        invite(carla, meeting, cast.sanne, seat)
    table.agreed()
    assert invite(carla, meeting, cast.pieter, seat).name == "Pieter"
    assert chair(cast, "carla", meeting) == (True, "")


def test_a_consent_for_another_party_fills_no_chair(cast: Cast, table: Table) -> None:
    meeting, carla = table.plans(table.about_mila()), cast.actor("carla")
    seat = keep_chair(carla, meeting, cast.school, "leerkracht")
    table.asks("youthcare", "sanne")
    table.says("anna")
    table.says("bram")
    with pytest.raises(Denied):
        invite(carla, meeting, cast.pieter, seat)


def test_what_is_read_of_a_child_leaves_a_trace(cast: Cast, table: Table) -> None:
    meeting = table.about_mila_with_school()
    table.page("carla", f"/meetings/{meeting.pk}/")
    looked = AuditRecord.objects.filter(action="R", name="meetings:meeting")
    assert looked.filter(subject_id=cast.mila.pk, person_id=cast.carla.person_id).exists()
    table.page("pieter", f"/meetings/{meeting.pk}/")
    assert not looked.filter(person_id=cast.pieter.person_id).exists()


def test_what_was_said_of_a_child_is_read_by_who_reads_its_case_and_noted(
    cast: Cast, table: Table
) -> None:
    """By whatever way it is asked; each row stands in the audit trail with the child."""
    meeting = table.today(table.without("bram"), Topic("trend", TREND), people=[cast.pieter])
    carla, item = cast.actor("carla"), table.item(meeting)
    option = name_option(carla, item, "Logopedie")
    rows: list[Any] = [
        item,
        option,
        weigh(carla, option, "dichtbij", True),
        speak(carla, item, "Fijn", table.guardian("anna")),
        agree_on_action(carla, item, "bellen", cast.carla, TODAY),
        LeftOut.objects.unrestricted(reason="test").get(),
    ]
    for name, seen in (("carla", 6), ("anna", 5), ("pieter", 0), ("stranger", 0)):
        actor = cast.actor(name)
        with seen_by(actor):
            found = [QuerySet(type(row)).filter(pk=row.pk).exists() for row in rows]
            asked = [type(row).objects.visible_to(actor).filter(pk=row.pk).exists() for row in rows]
        assert (sum(found), found) == (seen, asked), name
        outside = [type(row).objects.visible_to(actor).filter(pk=row.pk).exists() for row in rows]
        assert outside == found, name
    table.page("carla", f"/meetings/items/{item.pk}/")
    noted = AuditRecord.objects.filter(action="R", subject_id=cast.mila.pk).latest("pk").records
    told = {pk for pks in noted.values() for pk in pks}
    assert {str(item.case_id), *(str(row.pk) for row in rows if type(row) is not Point)} <= told


def test_as_many_queries_for_1_row_as_for_3(
    cast: Cast, table: Table, queries: Callable[..., int]
) -> None:
    counts = []
    for extra in (0, 2):
        more = [Topic("trend", f"{TREND} {number}") for number in range(extra)]
        meeting = table.today(table.about_mila(), *more, people=[cast.pieter])
        for number in range(1 + extra):
            option = name_option(cast.actor("carla"), table.item(meeting), f"optie {number}")
            weigh(cast.actor("carla"), option, "plus", True)
            agree_on_action(cast.actor("carla"), table.item(meeting), "doen", cast.carla, TODAY)
        for _ in range(extra):
            table.plans(table.about_mila(), begins=NOW + timedelta(days=2), people=[cast.pieter])
        own = f"/meetings/{meeting.pk}/"
        addresses = ["/meetings/", "/meetings/?show=past", own, f"{own}minutes/", f"{own}hold/"]
        addresses.append(f"/meetings/items/{table.item(meeting).pk}/")
        for name in ("carla", "anna"):
            shown = addresses if name == "carla" else [a for a in addresses if "hold" not in a]
            counts.append([queries(cast.client(name), each) for each in shown])
    assert counts[:2] == counts[2:], counts
    assert max(max(each) for each in counts) <= MOST_QUERIES, counts


def test_a_child_more_on_the_agenda_asks_no_more_queries(
    cast: Cast, table: Table, queries: Callable[..., int]
) -> None:
    meeting = table.about_mila_with_school()
    address = f"/meetings/{meeting.pk}/"
    before = queries(cast.client("carla"), address)
    for _ in range(2):
        put_on_agenda(cast.actor("carla"), meeting, table.about_mila())
    assert queries(cast.client("carla"), address) == before
