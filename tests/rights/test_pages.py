"""The pages about rights: one question at a time, from the line to the answer, as many queries for one."""

from datetime import timedelta
from uuid import uuid4

import pytest

from alert4you.children.models import Guardian
from alert4you.notes.commands.writing import write_note
from alert4you.rights.commands.asking import ask
from alert4you.rights.commands.handling import refuse_request
from alert4you.rights.models import RightsRequest
from alert4you.rights.rules.asking import Asked
from tests.access.browsing import MOST_QUERIES, page, queries, sends
from tests.cast import NOW, TODAY, Cast, make_child


def test_from_the_line_to_the_answer(cast: Cast) -> None:
    """Anna finds it on the line, Carla sets it right, Anna reads it; each on the pages."""
    entry = write_note(cast.actor("fatima"), cast.mila, "Daan was blij.")
    why = page(cast, "anna", f"/entries/{entry.pk}/why/")
    assert f"/entries/{entry.pk}/right/" in why
    address = f"/children/{cast.mila.pk}/rights/ask/correction/?entry={entry.pk}"
    assert address in page(cast, "anna", f"/entries/{entry.pk}/right/")
    assert "Daan was blij." in page(cast, "anna", address)
    assert sends(cast, "anna", address, text="Hij heet Daniel.").status_code == 302
    request = RightsRequest.objects.unrestricted(reason="test").get()
    assert (request.entry_id, request.right) == (entry.pk, "correction")
    receipt = page(cast, "anna", f"/rights/{request.pk}/")
    assert "Ontvangen op vrijdag 20 november 2026" in receipt
    assert "zondag 20 december 2026" in receipt and "maandag 21 december 2026" in receipt
    assert f"/rights/waiting/{request.pk}/" in page(cast, "carla", "/rights/waiting/")
    answer = sends(
        cast, "carla", f"/rights/waiting/{request.pk}/yes/", corrected="Het kind heet Daniel."
    )
    assert answer.status_code == 302
    assert "Het kind heet Daniel." in page(cast, "anna", f"/rights/{request.pk}/")


def test_what_is_late_is_said_to_be_late(cast: Cast) -> None:
    """A day that passed is no promise any more."""
    request = ask(cast.actor("anna"), cast.mila, Asked("access", cast.nursery))
    mine, work = f"/rights/{request.pk}/", f"/rights/waiting/{request.pk}/"
    for path, who in ((mine, "anna"), (work, "carla")):
        assert "uiterlijk" in page(cast, who, path)
    cast.go_to(NOW + timedelta(days=35))
    assert "U had 4 dagen geleden" in page(cast, "anna", mine)
    assert "Het antwoord is te laat" in page(cast, "carla", work)
    for path, who in ((mine, "anna"), (work, "carla")):
        assert "uiterlijk" not in page(cast, who, path)


def test_a_refusal_keeps_the_typed_words(cast: Cast) -> None:
    request = ask(cast.actor("anna"), cast.mila, Asked("erasure", cast.nursery, "Alles weg"))
    address = f"/rights/waiting/{request.pk}/no/"
    answer = sends(cast, "olga", address, ground="must_be_kept", answer=" ")
    assert answer.status_code == 200
    cast.client("carla").post(f"/rights/waiting/{request.pk}/take/")
    request.refresh_from_db()
    assert request.is_open and request.taken_by == cast.carla


def test_a_double_click_asks_once(cast: Cast) -> None:
    address = f"/children/{cast.mila.pk}/rights/ask/access/"
    client, once = cast.client("anna"), uuid4()
    for _ in range(2):
        assert client.post(address, {"once": once, "text": ""}).status_code == 302
    assert RightsRequest.objects.unrestricted(reason="test").count() == 1


def test_staff_write_down_what_was_said(cast: Cast) -> None:
    sent = {
        "who": str(cast.oscar.pk),
        "right": "access",
        "came": "by_phone",
        "received_on": str(TODAY - timedelta(days=2)),
        "text": "Hij wil alles zien.",
    }
    address = f"/children/{cast.mila.pk}/rights/record/"
    who = page(cast, "carla", address)
    assert "zonder gezag" in who and "Wat wordt er gevraagd?" not in who
    assert "Wat wordt er gevraagd?" in page(cast, "carla", f"{address}?who={cast.oscar.pk}")
    told = page(cast, "carla", f"{address}?who={cast.oscar.pk}&right=access&came=by_phone")
    assert "aan de telefoon" in told and "Wanneer kwam het binnen?" in told
    assert sends(cast, "carla", address, **sent).status_code == 302
    found = RightsRequest.objects.unrestricted(reason="test").get()
    assert (found.asked_by, found.recorded_by, found.came) == (cast.oscar, cast.carla, "by_phone")
    handled = page(cast, "olga", f"/rights/waiting/{found.pk}/")
    assert "geen gezag" in handled and "Ja zeggen" not in handled


def test_whom_one_asks_when_more_keep_a_file(cast: Cast) -> None:
    address = f"/children/{cast.mila.pk}/rights/ask/access/"
    first = page(cast, "anna", address)
    assert "Aan wie vraagt u het?" not in first
    entry = write_note(cast.actor("fatima"), cast.mila, "Van elders")
    entry.organisation = cast.elsewhere
    entry.save()
    assert "Aan wie vraagt u het?" in page(cast, "anna", address)
    sends(cast, "anna", f"{address}?of={cast.elsewhere.pk}", text="")
    assert RightsRequest.objects.unrestricted(reason="test").get().organisation == cast.elsewhere


def test_from_sixteen_the_parents_page_says_who_asks(cast: Cast) -> None:
    cast.mila.born = TODAY.replace(year=TODAY.year - 16)
    cast.mila.save()
    told = page(cast, "anna", "/rights/")
    assert "Vanaf 16 jaar beslist een jongere" in told
    assert "/rights/ask/" not in told


@pytest.mark.parametrize("what", ["none", "junk", "00000000-0000-4000-8000-000000000000"])
def test_an_entry_that_is_not_hers_is_not_found(cast: Cast, what: str) -> None:
    other = make_child(cast, "Sem", "Bakker", TODAY.replace(year=2023))
    entry = write_note(cast.actor("fatima"), other, "Van Sem")
    base = f"/children/{cast.mila.pk}/rights/ask/correction/?entry="
    assert cast.client("anna").get(f"{base}{entry.pk}").status_code == 404
    assert cast.client("anna").get(base + what).status_code == (404 if "-" in what else 200)


@pytest.mark.parametrize(
    ("who", "address"),
    [("anna", "/rights/"), ("carla", "/rights/waiting/"), ("olga", "/rights/waiting/")],
)
def test_as_many_queries_for_one_request_as_for_three(cast: Cast, who: str, address: str) -> None:
    def one_more() -> None:
        asked = ask(cast.actor("anna"), cast.mila, Asked("access", cast.nursery))
        ask(cast.actor("bram"), cast.mila, Asked("objection", cast.nursery, "Nee"))
        refuse_request(cast.actor("olga"), asked, "about_staff", "Nee")

    one_more()
    few = queries(cast, who, address)
    for _ in range(2):
        one_more()
    assert queries(cast, who, address) == few <= MOST_QUERIES


def test_a_request_is_gone_with_the_authority(cast: Cast) -> None:
    request = ask(cast.actor("anna"), cast.mila, Asked("access", cast.nursery))
    Guardian.objects.filter(person=cast.anna).update(ends=TODAY)
    assert cast.client("anna").get(f"/rights/{request.pk}/").status_code == 404
