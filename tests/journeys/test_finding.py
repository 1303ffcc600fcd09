"""Somebody who is not in the list is found by name, with JavaScript and without."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visit

pytestmark = pytest.mark.chromium


@pytest.mark.parametrize(("name", "javascript"), [("Pieter", True), ("Naima", False)])
def test_somebody_is_found_by_name(visit: Visit, name: str, javascript: bool) -> None:
    page = visit("Carla", "phone", javascript)
    page.goto("/children/")
    page.get_by_role("main").get_by_role("link", name="Tess").first.click()
    page.wait_for_url(re.compile(r"/children/[\w-]{36}/"))
    page.goto(re.sub(r"\?.*", "", page.url) + "team/")
    expect(page.get_by_role("option", name=re.compile("^Lotte"))).to_have_count(1)
    expect(page.get_by_role("option", name=re.compile(f"^{name}"))).to_have_count(0)
    why = page.get_by_label("Waarom? De ouders lezen dit")
    why.fill("leest elke week met haar")
    page.get_by_text("Niet in de lijst? Zoek op naam").click()
    box = page.get_by_label("Naam of organisatie")
    box.press_sequentially(name.lower())
    box.press("Enter")
    found = page.get_by_role("radio", name=re.compile(f"^{name}"))
    expect(found).to_be_visible()
    expect(why).to_have_value("leest elke week met haar")
    found.check()
    page.get_by_label(re.compile("^Waarvoor")).select_option("education")
    page.get_by_role("button", name="In het zorgteam zetten").click()
    expect(page.get_by_text(re.compile(f"^{name} .* is nu lid van het zorgteam"))).to_be_visible()
