"""The same cards, laid out in every way: each answer comes out whole and under its own element."""

import pytest

from alert4you.practices.rules.document.reading import read_document
from alert4you.practices.rules.elements import ELEMENTS
from tests.practices import documents
from tests.practices.documents import CARDS


def check_all(found, cards=CARDS):
    assert [card.title for card in found.cards] == [card.title for card in cards]
    for card, told in zip(found.cards, cards, strict=True):
        answers = {key: " ".join(each.text.split()) for key, each in card.elements.items()}
        assert answers == told.answers
        assert card.missing == tuple(key for key in ELEMENTS if key not in told.answers)
        assert card.unrecognised == ()
    assert found.loose == ()
    assert found.removed == ()


@pytest.mark.parametrize("layout", documents.TEXT_LAYOUTS)
def test_text(layout):
    data = documents.as_text(CARDS, layout)
    if layout == "pipes":
        data = data.replace(b"| Onderdeel | Antwoord |\n|---|---|\n", b"")
    check_all(read_document("cards.txt", data))


@pytest.mark.parametrize("layout", documents.WORD_LAYOUTS)
def test_word(layout):
    check_all(read_document("cards.docx", documents.as_word(CARDS, layout)))


@pytest.mark.parametrize("pages", [False, True])
@pytest.mark.parametrize("justified", [False, True])
@pytest.mark.parametrize("layout", documents.PDF_LAYOUTS)
def test_pdf(layout, justified, pages):
    data = documents.as_pdf(CARDS, layout, justified=justified, pages=pages)
    check_all(read_document("cards.pdf", data))
