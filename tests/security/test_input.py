"""Hostile words and odd requests: they are shown as words, refused, or do nothing."""

import ast
import json
import logging
import re
from typing import Any
from uuid import UUID

import pytest
from django.core import mail
from django.core.handlers.wsgi import WSGIRequest
from django.db import IntegrityError, transaction
from django.test import Client

from alert4you.access.models import Entry
from alert4you.children.models import Placement
from alert4you.config.logs import LineFormatter
from alert4you.notes.commands.writing import write_note
from tests.architecture.crawl import ALL, PAGES, address
from tests.architecture.world import World, make_world
from tests.cast import TODAY, Cast
from tests.security import source

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</textarea><svg onload=alert(1)>",
    "{{ 7|add:7 }}{% debug %}{{ settings.SECRET_KEY }}",
    "%(child)s %s {0.__class__} ${7*7}",
    "javascript:alert(1)",
    "<div hx-get='/keys/' hx-trigger='load'>",
    "' OR 1=1; DROP TABLE children_child; --",
    "a\r\nSet-Cookie: x=1",
    "\u202egnp.exe \ud7ff\ufffe",
]


@pytest.fixture
def world(cast: Cast) -> World:
    return make_world(cast)


def reached(world: World) -> list[tuple[str, str]]:
    """Every page that is there to be looked at, with its address."""
    found = []
    for page, row in PAGES.items():
        if page in ALL and row.get("method") != "post":
            found.append((page, address(page, world.arguments)))
    return found


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_shown_as_words(cast: Cast, words: str) -> None:
    cast.lotte.person.name = f"Lotte {words}"[:60]
    cast.lotte.person.save()
    write_note(cast.actor("lotte"), cast.mila, f"Gezien: {words}")
    for page in (f"/children/{cast.mila.pk}/", "/"):
        answer = cast.client("anna").get(page)
        shown = answer.content.decode()
        assert answer.status_code == 200
        assert "Gezien" in shown
        for live in ("<script>alert", "<img src=x", "<svg onload", "<div hx-get", "7*7=", "{'"):
            assert live not in shown.replace("${7*7}", "")
        assert "14" not in re.findall(r"Gezien: (\d+)", shown)
        assert "x" not in answer.cookies


def test_sql_in_words_finds_nothing(cast: Cast) -> None:
    client = cast.client("carla")
    before = Entry.objects.unrestricted(reason="test").count()
    for words in HOSTILE:
        assert client.get("/practices/", {"q": words}).status_code == 200
        assert Client().post("/login/", {"email": words, "password": words}).status_code == 200
    assert Entry.objects.unrestricted(reason="test").count() == before


def test_no_page_marks_words_of_people_as_safe() -> None:
    found = {
        name
        for name, text in source.templates()
        if re.search(r"\|\s*safe\b|\bsafeseq\b|autoescape off", text) and not name.endswith(".txt")
    }
    marked = {file for file, _call, name in source.calls() if name.split(".")[-1] == "mark_safe"}
    assert found == {"offline/templates/offline/worker.js"}  # names of our own files, as JSON
    assert marked <= {"ui/templatetags/ui.py"}


OWN = re.compile(r"(^|\.|_)(url|back|here|address|all|leave|next|query|again|photo)(\||$)")


def test_no_address_is_built_from_words_of_people() -> None:
    """A link is written out, or made by the server under a name that says so."""
    odd = [
        (name, value)
        for name, text in source.templates()
        for value in re.findall(r"(?:href|action|src|formaction)=\"\{\{ ?([\w.|:']+)", text)
        if not OWN.search(value)
    ]
    assert odd == []


def test_no_shell_and_no_code_from_words() -> None:
    forbidden = re.compile(
        r"^(eval|exec|compile|__import__|os\.(system|popen)|pickle\..*|marshal\..*|shelve\..*"
        r"|yaml\.(load|unsafe_load|full_load)|Template|subprocess\.(call|Popen|check_output|getoutput))$"
    )
    found = {(file, name) for file, call, name in source.calls() if forbidden.match(name)}
    kept = {(file, name) for file, name in found if not name.startswith("yaml.load")}
    # Servers to measure, and the dump of a backup.
    files = ("bench/offline.py", "operations/postgresql.py")
    assert kept == {(file, "subprocess.Popen") for file in files}
    for file, call, name in source.calls():
        if name == "subprocess.run":
            measures = "config/management/commands/bench.py"
            assert file in {"practices/rules/document/pdf.py", measures}, file
            assert not any(each.arg == "shell" for each in call.keywords)
        if name == "yaml.load":
            assert "Safe" in ast.unparse(call) or "LOADER" in ast.unparse(call), file


