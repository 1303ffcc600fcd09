"""The page without a network: a name, a PIN, the cards of today; wiped at the end of the day."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from alert4you.demo.tablet import PINS
from tests.journeys.conftest import Visit
from tests.journeys.device import DUMP, away, home, on_the_line, until

pytestmark = pytest.mark.chromium
PIN, WRONG = "482913", "135790"


def unlock(page: Page, pin: str) -> None:
    page.get_by_label("Je pincode").fill(pin)
    page.get_by_role("button", name="Open", exact=True).click()


def prepared(page: Page) -> None:
    page.goto("/offline/")
    page.get_by_label("Je pincode").fill(PIN)
    page.get_by_label("Nog een keer").fill(PIN)
    page.get_by_role("button", name="Zet het hier klaar").click()
    expect(page.locator("[data-people] button")).to_have_text(re.compile("Fatima"))


def test_from_a_cold_start_without_a_network(device: Visit) -> None:
    page = device("Fatima", "phone")
    prepared(page)
    context = page.context
    page.close()
    context.set_offline(True)
    page = context.new_page()
    page.goto("/children/")
    page.get_by_role("button", name="Fatima").click()
    unlock(page, WRONG)
    expect(page.locator("#messages")).to_contain_text("nog 4 keer")
    unlock(page, PIN)
    page.get_by_role("button", name="Tess").click()
    expect(page.get_by_text("Ook over")).to_be_visible()
    page.get_by_text("De dag; de ouders lezen mee").click()
    page.get_by_text("Alleen het zorgteam").click()
    away(page, "Tess vond een slak.")
    page.get_by_text("Hoe gaat het vandaag?").click()
    page.locator("input[name=itself][value='4']").check(force=True)
    page.get_by_role("button", name="Opslaan").last.click()
    expect(page.locator("#offline-status")).to_contain_text("2 notities nog op dit apparaat")
    page.get_by_role("button", name="Vandaag").click()
    page.get_by_role("button", name="Vergrendel").click()
    expect(page.get_by_text("Tess")).to_have_count(0)
    told = page.evaluate(DUMP)
    assert re.findall("Tess|slak|Onstein|Doortje|Vlinders", "\n".join(told)) == []
    kept = [each.split()[1] for each in told if each.startswith("shell-")]
    assert {each for each in kept if not each.startswith("/static/")} == {"/offline/"}
    context.set_offline(False)
    home(page, 2)
    assert on_the_line(page, "Tess vond een slak.") == 1


def test_the_keyboard_goes_on_where_the_screen_goes_on(device: Visit) -> None:
    page = device()
    prepared(page)
    page.get_by_role("button", name="Fatima").click()
    expect(page.get_by_label("Je pincode")).to_be_focused()
    unlock(page, WRONG)
    expect(page.locator("#messages")).to_contain_text("nog 4 keer")
    expect(page.get_by_label("Je pincode")).to_be_focused()
    unlock(page, PIN)
    expect(page.get_by_role("heading", name="Vlinders")).to_be_focused()
    page.get_by_role("button", name="Tess").click()
    expect(page.get_by_role("heading", name="Tess")).to_be_focused()


def test_where_nothing_of_children_is_kept_the_group_is_left(device: Visit) -> None:
    """The organisation turned it off: this is what the server answers then."""
    page = device()
    told = page.evaluate("fetch('/offline/pack/').then((answer) => answer.json())")
    groups = [{"id": each["id"], "name": each["name"]} for each in told["groups"]]
    left = {name: told[name] for name in ("hat", "name", "stamp", "now", "until", "group_tags")}
    pack = {**left, "on": False, "groups": groups}
    page.context.route("**/offline/pack/", lambda route: route.fulfill(json=pack))
    prepared(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="Fatima").click()
    unlock(page, PIN)
    expect(page.get_by_text("bewaart niets over kinderen")).to_be_visible()
    expect(page.locator("[data-children] button")).to_have_count(0)
    page.get_by_role("button", name="Over de groep").click()
    away(page, "De groep was stil na het buitenspelen.")
    page.context.set_offline(False)
    home(page, 1)


def test_five_wrong_pins_and_the_end_of_the_day_wipe_the_pack(device: Visit) -> None:
    page = device()
    prepared(page)
    page.context.set_offline(True)
    page.reload()
    page.clock.set_system_time("2026-11-30T09:00:00")
    page.reload()
    expect(page.get_by_text("Hier kan nog niemand zonder netwerk werken")).to_be_visible()
    assert '"sealed"' not in "".join(page.evaluate(DUMP))
    page.context.set_offline(False)
    page = device()
    prepared(page)
    page.context.set_offline(True)
    page.reload()
    page.get_by_role("button", name="Fatima").click()
    for left in (4, 3, 2):
        unlock(page, WRONG)
        expect(page.locator("#messages")).to_contain_text(f"nog {left} keer")
    unlock(page, WRONG)
    expect(page.locator("#messages")).to_contain_text("Nog één keer")
    unlock(page, WRONG)
    expect(page.locator("#messages")).to_contain_text("Vijf keer fout")
    assert "packs[]" in page.evaluate(DUMP)


def test_the_pin_of_a_shared_tablet_opens_what_is_kept(browser: Browser, demo: str) -> None:
    """Who came in with it needs to prepare nothing."""
    context = browser.new_context(base_url=demo, locale="nl-NL")
    page = context.new_page()
    page.goto("/")
    page.locator("form[action='/demo/tablet/'] button").click()
    page.get_by_role("link", name="Fatima").click()
    for digit in PINS["Fatima"]:
        page.locator(f"[data-keypad] button[value='{digit}']").click()
    page.wait_for_selector(".a4-header .a4-hat")
    page.goto("/children/")
    until(page, f"async () => (await ({DUMP})()).some((told) => told.startsWith('packs[{{'))")
    context.set_offline(True)
    page.goto("/")
    page.get_by_role("button", name="Fatima").click()
    unlock(page, PINS["Fatima"])
    expect(page.get_by_role("button", name="Tess")).to_be_visible()
    context.close()
