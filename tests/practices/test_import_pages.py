"""Uploading a document, looking at it beside the original, and saving what one chose."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alert4you.practices.models import ImportedDocument, PracticeCard
from alert4you.practices.tasks import forget_documents
from tests.cast import NOW
from tests.practices import documents
from tests.practices.documents import CARDS, HARBOUR, LANTERN

START = "/practices/import/"
EXTRA = documents.Told(
    LANTERN.title,
    LANTERN.origin,
    LANTERN.answers | {"extra": "Een tuin.", "partners": "Mail saar@voorbeeld.nl"},
    LANTERN.labels | {"extra": "Bijzonderheden"},
).without("funding")


def upload(client, data: bytes, name: str = "kaarten.docx"):
    return client.post(START, {"file": SimpleUploadedFile(name, data)})


def words(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_one_card_is_shown_beside_its_original_and_saved_with_what_was_corrected(cast):
    client = cast.client("carla")
    answer = upload(client, documents.as_word([EXTRA], header="Regio Oeverdam"))
    document = ImportedDocument.objects.get()
    assert answer.url == f"{START}{document.pk}/1/"
    assert "saar" not in str(document.found)

    page = words(client.get(answer.url))
    for told in (
        LANTERN.answers["aim"],
        "Geld Ontbreekt",
        "1 stuk dat we niet herkennen",
        "Bijzonderheden Een tuin.",
        "E-mailadres, 1×",
        "Koptekst regel 1 Regio Oeverdam",
        "In het document: “Doelgroep”",
    ):
        assert told in page, told
    assert not PracticeCard.objects.exists()

    given = {"title": "De lantaarn, verbeterd", "described_by": "De Zon", "year": "2025"}
    saved = client.post(answer.url, given | {"piece0": "funding", "save": "yes"})
    assert saved.url == f"{START}{document.pk}/"
    assert "staat nu in de bibliotheek" in words(client.get(saved.url))
    card = PracticeCard.objects.get()
    assert (card.title, card.described_by, card.year) == ("De lantaarn, verbeterd", "De Zon", 2025)
    assert card.elements["funding"] == "Bijzonderheden: Een tuin."
    assert card.elements["partners"] == "Mail […]"
    assert card.owner == cast.nursery
    document.refresh_from_db()
    assert (document.found, document.corrections) == ({}, {})
    assert client.get(f"/practices/cards/{card.slug}/").status_code == 200


def test_a_piece_that_is_left_out_is_not_saved(cast):
    client = cast.client("sanne")
    url = upload(client, documents.as_word([EXTRA])).url
    client.post(url, {"title": EXTRA.title, "piece0": "", "save": "yes"})
    assert "tuin" not in str(PracticeCard.objects.get().elements)


def test_of_several_cards_one_chooses_which_to_save(cast):
    client = cast.client("marit")
    empty = documents.Told("Leeg", "Nergens, 2024", dict.fromkeys(LANTERN.answers, ""))
    url = upload(client, documents.as_pdf([*CARDS, empty]), "kaarten.pdf").url
    document = ImportedDocument.objects.get()
    assert url == f"{START}{document.pk}/"
    page = client.get(url).content.decode()
    assert "We herkennen 4 werkwijzen" in page
    assert re.findall(r'name="cards" value="(\d)" checked', page) == ["0", "1", "2"]
    assert documents.HEADER in page

    nothing = client.post(url, {})
    assert "Vink minstens één kaart aan" in words(nothing)
    assert "Deze kaart kan niet" in words(client.post(url, {"cards": ["3"]}))
    assert not PracticeCard.objects.exists()

    following = client.post(f"{url}1/", {"title": "Een andere titel"})
    assert following.url == f"{url}2/"
    assert client.post(f"{url}4/", {"title": "Leeg"}).url == url
    client.post(url, {"cards": ["0", "2"]})
    assert sorted(PracticeCard.objects.values_list("title", flat=True)) == [
        "De wilgentuin na school",
        "Een andere titel",
    ]


def test_sending_twice_saves_once(cast):
    client = cast.client("carla")
    url = upload(client, documents.as_word([LANTERN, HARBOUR])).url
    once = "6f1f1a52-3d0c-4a7c-9f70-0d1a2b3c4d5e"
    for _ in range(2):
        answer = client.post(url, {"cards": ["0", "1"], "once": once})
        assert answer.status_code in (200, 302)
    assert PracticeCard.objects.count() == 2
    assert "staat nu in de bibliotheek" in words(client.get(url))


def test_a_title_that_is_taken_is_told_before_and_after(cast):
    client = cast.client("carla")
    first = upload(client, documents.as_word([LANTERN])).url
    client.post(first, {"title": LANTERN.title, "save": "yes"})
    url = upload(client, documents.as_word([LANTERN.without("aim")])).url
    assert "Titel is al in gebruik" in words(client.get(url))
    saved = client.post(url, {"title": LANTERN.title, "save": "yes"})
    assert "Er is niets veranderd" in words(client.get(saved.url))
    assert PracticeCard.objects.get().elements == LANTERN.answers


@pytest.mark.parametrize(
    ("data", "name", "told"),
    [
        (b"PK\x03\x04 broken", "a.docx", "beschadigd"),
        (b"%PDF-1.7 broken", "a.pdf", "beschadigd"),
        (b"", "a.txt", "leeg"),
        (b"\x89PNG", "a.png", "Dit is iets anders"),
        (b"melk en brood", "a.txt", "geen van de tien onderdelen"),
        (b"x" * 20_000_001, "a.txt", "groter dan 20 MB"),
    ],
)
def test_a_fault_is_told_and_nothing_is_kept(cast, data, name, told):
    answer = upload(cast.client("carla"), data, name)
    assert answer.status_code == 200
    assert told in words(answer)
    assert not ImportedDocument.objects.exists()


def test_without_a_document_it_asks_for_one(cast):
    assert "Kies eerst een document" in words(cast.client("carla").post(START, {}))


def test_what_was_read_is_for_its_reader_only_and_for_a_day(cast):
    client = cast.client("carla")
    url = upload(client, documents.as_word([LANTERN])).url
    assert "kaarten.docx" in words(client.get(START))
    for other in ("marit", "sanne", "fatima", "anna"):
        assert cast.client(other).get(url).status_code == 404
    assert ImportedDocument.objects.exists()
    cast.go_to(NOW + timedelta(hours=23))
    assert cast.client("carla").get(url).status_code == 200
    assert forget_documents(NOW + timedelta(hours=23)) == 0
    cast.go_to(NOW + timedelta(hours=25))
    assert cast.client("carla").get(url).status_code == 404
    assert forget_documents(NOW + timedelta(hours=25)) == 1
    assert not ImportedDocument.objects.exists()


def test_it_can_be_thrown_away(cast):
    client = cast.client("carla")
    upload(client, documents.as_word([LANTERN]))
    document = ImportedDocument.objects.get()
    assert client.get(f"{START}{document.pk}/forget/").status_code == 405
    assert client.post(f"{START}{document.pk}/forget/").url == START
    assert not ImportedDocument.objects.exists()


def test_a_card_that_is_not_in_the_document_is_not_found(cast):
    client = cast.client("carla")
    url = upload(client, documents.as_word([LANTERN])).url
    for number in ("0", "2", "99"):
        assert client.get(url.replace("/1/", f"/{number}/")).status_code == 404


def test_who_may_not_add_is_told_who_may(cast):
    answer = cast.client("fatima").get(START)
    assert answer.status_code == 403
    assert "zorgcoördinator" in words(answer)
    assert START in cast.client("carla").get("/practices/").content.decode()
    assert START not in cast.client("fatima").get("/practices/").content.decode()


def test_many_cards_cost_as_many_queries_as_one(cast):
    client = cast.client("carla")
    counts = []
    for cards in ([LANTERN, HARBOUR], CARDS * 3):
        url = upload(client, documents.as_word(cards)).url
        for page in (url, f"{url}1/"):
            client.get(page)
            with CaptureQueriesContext(connection) as queries:
                client.get(page)
            counts.append(len(queries))
    assert counts[:2] == counts[2:]
    assert max(counts) <= 12
