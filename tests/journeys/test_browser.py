"""A strict browser: what is not ours is refused, and nothing stays."""

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.journeys.conftest import Visit
from tests.journeys.test_pages import REFUSED, reachable

pytestmark = pytest.mark.chromium

KEPT = """async () => [
  ...Object.keys(localStorage), ...Object.keys(sessionStorage),
  ...await caches.keys(), ...await indexedDB.databases(),
  ...await navigator.serviceWorker.getRegistrations(),
]"""
# "known": that somebody came in here before, sealed; who reads it is only our own server.
COOKIES = {"sessionid", "csrftoken", "django_language", "device", "known"}
# htmx keeps the address of the page in the tab: ids, no names.
ADDRESS = "htmx-current-path-for-history"


def test_what_is_not_ours_is_refused(browser: Browser, demo: str) -> None:
    """The listener of `test_pages` does hear: here a handler is put into the page."""
    context = browser.new_context(base_url=demo)
    page = context.new_page()
    page.add_init_script(REFUSED)
    page.goto("/")
    page.evaluate("document.body.setAttribute('onclick', 'window.__ran = true')")
    page.evaluate("document.body.click()")
    page.wait_for_function("window.__refused.length > 0")
    assert page.evaluate("window.__ran") is None
    context.close()


def cookies(context: BrowserContext) -> dict[str, bool]:
    return {each["name"]: bool(each["httpOnly"]) for each in context.cookies()}


def left_behind(page: Page) -> list[str]:
    """What is kept besides the shell, the queue and its worker: those hold no words (`test_offline.py`)."""
    kept = [str(each) for each in page.evaluate(KEPT) if each and each != ADDRESS]
    return [each for each in kept if not each.startswith(("shell-", "{'name': 'alert4you'"))]


def test_nothing_is_left_in_the_browser(visit: Visit) -> None:
    page = visit("Carla")
    for path in reachable(page, set()):
        if "/children/" in path:
            break
    child = page.url
    name = page.locator("h1").first.inner_text()
    assert left_behind(page) == []
    assert set(cookies(page.context)) <= COOKIES
    assert all(cookies(page.context).values())
    page.goto("/")
    page.locator("form[action='/lock/'] button").click()
    page.wait_for_url("**/locked/")
    page.go_back()
    page.wait_for_load_state()
    assert name not in page.content()
    page.goto(child)
    assert name not in page.locator("h1").all_inner_texts()
    assert left_behind(page) == []
