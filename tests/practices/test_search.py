"""Searching in Dutch: what people type, and which card comes first."""

import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from alert4you.practices.queries.library import described_cards, library
from alert4you.practices.rules import dutch, tags
from alert4you.practices.rules.finding import Listed, Shelf, hit, of_template
from alert4you.practices.rules.language import Words
from alert4you.practices.rules.search import Field, Index
from alert4you.practices.rules.snippets import marked, snippet

TEMPLATES = {each.slug: each for each in library()}


def listed(told) -> Listed:
    template = TEMPLATES.get(told.practice)
    return Listed(
        slug=told.slug,
        practice=told.practice,
        title=template.title if template else Words(told.title, told.title),
        summary=template.summary if template else Words("", ""),
        source=told.source,
        described_by=told.described_by,
        region=told.region,
        elements=told.elements,
        tags=told.tags,
    )


SHELF = Shelf.of([listed(each) for each in described_cards()])


def found(typed: str) -> list[str]:
    return [each.slug for each in SHELF.found(SHELF.index.understood(typed))]


# what is typed, and the card that comes first
FIRST = [
    ("samsam", "samsam"),
    ("zorgteam", "kober-zorgteam"),
    ("lange wachtlijst", "kober-zorgteam"),
    ("wachttijden", "kober-zorgteam"),
    ("ouders willen niet", "parents-need-time"),
    ("ouders die niet willen", "parents-need-time"),
    ("de moeder wil geen jeugdteam", "domino"),
    ("wie heeft de regie?", "coach-supports-outside-lead"),
    ("geen geld", "bso-extra-unik"),
    ("hoe vertel ik het aan ouders, spannend gesprek", "parent-talk"),
    ("pictogrammen van school", "work-floor-with-school"),
    ("uitzoeken wat het kind nodig heeft, niet duidelijk", "domino"),
    ("naschoolse opvang voor alle kinderen", "bso-for-all-children"),
    ("medisch kinderdagverblijf eerder terug", "lindenhout-variant-1"),
    ("logopedist", "auris"),
    ("groeidocument invullen", "growth-document"),
    ("agressieve ouder", "take-over-agreement"),
    ("eigen collega's", "ko-morgen"),
    ("dagbehandeling", "day-treatment-to-bso"),
    ("Den Haag", "peuterleerplek-plus"),
    ("0-4 jaar", "komeetoverleg"),
]


@pytest.mark.parametrize(("typed", "first"), FIRST)
def test_the_card_that_comes_first(typed, first):
    assert found(typed)[0] == first


