"""The shell that a device keeps: complete, the same for everybody, and nothing of anybody in it."""

import json
import re
from gzip import compress
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from alert4you.offline.views import app
from tests.cast import Cast

FIRST_PAGE = 60_000  # bytes of script, compressed
SHELL = re.compile(r"const SHELL = (\{.*\});")


def shell(client: Client) -> dict:
    found = SHELL.search(client.get(reverse("offline:worker")).content.decode())
    return json.loads(found[1])


def asked_for(page: str) -> set[str]:
    return set(re.findall(r'(?:src|href)="(/static/[^"]+\.(?:js|css))"', page))


def imports(name: str) -> set[str]:
    text = Path(finders.find(name)).read_text()
    return set(
        re.findall(r'from "\./(\w+\.js)"', text) + re.findall(r'import "\./(\w+\.js)"', text)
    )


def test_the_page_is_the_same_for_everybody(cast: Cast, client: Client) -> None:
    alike = {each.get("/offline/").content for each in (client, cast.client("fatima"), Client())}
    assert len(alike) == 1
    page = alike.pop().decode()
    assert "csrfmiddlewaretoken" not in page
    assert "Fatima" not in page
    assert 'name="stamp"' not in page


@pytest.mark.django_db
def test_the_worker_keeps_all_the_page_needs_and_no_other_page(client: Client) -> None:
    kept = shell(client)
    assert kept["page"] == "/offline/"
    assert all(each.startswith("/static/") for each in kept["files"])
    assert asked_for(client.get("/offline/").content.decode()) <= set(kept["files"])
    ours = {each.removeprefix("/static/offline/") for each in kept["files"] if "/offline/" in each}
    scripts = {each for each in ours if each.endswith(".js")}
    assert {more for each in scripts for more in imports(f"offline/{each}")} <= scripts
    assert all(finders.find(each.removeprefix("/static/")) for each in kept["files"])


@pytest.mark.django_db
def test_other_words_make_another_version(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    before = shell(client)["version"]
    assert shell(client)["version"] == before
    monkeypatch.setattr(app, "SHELL", app.SHELL[:-1])
    assert shell(client)["version"] != before


@pytest.mark.django_db
def test_the_app_can_be_installed(client: Client) -> None:
    told = client.get(reverse("offline:manifest")).json()
    assert (told["start_url"], told["scope"], told["display"]) == ("/", "/", "standalone")
    assert {each["purpose"] for each in told["icons"]} == {"any", "maskable"}
    for each in told["icons"]:
        drawn = Path(finders.find(each["src"].removeprefix("/static/"))).read_bytes()
        width = int.from_bytes(drawn[16:20], "big")
        assert (drawn[:4], each["sizes"]) == (b"\x89PNG", f"{width}x{width}")


def test_the_first_page_asks_little_script(cast: Cast) -> None:
    page = cast.client("fatima").get("/").content.decode()
    scripts = {each.removeprefix("/static/") for each in asked_for(page) if each.endswith(".js")}
    assert "offline/app.js" in scripts
    while (
        more := {f"offline/{m}" for each in scripts if "offline/" in each for m in imports(each)}
        - scripts
    ):
        scripts |= more
    size = sum(len(compress(Path(finders.find(each)).read_bytes())) for each in scripts)
    assert size <= FIRST_PAGE, size
    print(f"script of the first page: {size} bytes compressed")
