"""The door in a real browser: a passkey from beginning to end, and the pages at three sizes."""

import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile
from typing import Any, NamedTuple

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import WIDTHS, _is_trouble, _wait_for
from tests.tables import written_to

# pytest makes the tables when a test asks for the database; these ask for a copy of it.
pytestmark = [pytest.mark.chromium, pytest.mark.django_db]
SHOTS = os.environ.get("ALERT4YOU_SHOTS", "")
MAKE = """
import json, django; django.setup()
from alert4you.kernel.clock import wall_clock
from alert4you.organisations.commands import make_invitation
from alert4you.organisations.queries import link_of
from tests.cast import make_cast
cast = make_cast()
given = make_invitation(cast.actor("carla").later(wall_clock()), cast.anna)
print(json.dumps({"child": str(cast.mila.pk), "link": link_of(given), "code": given.code}))
"""


class House(NamedTuple):
    """A running server with the cast; ``told`` names the child and the invitation of Anna."""

    address: str
    told: dict[str, str]
    log: Path

    def mailed_code(self) -> str:
        """The newest code by mail; without a mail server it stands in the log."""
        return re.findall(r"\d{4} \d{4}", self.log.read_text())[-1]


def environment(file: Path) -> dict[str, str]:
    return {
        **os.environ,
        "ALERT4YOU_MODE": "test",
        "ALERT4YOU_DATABASE": str(file),
        "DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "alert4you.config.settings",
        "PYTHONPATH": os.pathsep.join(sys.path),
        "PYTHONUNBUFFERED": "1",
    }


@pytest.fixture(scope="module")
def empty(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A file with the tables, to copy."""
    with django_db_blocker.unblock():
        return written_to(tmp_path_factory.mktemp("door") / "empty.sqlite3")


@pytest.fixture
def house(empty: Path, tmp_path: Path) -> Iterator[House]:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = door.getsockname()[1]
    env = environment(Path(copyfile(empty, tmp_path / "house.sqlite3")))
    made = subprocess.run(
        [sys.executable, "-c", MAKE], env=env, check=True, capture_output=True, text=True
    )
    address, log = f"http://localhost:{port}", tmp_path / "log"
    with log.open("w") as out:
        serve = ["manage", "runserver", "--noreload", str(port)]
        server = subprocess.Popen(
            [sys.executable, "-m", "alert4you", *serve], env=env, stdout=out, stderr=out
        )
        try:
            _wait_for(f"{address}/login/", server, log)
            yield House(address, json.loads(made.stdout.splitlines()[-1]), log)
        finally:
            server.terminate()
            server.wait(20)


@pytest.fixture
def page(browser: Browser, house: House) -> Iterator[Page]:
    """A telephone with a reader of fingers; what the browser complains about fails the test."""
    width, height = WIDTHS["phone"]
    context = browser.new_context(
        base_url=house.address,
        viewport={"width": width, "height": height},
    )
    found, complaints = context.new_page(), []
    found.on("pageerror", lambda error: complaints.append(str(error)))
    found.on(
        "console",
        lambda said: complaints.append(said.text) if _is_trouble(said) else None,
    )
    reader = context.new_cdp_session(found)
    reader.send("WebAuthn.enable")
    reader.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    yield found
    context.close()
    assert complaints == []


def test_a_parent_comes_in_with_an_invitation_and_then_with_a_finger(
    page: Page, house: House
) -> None:
    page.goto(f"/invited/{house.told['link']}/")
    sound(page, f"/invited/{house.told['link']}/")
    page.get_by_role("textbox").fill(house.told["code"])
    page.get_by_role("main").get_by_role("button").click()
    sound(page, "/login/second/")
    page.locator("a[href*='second/passkey']").click()
    sound(page, "/login/second/passkey/")
    page.get_by_role("main").get_by_role("button").click()
    sound(page, "/login/recovery/")
    page.goto(f"/children/{house.told['child']}/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Mila")
    page.goto("/keys/")
    sound(page, "/keys/")
    page.locator("form[action='/keys/everywhere/'] button").click()
    sound(page, "/login/")
    page.locator("a[href*='/login/passkey/']").click()
    page.get_by_role("main").get_by_role("button").click()
    expect(page).to_have_url(re.compile("localhost:[0-9]+/$"))
    page.goto(f"/children/{house.told['child']}/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Mila")


def test_a_code_by_mail_and_then_the_finger_for_more(page: Page, house: House) -> None:
    page.goto("/login/code/")
    sound(page, "/login/code/")
    page.get_by_role("textbox").fill("anna@example.org")
    page.get_by_role("main").get_by_role("button").click()
    sound(page, "/login/code/type/")
    page.get_by_role("textbox").fill(house.mailed_code())
    page.get_by_role("main").get_by_role("button").click()
    sound(page, "/")
    page.goto(f"/children/{house.told['child']}/")
    sound(page, "/login/more/")
    page.locator("input[name='hand-code']").fill(house.told["code"])
    page.get_by_role("main").get_by_role("button").last.click()
    page.locator("a[href*='second/app']").click()
    sound(page, "/login/second/app/")
    page.go_back()
    page.locator("a[href*='second/passkey']").click()
    page.get_by_role("main").get_by_role("button").click()
    expect(page).to_have_url(re.compile("/login/recovery/"))


def sound(page: Page, path: str) -> None:
    """Here we are; no barrier that axe finds, and nothing wider than the screen."""
    expect(page).to_have_url(re.compile(rf"localhost:\d+{re.escape(path)}(\?.*)?$"))
    page.wait_for_load_state()
    found = Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == [], path
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    if SHOTS:
        page.screenshot(
            path=Path(SHOTS) / f"{path.strip('/').replace('/', '-')}.png", full_page=True
        )
