"""How labels vary, where cards begin, and what is done with what nobody recognises."""

import pytest

from alert4you.practices.rules.document import labels
from alert4you.practices.rules.document.reading import read_document
from alert4you.practices.rules.elements import ELEMENTS
from tests.practices.documents import CARDS, as_text

WRITTEN = [
    ("Succesfactoren:", "success_factors"),
    ("SUCCESFACTOREN", "success_factors"),
    ("9) Succes factoren", "success_factors"),
    ("Wat maakt het succesvol?", "success_factors"),
    ("Succesfactoren (wat werkt goed)", "success_factors"),
    ("Knelpunten / oplossingen", "obstacles"),
    ("Knelpunten & oplossingen", "obstacles"),
    ("knelpunten en/of oplossingen", "obstacles"),
    ("10. Knelpunten en oplossingen (vervolg)", "obstacles"),
    ("financering", "funding"),
    ("7. Finaciering", "funding"),
    ("Bekostiging", "funding"),
    ("Who pays?", "funding"),
    ("Doel groep", "target_group"),
    ("De doelgroep", "target_group"),
    ("Target group", "target_group"),
    ("Doel", "aim"),
    ("5 Doel", "aim"),
    ("Doelen", "aim"),
    ("Aim", "aim"),
    ("Zorgfunctie / zorgstructuur", "care_organisation"),
    ("Hoe is de zorg georganiseerd?", "care_organisation"),
    ("How care is organised", "care_organisation"),
    ("Waarom werken we samen?", "why_together"),
    ("Waarom samenwerking", "why_together"),
    ("Samenwerkings-partners", "partners"),
    ("Samenwerkinspartners", "partners"),
    ("Vorm van samenwerking", "form"),
    ("Vorm v. samenwerking", "form"),
    ("Organisatie", "organisation"),
    ("Organisation", "organisation"),
    ("Contactpersoon", "contact"),
    ("Invalshoek", "angle"),
    # not labels
    ("Doel is dat ieder kind zijn plek houdt", None),
    ("Doelpunten", None),
    ("Het doel van deze middag was spelen in de tuin", None),
    ("Organisaties die meedoen", None),
    ("Samenwerking", None),
    ("Bijzonderheden", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "key"), WRITTEN)
def test_a_label_is_known_however_it_is_written(text, key):
    label = labels.whole(text)
    assert (label.key if label else None) == key


def test_a_misspelled_label_is_marked_to_be_checked():
    assert labels.whole("Financiering").sure
    assert not labels.whole("financering").sure


def test_every_element_has_wordings_and_no_wording_two_elements():
    assert set(ELEMENTS) == set(labels.ELEMENT_KEYS)
    told = [labels.letters(each) for words in labels.WORDINGS.values() for each in words.split(";")]
    assert len(told) == len(set(told))


def only(text: str, name: str = "a.txt"):
    found = read_document(name, text.encode())
    return found, found.cards[0]


def test_a_sentence_that_begins_with_a_label_is_no_label():
    _, card = only(
        "Kaart\n\nWaarom samenwerken\nDoel van ons werk is rust.\nDoel is ook plezier\n\nDoel\nSpelen.\n"
    )
    assert card.elements["aim"].text == "Spelen."
    assert "Doel is ook plezier" in card.elements["why_together"].text


def test_the_last_word_of_a_full_line_is_no_label():
    line = "We zoeken voor ieder kind een goede plek en dat doen wij samen met de\norganisatie\n"
    _, card = only(f"Kaart\n\nDoelgroep\n{line}\nDoel\nSpelen.\n")
    assert "organisation" not in card.elements
    assert card.elements["target_group"].text == line.replace("\n", " ").strip()


def test_an_item_of_a_list_is_no_label():
    _, card = only("Kaart\n\nPartners:\n- gemeente\n- organisatie\n- ouders\n\nDoel:\nSpelen\n")
    assert card.elements["partners"].text == "- gemeente\n- organisatie\n- ouders"


def test_organisation_in_the_head_is_who_and_further_on_how():
    _, card = only(
        "Titel: Kaart\nOrganisatie: De Zon\nJaar: 2021\nPlaats: Oeverdam\nInvalshoek: 2\n\n"
        "Doel: Spelen\nFinanciering: Zelf\nOrganisatie: De coach plant.\nSuccesfactoren: Rust\n"
    )
    assert (card.title, card.described_by, card.year, card.region, card.angle) == (
        *("Kaart", "De Zon", 2021),
        *("Oeverdam", 2),
    )
    assert card.elements["organisation"].text == "De coach plant."


