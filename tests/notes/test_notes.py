"""Writing on the line: who may, what is refused, and that no typed word is lost."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alert4you.access.commands.team import name_on_team
from alert4you.access.models import Category, Entry, Kind
from alert4you.access.queries.line import line
from alert4you.kernel.decision import Denied
from alert4you.notes.commands.writing import add_parent_words, write_group_note, write_note
from alert4you.organisations.models import Roster
from tests.cast import Cast, make_child

TOLD = {"text": "Ze bouwde een toren.", "category": "development", "readers": "parents"}


def entries() -> list[Entry]:
    return list(Entry.objects.unrestricted(reason="test").order_by("written_at"))


def seen_by(cast: Cast, who: str) -> list[str]:
    return [entry.text for entry in line(cast.actor(who), cast.mila)]


def test_three_taps_and_words_are_a_note_the_parents_read(cast: Cast) -> None:
    answer = cast.client("fatima").post(f"/children/{cast.mila.pk}/note/", TOLD, follow=True)
    assert answer.redirect_chain == [("/", 302)]
    assert "De ouders kunnen het lezen" in answer.content.decode()
    (note,) = entries()
    assert (note.text, note.category, note.kind, note.internal) == (
        "Ze bouwde een toren.",
        Category.DEVELOPMENT,
        Kind.NOTE,
        False,
    )
    assert seen_by(cast, "anna") == seen_by(cast, "bram") == ["Ze bouwde een toren."]


def test_an_internal_note_is_for_the_care_team(cast: Cast) -> None:
    cast.client("fatima").post(f"/children/{cast.mila.pk}/note/", {**TOLD, "readers": "team"})
    assert entries()[0].internal
    assert seen_by(cast, "carla") == seen_by(cast, "fatima") == ["Ze bouwde een toren."]
    assert seen_by(cast, "anna") == seen_by(cast, "lotte") == []


def test_a_double_click_writes_once(cast: Cast) -> None:
    told = {**TOLD, "once": "6f0d3a52-3c7e-4e0e-9a3b-0c8a3c1c0001"}
    client = cast.client("fatima")
    for _ in range(2):
        assert client.post(f"/children/{cast.mila.pk}/note/", told).status_code == 302
    assert len(entries()) == 1


@pytest.mark.parametrize(
    ("wrong", "kept"),
    [
        ({"category": "care"}, "Ze bouwde een toren."),
        ({"readers": ""}, "Ze bouwde een toren."),
        ({"text": "a" * 4001}, "a" * 4001),
        ({"text": "   "}, ""),
    ],
)
def test_an_invalid_note_keeps_every_word(cast: Cast, wrong: dict, kept: str) -> None:
    answer = cast.client("fatima").post(f"/children/{cast.mila.pk}/note/", {**TOLD, **wrong})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert kept in page
    assert "Nog niet opgeslagen" in page
    assert entries() == []


def test_who_does_not_work_with_the_child_gets_a_reason_or_nothing(cast: Cast) -> None:
    address = f"/children/{cast.mila.pk}/note/"
    assert cast.client("marit").get(address).status_code == 403
    assert cast.client("anna").get(address).status_code == 403
    assert cast.client("stranger").get(address).status_code == 404
    assert cast.client("sanne").get(address).status_code == 404


def test_a_safety_concern_is_no_note(cast: Cast) -> None:
    with pytest.raises(Denied):
        write_note(cast.actor("fatima"), cast.mila, "Blauwe plek", Category.SAFETY)


def test_a_group_note_names_no_child(cast: Cast) -> None:
    address = f"/groups/{cast.group.pk}/notes/"
    client = cast.client("fatima")
    refused = client.post(address, {"text": "Mila en de rest waren druk."}).content.decode()
    assert "“Mila”" in refused
    assert "Mila en de rest waren druk." in refused
    client.post(address, {"text": "Na het buitenspelen was het druk."})
    (note,) = entries()
    assert (note.child, note.group) == (None, cast.group)
    assert "Na het buitenspelen was het druk." in client.get(address).content.decode()


def test_who_reads_about_a_group(cast: Cast) -> None:
    write_group_note(cast.actor("fatima"), cast.group, "Het was druk.")
    address = f"/groups/{cast.group.pk}/notes/"
    for reader in ("lotte", "carla", "sanne"):
        page = cast.client(reader).get(address)
        assert "Het was druk." in page.content.decode()
    for outsider in ("stranger", "anna", "gemma", "pieter", "koen"):
        assert cast.client(outsider).get(address).status_code == 404


def test_only_who_has_a_coach_is_sent_to_one(cast: Cast) -> None:
    address = f"/groups/{cast.group.pk}/notes/"
    assert "/questions/ask/" in cast.client("fatima").get(address).content.decode()
    assert "/questions/ask/" not in cast.client("sanne").get(address).content.decode()


def test_only_who_works_on_the_group_writes_about_it(cast: Cast) -> None:
    with pytest.raises(Denied):
        write_group_note(cast.actor("sanne"), cast.group, "Het was druk.")
    Roster.objects.filter(membership=cast.fatima).update(ends=date(2026, 11, 1))
    with pytest.raises(Denied):
        write_group_note(cast.actor("fatima"), cast.group, "Het was druk.")


def test_parents_add_their_own_words(cast: Cast) -> None:
    name_on_team(cast.actor("carla"), cast.mila, cast.fatima, "mentor")
    address = f"/children/{cast.mila.pk}/words/"
    answer = cast.client("anna").post(address, {"text": "Thuis slaapt ze goed."})
    assert answer.url == f"/children/{cast.mila.pk}/"
    assert seen_by(cast, "bram") == seen_by(cast, "fatima") == ["Thuis slaapt ze goed."]
    assert cast.client("gemma").get(address).status_code == 404
    assert cast.client("oscar").get(address).status_code == 404
    with pytest.raises(Denied):
        add_parent_words(cast.actor("oscar"), cast.mila, "Ik ook.")


def test_parents_keep_their_words_when_the_form_is_not_right(cast: Cast) -> None:
    long = "thuis " * 800
    page = cast.client("anna").post(f"/children/{cast.mila.pk}/words/", {"text": long})
    assert long.strip() in page.content.decode()


def test_the_pages_ask_the_same_number_of_queries_for_1_and_3_notes(cast: Cast) -> None:
    make_child(cast, "Noor", "de Boer", date(2023, 3, 3))
    counts = []
    for extra in (1, 2):
        for number in range(extra):
            write_note(cast.actor("fatima"), cast.mila, f"Notitie {number}")
            write_group_note(cast.actor("fatima"), cast.group, f"Notitie {number}")
        client = cast.client("fatima")
        for address in (f"/children/{cast.mila.pk}/note/", f"/groups/{cast.group.pk}/notes/"):
            with CaptureQueriesContext(connection) as asked:
                assert client.get(address).status_code == 200
            counts.append(sum("SAVEPOINT" not in each["sql"] for each in asked.captured_queries))
    assert counts[:2] == counts[2:]
    assert max(counts) <= 12
