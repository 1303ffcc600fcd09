"""`alert4you practices import`, and what is saved by it."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from alert4you.kernel.decision import Denied
from alert4you.organisations.queries import system_actor
from alert4you.practices.commands.importing import add_cards
from alert4you.practices.models import ImportedDocument, PracticeCard
from alert4you.practices.rules.elements import ELEMENTS
from alert4you.practices.rules.importing import NewCard
from tests.cast import NOW
from tests.practices import documents
from tests.practices.documents import CARDS, HARBOUR, LANTERN


def run(*words: object) -> str:
    out = StringIO()
    call_command("practices", "import", *map(str, words), stdout=out, stderr=out)
    return out.getvalue()


@pytest.fixture
def file(tmp_path):
    def write(data: bytes, name: str = "kaarten.docx"):
        (tmp_path / name).write_bytes(data)
        return tmp_path / name

    return write


def test_json_is_a_list_of_cards_with_their_elements(file):
    found = json.loads(run(file(documents.as_word(CARDS)), "--dry-run", "--json"))
    assert [card["title"] for card in found] == [card.title for card in CARDS]
    first = found[0]
    assert first["elements"] == LANTERN.answers
    assert list(first["elements"]) == list(ELEMENTS)
    assert (first["organisation"], first["region"], first["year"], first["angle"]) == (
        *("Het Lantaarnhuis", "Oeverdam"),
        *(2024, None),
    )
    assert first["missing"] == first["unrecognised"] == first["removed"] == first["outside"] == []
    assert found[1]["unsure"] == ["funding"]


def test_a_dry_run_saves_nothing_and_tells_what_it_found(db, file):
    told = documents.Told(
        LANTERN.title,
        LANTERN.origin,
        LANTERN.answers | {"extra": "Een tuin.", "partners": "Mail saar@voorbeeld.nl"},
        LANTERN.labels | {"extra": "Bijzonderheden"},
    ).without("funding")
    said = run(file(documents.as_word([told, HARBOUR])), "--dry-run")
    assert not PracticeCard.objects.exists()
    for words in (
        "De lantaarn op de groep, Het Lantaarnhuis, Oeverdam, 2024",
        "Missing: Funding",
        "Not recognised (line 12): Bijzonderheden Een tuin.",
        "Taken out (line 5): e-mail address",
        "7. financering (please check)",
    ):
        assert words in said
    assert "saar" not in said


def test_cards_are_saved_once(db, file):
    path = file(documents.as_pdf(CARDS), "kaarten.pdf")
    assert run(path).count("is in the library now") == 3
    card = PracticeCard.objects.get(slug="de-lantaarn-op-de-groep")
    assert card.elements == LANTERN.answers
    assert (card.described_by, card.region, card.year) == ("Het Lantaarnhuis", "Oeverdam", 2024)
    assert (card.source, card.owner, card.practice) == (
        "Het Lantaarnhuis, Oeverdam, 2024",
        None,
        "",
    )
    assert "municipality" in str(card.tags)
    assert run(path).count("already, with the same text") == 3
    assert PracticeCard.objects.count() == 3


def test_another_card_of_that_name_is_left_alone(db, file):
    run(file(documents.as_word([LANTERN])))
    other = LANTERN.without("aim")
    assert "Nothing was changed" in run(file(documents.as_word([other])))
    assert PracticeCard.objects.get().elements == LANTERN.answers


def test_an_empty_card_is_told_and_not_saved(db, file):
    empty = documents.Told("Leeg", "Nergens, 2024", dict.fromkeys(LANTERN.answers, ""))
    said = run(file(documents.as_word([LANTERN, empty])))
    assert "Empty: there are labels, but no answers." in said
    assert "“Leeg” holds no answers" in said
    assert [card.title for card in PracticeCard.objects.all()] == [LANTERN.title]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.docx", b"PK\x03\x04 broken", "damaged"),
        ("a.pdf", b"%PDF-1.7 broken", "damaged"),
        ("a.txt", b"", "empty"),
        ("a.txt", b"melk en brood", "none of the ten elements"),
    ],
)
def test_a_fault_is_told_with_the_name_of_the_file_and_saves_nothing(db, file, name, data, words):
    with pytest.raises(CommandError, match=words) as said:
        run(file(data, name))
    assert str(said.value).startswith(f"{name}: ")
    assert not PracticeCard.objects.exists()


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        run(tmp_path / "gone.pdf")


def test_a_card_without_a_name_that_can_be_an_address_is_left_out(db):
    (told,) = add_cards(system_actor(NOW), [NewCard("!!", elements={"aim": "Rust"})])
    assert told.result == "untitled"
    assert not PracticeCard.objects.exists()


@pytest.mark.parametrize(
    ("hat", "may"),
    [("carla", True), ("marit", True), ("sanne", True), ("koen", True)]
    + [(hat, False) for hat in ("fatima", "pieter", "gemma", "stranger", "anna", "oscar")],
)
def test_who_may_add(cast, hat, may):
    card = NewCard("Een kaart", elements={"aim": "Rust"})
    if may:
        add_cards(cast.actor(hat), [card])
        assert PracticeCard.objects.get().owner_id == cast.actor(hat).organisation_id
    else:
        with pytest.raises(Denied):
            add_cards(cast.actor(hat), [card])
    assert not ImportedDocument.objects.exists()