def test_xpath_is_written_in_the_source() -> None:
    for file, call, name in source.calls():
        if name.endswith(".xpath"):
            assert isinstance(call.args[0], ast.Constant), file


def test_words_in_patterns_are_escaped() -> None:
    for file, call, name in source.calls():
        if not re.fullmatch(
            r"re\.(compile|search|match|fullmatch|sub|split|findall|finditer)", name
        ):
            continue
        for part in ast.walk(call.args[0]):
            if isinstance(part, ast.FormattedValue):
                words = ast.unparse(part.value)
                fixed = words.startswith("re.escape(") or re.fullmatch(r"_?[A-Z_.]+", words)
                assert fixed, f"{file}:{call.lineno}: {words}"


def test_a_name_cannot_add_a_header_to_a_mail(cast: Cast) -> None:
    for odd in ("anna@example.org\nBcc: eve@example.org", "anna@example.org, eve@example.org"):
        Client().post("/login/code/", {"email": odd})
        Client().post("/password/", {"email": odd})
    assert not any("eve@example.org" in str(each.recipients()) for each in mail.outbox)
    cast.anna.name = "Anna\r\nBcc: eve@example.org"
    cast.anna.save()
    Client().post("/login/code/", {"email": "anna@example.org"})
    (sent,) = mail.outbox
    assert "Bcc" not in sent.message()


ODD = ["-1", "9" * 40, "\x00", "../../etc/passwd", "2026-99-99"]
ASKED = ("page", "before", "day", "week", "date", "from", "to", "show", "filter", "child", "q")
ASKED += ("entry", "about", "trajectory", "practice", "group", "year", "month", "next", "sort")


