"""A note in twenty seconds: three taps and words, or taps alone. Measured where it is used."""

import re

import pytest
from playwright.sync_api import Page, expect

from alert4you.notes.rules.judging import aid, remarks
from tests.journeys.conftest import Visit
from tests.notes.test_judging import sentences

pytestmark = pytest.mark.chromium

TAPS = 3
FIELDS = 1
THUMB = 44
SIZES = ["tablet", "phone"]


class Thumb:
    """Taps what is visible and large enough, and counts."""

    def __init__(self, page: Page) -> None:
        self.page, self.taps, self.fields = page, 0, 0

    def tap(self, target: object) -> None:
        expect(target).to_be_visible()
        box = target.bounding_box()
        assert min(box["width"], box["height"]) >= THUMB
        target.click()
        self.taps += 1

    def tap_link(self, name: str) -> None:
        self.tap(self.page.get_by_role("main").get_by_role("link", name=name).first)

    def tap_word(self, word: str) -> None:
        self.tap(
            self.page.locator("label.note-pick", has_text=re.compile(f"^\\s*{word}\\s*$", re.I))
        )

    def save(self) -> None:
        self.tap(self.page.get_by_role("main").get_by_role("button", name="Opslaan", exact=True))

    def type(self, words: str) -> None:
        """The cursor stands in the field: on the page of one child without a tap."""
        expect(self.page.locator("textarea").first).to_be_focused()
        self.page.keyboard.type(words)
        self.fields += 1

    def within_budget(self) -> None:
        expect(self.page).to_have_url(re.compile("/$"))
        assert (self.taps <= TAPS, self.fields <= FIELDS) == (True, True), (self.taps, self.fields)


@pytest.mark.parametrize("size", SIZES)
def test_words_about_one_child(visit: Visit, size: str) -> None:
    thumb = Thumb(visit("Fatima", size))
    thumb.tap_link("Tess")
    thumb.type("Tess bouwde een brug van zes blokken.")
    thumb.save()
    thumb.within_budget()
    assert thumb.taps == 2


@pytest.mark.parametrize("size", SIZES)
def test_no_words_at_all(visit: Visit, size: str) -> None:
    thumb = Thumb(visit("Fatima", size))
    thumb.tap_link("Tess")
    thumb.tap_word("Sliep")
    thumb.save()
    thumb.within_budget()
    assert thumb.fields == 0


@pytest.mark.parametrize("size", SIZES)
def test_two_children_in_one_go(visit: Visit, size: str) -> None:
    page = visit("Fatima", size)
    thumb = Thumb(page)
    thumb.tap_link("Tess")
    thumb.type("Samen met de trein gespeeld.")
    other = page.locator("fieldset#id_also label.note-pick").first
    thumb.tap(other)
    thumb.save()
    thumb.within_budget()
    expect(page.get_by_text("Veilig bewaard, bij 2 kinderen.")).to_be_visible()


@pytest.mark.parametrize("size", SIZES)
def test_the_group(visit: Visit, size: str) -> None:
    page = visit("Fatima", size)
    thumb = Thumb(page)
    thumb.tap_link("Over de groep")
    thumb.tap(page.locator("textarea"))
    thumb.type("Lang samen aan tafel gezeten.")
    thumb.save()
    expect(page.get_by_text("Lang samen aan tafel gezeten.").first).to_be_visible()
    assert thumb.taps <= TAPS


def test_the_aid_asks_while_one_writes_and_never_stops_anybody(visit: Visit) -> None:
    page = visit("Fatima", "tablet")
    thumb = Thumb(page)
    thumb.tap_link("Tess")
    thumb.type("Tess was lastig, Tess zei: dat is stom.")
    remark = page.locator(".note-aid li")
    expect(remark).to_have_text(["lastig Wat zag je precies?"])
    thumb.save()
    thumb.within_budget()


def test_the_script_marks_what_the_rule_marks(visit: Visit) -> None:
    """Every sentence of the corpus, in the browser and here, with the same patterns."""
    page = visit("Fatima", "tablet")
    page.get_by_role("main").get_by_role("link", name="Tess").first.click()
    page.wait_for_load_state()
    texts = [text for text, _marks in sentences("nl")]
    found = page.evaluate(
        """(texts) => {
            const aid = JSON.parse(document.getElementById("aid").textContent);
            return [aid.names, texts.map((text) => remarks(text, aid).map((each) => each.word))];
        }""",
        texts,
    )
    names, marked = found
    assert marked == [[each.word for each in remarks(text, aid("nl", names))] for text in texts]
    assert sum(map(len, marked)) > 100


def test_without_a_script_it_asks_after_saving(visit: Visit) -> None:
    page = visit("Fatima", "phone", javascript=False)
    page.get_by_role("main").get_by_role("link", name="Tess").first.click()
    page.locator("textarea").fill("Tess was lastig.")
    page.get_by_role("main").get_by_role("button", name="Opslaan", exact=True).click()
    expect(page.get_by_role("heading", name="Gezien of gedacht?")).to_be_visible()
    expect(page.get_by_text("Wat zag je precies?")).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="Laat het zo staan").last.click()
    expect(page).to_have_url(re.compile("/$"))
