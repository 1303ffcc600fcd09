"""What every answer tells a browser, and what a production installation adds to that."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.architecture.crawl import ALL, PAGES, address
from tests.architecture.world import World, make_world
from tests.cast import Cast
from tests.security.source import ROOT
from tests.tables import written_to

EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
POLICY = {"default-src 'self'", "script-src 'self'", "object-src 'none'", "base-uri 'none'"}
POLICY |= {"frame-ancestors 'none'", "form-action 'self'", "style-src 'self'"}


FOR_ALL = "api:openapi"  # a document that tells nothing of anybody; other sites may read it


def sound(answer: object, page: str = "") -> None:
    for name, value in EVERYWHERE.items():
        assert answer.headers[name] == value, name
    said = set(answer.headers["Content-Security-Policy"].split("; "))
    assert said >= POLICY
    assert "geolocation=()" in answer.headers["Permissions-Policy"]
    assert page == FOR_ALL or "Access-Control-Allow-Origin" not in answer.headers


@pytest.fixture
def world(cast: Cast) -> World:
    return make_world(cast)


@pytest.mark.parametrize("hat", ["carla", "anna", "nobody"])
def test_every_page_whatever_it_answers(cast: Cast, world: World, hat: str) -> None:
    client = cast.client(hat)
    for page, row in PAGES.items():
        if page not in ALL or page in {"web:logout", "web:lock"}:
            continue
        url = address(page, world.arguments)
        answer = client.post(url) if row.get("method") == "post" else client.get(url)
        sound(answer, page)
        assert "no-store" in answer.headers["Cache-Control"], page
        if answer.content:
            kind = answer.headers["Content-Type"]
            assert "charset=utf-8" in kind or kind.startswith("application/"), page


@pytest.mark.django_db
def test_static_files_and_pages_that_are_not_there() -> None:
    client = Client()
    script = client.get("/static/ui/alert4you.js")
    sound(script)
    assert b"".join(script)
    missing = client.get("/.git/config")
    assert missing.status_code in (302, 404)
    sound(missing)
    assert client.get("/static/").status_code in (302, 404)


@pytest.mark.parametrize("method", ["TRACE", "OPTIONS", "PUT", "PATCH", "DELETE"])
def test_no_other_methods(cast: Cast, method: str) -> None:
    answer = cast.client("fatima").generic(method, "/", headers={"X-Secret": "canary"})
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD, POST"
    assert b"canary" not in answer.content
    sound(answer)


def test_no_refusal_is_an_empty_screen(cast: Cast) -> None:
    """Who opens the address of a button, or sends too much, reads what to do."""
    anna, english = cast.client("anna"), cast.client("anna", "en")
    opened = anna.get("/lock/")
    assert (opened.status_code, opened["Allow"]) == (405, "POST")
    assert "Dit adres hoort bij een knop" in opened.content.decode()
    assert "belongs to a button" in english.get("/lock/").content.decode()
    large = anna.post("/keys/", {}, CONTENT_LENGTH="30000000")
    assert large.status_code == 413
    assert "kies een kleiner bestand" in large.content.decode()
    many = anna.post("/login/code/", {f"field{n}": "" for n in range(1_500)})
    unread = anna.get("/login/?next=%00")
    for answer in (many, unread):
        assert answer.status_code == 400
        assert "Dit kunnen we niet lezen" in answer.content.decode()


def test_a_form_of_another_site_does_nothing(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies["sessionid"] = cast.client("fatima").cookies["sessionid"].value
    assert client.get("/children/").status_code == 200
    for page in ("web:logout", "web:lock", "web:set_language", "web:hats"):
        assert client.post(reverse(page)).status_code == 403, page


def test_what_a_message_says_is_not_kept_by_the_browser() -> None:
    assert settings.MESSAGE_STORAGE.endswith("SessionStorage")


@pytest.mark.django_db
def test_htmx_keeps_no_pages_and_runs_no_words() -> None:
    said = Client().get("/login/").content.decode()
    config = json.loads(said.split('name="htmx-config" content=\'')[1].split("'")[0])
    assert config["historyCacheSize"] == 0
    assert config["allowEval"] is False
    assert config["selfRequestsOnly"] is True


ASK = """
import json, django
django.setup()
from django.conf import settings as s
from django.core.management import call_command
from django.test import Client
call_command("collectstatic", interactive=False, verbosity=0)
to = Client(headers={"host": "alert4you.example.nl", "x-forwarded-proto": "https"})
page, plain = to.get("/login/"), Client(headers={"host": "alert4you.example.nl"}).get("/login/")
spoken = to.post("/language/", {"language": "en", "next": "/"})
print(json.dumps({
    "headers": dict(page.headers),
    "cookies": {name: dict(each) for name, each in to.cookies.items()},
    "plain": [plain.status_code, plain.headers["Location"]],
    "fault": to.get("/nowhere/").content.decode(),
    "session": [s.SESSION_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY],
    "debug": s.DEBUG,
    "hasher": s.PASSWORD_HASHERS,
}))
"""


@pytest.fixture(scope="module")
def production(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, object]:
    """What an installation in production answers, in a process of its own."""
    with django_db_blocker.unblock():
        file = written_to(tmp_path_factory.mktemp("production") / "data.sqlite3")
    done = subprocess.run(
        [sys.executable, "-c", ASK],
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT / "src"),
            "ALERT4YOU_DATABASE": str(file),
            "DJANGO_SETTINGS_MODULE": "alert4you.config.settings",
            "ALERT4YOU_SECRET_KEY": "k0" * 30,
            "ALERT4YOU_HOSTS": "alert4you.example.nl",
            "ALERT4YOU_HTTPS": "proxy",
        },
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


def test_production_speaks_https_only(production: dict) -> None:
    assert production["headers"]["Strict-Transport-Security"] == (
        "max-age=31536000; includeSubDomains"
    )
    assert production["plain"] == [301, "https://alert4you.example.nl/login/"]


def test_cookies_of_production_belong_to_one_host(production: dict) -> None:
    assert production["session"] == ["__Host-session", True, True]
    assert set(production["cookies"]) == {"__Host-csrf", "__Host-language"}
    for name, cookie in production["cookies"].items():
        assert (cookie["secure"], cookie["httponly"], cookie["path"]) == (True, True, "/"), name
        assert cookie["samesite"] == "Lax"
        assert cookie["domain"] == ""


def test_production_tells_nothing_about_itself(production: dict) -> None:
    assert production["debug"] is False
    assert "Traceback" not in production["fault"]
    assert "Django" not in production["fault"]
    assert "Argon2PasswordHasher" in production["hasher"][0]
