"""One note about several children, tags instead of words, and the second look afterwards."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alert4you.access.models import Entry, Kind
from alert4you.access.queries.line import line
from alert4you.children.models import Placement
from alert4you.kernel.decision import Denied
from alert4you.kernel.models import AuditRecord
from alert4you.notes.commands.place import set_marked_words, set_tags
from alert4you.notes.commands.writing import reword, write_group_note, write_note, write_notes
from alert4you.notes.models import Note, Tagged
from alert4you.notes.queries import tags_of_group
from alert4you.notes.rules.writing import Seen
from tests.cast import Cast, make_child

BASE = {"text": "Samen een trein gemaakt.", "category": "day", "readers": "parents"}
ONCE = "6f0d3a52-3c7e-4e0e-9a3b-0c8a3c1c0002"


@pytest.fixture(autouse=True)
def two_more(cast: Cast) -> None:
    cast.people["noor"] = make_child(cast, "Noor", "de Boer", date(2023, 3, 3))
    cast.people["sem"] = make_child(cast, "Sem", "Vos", date(2023, 4, 4))


def notes() -> list[Note]:
    return list(Note.objects.unrestricted(reason="test").order_by("child__first_name"))


def test_one_note_about_two_children_is_an_entry_for_each_written_once(cast: Cast) -> None:
    client, told = cast.client("fatima"), {**BASE, "also": [str(cast.noor.pk)], "once": ONCE}
    for _ in range(2):
        assert client.post(f"/children/{cast.mila.pk}/note/", told).status_code == 302
    mila, noor = notes()
    assert (mila.child, noor.child) == (cast.mila, cast.noor)
    assert mila.together == noor.together == mila.pk
    assert [entry.text for entry in line(cast.actor("anna"), cast.mila)] == [BASE["text"]]
    written = AuditRecord.objects.filter(name="notes.write_note")
    assert {each.subject_id for each in written} == {cast.mila.pk, cast.noor.pk}


def test_that_they_belong_together_is_written_at_once(cast: Cast) -> None:
    with CaptureQueriesContext(connection) as asked:
        first = write_notes(cast.actor("fatima"), [cast.mila, cast.noor, cast.sem], Seen("Zand."))
    assert {each.together for each in notes()} == {first.together} == {first.pk}
    assert len([each for each in asked if 'UPDATE "notes_note"' in each["sql"]]) == 1


def test_for_one_that_is_refused_nothing_is_written(cast: Cast) -> None:
    away = make_child(cast, "Tess", "Blom", date(2023, 3, 3))
    Placement.objects.unrestricted(reason="test").filter(child=away).update(ends=date(2026, 11, 1))
    with pytest.raises(Denied):
        write_notes(cast.actor("fatima"), [cast.mila, away], Seen("Samen gespeeld."))
    assert notes() == []


def test_the_name_of_one_does_not_stand_with_the_other(cast: Cast) -> None:
    told = {**BASE, "text": "Mila gaf Noor de schep.", "also": [str(cast.noor.pk)]}
    page = cast.client("fatima").post(f"/children/{cast.mila.pk}/note/", told).content.decode()
    assert "“Noor”" in page
    assert notes() == []


def test_only_children_that_are_here_can_be_ticked(cast: Cast) -> None:
    page = cast.client("fatima").get(f"/children/{cast.mila.pk}/note/").content.decode()
    assert str(cast.noor.pk) in page
    assert str(cast.sem.pk) in page
    told = {**BASE, "also": [str(cast.fatima.pk)]}
    answer = cast.client("fatima").post(f"/children/{cast.mila.pk}/note/", told)
    assert answer.status_code == 200
    assert notes() == []


def test_children_with_the_same_first_name_are_told_apart(cast: Cast) -> None:
    make_child(cast, "Sem", "Tak", date(2023, 4, 4))
    page = cast.client("fatima").get(f"/children/{cast.mila.pk}/note/").content.decode()
    assert "<span>Sem Vos</span>" in page
    assert "<span>Sem Tak</span>" in page
    assert "<span>Noor</span>" in page


def test_a_tap_is_a_note_too_and_can_be_counted(cast: Cast) -> None:
    told = {**BASE, "text": "", "tags": ["sliep", "at goed"]}
    cast.client("fatima").post(f"/children/{cast.mila.pk}/note/", told)
    (note,) = notes()
    assert (note.text, note.title) == ("", "sliep, at goed")
    assert set(note.tagged.values_list("tag", flat=True)) == {"sliep", "at goed"}
    line_page = cast.client("anna").get(f"/children/{cast.mila.pk}/").content.decode()
    assert "Sliep, at goed" in line_page


def test_neither_words_nor_taps_is_nothing(cast: Cast) -> None:
    page = cast.client("fatima").post(f"/children/{cast.mila.pk}/note/", {**BASE, "text": " "})
    assert "tik aan wat past" in page.content.decode()
    with pytest.raises(Denied):
        write_note(cast.actor("fatima"), cast.mila, "", tags=["is lastig"])


def test_the_organisation_changes_what_can_be_tapped(cast: Cast) -> None:
    marit = cast.client("marit")
    told = {"child_tags": "zat in de kring\nzat in de kring\n", "group_tags": "volle maan"}
    assert marit.post("/noting/tags/", told).status_code == 302
    page = cast.client("fatima").get(f"/children/{cast.mila.pk}/note/").content.decode()
    assert "Zat in de kring" in page
    assert "Sliep" not in page
    write_note(cast.actor("fatima"), cast.mila, "", tags=["zat in de kring"])
    with pytest.raises(Denied):
        write_note(cast.actor("fatima"), cast.mila, "", tags=["sliep"])
    for many in (["x" * 41], [str(n) for n in range(13)]):
        with pytest.raises(Denied):
            set_tags(cast.actor("marit"), many, [])
    with pytest.raises(Denied):
        set_tags(cast.actor("fatima"), ["sliep"], [])
    assert cast.client("fatima").get("/noting/tags/").status_code == 404


def test_load_and_what_went_wrong_on_the_group_without_a_child(cast: Cast) -> None:
    address, client = f"/groups/{cast.group.pk}/notes/", cast.client("fatima")
    client.post(address, {"text": "", "tags": ["handen tekort"]})
    client.post(address, {"text": "De poort stond open.", "incident": "on"})
    load, incident = sorted(notes(), key=lambda each: each.kind, reverse=True)
    assert (load.kind, load.child, incident.kind) == (Kind.NOTE, None, Kind.INCIDENT)
    page = client.get(address).content.decode()
    assert "<strong>1×</strong> handen tekort" in page
    assert "Er ging iets mis" in page
    assert tags_of_group(cast.actor("sanne"), cast.group, date(2026, 11, 1)) == [
        ("handen tekort", 1)
    ]
    assert tags_of_group(cast.actor("fatima"), cast.group, date(2026, 11, 21)) == []
    with pytest.raises(Denied):
        write_group_note(cast.actor("fatima"), cast.group, "Noor viel.", incident=True)


def test_without_a_script_the_second_look_comes_after_saving(cast: Cast) -> None:
    told = {**BASE, "text": "Ze was lastig.", "also": [str(cast.noor.pk)]}
    client = cast.client("fatima")
    answer = client.post(f"/children/{cast.mila.pk}/note/", told)
    assert [each.text for each in notes()] == ["Ze was lastig."] * 2
    page = client.get(answer.url).content.decode()
    assert "<mark>lastig</mark> Wat zag je precies?" in page
    assert client.post(answer.url, {"text": "Ze ging drie keer van tafel."}).url == "/"
    assert [each.text for each in notes()] == ["Ze ging drie keer van tafel."] * 2


def test_who_saw_the_remark_while_writing_is_not_asked_twice(cast: Cast) -> None:
    told = {**BASE, "text": "Ze was lastig.", "aided": "on"}
    assert cast.client("fatima").post(f"/children/{cast.mila.pk}/note/", told).url == "/"
    told = {**BASE, "text": "Mila zegt dat Sem stom en lastig is."}
    assert cast.client("fatima").post(f"/children/{cast.mila.pk}/note/", told).url == "/"


def test_a_note_is_changed_at_once_by_who_wrote_it_and_nobody_else(cast: Cast) -> None:
    note = write_note(cast.actor("fatima"), cast.mila, "Ze was lastig.")
    for who, later in (("lotte", 0), ("carla", 0), ("fatima", 16)):
        with pytest.raises(Denied):
            reword(cast.actor(who, minutes=later), note, "Anders.")
    assert reword(cast.actor("fatima", minutes=15), note, "Anders.").text == "Anders."


def test_a_group_note_that_is_changed_still_names_no_child(cast: Cast) -> None:
    note = write_group_note(cast.actor("fatima"), cast.group, "Vervelende middag.")
    with pytest.raises(Denied):
        reword(cast.actor("fatima"), note, "Mila gilde.")


def test_words_of_the_organisation_are_marked_or_left_alone(cast: Cast) -> None:
    set_marked_words(cast.actor("marit"), ["stuiterbal: wat deed het lijf?"], ["lastig"])
    client, address = cast.client("fatima"), f"/children/{cast.mila.pk}/note/"
    assert client.post(address, {**BASE, "text": "Lastig moment."}).url == "/"
    answer = client.post(address, {**BASE, "text": "Een stuiterbal."})
    assert "wat deed het lijf?" in client.get(answer.url).content.decode()
    page = cast.client("marit").get("/noting/").content.decode()
    assert "stuiterbal: wat deed het lijf?" in page
    with pytest.raises(Denied):
        set_marked_words(cast.actor("fatima"), [], [])


def test_tags_go_with_the_note(cast: Cast) -> None:
    write_note(cast.actor("fatima"), cast.mila, "", tags=["sliep"])
    Entry.objects.unrestricted(reason="test").all().delete()
    assert Tagged.objects.count() == 0


def test_only_where_one_can_dictate_a_page_may_ask_for_the_microphone(cast: Cast) -> None:
    client = cast.client("fatima")
    hears = client.get(f"/children/{cast.mila.pk}/note/").headers["Permissions-Policy"]
    assert "microphone=(self)" in hears
    assert "camera=()" in hears
    assert "microphone=()" in client.get("/").headers["Permissions-Policy"]
