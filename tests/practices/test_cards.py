"""The cards that come with the product: their own facts, and the pages on which they are found."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alert4you.kernel.decision import Denied
from alert4you.organisations.models import Actor
from alert4you.organisations.queries import system_actor
from alert4you.practices.commands.cards import load_cards
from alert4you.practices.commands.publishing import load_library, publish_practice
from alert4you.practices.models import PracticeCard
from alert4you.practices.queries import cards as queries
from alert4you.practices.queries.library import CARDS, LIBRARY, described_cards, library
from alert4you.practices.rules import finding, tags
from alert4you.practices.rules.describing import described
from alert4you.practices.rules.numbers import numbers
from alert4you.practices.rules.reading import Misread
from tests.cast import NOW

DESCRIBED = {each.slug: each for each in described_cards()}
TEMPLATES = {each.slug: each for each in library()}
every_card = pytest.mark.parametrize("card", DESCRIBED.values(), ids=lambda each: each.slug)

# numbers of a row that its template does not hold: years in the text, ages of a story, a cluster
ALSO = {
    "kober-zorgteam": {"2023"},
    "integral-bso": {"4"},
    "bso-plus-holiday": {"4"},
    "coach-supports-outside-lead": {"3"},
    "day-treatment-to-bso": {"3", "10"},
}
IN_WORDS = "twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien|helft|half"


def test_each_template_has_one_card_and_the_beginning_has_one_too():
    described_by = [each.practice for each in DESCRIBED.values() if each.practice]
    assert sorted(described_by) == sorted(TEMPLATES)
    assert DESCRIBED.keys() - set(described_by) == {"speelwerk"}


@every_card
def test_each_number_is_one_of_its_row(card):
    told = numbers(TEMPLATES[card.practice]).values() if card.practice else ()
    given = set(re.findall(r"\d+(?:[.,]\d+)?", " ".join(told))) | ALSO.get(card.slug, set())
    given |= {each.replace(".", ",") for each in given} | ({"1"} if _once(told) else set())
    text = " ".join(card.elements.values())
    assert set(re.findall(r"\d+(?:[.,]\d+)?", text)) <= given
    assert not re.search(rf"\b({IN_WORDS})\b", text, re.IGNORECASE)


def _once(told) -> bool:
    return any("once" in each for each in told)


@every_card
def test_no_card_holds_a_way_to_reach_a_person(card):
    text = " ".join([*card.elements.values(), card.source, card.described_by, card.region])
    assert "@" not in text
    assert not re.search(
        r"\+?\d[\d\s-]{7,}\d", text.replace("2022-2023", "").replace("2009-2013", "")
    )
    assert not re.search(r"https?:|www\.", text)


@every_card
def test_the_payers_are_those_of_the_template_and_the_ages_too(card):
    if card.practice:
        of_template = tags.of_template(TEMPLATES[card.practice])
        assert set(card.tags.get("funding", ())) == set(of_template.get("funding", ()))
        ages = set(of_template.get("age", card.tags["age"]))
        assert ages & set(card.tags["age"])


@every_card
def test_its_source_is_that_of_its_template(card):
    if card.practice:
        assert str(card.year) in TEMPLATES[card.practice].source
        assert card.region.split(",")[0].split(" en ")[0] in " ".join(
            [TEMPLATES[card.practice].source, "Breda"]
        )


def test_what_the_sources_do_not_tell_is_left_out():
    with_structure = {
        each.slug for each in DESCRIBED.values() if "care_organisation" in each.elements
    }
    assert with_structure == {
        "kober-zorgteam",
        "kleine-kapitein",
        "kober-jgz-talks",
        "peuterleerplek-plus",
    }
    silent = {"target_group", "funding", "success_factors", "obstacles"}
    assert not silent & DESCRIBED["auris"].elements.keys()


def test_each_obstacle_leads_to_a_card():
    answered = {value for each in DESCRIBED.values() for value in each.tags["obstacle"]}
    assert answered == {each.key for each in tags.facet("obstacle").values}


def test_the_three_angles_are_named():
    angles = {each.angle: each.slug for each in DESCRIBED.values() if each.angle}
    assert angles == {1: "bso-for-all-children", 2: "integral-bso", 3: "work-floor-with-school"}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("year: 2023", "year: soon"), "“soon” does not fit here"),
        (("year: 2023", f"year: {'2' * 5000}"), "2” does not fit here; write: 2023"),
        (("year: 2023", "year: 2023\nangle: 4"), "“4” does not fit here; write: 1, 2, 3"),
        (("unclear", "unclaer"), "did you mean “unclear”"),
        (("partner:", "partners:"), "did you mean “partner”"),
        (("  form:", "  forms:"), "did you mean “form”"),
        (("practice: samsam\n", ""), "write a `title`"),
        (("card:", "a: ["), "expected"),
    ],
)
def test_a_mistake_in_a_card_is_told_with_its_remedy(change, words):
    text = (CARDS / "samsam.yaml").read_text("utf-8")
    assert described(text)
    with pytest.raises(Misread, match=re.escape(words)):
        described(text.replace(*change))


# --- loading


@pytest.fixture
def loaded(cast):
    load_library(system_actor(NOW))
    return cast


@pytest.mark.django_db
def test_loading_twice_adds_once_and_a_changed_text_replaces_the_old():
    first = load_cards(system_actor(NOW))
    assert PracticeCard.objects.count() == len(DESCRIBED) == len(first)
    PracticeCard.objects.filter(slug="samsam").update(elements={"aim": "Iets anders"}, year=1999)
    second = load_cards(system_actor(NOW))
    assert {each.pk for each in first} == {each.pk for each in second}
    samsam = PracticeCard.objects.get(slug="samsam")
    assert (samsam.elements, samsam.year) == (DESCRIBED["samsam"].elements, 2023)
    assert samsam.title == "Samsam"


def test_nobody_with_a_hat_loads_cards(cast):
    with pytest.raises(Denied):
        load_cards(cast.actor("marit"))
    with pytest.raises(Denied):
        load_cards(Actor(None, None, "manager", NOW))
    assert not PracticeCard.objects.exists()


# --- pages


def page(cast, query: str = "", hat: str = "fatima") -> str:
    return cast.client(hat).get(f"/practices/{query}").content.decode()


def shown(html: str) -> list[str]:
    return re.findall(r'<h3[^>]*><a href="/practices/(?:cards/)?([a-z0-9-]+)/"', html)


def everything(cast, query: str = "") -> list[str]:
    found: list[str] = []
    for number in range(1, 9):
        sign = "&" if query else "?"
        names = shown(page(cast, f"{query}{sign}page={number}"))
        if names and names[0] in found:
            break
        found += names
    return found


# query string, some that must be found, some that must not
FOUND = [
    ("", {"samsam", "duo-team", "speelwerk"}, set()),
    ("?obstacle=waiting", {"kober-zorgteam", "komeetoverleg"}, {"samsam"}),
    ("?obstacle=parents_unsure&partner=jgz", {"domino"}, {"auris", "parents-need-time"}),
    ("?about=group", {"duo-team", "jggv-talks"}, {"samsam", "speelwerk"}),
    ("?region=drenthe", {"speelwerk"}, {"samsam"}),
    ("?age=before_birth", {"spring-care-coordination"}, {"samsam"}),
    ("?funding=nobody", {"lindenhout-variant-3"}, {"samsam"}),
    ("?form=one_to_one", {"samsam"}, {"duo-team"}),
    ("?obstacle=moon&payer=&other=x", {"samsam", "duo-team"}, set()),
    ("?q=wachtlijst", {"kober-zorgteam"}, {"samsam"}),
    ("?q=ouders&obstacle=forms", {"domino"}, {"auris"}),
]


@pytest.mark.parametrize(("query", "there", "absent"), FOUND)
def test_the_chips_narrow_down_what_is_shown(loaded, query, there, absent):
    found = everything(loaded, query)
    assert there <= set(found)
    assert not absent & set(found)
    assert len(found) == len(set(found))


def test_every_practice_stands_in_the_list_once_with_or_without_card(loaded):
    PracticeCard.objects.filter(slug="samsam").delete()
    assert sorted(everything(loaded)) == sorted(DESCRIBED)
    html = page(loaded, "?q=samsam")
    assert '<a href="/practices/samsam/"' in html
    assert "Een beschrijving is er nog niet" in html
    assert "Er is nog geen route" in page(loaded, "?q=speelwerk")


def test_every_chip_leads_to_as_many_as_it_says(loaded):
    shelf = queries.shelf()
    for chosen in ({}, {"obstacle": "money"}, {"partner": "jgz"}):
        for filter_ in finding.filters(shelf.listed, chosen, ""):
            for chip in filter_.chips:
                both = chosen | {filter_.key: chip.key}
                assert chip.many == sum(finding.fits(each, both) for each in shelf.listed) > 0


def test_what_was_chosen_is_shown_and_can_be_taken_away(loaded):
    html = page(loaded, "?q=ouders&obstacle=forms")
    assert 'aria-current="true" href="?q=ouders"><span class="a4-hidden-label">Haal weg:' in html
    assert 'type="hidden" name="obstacle" value="forms"' in html
    assert 'href="?q=ouders&amp;obstacle=forms&amp;partner=jgz"' in html


def test_a_corrected_word_is_said(loaded):
    html = page(loaded, "?q=wachtlijts")
    assert "We zochten op “wachtlijst”. Je typte: “wachtlijts”." in html
    assert "<mark>wachtlijsten</mark>" in html


def test_nothing_found_leads_to_what_others_run_into(loaded):
    html = page(loaded, "?q=qwxzy")
    assert "Nog niets gevonden" in html
    assert html.count('href="?obstacle=waiting"') == 1


def test_what_is_typed_is_never_read_as_a_page(loaded):
    html = page(loaded, "?q=%3Cscript%3Ealert(1)%3C/script%3E+ouders")
    assert "<script>alert" not in html


@pytest.mark.parametrize("number", ["0", "99", "two"])
def test_a_page_that_is_not_there_shows_one_that_is(loaded, number):
    assert shown(page(loaded, f"?page={number}"))


def test_three_cards_cost_as_many_queries_as_three_hundred(cast):
    client = cast.client("fatima")
    publish_practice(system_actor(NOW), (LIBRARY / "samsam.yaml").read_text("utf-8"))
    counts = []
    for many in (3, 300):
        PracticeCard.objects.all().delete()
        PracticeCard.objects.bulk_create(
            PracticeCard(
                slug=f"card-{number}",
                title=f"Kaart {number}",
                added_at=NOW,
                elements={"obstacles": "De wachtlijst is lang."},
                tags={"obstacle": ["waiting"]},
            )
            for number in range(many)
        )
        for query in ("", "?q=wachtlijst", "?obstacle=waiting", "?page=2"):
            with CaptureQueriesContext(connection) as made_anew:
                client.get(f"/practices/{query}")
            counts.append((query, len(made_anew)))
    assert len(counts) == 8
    assert counts[:4] == counts[4:]
    assert max(number for __, number in counts) <= 12


def test_a_card_that_is_added_is_found_at_once(loaded):
    assert not shown(page(loaded, "?q=koraalrif"))
    PracticeCard.objects.create(
        slug="reef", title="Koraalrif", described_by="De Golf", added_at=NOW, elements={}
    )
    assert shown(page(loaded, "?q=koraalrif")) == ["reef"]


@pytest.mark.parametrize("hat", ["fatima", "marit", "gemma", "anna", "stranger"])
def test_a_card_shows_its_ten_elements_in_order_and_what_is_missing(loaded, hat):
    html = loaded.client(hat).get("/practices/cards/auris/").content.decode()
    heads = re.findall(r'<h2[^>]* id="([a-z_]+)"', html)
    assert heads[:10] == [
        "care_organisation",
        "why_together",
        "partners",
        "form",
        "aim",
        "target_group",
        "funding",
        "organisation",
        "success_factors",
        "obstacles",
    ]
    assert html.count("Niet beschreven in de bron") == 10 - len(DESCRIBED["auris"].elements)
    assert 'href="/practices/auris/"' in html
    assert 'href="/practices/?obstacle=parents_unsure"' in html


def test_a_card_and_its_route_lead_to_each_other(loaded):
    client = loaded.client("fatima")
    assert 'href="/practices/cards/samsam/"' in client.get("/practices/samsam/").content.decode()
    html = client.get("/practices/cards/speelwerk/").content.decode()
    assert "Om te lezen, nog niet om te starten" in html
    assert "Bekijk hoe het loopt" not in html


def test_a_card_is_read_in_dutch_under_labels_of_the_reader(loaded):
    client = loaded.client("fatima")
    client.cookies["django_language"] = "en"
    html = client.get("/practices/cards/integral-bso/", headers={"accept-language": "en"}).content
    text = html.decode()
    assert "Not described in the source" in text or "Niet beschreven" in text
    assert '<p class="a4-words" lang="nl">' in text
    assert text.count("Invalshoek 2") + text.count("Angle 2") == 1


def test_an_unknown_card_is_not_found(loaded):
    assert loaded.client("fatima").get("/practices/cards/nothing/").status_code == 404
    assert loaded.client("nobody").get("/practices/cards/samsam/").status_code == 302
