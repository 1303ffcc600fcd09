"""Every page a persona can reach by links: readable for all, nothing beside a screen of three widths.

The browser refuses nothing that is in it, by our own policy; what `visit` complains of fails as well.
"""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.urls import resolve
from playwright.sync_api import Page

from tests.journeys.conftest import WIDTHS, Visit

pytestmark = pytest.mark.chromium

# Who sees much the same: pages deeper than one link from Today are looked at for one of them.
SIDES = {
    "visitor": [""],
    "group": ["Fatima", "Lotte", "Marit"],
    "care": ["Sanne", "Carla"],
    "around": ["Pieter", "Gemma", "Olga"],
    "home": ["Anna", "Bram"],
}
REFUSED = """
window.__refused = [];
document.addEventListener("securitypolicyviolation",
  (e) => window.__refused.push(`${e.violatedDirective} ${e.blockedURI} ${e.sourceFile}`));
"""
FOUND = "told => axe.run(told).then(found => found.violations.map(each => each.id))"
# Every text that may wrap gets a name that is longer than a phone is wide.
STRETCHED = """
const word = " Vanderoudenhovenscheepmakerskadevanwassenaerbroekhuizenvandijk";
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), texts = [];
while (walker.nextNode()) texts.push(walker.currentNode);
for (const text of texts) {
  const around = text.parentElement;
  const fixed = around.closest("svg, script, style, option, .a4-number, .a4-header");
  const wraps = getComputedStyle(around).whiteSpace === "normal";
  if (wraps && !fixed && /[a-z]{3}/i.test(text.data)) text.data += word;
}
document.documentElement.scrollWidth - window.innerWidth;
"""
# Words that are cut at the end of a line, though each fits on one.
CUT = r"""() => {
const cut = new Set(), walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
const range = document.createRange();
while (walker.nextNode()) {
  const text = walker.currentNode;
  if (text.parentElement?.closest("svg, script, option, textarea, code, thead, .a4-logo")) continue;
  for (const word of text.data.matchAll(/\p{L}{3,}/gu)) {
    range.setStart(text, word.index);
    range.setEnd(text, word.index + word[0].length);
    const lines = [...range.getClientRects()].filter((each) => each.width > 0.5);
    if (new Set(lines.map((each) => Math.round(each.top))).size > 1) cut.add(word[0]);
  }
}
return [...cut];
}"""
INLINE = "[style], style, [onclick], [onload], script:not([src]):not([type='application/json'])"
NOT_A_PAGE = re.compile(r"\.pdf$|\.csv\b|/demo/|/logout/|/admin/|/example/")


def kind_of(path: str) -> str:
    """Pages that differ only in whom or what they are about are one kind."""
    return resolve(path.split("?")[0]).view_name


def reachable(page: Page, seen: set[str]) -> Iterator[str]:
    """One address of every kind of page that can be reached by links, beginning at Today.

    Kinds that were ``seen`` already are left out, but for those that Today itself leads to.
    """
    waiting, kinds = ["/"], {kind_of("/")}
    while waiting:
        path = waiting.pop(0)
        page.goto(path)
        yield path
        links = page.eval_on_selector_all(
            "a[href^='/']", "all => all.map(a => a.getAttribute('href'))"
        )
        for link in links:
            found = link.split("#")[0]
            if not found or NOT_A_PAGE.search(found) or kind_of(found) in kinds:
                continue
            kinds.add(kind_of(found))
            if path == "/" or kind_of(found) not in seen:
                waiting.append(found)
    seen |= kinds


def looked_at(size: str, path: str) -> dict[str, object]:
    """Colours are most of the work and no width changes them: where all is shown, and a phone's menu once."""
    again = size == "phone" and path != "/"
    without = {"rules": {"color-contrast": {"enabled": False}}} if again else {}
    return {"resultTypes": ["violations"], **without}


@pytest.mark.parametrize("side", SIDES)
def test_pages_are_accessible_and_fit(visit: Visit, side: str) -> None:
    troubles, seen = [], set()
    for persona in SIDES[side]:
        page, number = visit(persona), 0
        page.add_init_script(REFUSED)
        for path in reachable(page, seen) if persona else [page.url]:
            number += 1
            if persona:
                troubles += [f"{persona} {path}: {each}" for each in page.evaluate("__refused")]
            if inline := page.locator(INLINE).count():
                troubles.append(f"{persona} {path}: {inline} times a style or script of its own")
            page.evaluate(AXE_SCRIPT)
            for size, (width, height) in reversed(WIDTHS.items()):
                page.set_viewport_size({"width": width, "height": height})
                found = page.evaluate(FOUND, looked_at(size, path)) if size != "tablet" else []
                troubles += [f"{persona} {path} {size}: {each}" for each in found]
                beside = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
                if beside > 0:
                    troubles.append(f"{persona} {path} {size}: {beside} px beside the screen")
                cut = page.evaluate(CUT)
                troubles += [f"{persona} {path} {size}: {each} is cut" for each in cut]
            if (beside := page.evaluate(STRETCHED)) > 0:
                troubles.append(f"{persona} {path}: long words go {beside} px beside a phone")
        assert number >= (4 if persona else 1)
    assert troubles == []
