"""What goes wrong with documents: a clear message, nothing saved, and no bomb goes off."""

import json
import zipfile
from io import BytesIO
from time import process_time

import docx
import pypdf
import pytest

from alert4you.practices.rules.document import package, pages, reading
from alert4you.practices.rules.document.reading import read_document
from alert4you.practices.rules.document.rows import Unusable
from tests.practices import documents
from tests.practices.documents import CARDS, LANTERN

WORD, PDF = documents.as_word(CARDS), documents.as_pdf(CARDS)


def locked_pdf() -> bytes:
    writer = pypdf.PdfWriter(clone_from=BytesIO(PDF))
    writer.encrypt("geheim", algorithm="RC4-128")
    into = BytesIO()
    writer.write(into)
    return into.getvalue()


def scan() -> bytes:
    drawn = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>'
    )
    return documents.compiled(f'#image(bytes({json.dumps(drawn)}), alt: "x")')


def bomb() -> bytes:
    return documents.with_part(WORD, "word/document.xml", b"<w:p>" + b" " * 30_000_000)


def with_entity(kind: str) -> bytes:
    xml = documents.part(WORD, "word/document.xml")
    head, _, rest = xml.partition(b"?>")
    entity = f"<!DOCTYPE x [<!ENTITY e {kind}>]>".encode()
    rest = rest.replace(b"Twee vaste", b"&e;", 1)
    return documents.with_part(WORD, "word/document.xml", head + b"?>" + entity + rest)


def with_entity_unseen(code: str, before: str) -> bytes:
    """Where the first bytes do not show it."""
    xml = documents.part(WORD, "word/document.xml").decode().partition("?>")[2]
    head = f'<?xml version="1.0" encoding="{code}"?>{before}<!DOCTYPE x [<!ENTITY e "boom">]>'
    return documents.with_part(WORD, "word/document.xml", (head + xml).encode(code))


def without_text() -> bytes:
    into = BytesIO()
    with zipfile.ZipFile(into, "w") as file:
        file.writestr("word/document.xml", "<broken")
    return into.getvalue()


FAULTS = {
    "nothing": ("a.txt", b"", "empty"),
    "white": ("a.txt", b" \n\n ", "empty"),
    "other kind": ("a.png", b"\x89PNG....", "none of them"),
    "no name": ("", b"Doel: spelen", "none of them"),
    "binary text": ("a.txt", b"a\0b\0c", "not a text"),
    "no elements": ("a.txt", b"Boodschappen: brood en melk", "none of the ten elements"),
    "old word": ("a.doc", b"\xd0\xcf\x11\xe0" + b"x" * 600, "old kind"),
    "locked word": (
        "a.docx",
        b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"),
        "locked with a password",
    ),
    "cut word": ("a.docx", WORD[: len(WORD) // 2], "damaged"),
    "word in name only": ("a.docx", b"not a zip at all", "damaged"),
    "zip": ("a.docx", without_text(), "damaged"),
    "bomb": ("a.docx", bomb(), "far larger inside"),
    "entity": ("a.docx", with_entity('"boom"'), "damaged"),
    "outside entity": ("a.docx", with_entity('SYSTEM "file:///etc/passwd"'), "damaged"),
    "late entity": ("a.docx", with_entity_unseen("utf-8", f"<!--{'x' * 2_100}-->"), "damaged"),
    "wide entity": ("a.docx", with_entity_unseen("utf-16", ""), "damaged"),
    "cut pdf": ("a.pdf", PDF[:300], "damaged"),
    "pdf in name only": ("a.pdf", b"not a pdf", "damaged"),
    "locked pdf": ("a.pdf", locked_pdf(), "locked with a password"),
    "scan": ("a.pdf", scan(), "only pictures"),
    "many lines": ("a.txt", b"a\n" * 100_001, "more text than we can read"),
    "much text": ("a.txt", b"a " * 2_500_001, "more text than we can read"),
    "too large": ("a.txt", b"x" * 20_000_001, "larger than 20 MB"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_in_plain_words(fault):
    name, data, words = FAULTS[fault]
    with pytest.raises(Unusable) as said:
        read_document(name, data)
    assert words in str(said.value)


def test_a_pdf_with_too_many_pages_is_refused(monkeypatch):
    monkeypatch.setattr(pages, "MOST_PAGES", 1)
    with pytest.raises(pages.Fault, match="pages"):
        list(pages.read_pages(PDF))


def test_the_limits_hold_for_the_largest_document_one_may_send():
    assert reading.MOST_BYTES == 20_000_000
    assert package.MOST_UNPACKED == 25_000_000


def test_the_kind_is_told_by_the_content_not_by_the_name():
    for data in (WORD, PDF):
        assert len(read_document("document.txt", data).cards) == 3


def test_a_word_file_with_an_outside_picture_is_read_without_fetching_it():
    relations = documents.part(WORD, "word/_rels/document.xml.rels")
    outside = (
        b'<Relationship Id="rId99" Target="http://nowhere.invalid/x.png" TargetMode="External" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"/>'
        b"</Relationships>"
    )
    changed = relations.replace(b"</Relationships>", outside)
    data = documents.with_part(WORD, "word/_rels/document.xml.rels", changed)
    assert len(read_document("a.docx", data).cards) == 3


def test_a_missing_label_leaves_one_element_missing_and_no_word_lost():
    document = docx.Document(BytesIO(documents.as_word([LANTERN])))
    row = document.tables[0].rows[6]
    assert row.cells[0].text == "Financiering"
    row.cells[0].text = ""
    (card,) = read_document("a.docx", documents.saved(document)).cards
    assert card.missing == ("funding",)
    assert LANTERN.answers["funding"] in card.elements["target_group"].text


def test_an_empty_card_is_told_and_not_worth_saving():
    empty = documents.Told("Leeg", "Nergens, 2024", dict.fromkeys(LANTERN.answers, ""))
    for name, data in (
        ("a.txt", documents.as_text([LANTERN, empty], "headings")),
        ("a.docx", documents.as_word([LANTERN, empty])),
        ("a.pdf", documents.as_pdf([LANTERN, empty])),
    ):
        full, card = read_document(name, data).cards
        assert not full.empty
        assert (card.title, card.empty, len(card.missing)) == ("Leeg", True, 10)


HOSTILE = {
    "one word": "a" * 300_000,
    "dots": "a." * 150_000 + "@",
    "at signs": "@" * 300_000,
    "digits": "0 " * 150_000,
    "spaces": "x" + " " * 300_000 + "x",
    "columns": "a  b  " * 50_000,
    "pipes": "| a " * 80_000,
    "lines": "a\n" * 90_000,
    "pages": "a\f" * 40_000,
    "labels": "Knelpunten: x\nOplossingen: y\n" * 10_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_text_that_is_made_to_keep_us_busy_does_not(text):
    """No pattern looks at the same sign again and again: far below what the square would take."""
    started = process_time()
    assert len(read_document("a.txt", f"Kaart\n\nDoel: x\n{text}".encode()).cards) == 1
    assert process_time() - started < 20
