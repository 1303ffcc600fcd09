"""A draft in the browser: kept while one writes, offered again, and gone after saving."""

import re

import pytest
from playwright.sync_api import Page, Response, expect

from tests.journeys.conftest import Visit

pytestmark = pytest.mark.chromium
WORDS = "Zat vanmorgen lang bij de auto's"


def write_about_tess(page: Page) -> None:
    page.goto("/")
    page.get_by_role("main").get_by_role("link", name="Tess").first.click()


def all_of_it(answer: Response) -> bool:
    return answer.url.endswith("/drafts/") and WORDS in (answer.request.post_data or "")


def test_what_was_being_written_is_there_again_until_it_is_saved(visit: Visit) -> None:
    page = visit("Fatima", "tablet")
    write_about_tess(page)
    words = page.locator("textarea").first
    with page.expect_response(all_of_it) as kept:
        words.press_sequentially(WORDS)
    assert kept.value.status == 200

    write_about_tess(page)
    expect(words).to_have_value("")
    offer = page.get_by_text(re.compile("Je was hier bezig, vandaag om"))
    expect(offer).to_be_visible()
    page.get_by_role("button", name="Verder").click()
    expect(words).to_have_value(WORDS)
    expect(offer).to_be_hidden()
    page.get_by_role("button", name="Opslaan", exact=True).click()
    expect(page).to_have_url(re.compile(r":\d+/$"))

    with page.expect_response(re.compile(r"/drafts/\?")) as asked:
        write_about_tess(page)
    assert "said" not in asked.value.json()
    expect(offer).to_be_hidden()


def test_what_is_typed_after_a_session_ended_waits_for_its_writer(visit: Visit) -> None:
    page = visit("Fatima", "phone")
    page.goto("/questions/ask/?about=group")
    page.wait_for_load_state("networkidle")
    signed_in = [each for each in page.context.cookies() if each["name"] == "sessionid"]
    page.context.clear_cookies(name="sessionid")
    words = page.locator("textarea").first
    words.fill(WORDS)
    save = page.locator("main form.a4-form .nl-button--primary")
    save.click()
    stop = page.get_by_text("Nog niet opgeslagen.")
    expect(stop).to_be_visible()
    expect(words).to_have_value(WORDS)

    elsewhere = page.context.new_page()
    elsewhere.goto("/")
    elsewhere.get_by_role("button", name="Sanne").first.click()
    elsewhere.wait_for_load_state()
    save.click()
    expect(page.get_by_text("Er is nu iemand anders ingelogd.")).to_be_visible()
    expect(words).to_have_value(WORDS)

    page.context.add_cookies(signed_in)
    with page.expect_request(lambda call: call.is_navigation_request()) as sent:
        save.click()
    assert sent.value.method == "POST"
    assert sent.value.response().status in (200, 302)
    assert WORDS in (sent.value.post_data or "").replace("+", " ").replace("%27", "'")
