"""Contact data is taken out wherever it stands, and only contact data."""

import docx
import pytest

from alert4you.practices.rules.document.contacts import TAKEN_OUT, without_contacts
from alert4you.practices.rules.document.found import plain
from alert4you.practices.rules.document.reading import read_document
from alert4you.practices.rules.document.rows import BREAK
from tests.practices import documents
from tests.practices.documents import LANTERN

ADDRESSES = [
    "s.jansen@voorbeeld.nl",
    "saar-jansen+zorg@post.voorbeeld.co.uk",
    "mailto:saar@voorbeeld.nl",
    f"s.jansen@{BREAK}voorbeeld.nl",
    f"s.jansen{BREAK}@voorbeeld.nl",
    f"s.{BREAK}jansen@voorbeeld.nl",
    f"s.jansen@voor-{BREAK}beeld.nl",
    f"s.jansen@voor{BREAK}beeld.nl",
    f"s.jansen@voorbeeld.{BREAK}nl",
    f"s.jansen@voorbeeld{BREAK}.nl",
    "s.jansen (at) voorbeeld.nl",
    "s.jansen [at] voorbeeld.nl",
]
NUMBERS = [
    "06-12345678",
    "0612345678",
    "06 12 34 56 78",
    "06.12.34.56.78",
    "06 - 123 45 678",
    "+31 6 12345678",
    "+31 (0)6 12 34 56 78",
    "+31612345678",
    "0031 6 12345678",
    "(0343) 51 23 45",
    "0343-512345",
    "0343 - 51 23 45",
    "(030) 123 45 67",
    "030-1234567",
    "030 – 123 45 67",
    "0900-1234",
    "0800 12 34",
    f"06-1234{BREAK}5678",
    f"06-{BREAK}12345678",
    f"(0343){BREAK}51 23 45",
    "tel:0612345678",
]
OTHERS = [
    "2022-2023",
    "in 2022 en 2023",
    "LRK 123456789",
    "LRK-nummer 214000123",
    "3512 AB Utrecht",
    "€ 12.500,00",
    "€ 0612345678",
    "van 06-01-2023 tot 06-02-2023",
    "01-02-2023 10:30",
    "06-02-2023 10 uur 30",
    "10 van de 16 kinderen, 2 keer per week, 3 maanden",
    "0-4 jaar en 4-12 jaar",
    "van 2;6 tot 4;9 jaar",
    "www.voorbeeld.nl",
    "KvK 12345678",
    "NL91 ABNA 0417 1643 00",
    "1,13 fte",
    "@voorbeeld op sociale media",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_addresses(address):
    text, kinds = without_contacts(f"Mail {address} of vraag het.")
    assert (text, kinds) == (f"Mail {TAKEN_OUT} of vraag het.", ["email"])


@pytest.mark.parametrize("number", NUMBERS)
def test_numbers(number):
    text, kinds = without_contacts(f"Bel {number}, of kom langs.")
    assert (text, kinds) == (f"Bel {TAKEN_OUT}, of kom langs.", ["phone"])


@pytest.mark.parametrize("other", OTHERS)
def test_what_only_looks_like_it(other):
    assert without_contacts(f"Zie {other}, en verder.") == (f"Zie {other}, en verder.", [])


def test_a_number_is_known_by_the_word_before_it():
    text, kinds = without_contacts("Tel. 51 23 45")
    assert (text, kinds) == (f"Tel. {TAKEN_OUT}", ["phone"])


def test_an_address_at_the_end_of_a_line_takes_no_word_with_it():
    text, _ = without_contacts(f"Mail jansen@voorbeeld.nl{BREAK}Verder gaat het goed.")
    assert text == f"Mail {TAKEN_OUT}{BREAK}Verder gaat het goed."


WITH = documents.Told(
    LANTERN.title,
    LANTERN.origin,
    LANTERN.answers
    | {
        "partners": "Het wijkteam: mail naar saar.jansen@wijkteam-oeverdam.nl of bel 06-12 34 56 78.",
        "obstacles": "Weinig tijd. Vraag het (0343) 51 23 45.",
    },
)
SECRETS = ("saar", "wijkteam-oeverdam", "12 34 56", "51 23 45", "jansen")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        *(
            (f"{layout}.txt", documents.as_text([WITH], layout))
            for layout in documents.TEXT_LAYOUTS
        ),
        *(
            (f"{layout}.docx", documents.as_word([WITH], layout))
            for layout in documents.WORD_LAYOUTS
        ),
        *((f"{layout}.pdf", documents.as_pdf([WITH], layout)) for layout in documents.PDF_LAYOUTS),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_nothing_of_it_is_left_in_any_layout(name, data):
    found = read_document(name, data)
    told = str(plain(found)).lower()
    assert [secret for secret in SECRETS if secret in told] == []
    assert sorted(each.kind for each in found.removed) == ["email", "phone", "phone"]
    (card,) = found.cards
    words = " ".join(card.elements["partners"].text.split())
    assert words == f"Het wijkteam: mail naar {TAKEN_OUT} of bel {TAKEN_OUT}."


def test_the_contact_person_is_left_out_as_a_whole():
    text = documents.as_text([LANTERN]).decode() + "Contact: Saar Jansen,\nlocatie De Brug\n"
    found = read_document("a.txt", text.encode())
    assert "Jansen" not in str(plain(found))
    assert "De Brug" not in str(plain(found))
    assert [each.kind for each in found.removed] == ["contact"]


def test_contact_data_outside_the_cards_and_in_headers_goes_too():
    text = (
        "Vragen? Mail saar@voorbeeld.nl\n\nEen inleiding.\n\n"
        + documents.as_text([LANTERN]).decode()
    )
    found = read_document("a.txt", text.encode())
    assert "saar" not in str(plain(found))
    data = documents.as_word([LANTERN], header="Bel 06-12345678")
    found = read_document("a.docx", data)
    assert "1234" not in str(plain(found))
    assert [each.kind for each in found.removed] == ["phone"]


def test_the_target_of_a_link_is_reported_and_not_kept():
    document = docx.Document()
    document.add_heading("Kaart", 1)
    document.add_paragraph("Doel: rust")
    document.part.relate_to(
        "mailto:saar@voorbeeld.nl",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
        is_external=True,
    )
    found = read_document("a.docx", documents.saved(document))
    assert [each.kind for each in found.removed] == ["email"]
    assert "saar" not in str(plain(found))