# other words for the same, and how they are written
ALIKE = [
    ("kind", "kinderen"),
    ("wachtlijst", "wachtlijsten"),
    ("pm'er", "pm’er"),
    ("pm'er", "pmer"),
    ("zorgcoördinator", "zorgcoordinator"),
    ("ZORGTEAM", "zorgteam"),
    ("bso", "BSO"),
    ("pictogramen", "pictogrammen"),
    ("baby's", "baby"),
    ("observeren", "observeert"),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_it_does_not_matter_how_a_word_is_written(one, other):
    assert found(one) == found(other) != []


# what is typed, and a card that has only another word for it
SYNONYMS = [
    ("leidster", "samsam"),
    ("juf", "parent-talk"),
    ("consultatiebureau", "kober-jgz-talks"),
    ("ggd", "jggv-talks"),
    ("naschoolse opvang", "landing-room"),
    ("medisch kinderdagverblijf", "lindenhout-variant-2"),
    ("oudergesprek", "bso-plus-holiday"),
    ("mdo", "komeetoverleg"),
    ("peuter", "kleine-kapitein"),
    ("jeugdzorg", "structural-coaching"),
    ("psychiater", "coach-supports-outside-lead"),
    ("taxi", "integral-bso"),
]


@pytest.mark.parametrize(("typed", "card"), SYNONYMS)
def test_a_word_finds_what_means_the_same(typed, card):
    assert card in found(typed)


# what is typed with a slip of the finger, and the word it is read as
SLIPS = [
    ("wachtlijts", "wachtlijst"),
    ("wahctlijst", "wachtlijst"),
    ("fromulieren", "formulier"),
    ("logopdie", "logopedie"),
    ("gedl", "geld"),
    ("regei", "regie"),
    ("oudergesperk", "oudergesprek"),
    ("groeidocumnet", "groeidocument"),
    ("jeugdhullp", "jeugdhulp"),
    ("obsevatie", "observatie"),
]


@pytest.mark.parametrize(("typed", "meant"), SLIPS)
def test_a_slip_is_read_as_the_nearest_word(typed, meant):
    assert dict(SHELF.index.understood(typed).meant) == {typed: meant}
    assert found(typed) == found(meant) != []


RIGHT = """\
huilen slapen eten vader moeder autisme adhd zindelijk scheiding verhuizen fiets schaap tafel boek
luier melk doof blind trauma hechting pleegkind pleegzorg armoede dyslexie epilepsie handicap allergie
bijten slaan schoppen schelden weglopen angst verdriet boos rouw ziek zus broer opa oma buurman hond
poes voeding gym muziek tekenen computer telefoon vrijdag vakantie zomer nacht geld regel groep kind
"""


@pytest.mark.parametrize("word", RIGHT.split())
def test_a_word_that_is_right_is_never_turned_into_another(word):
    assert not SHELF.index.understood(word).meant


def test_no_word_of_any_card_is_taken_for_a_slip():
    for each in SHELF.listed:
        for text in (*each.elements.values(), each.title.nl, each.summary.nl):
            assert not SHELF.index.understood(text).meant


@pytest.mark.parametrize("typed", ["", "   ", "?!", "de het een", "qwxzy", "<script>", "%' --"])
def test_what_says_nothing_finds_nothing(typed):
    assert found(typed) == []


def index(*texts: str) -> Index:
    return Index([[Field(text, 1.0)] for text in texts], [()] * len(texts))


def test_all_words_count_and_a_rare_word_more():
    some = index("rode fiets", "rode auto", "rode fiets met bel")
    assert some.search(some.understood("rode fiets met een bel")) == [2, 0]
    assert some.search(some.understood("rode auto")) == [1]
    assert some.search(some.understood("groene auto")) == [1]


def test_a_title_counts_more_than_an_obstacle_and_that_more_than_the_rest():
    def practice(slug, title="Iets", **elements):
        nothing = Words("", "")
        return Listed(slug, "", Words(title, title), nothing, "", elements=elements)

    shelf = Shelf.of(
        [
            practice("elsewhere", aim="Pictogrammen"),
            practice("obstacle", obstacles="Pictogrammen"),
            practice("title", title="Pictogrammen"),
        ]
    )
    query = shelf.index.understood("pictogrammen")
    assert [each.slug for each in shelf.found(query)] == ["title", "obstacle", "elsewhere"]


def test_part_of_a_word_finds_the_whole_word_a_little_lower():
    some = index("een speelgroep", "spelen in de speel", "niets")
    assert some.search(some.understood("speel")) == [1, 0]


def test_why_a_card_was_found_is_marked():
    query = SHELF.index.understood("wachtlijts")
    why = hit(SHELF.found(query)[0], query).snippet
    assert why.element == "obstacles"
    assert [each.text for each in why.parts if each.found] == ["wachtlijsten", "wacht"]
    assert "".join(each.text for each in why.parts).startswith("De wachtlijsten zijn lang.")


def test_marking_keeps_every_letter_of_the_text():
    text = "Het gesprek met de ouders <b>van</b> Kees & Co: ouders!"
    parts = marked(text, {"ouder", "gesprek ouder"})
    assert "".join(each.text for each in parts) == text
    assert [each.text for each in parts if each.found] == ["gesprek met de ouders", "ouders"]


def test_a_long_text_is_cut_around_the_word():
    text = " ".join(["woord"] * 200) + " wachtlijst " + " ".join(["woord"] * 200)
    why = snippet({"aim": text}, {"wachtlijst"})
    shown = "".join(each.text for each in why.parts)
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) < 250


