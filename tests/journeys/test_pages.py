"""Every page a persona can reach by links, at three widths: readable for all, nothing beside the screen."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import resolve
from playwright.sync_api import Page

from tests.journeys.conftest import WIDTHS, Visit

pytestmark = pytest.mark.chromium

PERSONAS = ["Fatima", "Lotte", "Sanne", "Carla", "Marit", "Anna", "Bram", "Pieter", "Gemma"]
NOT_A_PAGE = re.compile(r"\.pdf$|/demo/|/logout/|/admin/")


def kind_of(path: str) -> str:
    """Pages that differ only in whom or what they are about are one kind."""
    return resolve(path.split("?")[0]).view_name


def reachable(page: Page) -> Iterator[str]:
    """One address of every kind of page that can be reached by links, beginning at Today."""
    waiting, kinds = ["/"], {kind_of("/")}
    while waiting:
        path = waiting.pop(0)
        page.goto(path)
        yield path
        links = page.eval_on_selector_all(
            "a[href^='/']", "all => all.map(a => a.getAttribute('href'))"
        )
        for link in links:
            path = link.split("#")[0]
            if path and kind_of(path) not in kinds and not NOT_A_PAGE.search(path):
                kinds.add(kind_of(path))
                waiting.append(path)


@pytest.mark.parametrize("persona", ["", *PERSONAS])
def test_pages_are_accessible_and_fit(visit: Visit, persona: str) -> None:
    page = visit(persona)
    axe, troubles, seen = Axe(), [], 0
    for path in reachable(page) if persona else [page.url]:
        seen += 1
        for size, (width, height) in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": height})
            found = axe.run(page)
            troubles += [f"{path} {size}: {each['id']}" for each in found.response["violations"]]
            beside = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            troubles += [f"{path} {size}: {beside} px beside the screen"] if beside > 0 else []
    assert troubles == []
    assert seen >= (4 if persona else 1)
