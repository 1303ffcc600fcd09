"""Without a mouse, with large letters, with the colours of somebody's own choice, on paper."""

from io import BytesIO

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.journeys.conftest import Visit
from tests.journeys.test_journeys import follow

pytestmark = pytest.mark.chromium

COVERED = """() => {
  const at = document.activeElement, own = at.closest("label") ?? at, box = own.getBoundingClientRect();
  const seen = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return own.contains(seen) || seen?.contains(own) ? null : at.outerHTML;
}"""
CUT = """all => all.filter(each => {
  const words = document.createRange();
  words.selectNodeContents(each);
  const room = Math.min(each.offsetWidth, each.closest("a").clientWidth) + 1;
  return Math.max(words.getBoundingClientRect().width, each.scrollWidth) > room;
}).map(each => each.textContent)"""


SAID = """all => all.map(each => {
  const about = document.getElementById(each.getAttribute("aria-describedby"));
  return [each.innerText, about?.innerText].join(": ");
})"""


def walk_to(page: Page, name: str, most: int = 60) -> None:
    """Tab until this is in focus."""
    wanted = page.get_by_role("main").get_by_role("button", name=name, exact=True).first
    for _ in range(most):
        page.keyboard.press("Tab")
        assert page.evaluate(COVERED) is None
        if wanted.evaluate("each => each === document.activeElement"):
            return
    pytest.fail(f"{name} is not reached")


def test_a_note_by_keyboard_alone_and_nothing_in_focus_is_covered(visit: Visit) -> None:
    page = visit("Fatima", "phone")
    follow(page, "Storm")
    page.keyboard.type("Storm hielp met dekken.")
    walk_to(page, "Opslaan")
    page.keyboard.press("Enter")
    expect(page.locator("#messages")).to_contain_text("Veilig bewaard")


def test_after_a_search_one_goes_on_from_there(visit: Visit) -> None:
    page = visit("Carla")
    page.goto("/children/?q=mie")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.goto("/children/")
    expect(page.get_by_role("searchbox")).not_to_be_focused()


@pytest.mark.parametrize("who", ["Carla", "Sanne", "Lotte"])
def test_by_ear_one_hears_what_each_card_is_about(visit: Visit, who: str) -> None:
    said = visit(who).eval_on_selector_all("main h3 a", SAID)
    assert said and len(set(said)) == len(said)


def test_by_ear_one_goes_along_the_line_from_month_to_month(visit: Visit) -> None:
    page = visit("Fatima")
    page.goto("/children/")
    follow(page, "Bent Verhagen")
    months = page.get_by_role("heading", level=3, name="2026")
    expect(months.first).to_contain_text("november")
    assert months.count() > 1


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_letters_of_twice_the_size_fit(visit: Visit, size: str) -> None:
    page = visit("Fatima", size)
    page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    assert page.eval_on_selector_all(".a4-nav__label", CUT) == []


def test_tables_and_tabs_fit_a_phone_with_letters_of_twice_the_size(visit: Visit) -> None:
    page = visit("Carla", "phone")
    for path in ("/plus/", "/questions/"):
        page.goto(path)
        page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
        assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0, path


def test_without_our_colours_the_menu_still_says_where_one_is(visit: Visit) -> None:
    page = visit("Fatima")
    page.emulate_media(forced_colors="active")
    ring = "each => getComputedStyle(each).outlineStyle"
    assert page.locator(".a4-nav a[aria-current]").evaluate(ring) == "solid"
    assert page.locator(".a4-nav a:not([aria-current])").first.evaluate(ring) == "none"


def test_on_paper_a_long_table_begins_on_the_first_page_without_what_one_presses(
    visit: Visit,
) -> None:
    page = visit("Carla")
    page.goto("/trajectories/")
    words = PdfReader(BytesIO(page.pdf(format="A4"))).pages[0].extract_text()
    assert "Volgende stap" in words
    assert "Traject starten" not in words
    assert "Vandaag" not in words
