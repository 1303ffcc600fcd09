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
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.device import step_in as a_child_of

WIDTHS = {"phone": (360, 740), "tablet": (820, 1100), "desktop": (1280, 900)}
MAKE = """
import django; django.setup()
from alert4you.config.demo_database import prepare
prepare(False, print)
"""


def _environment(folder: Path, **more: str) -> dict[str, str]:
    database = str(folder / "demo.sqlite3")
    return {
        **os.environ,
        "ALERT4YOU_MODE": "demo",
        "ALERT4YOU_DATABASE": database,
        "DJANGO_SETTINGS_MODULE": "alert4you.config.settings",
        **more,
    }


@pytest.fixture(scope="session")
def told_stories(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The folder with the filled database; the first worker to come makes it."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "stories"
    done = folder / "done"
    try:
        folder.mkdir()
    except FileExistsError:
        deadline = time.monotonic() + 180
        while not done.exists() and time.monotonic() < deadline:
            time.sleep(0.5)
        return folder
    subprocess.run([sys.executable, "-c", MAKE], env=_environment(folder), check=True)
    done.touch()
    return folder


@pytest.fixture(scope="session")
def demo(told_stories: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running demo of this worker."""
    folder = tmp_path_factory.mktemp("demo")
    for file in told_stories.glob("demo*"):
        if file.is_file():
            shutil.copy(file, folder)
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = door.getsockname()[1]
    log = (folder / "log").open("w")
    server = subprocess.Popen(
        [sys.executable, "-m", "alert4you", "demo"],
        env=_environment(folder, PORT=str(port)),
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    address = f"http://localhost:{port}"
    try:
        _wait_for(address, server, folder / "log")
        yield address
    finally:
        server.terminate()
        server.wait(20)
        log.close()


def _wait_for(address: str, server: subprocess.Popen, log: Path) -> None:
    for _ in range(240):
        if server.poll() is not None:
            break
        try:
            urllib.request.urlopen(address, timeout=2)  # noqa: S310 - our own server
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