def test_a_search_among_two_thousand_cards_takes_no_time():
    many = [each for __ in range(52) for each in SHELF.listed]
    shelf = Shelf.of(many)
    typed = ["lange wachtlijst bij de gemeente", "ouders willen niet", "oudergesperk pmer kind"]
    for each in typed:
        shelf.found(shelf.index.understood(each))
    began = time.perf_counter()
    for each in typed:
        shelf.found(shelf.index.understood(each))
    assert (time.perf_counter() - began) / len(typed) < 0.05  # 0.02 on an idle machine


# --- tags


def test_every_value_has_words_and_its_own_key():
    for facet in tags.facets():
        keys = [each.key for each in facet.values]
        assert len(keys) == len(set(keys))
        assert all(each.words and each.title.nl and each.title.en for each in facet.values)


# a piece of a card, and what it points to
POINTS_TO = [
    ({"obstacles": "Er is geen geld voor de extra uren."}, "obstacle", ["money"]),
    ({"obstacles": "De wachtlijsten zijn lang."}, "obstacle", ["waiting"]),
    ({"obstacles": "Sommige ouders willen dit niet."}, "obstacle", ["parents_unsure"]),
    ({"obstacles": "Het is niet altijd duidelijk wie de regie heeft."}, "obstacle", ["lead"]),
    ({"obstacles": "Alles ging goed."}, "obstacle", None),
    ({"partners": "GGD, wijkteam en het samenwerkingsverband"}, "partner", None),
    ({"funding": "Subsidie van de gemeente"}, "funding", ["municipality", "subsidy"]),
    ({"target_group": "Peuters met een VVE-indicatie"}, "age", ["from_2"]),
    ({"form": "Casussen bespreken in een MDO"}, "form", ["meeting"]),
    ({"organisation": "Drie locaties in Zwolle"}, "region", ["overijssel"]),
    ({"aim": "Geen geld"}, "obstacle", None),
]


@pytest.mark.parametrize(("elements", "facet", "values"), POINTS_TO)
def test_tags_are_suggested_by_the_words_of_a_card(elements, facet, values):
    if facet == "partner":
        values = ["jgz", "neighbourhood_team", "school_partnership"]
    assert tags.suggested(elements).get(facet) == values


def test_unknown_tags_are_left_out():
    assert tags.known({"obstacle": ["money", "moon"], "colour": ["red"]}) == {"obstacle": ["money"]}


def test_a_template_tells_who_pays_and_how_old():
    assert of_template(TEMPLATES["kleine-kapitein"]).tags == {
        "funding": ["education_disadvantage"],
        "age": ["from_0", "from_2"],
        "about": ["child"],
    }
    assert tags.of_template(TEMPLATES["spring-care-coordination"])["age"] == [
        "before_birth",
        "from_0",
        "from_2",
        "from_4",
    ]


def test_stems():
    pairs = ["school scholen", "gezin gezinnen", "overleg overleggen", "druk drukke", "baby baby's"]
    for pair in pairs:
        one, other = pair.split()
        assert dutch.stem(one) == dutch.stem(other), pair


def test_a_stem_is_that_of_its_own_word_whoever_else_searches() -> None:
    ends = ("en", "s", "jes", "ing", "lijst", "lijsten")
    known = [f"{start}{end}" for start in ("wacht", "plaats", "groep", "speel") for end in ends]

    def stems(_reader: int) -> list[str]:
        return [dutch.stem.__wrapped__(word) for word in known]

    alone, often = stems(0), sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as readers:
            assert all(told == alone for told in readers.map(stems, range(40)))
    finally:
        sys.setswitchinterval(often)
