"""The three pages people use most: light, steady and readable. ``make quality`` measures them in full."""

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.journeys import lighthouse
from tests.journeys.conftest import Visit

pytestmark = pytest.mark.chromium

OBSERVE = """
    window.shifts = [];
    const part = ({node}) => node?.outerHTML.slice(0, 80);
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.shifts.push(entry.sources.map(part));
    }).observe({type: "layout-shift", buffered: true});
"""
PICTURES = """
    all => all.filter(each => !each.hasAttribute("alt") || !each.width || !each.height)
              .map(each => each.outerHTML)
"""


class Wire:
    """Counts what comes over the network as script, as it comes: compressed."""

    def __init__(self, page: Page) -> None:
        self.kinds: dict[str, str] = {}
        self.script = 0
        session = page.context.new_cdp_session(page)
        session.on("Network.responseReceived", self._seen)
        session.on("Network.loadingFinished", self._came)
        session.send("Emulation.setTouchEmulationEnabled", {"enabled": True})
        session.send("Network.enable")
        session.send("Network.setCacheDisabled", {"cacheDisabled": True})
        session.send("Network.setBypassServiceWorker", {"bypass": True})

    def _seen(self, event: dict) -> None:
        self.kinds[event["requestId"]] = event["type"]

    def _came(self, event: dict) -> None:
        if self.kinds.get(event["requestId"]) == "Script":
            self.script += event["encodedDataLength"]


def away_with_drafts(page: Page, addresses: dict[str, str]) -> None:
    """Another journey may have left half a note here; to be asked about it moves the page, once."""
    for address in addresses.values():
        page.goto(address, wait_until="networkidle")
        away = page.locator("[data-draft-away]").locator("visible=true")
        if away.count():
            with page.expect_response("**/drafts/"):
                away.first.click()


def test_the_pages_people_use_most(visit: Visit) -> None:
    page = visit("Fatima", "phone")
    addresses = lighthouse.most_used(page)
    away_with_drafts(page, addresses)
    page.add_init_script(OBSERVE)
    for name, address in addresses.items():
        wire = Wire(page)
        page.goto(address, wait_until="networkidle")
        assert 0 < wire.script <= lighthouse.SCRIPT * 1024, name
        assert page.evaluate("window.shifts") == [], name
        assert page.eval_on_selector_all("img", PICTURES) == [], name
        assert Axe().run(page).response["violations"] == [], name


@pytest.mark.skipif("ALERT4YOU_QUALITY" not in os.environ, reason="measured with `make quality`")
def test_lighthouse(visit: Visit, demo: str) -> None:
    pages = lighthouse.measure(visit("Fatima", "phone"), demo)
    Path(os.environ["ALERT4YOU_QUALITY"]).write_text(lighthouse.written(pages))
    assert [page.name for page in pages if not page.good] == []