def test_numbers_out_of_range_are_refused(
    cast: Cast, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On every page that reads what stands behind its address: no fault of ours."""
    client, read = cast.client("carla"), set()
    behind = WSGIRequest.GET

    def noted(request: WSGIRequest) -> Any:
        read.add(request.resolver_match and request.resolver_match.view_name)
        return behind.func(request)

    monkeypatch.setattr(WSGIRequest, "GET", property(noted))
    for page, url in reached(world):
        for odd in ODD:
            answer = client.get(url.partition("?")[0], dict.fromkeys(ASKED, odd))
            assert answer.status_code < 500, page
            if page not in read:
                break
    assert 20 < len(read) < len(PAGES)


def note(cast: Cast, told: dict[str, Any], query: str = "") -> Any:
    return cast.client("fatima").post(f"/children/{cast.mila.pk}/note/{query}", told)


def written() -> list[Entry]:
    return list(Entry.objects.unrestricted(reason="test"))


TOLD = {"text": "Ze bouwde een toren.", "category": "day", "readers": "parents"}


@pytest.mark.parametrize(
    "wrong", [{"category": "safety"}, {"category": "x"}, {"readers": "everybody"}]
)
def test_a_choice_that_was_not_offered_is_refused(cast: Cast, wrong: dict[str, str]) -> None:
    assert note(cast, {**TOLD, **wrong}).status_code == 200
    assert written() == []


def test_what_a_form_does_not_ask_is_not_written(cast: Cast) -> None:
    more = {
        "author": cast.marit.pk,
        "author_id": cast.marit.pk,
        "organisation": cast.youthcare.pk,
        "organisation_id": cast.youthcare.pk,
        "child": "x",
        "hold_until": "2030-01-01",
        "written_at": "2020-01-01",
        "kind": "decision",
        "role": "manager",
    }
    assert note(cast, {**TOLD, **more}).status_code == 302
    (entry,) = written()
    assert entry.author_id == cast.fatima.person_id
    assert entry.organisation_id == cast.nursery.pk
    assert (entry.child_id, entry.hold_until, entry.kind) == (cast.mila.pk, None, "note")
    assert entry.written_at.date() == TODAY


def test_a_parameter_twice_or_elsewhere_changes_nothing(cast: Cast) -> None:
    assert note(cast, {}, "?text=elders&category=day&readers=parents").status_code == 200
    assert written() == []
    assert note(cast, {**TOLD, "category": ["safety", "day"]}).status_code == 302
    assert [entry.category for entry in written()] == ["day"]


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("/children/?q=%00", 400),
        ("/openings/find/?q=Mi%00la", 400),
        ("/practices/cards/%00/", 400),
        ("/groups/{group}/day/?on=9999-12-31", 200),
        ("/groups/{group}/change/?on=0001-01-01", 200),
    ],
)
def test_what_no_database_and_no_calendar_knows_is_asked_of_neither(
    cast: Cast, asked: str, status: int
) -> None:
    assert cast.client("carla").get(asked.format(group=cast.group.pk)).status_code == status


DEEP, LONG = "[" * 15_000, "9" * 5000


@pytest.mark.parametrize(
    ("page", "sent", "status"),
    [
        ("/children/{child}/sharing/ask/", {"step": LONG}, 200),
        ("/children/{child}/sharing/ask/", {"to": LONG}, 200),
        ("/children/{child}/refer/", {"party": "x", "party_words": "Wijkteam"}, 200),
        ("/login/passkey/", {"credential": LONG}, 200),
        ("/login/passkey/", {"credential": DEEP}, 200),
        ("/login/passkey/", {"credential": "1"}, 200),
        ("/drafts/", {"page": "/", "once": str(UUID(int=1)), "said": DEEP}, 404),
    ],
)
def test_a_form_that_no_browser_sends_makes_no_fault(
    cast: Cast, page: str, sent: dict[str, str], status: int
) -> None:
    asked = cast.client("carla").post(page.format(child=cast.mila.pk), sent)
    assert asked.status_code == status


@pytest.mark.parametrize("page", ["/children/", "/openings/find/"])
def test_words_without_end_are_sought_as_far_as_a_name_goes(cast: Cast, page: str) -> None:
    assert cast.client("carla").get(page, {"q": "a" * 60_000}).status_code == 200


def test_a_period_cannot_end_before_it_begins(cast: Cast) -> None:
    place = Placement.objects.unrestricted(reason="test").get(child=cast.mila)
    with pytest.raises(IntegrityError), transaction.atomic():
        place.ends = place.starts.replace(year=2020)
        place.save()


PARTS = {"slug", "practice", "activity", "kind", "right", "form", "step", "at", "into", "number"}
PARTS |= {
    "session_name",
    "reference",
    "stream",
    "fact_kind",
    "key",
    "link",
    "token",
    "uidb64",
    "ticket",
    "record",
    "contents",
    "job",
}


def test_no_names_in_addresses() -> None:
    for page, pattern in ALL.items():
        for name, converter in pattern.pattern.converters.items():
            assert type(converter).__name__ == "UUIDConverter" or name in PARTS, (page, name)


WRITES_HTML = (
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|__proto__"
)
TABLET = "web/static/web/tablet.js"
KEEPS = r"postMessage|\"message\"|localStorage|sessionStorage|indexedDB|document\.cookie"


def test_our_script_writes_no_html() -> None:
    """Nor does it keep anything on a device, but for the sealed queue and the pack behind a PIN."""
    found = dict(source.scripts())
    assert found
    for name, text in found.items():
        assert not re.search(WRITES_HTML, text), name
        assert not re.search(KEEPS, text) or name.startswith(("offline/", TABLET)), name
        assert '"use strict"' in text or re.search(r"^(import|export)\b", text, re.MULTILINE), name


def test_requests_follow_no_redirects() -> None:
    sent = [
        (file, {each.arg: ast.unparse(each.value) for each in call.keywords})
        for file, call, name in source.calls()
        if re.fullmatch(r"requests\.(request|get|post|put|Session)|urlopen|httpx\..*", name)
        and not file.startswith("rights/")  # its own queries are called so
    ]
    assert [file for file, _ in sent] == ["web/queries/issuer.py"]
    assert all(given["allow_redirects"] == "False" and given["timeout"] for _, given in sent)


def test_a_line_break_makes_no_second_line_in_the_log() -> None:
    said = '/nowhere\n{"level": "error", "message": "forged"}\r\u2028x'
    record = logging.LogRecord("django", logging.WARNING, "", 0, "Not Found: %s", (said,), None)
    line = LineFormatter().format(record)
    assert "\n" not in line
    assert "\r" not in line
    assert json.loads(line)["message"].endswith(said)
