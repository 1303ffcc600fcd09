"""The specimen in a real browser, under the real CSP, at the three widths of the design."""

import mimetypes
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from playwright.sync_api import Route

from alert4you.kernel.decision import Decision
from alert4you.ui import templatetags

from . import specimen

HOST = "http://specimen.test"
CSP = "default-src 'self'; img-src 'self' data:"
REFUSED = Decision("De ouders hebben nog geen ja gezegd.", "Stel je vraag zonder naam.")


def pages() -> dict[str, str]:
    return {
        "specimen": specimen.specimen(),
        "specimen-en": specimen.specimen("en"),
        "missing": specimen.page("404.html"),
        "broken": specimen.page("500.html"),
        "refused": specimen.page("ui/refused.html", decision=REFUSED),
        "confirm": specimen.page(
            "ui/confirm.html",
            heading="Intrekken?",
            text="Youké leest dan niets meer.",
            action="Ja",
            cancel_url="#",
        ),
    }


@pytest.fixture(autouse=True)
def own_addresses(settings):
    """The look knows no page of the field; the specimen brings the two addresses it needs."""
    settings.ROOT_URLCONF = specimen.__name__


@pytest.fixture
def open_page(browser):
    """Opens one of the pages; what the browser complains about ends up in `page.complaints`."""
    contents, opened = pages(), []

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(HOST + "/").split("#")[0]
        if path.startswith("static/"):
            file = Path(finders.find(path.removeprefix("static/")) or "missing")
            route.fulfill(
                path=file, content_type=mimetypes.guess_type(file.name)[0] or "font/woff2"
            )
        else:
            headers = {"Content-Security-Policy": CSP}
            route.fulfill(
                body=contents[path], content_type="text/html; charset=utf-8", headers=headers
            )

    def open_(name: str, width: int):
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.complaints = []
        page.on("console", lambda message: page.complaints.append(message.text))
        page.route("**/*", answer)
        page.goto(f"{HOST}/{name}")
        opened.append(page)
        return page

    yield open_
    for page in opened:
        page.close()


@pytest.mark.chromium
@pytest.mark.parametrize("width", [360, 820, 1280])
@pytest.mark.parametrize("name", ["specimen", "missing", "broken", "refused", "confirm"])
def test_pages_are_accessible_and_fit(open_page, name, width):
    page = open_page(name, width)
    violations = Axe().run(page).response["violations"]
    assert [(v["id"], [node["html"] for node in v["nodes"]]) for v in violations] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.complaints == []


@pytest.mark.chromium
@pytest.mark.parametrize("width", [360, 820])
def test_what_is_tapped_is_large_enough(open_page, width):
    page = open_page("specimen", width)
    small = page.evaluate("""() => [...document.querySelectorAll(
        ".nl-button, .a4-nav a, .a4-choice, .a4-chip, .a4-tabs a, .a4-tile, .a4-back, .a4-logo,"
        + "summary, .utrecht-textbox, .utrecht-select, .utrecht-textarea")]
        .filter((e) => e.checkVisibility() && e.getBoundingClientRect().height < 48)
        .map((e) => e.outerHTML)""")
    assert small == []


@pytest.mark.chromium
def test_a_second_tap_on_save_sends_nothing(open_page):
    page = open_page("specimen", 360)
    sent = page.evaluate("""() => {
        let sent = 0;
        const form = document.querySelector("form.a4-form");
        form.addEventListener("submit", (event) => { event.preventDefault(); sent += 1; });
        form.requestSubmit();
        form.requestSubmit();
        return sent;
    }""")
    assert sent == 1


@pytest.mark.chromium
def test_the_menu_closes_with_escape_and_gives_the_focus_back(open_page):
    page = open_page("specimen", 360)
    page.click(".a4-hat summary")
    page.keyboard.press("Escape")
    assert page.evaluate("document.querySelector('.a4-hat').open") is False
    assert page.evaluate("document.activeElement === document.querySelector('.a4-hat summary')")


def test_no_page_needs_inline_style_or_script():
    for name, html in pages().items():
        assert not re.search(r"<[^>]+\sstyle=", html), name
        assert not re.search(r"<script(?![^>]*\ssrc=)", html), name
        assert not re.search(r"<[^>]+\son[a-z]+=", html), name


def test_every_icon_and_tag_in_the_reference_exists():
    reference = (Path(templatetags.__file__).parents[4] / "docs/reference/ui.md").read_text()
    names = re.search(r"^Icons: (.*?)\.\n", reference, re.DOTALL | re.MULTILINE)[1].split()
    assert sorted(names) == sorted(specimen.context()["icon_names"])


def test_every_class_of_ours_that_a_page_uses_exists():
    look = Path(templatetags.__file__).parents[1]
    known = set(re.findall(r"a4-[\w-]+", "".join(map(Path.read_text, look.glob("styles/*.css")))))
    pages = [*look.parent.glob("*/templates/**/*.html"), look.parents[2] / "docs/reference/ui.md"]
    unknown = {
        (path.name, name)
        for path in pages
        for names in re.findall(r'class="([^"]*)"', path.read_text())
        for name in re.findall(r"(?<![\w-])a4-[\w-]+(?![\w{-])", names)
        if name not in known and not name.endswith("-")
    }
    assert unknown == set()