def test_english_labels():
    _, card = only("A card\n\nAim: play\nTarget group: toddlers\nWho pays? The town\n")
    assert {key: each.text for key, each in card.elements.items()} == {
        "aim": "play",
        "target_group": "toddlers",
        "funding": "The town",
    }


def test_an_unknown_label_that_looks_like_the_others_is_a_piece_of_its_own():
    inline = "Kaart\n\nDoel: Spelen\nBijzonderheden: Er is een tuin.\nDoelgroep: Peuters\n"
    headed = "# Kaart\n\n## Doel\nSpelen\n\n## Bijzonderheden\nEr is een tuin.\n\n## Doelgroep\nPeuters\n"
    table = "# Kaart\n\n| Doel | Spelen |\n| Bijzonderheden | Er is een tuin. |\n| Doelgroep | Peuters |\n"
    for text in (inline, headed, table):
        _, card = only(text)
        (piece,) = card.unrecognised
        assert (piece.label.rstrip(":"), piece.text) == ("Bijzonderheden", "Er is een tuin.")
        assert card.elements["aim"].text == "Spelen"


def test_obstacles_and_solutions_under_two_labels_are_one_element():
    found, card = only("Kaart\n\nDoel: Rust\nKnelpunten: Geen tijd.\nOplossingen: Een rooster.\n")
    assert len(found.cards) == 1
    assert card.elements["obstacles"].text == "Geen tijd.\nEen rooster."


def test_a_label_that_comes_again_without_a_title_begins_a_new_card():
    found, _ = only("Doel: een\nDoelgroep: een\n\nDoel: twee\nDoelgroep: twee\n")
    assert [card.elements["aim"].text for card in found.cards] == ["een", "twee"]


def test_the_first_label_of_a_card_begins_the_next_even_when_others_follow():
    found, _ = only("Doel: een\nDoelgroep: een\n\nDoel: twee\nVorm: twee\n")
    assert [sorted(card.elements) for card in found.cards] == [
        ["aim", "target_group"],
        ["aim", "form"],
    ]


def test_the_same_label_twice_in_one_card_is_put_together_and_marked():
    found, card = only(
        "Kaart\n\nDoel: een\nDoelgroep: peuters\nPartners: a\nDoelgroep: ook kleuters\nVorm: b\n"
    )
    assert len(found.cards) == 1
    assert card.elements["target_group"].text == "peuters\nook kleuters"


def test_what_stands_before_the_first_card_and_after_the_last_is_outside():
    text = (
        "# Visie op zorg\n\nEen inleiding over kinderen.\n\n# Praktijken\n\n"
        + as_text(CARDS, "headings").decode().replace("# ", "## ").replace("###", "###")
        + "\n\n# Bijlage\n\nEen lijst met boeken.\n"
    )
    found = read_document("a.md", text.encode())
    assert [card.title for card in found.cards] == [card.title for card in CARDS]
    assert [piece.text for piece in found.loose] == [
        "Visie op zorg",
        "Een inleiding over kinderen.",
        "Praktijken",
        "Bijlage",
        "Een lijst met boeken.",
    ]


def test_a_table_with_a_column_for_each_card():
    text = "| | De tuin | De kas |\n|---|---|---|\n| Doel | rust | groei |\n| Vorm | a | b |\n"
    found = read_document("a.md", text.encode())
    assert [(card.title, card.elements["aim"].text) for card in found.cards] == [
        ("De tuin", "rust"),
        ("De kas", "groei"),
    ]


def test_a_table_with_the_labels_on_top():
    text = "Praktijk\tDoel\tDoelgroep\tFinanciering\nDe tuin\trust\tpeuters\tzelf\nDe kas\tgroei\tbaby\t\n"
    found = read_document("a.txt", text.encode())
    assert [(card.title, card.missing.count("funding")) for card in found.cards] == [
        ("De tuin", 0),
        ("De kas", 1),
    ]


def test_where_it_stands_is_told():
    _, card = only("Kaart\n\nDoel: een\n\nDoelgroep: twee\n")
    assert card.elements["target_group"].where.line == 5


def test_an_answer_with_a_table_of_its_own_keeps_it():
    _, card = only(
        "# Kaart\n\n## Financiering\n\n| Post | Bedrag |\n|---|---|\n| Huur | 10 |\n\n## Doel\n\nRust\n"
    )
    assert card.elements["funding"].text == "Post Bedrag\nHuur 10"
