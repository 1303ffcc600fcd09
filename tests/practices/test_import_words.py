"""No word of a document is lost: each is in a card, outside the cards, or beside the text."""

import re
from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alert4you.practices.rules.document.found import FoundCard, Recognised
from alert4you.practices.rules.document.reading import read_document
from alert4you.practices.rules.elements import ELEMENTS
from tests.practices import documents
from tests.practices.documents import LABELS, OTHERWISE, Told

WORDS = """kind groep ouder rust spelen tuin samen gemeente doel organisatie plek coach vraag week
    Doel Partners elke dinsdag drie keer per jaar en of met zonder vorm Doelgroep geld half-jaar 12 4
    zorgcoördinator VVE-groep Organisatie: succes plannen, kijken; praten. Waarom? vooruit! (samen)"""
SENTENCES = st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=40).map(" ".join)
ANSWERS = st.lists(SENTENCES, min_size=1, max_size=3)


@st.composite
def cards(draw):
    keys = draw(st.lists(st.sampled_from(list(ELEMENTS)), unique=True, min_size=1))
    labels = draw(st.sampled_from([LABELS, OTHERWISE]))
    extra = draw(st.dictionaries(st.sampled_from(["Bijzonderheden", "Tot slot"]), SENTENCES))
    answers = {key: " ".join(draw(ANSWERS)) for key in keys}
    number = draw(st.integers(1, 99))
    return Told(
        f"Praktijk {number}", "De Zon, 2023", answers | extra, labels | {k: k for k in extra}
    )


def words(text: str) -> Counter[str]:
    """Letters and digits only: hyphens at line ends and signs of lists come and go."""
    return Counter(re.sub(r"[\W_]+", "", text.casefold()))


def told(card: FoundCard) -> str:
    parts = [*card.elements.values(), *card.head.values(), *card.unrecognised, *card.blank]
    return " ".join(f"{part.label} {part.text}" for part in parts)


def everything(found: Recognised) -> str:
    outside = [f"{piece.label} {piece.text}" for piece in found.loose]
    return " ".join([*map(told, found.cards), *outside, *(each.text for each in found.asides)])


def source(told_cards: list[Told]) -> str:
    return " ".join(
        f"{card.title} {card.origin} " + " ".join(f"{a} {b}" for a, b in card.rows())
        for card in told_cards
    )


def check(name: str, data: bytes, told_cards: list[Told], more: str = "") -> None:
    """Every sign that was written is found again; and, for the page, in the original as shown."""
    found = read_document(name, data)
    written = words(f"{source(told_cards)} {more}")
    assert not written - words(everything(found))
    assert not written - words(" ".join(part.text for part in found.original))


QUICK = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
MANY = st.lists(cards(), min_size=1, max_size=3)


@QUICK
@given(MANY, st.sampled_from(documents.TEXT_LAYOUTS))
def test_text(told_cards, layout):
    check("a.txt", documents.as_text(told_cards, layout), told_cards)


@QUICK
@given(MANY, st.sampled_from(documents.WORD_LAYOUTS))
def test_word(told_cards, layout):
    data = documents.as_word(told_cards, layout, header="Praktijken uit de regio")
    check("a.docx", data, told_cards, "Praktijken uit de regio")


@settings(QUICK)
@given(MANY, st.sampled_from(documents.PDF_LAYOUTS), st.booleans())
def test_pdf(told_cards, layout, justified):
    data = documents.as_pdf(told_cards, layout, justified=justified)
    check("a.pdf", data, told_cards, f"{documents.HEADER} Pagina")
