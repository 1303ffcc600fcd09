"""What a page has and a text has not: headers, page numbers, answers that run over; and many pages."""

from collections import Counter
from dataclasses import replace

import pytest

from alert4you.practices.rules.document import labels, pages
from alert4you.practices.rules.document.reading import read_document
from tests.practices import documents
from tests.practices.documents import CARDS, HARBOUR, LANTERN


def long(card, times):
    return replace(
        card, answers={key: " ".join([told] * times) for key, told in card.answers.items()}
    )


def flat(card):
    return {key: " ".join(told.text.split()) for key, told in card.elements.items()}


@pytest.mark.parametrize("layout", documents.PDF_LAYOUTS)
def test_answers_run_over_pages_and_headers_stay_out(layout):
    cards = [long(LANTERN, 9), long(HARBOUR, 7)]
    found = read_document("a.pdf", documents.as_pdf(cards, layout))
    assert [flat(card) for card in found.cards] == [card.answers for card in cards]
    kinds = Counter(each.label for each in found.asides)
    assert kinds["header"] == kinds["page number"] > 4
    assert {each.text for each in found.asides if each.label == "header"} == {documents.HEADER}
    assert found.loose == ()


def test_page_numbers_and_headers_in_a_text():
    pages = documents.as_text([long(LANTERN, 3)], "own").decode().split("\n")
    half = len(pages) // 2 - 1
    text = "\n".join(
        ["Regio Oeverdam", *pages[:half], "", "Pagina 1 van 2", "Regio Oeverdam", "", *pages[half:]]
    )
    found = read_document("a.txt", f"{text}\nPagina 2 van 2\n".encode())
    assert flat(found.cards[0]) == long(LANTERN, 3).answers
    assert Counter(each.label for each in found.asides) == {"header": 2, "page number": 2}


def test_a_form_feed_is_a_new_page():
    text = documents.as_text([LANTERN]).decode().replace("Doelgroep:", "\fDoelgroep:")
    found = read_document("a.txt", text.encode())
    assert flat(found.cards[0]) == LANTERN.answers
    assert found.cards[0].elements["target_group"].where.page == 2


def test_a_label_at_the_top_of_every_page_is_no_header():
    cards = [long(card, 4) for card in CARDS]
    source = "#pagebreak()\n".join(
        f"= {card.title}\n== Doel\n{card.answers['aim']}\n== Vorm\n{card.answers['form']}\n"
        for card in cards
    )
    found = read_document("a.pdf", documents.compiled(source))
    assert [len(card.elements) for card in found.cards] == [2, 2, 2]


def test_a_pdf_without_lines_around_its_cells_keeps_columns_apart():
    data = documents.as_pdf([long(LANTERN, 2)], "bare", justified=True)
    assert flat(read_document("a.pdf", data).cards[0]) == long(LANTERN, 2).answers


def test_lines_above_and_below_a_whole_table_do_not_make_it_one_cell():
    rows = ", ".join(f"[{label}], [{answer}]" for label, answer in LANTERN.rows())
    source = f"= {LANTERN.title}\n#line(length: 100%)\n"
    source += f"#table(columns: (2fr, 3fr), stroke: none, {rows})\n#line(length: 100%)\nEinde."
    found = read_document("a.pdf", documents.compiled(source))
    told = flat(found.cards[0])
    assert told.pop("obstacles").startswith(LANTERN.answers["obstacles"])
    assert told == LANTERN.without("obstacles").answers


def test_two_texts_in_other_encodings():
    text = documents.as_text([LANTERN]).decode()
    for encoding in ("utf-8-sig", "utf-16", "cp1252"):
        found = read_document("a.txt", text.encode(encoding))
        assert flat(found.cards[0]) == LANTERN.answers


def test_three_hundred_pages_take_as_much_work_per_page_as_thirty(monkeypatch):
    """Work is counted, not timed: what is asked of the labels grows with the document and not faster."""
    asked = Counter()
    known_as = labels._known_as
    monkeypatch.setattr(labels, "_known_as", lambda text: asked.update(n=1) or known_as(text))
    per_page = {}
    for times in (10, 100):
        labels._whole.cache_clear()
        asked.clear()
        cards = [
            replace(long(card, 6), title=f"{card.title} {number}")
            for number in range(times)
            for card in CARDS
        ]
        found = read_document("a.pdf", documents.as_pdf(cards, "table", pages=True))
        assert len(found.cards) == times * 3
        assert all(not card.missing for card in found.cards)
        pages = max(part.where.page for part in found.original)
        per_page[times] = asked["n"] / pages
    assert pages >= 300
    assert per_page[100] <= per_page[10] * 1.2


def test_pages_of_a_pdf_are_read_one_by_one(monkeypatch):
    opened = []
    read = pages._page

    def watched(document, number):
        opened.append(number)
        return read(document, number)

    monkeypatch.setattr(pages, "_page", watched)
    list(pages.read_pages(documents.as_pdf(CARDS, "inline", pages=True)))
    assert opened == sorted(set(opened)) != []
