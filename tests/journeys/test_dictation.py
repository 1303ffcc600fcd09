"""Speaking instead of typing: only where the device itself does it, here played by a script."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visit

pytestmark = pytest.mark.chromium
EAR = """
window.asked = []; window.ears = [];
class Ear { start() { window.ears.push(this); } stop() { this.onend(); } abort() { this.onend(); }
  static async available(told) { window.asked.push(told); return "%s"; } }
%s
window.SpeechRecognition = Ear; window.webkitSpeechRecognition = Ear;
"""
LOCAL = "Ear.prototype.processLocally = false;"


def page_with(visit: Visit, answer: str, more: str = LOCAL) -> Page:
    page = visit("Fatima", "tablet")
    page.add_init_script(EAR % (answer, more))
    page.get_by_role("main").get_by_role("link", name="Tess").first.click()
    expect(page.locator("textarea").first).to_be_visible()
    return page


def test_what_is_said_on_this_device_stands_in_the_field(visit: Visit) -> None:
    page = page_with(visit, "available")
    button = page.get_by_role("button", name="Inspreken")
    button.click()
    assert page.evaluate("asked") == [{"langs": ["nl-NL"], "processLocally": True}]
    assert page.evaluate("ears.map((ear) => [ear.processLocally, ear.lang])") == [[True, "nl-NL"]]
    expect(button).to_have_attribute("aria-pressed", "true")
    page.evaluate(
        "words = [{transcript: ' Zij zong. '}]; words.isFinal = true;"
        "ears[0].onresult({results: [words], resultIndex: 0})"
    )
    expect(page.locator("textarea").first).to_have_value("Zij zong.")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")


@pytest.mark.parametrize(("answer", "more"), [("downloadable", LOCAL), ("available", "")])
def test_what_would_send_the_voice_away_is_never_started(
    visit: Visit, answer: str, more: str
) -> None:
    """Without the language on the device, or in a browser that knows only a service."""
    page = page_with(visit, answer, more)
    page.wait_for_timeout(300)
    expect(page.get_by_role("button", name="Inspreken")).to_be_hidden()
    assert page.evaluate("ears.length") == 0
