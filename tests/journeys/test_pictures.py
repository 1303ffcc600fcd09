"""The pictures of the README and the documentation, taken from the demo as it is.

They are written when ALERT4YOU_PICTURES names a folder (``make pictures``): a test run changes no file.
"""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import Visit

pytestmark = pytest.mark.chromium


def today_on_the_group(visit: Visit) -> Page:
    return visit("Fatima", "phone")


def line(visit: Visit) -> Page:
    page = visit("Carla", "desktop")
    page.goto("/children/")
    page.get_by_role("link", name=re.compile("Sami")).first.click()
    return page


def sharing(visit: Visit) -> Page:
    page = visit("Bram", "phone")
    page.goto("/sharing/")
    page.get_by_role("link", name=re.compile("Jeugdgezondheidszorg")).first.click()
    return page


def caseload(visit: Visit) -> Page:
    page = visit("Carla", "desktop")
    page.goto("/trajectories/")
    return page


def practice(visit: Visit) -> Page:
    page = visit("Carla", "desktop")
    page.goto("/practices/samsam/")
    return page


def question(visit: Visit) -> Page:
    page = visit("Sanne", "tablet")
    page.get_by_role("link", name="Over een kind").first.click()
    return page


def privacy(visit: Visit) -> Page:
    return visit("Olga", "desktop")


PICTURES = {
    "today-phone": today_on_the_group,
    "line-desktop": line,
    "sharing-phone": sharing,
    "caseload-desktop": caseload,
    "practice-desktop": practice,
    "question-tablet": question,
    "privacy-desktop": privacy,
}


@pytest.mark.parametrize("name", PICTURES)
def test_picture(visit: Visit, name: str) -> None:
    page = PICTURES[name](visit)
    assert page.get_by_role("heading", level=1).is_visible()
    folder = os.environ.get("ALERT4YOU_PICTURES")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png")
