"""A demo as a visitor gets it, served by the real server, and a browser to walk through it.

The demo's database is made once per run and copied for each worker, so that journeys that write do not
meet each other.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, flock
from itertools import chain, groupby
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.device import step_in as a_child_of

WIDTHS = {"phone": (360, 740), "tablet": (820, 1100), "desktop": (1280, 900)}
WALKS = Path(__file__).with_name("test_pages.py")
SERVE = """
import os, django; django.setup()
from alert4you.config.server import serve
serve("127.0.0.1", int(os.environ["PORT"]), workers=1, quiet=True)
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A walk through all pages takes a minute: they begin far from each other, so at other workers."""
    walks = [item for item in items if item.path == WALKS]
    others = [
        list(of_a_file)
        for path, of_a_file in groupby(items, lambda item: item.path)
        if path != WALKS
    ]
    for number, walk in enumerate(walks):
        others.insert(number * len(others) // len(walks), [walk])
    items[:] = chain.from_iterable(others)


@contextmanager
def _serving(folder: Path, *command: str) -> Iterator[str]:
    """The address of a server on the demo in this folder, until somebody has seen enough."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = door.getsockname()[1]
    environment = {
        **os.environ,
        "ALERT4YOU_MODE": "demo",
        "ALERT4YOU_DATABASE": str(folder / "demo.sqlite3"),
        "DATABASE_URL": "",  # a demo is a file
        "DJANGO_SETTINGS_MODULE": "alert4you.config.settings",
        "PORT": str(port),
    }
    address, log = f"http://localhost:{port}", folder / "log"
    with log.open("w") as out:
        server = subprocess.Popen(
            [sys.executable, *command], env=environment, stdout=out, stderr=subprocess.STDOUT
        )
        try:
            _wait_for(address, server, log)
            yield address
        finally:
            server.terminate()
            server.wait(20)


@pytest.fixture(scope="session")
def told_stories(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The folder with the filled database; the first worker to come makes it, as a visitor would."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "stories"
    folder.mkdir(exist_ok=True)
    with (folder / "door").open("w") as door:
        flock(door, LOCK_EX)
        if not (folder / "told").exists():
            with _serving(folder, "-m", "alert4you", "demo"):
                (folder / "told").touch()
    return folder


@pytest.fixture(scope="session")
def demo(told_stories: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running demo of this worker."""
    folder = tmp_path_factory.mktemp("demo")
    shutil.copytree(told_stories, folder, dirs_exist_ok=True)
    with _serving(folder, "-c", SERVE) as address:
        yield address


def _wait_for(address: str, server: subprocess.Popen, log: Path) -> None:
    for _ in range(720):
        if server.poll() is not None:
            break
        try:
            urllib.request.urlopen(address, timeout=2)
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.25)
        else:
            return
    pytest.fail(f"the demo did not start: {log.read_text()[-2000:]}")


Visit = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser, demo: str) -> Iterator[Visit]:
    """``visit("Sanne", "phone")``: a browser of that size in which this persona has stepped in.

    What the browser complains about (a script error, a refused style, a foreign address) fails the test.
    """
    opened, complaints = [], []

    def step_in(persona: str = "", size: str = "desktop", javascript: bool = True) -> Page:
        width, height = WIDTHS[size]
        context = browser.new_context(
            base_url=demo,
            viewport={"width": width, "height": height},
            locale="nl-NL",
            java_script_enabled=javascript,
        )
        opened.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda said: complaints.append(said.text) if _is_trouble(said) else None,
        )
        page.on(
            "request",
            lambda call: complaints.append(call.url) if not _ours(call.url, demo) else None,
        )
        page.goto("/")
        if persona:
            page.get_by_role("button", name=persona).first.click()
        return page

    yield step_in
    for context in opened:
        context.close()
    assert complaints == []


@pytest.fixture
def device(browser: Browser, demo: str) -> Iterator[Visit]:
    """A device on which this persona has stepped in; the page of a child is open, and the shell is kept."""
    opened = []

    def at(persona: str = "Fatima", size: str = "tablet") -> Page:
        width, height = WIDTHS[size]
        screen = {"width": width, "height": height}
        context = browser.new_context(base_url=demo, viewport=screen, locale="nl-NL")
        opened.append(context)
        return a_child_of(context.new_page(), persona)

    yield at
    for context in opened:
        context.close()


def _is_trouble(said: object) -> bool:
    meant = ("status of 40", "ERR_INTERNET_DISCONNECTED")
    return said.type == "error" and not any(each in said.text for each in meant)


def _ours(url: str, demo: str) -> bool:
    return url.startswith((demo, "data:", "blob:"))
