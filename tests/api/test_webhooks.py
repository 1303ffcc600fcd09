"""What an application hears: once, signed, in order, and never what stands there."""

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from ssl import PROTOCOL_TLS_SERVER, SSLContext
from threading import Thread
from time import monotonic, sleep

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509 import (
    CertificateBuilder,
    DNSName,
    Name,
    SubjectAlternativeName,
    random_serial_number,
)
from django.test import override_settings

from alert4you.api import tasks
from alert4you.api.commands import end_application, tell_at, tell_no_more
from alert4you.api.models import Scope, Webhook
from alert4you.api.rules import HEARS, SAID, may_reach, signature
from alert4you.api.tasks import tell_applications
from alert4you.children.commands import correct_child
from alert4you.kernel.decision import Denied
from alert4you.organisations.commands import open_group
from tests.api.calling import Caller, caller
from tests.cast import NOW, Cast, make_cast

A_DAY = timedelta(days=1)
PATH = "/hook?of=us"
INSIDE = ("127.0.0.1", "10.1.2.3", "169.254.169.254", "100.64.0.1", "0.0.0.0", "239.255.255.250")
INSIDE_6 = (
    "::1",
    "::",
    "fd00::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "2002:7f00:1::",
    "::7f00:1",
)
INSIDE_4_IN_6 = ("::ffff:127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1")


@dataclass
class Listener:
    """A server that keeps what it is told, and answers ``status``."""

    port: int = 0
    status: int = 204
    path: str = PATH
    byte_by_byte: bool = False
    takes: float = 0
    heard: list[tuple[str, dict[str, str], str]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}{self.path}"


@pytest.fixture
def listener() -> Iterator[Listener]:
    with serving() as kept:
        yield kept


@contextmanager
def serving(certificate: Path | None = None) -> Iterator[Listener]:
    kept = Listener()

    class Keeps(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            kept.heard.append((self.path, {k.lower(): v for k, v in self.headers.items()}, body))
            sleep(kept.takes)
            if kept.byte_by_byte:
                with suppress(OSError):
                    for _ in range(100):
                        self.wfile.write(b"H")
                        sleep(0.1)
                return
            self.send_response(kept.status)
            self.send_header("Location", "/elsewhere")
            self.end_headers()

        def log_message(self, *_said: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Keeps)
    kept.port = server.server_port
    if certificate:
        sealed = SSLContext(PROTOCOL_TLS_SERVER)
        sealed.load_cert_chain(certificate)
        server.socket = sealed.wrap_socket(server.socket, server_side=True)
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield kept
    server.shutdown()
    server.server_close()


def certified(path: Path) -> Path:
    """A key with a certificate for localhost that it gave itself."""
    key, name = ec.generate_private_key(ec.SECP256R1()), Name.from_rfc4514_string("CN=localhost")
    now = datetime.now(UTC)
    made = (
        CertificateBuilder(name, name, key.public_key(), random_serial_number(), now, now + A_DAY)
        .add_extension(SubjectAlternativeName([DNSName("localhost")]), critical=False)
        .sign(key, SHA256())
    )
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(private + made.public_bytes(Encoding.PEM))
    return path


def listening(cast: Cast, listener: Listener, scopes: tuple[Scope, ...] = ()) -> Caller:
    api = caller(cast, scopes)
    api.secret = tell_at(cast.actor("marit"), api.application, listener.url)
    return api


def rename(cast: Cast, name: str = "Mila") -> None:
    correct_child(cast.actor("marit"), cast.mila, (name, "Jansen"), date(2023, 5, 1))


def test_it_hears_what_and_when_and_can_see_from_whom(cast: Cast, listener: Listener) -> None:
    api = listening(cast, listener)
    rename(cast)
    assert (tell_applications(NOW), tell_applications(NOW)) == (1, 0)
    ((path, headers, body),) = listener.heard
    assert path == PATH
    told = {"kind": "child.changed", "id": str(cast.mila.pk), "time": NOW.isoformat()}
    assert {**json.loads(body), "time": told["time"]} == told
    timestamp = int(headers["webhook-timestamp"])
    expected = signature(api.secret, headers["webhook-id"], timestamp, body)
    assert headers["webhook-signature"] == expected
    assert signature(api.secret, headers["webhook-id"], timestamp + 1, body) != expected


def test_what_is_not_taken_comes_again_under_the_same_name_and_in_order(
    cast: Cast, listener: Listener
) -> None:
    api = listening(cast, listener)
    rename(cast)
    open_group(cast.actor("marit"), cast.location, "Wolken")
    listener.status = 307
    assert tell_applications(NOW) == 0
    assert tell_applications(NOW + timedelta(seconds=30)) == 0
    assert len(listener.heard) == 1, "it waits, and does not follow to elsewhere"
    page = cast.client("marit").get(f"/systems/{api.application.pk}/").content.decode()
    assert "beantwoord met 307" in page and "1 keer geprobeerd" in page
    assert "Een gegeven van een kind is verbeterd" in page and "child.changed" not in page
    assert {code for code, __ in HEARS.values()} == set(SAID), "all that is sent has words"
    assert str(cast.mila.pk) not in page and "Mila" not in page
    listener.status = 200
    assert tell_applications(NOW + timedelta(minutes=2)) == 2
    names = [headers["webhook-id"] for __, headers, __ in listener.heard]
    assert names[0] == names[1] != names[2]
    kinds = [json.loads(body)["kind"] for *__, body in listener.heard]
    assert kinds == ["child.changed", "child.changed", "group.changed"]
    page = cast.client("marit").get(f"/systems/{api.application.pk}/").content.decode()
    assert page.count("Aangenomen") == 2 and "beantwoord met" not in page


def test_it_hears_only_what_it_may_read_and_not_itself(cast: Cast, listener: Listener) -> None:
    api = listening(cast, listener, (Scope.READ_GROUPS, Scope.WRITE_GROUPS))
    rename(cast)
    api.put("/groups/7", {"name": "Wolken"})
    other = make_cast("other.example")
    rename(other)
    open_group(other.actor("marit"), other.location, "Wolken")
    assert tell_applications(NOW) == 0


def test_ended_or_told_no_more_it_hears_nothing(cast: Cast, listener: Listener) -> None:
    first, second = listening(cast, listener), listening(cast, listener)
    rename(cast)
    end_application(cast.actor("marit"), first.application)
    tell_no_more(cast.actor("marit"), second.application)
    assert tell_applications(NOW) == 0


def test_one_that_cannot_be_reached_holds_up_nobody_else(cast: Cast, listener: Listener) -> None:
    """A port that is none, a certificate that is none, a secret sealed with a key that is gone."""
    wrong = [caller(cast).application for _ in range(3)]
    addresses = ["https://listener.example:99999/", listener.url.replace("http:", "https:")]
    for application, url in zip(wrong, [*addresses, listener.url], strict=True):
        tell_at(cast.actor("marit"), application, url)
    Webhook.objects.filter(application=wrong[2]).update(sealed_secret="of before")
    listening(cast, listener)
    rename(cast)
    assert tell_applications(NOW) == 1
    troubles = [Webhook.objects.get(application=each).trouble for each in wrong]
    assert troubles == ["ValueError", "SSLError", "InvalidToken"]


def test_who_answers_a_byte_at_a_time_is_hung_up_on(
    cast: Cast, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "SECONDS", 0.5)
    listener.byte_by_byte = True
    api = listening(cast, listener)
    rename(cast)
    began = monotonic()
    assert tell_applications(NOW) == 0
    assert monotonic() - began < 3
    assert Webhook.objects.get(application=api.application).trouble


def test_who_takes_all_but_slowly_has_a_share_of_the_time(
    cast: Cast, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    share = tasks.SHARE
    monkeypatch.setattr(tasks, "SHARE", 0.3)
    listener.takes = 0.2
    listening(cast, listener)
    for second in range(6):
        cast.go_to(NOW + timedelta(seconds=second))
        rename(cast)
    first = tell_applications(NOW)
    assert 1 <= first < 6
    listener.takes = 0
    monkeypatch.setattr(tasks, "SHARE", share)
    assert tell_applications(NOW) == 6 - first, "the rest, and nothing twice"


def test_it_is_reached_at_the_address_that_answers_with_its_own_words_only(
    cast: Cast, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a name with two addresses; a password in the address is told to nobody else."""
    two = [(2, 1, 6, "", (each, listener.port)) for each in ("127.0.0.0", "127.0.0.1")]
    monkeypatch.setattr(tasks, "getaddrinfo", lambda *_asked, **_more: two)
    listener.path = "/é?of=us&more=%20"
    api = caller(cast)
    url = f"http://us:secret@listener.example:{listener.port}{listener.path}"
    tell_at(cast.actor("marit"), api.application, url)
    rename(cast)
    assert tell_applications(NOW) == 1
    ((path, headers, __),) = listener.heard
    assert path == "/%C3%A9?of=us&more=%20"
    assert headers["host"] == f"listener.example:{listener.port}"
    assert "secret" not in str(headers)


@pytest.mark.parametrize(
    ("host", "known", "heard"),
    [("localhost", True, 1), ("listener.example", True, 0), ("localhost", False, 0)],
)
def test_it_tells_only_who_has_the_certificate_of_that_name(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, host: str, known: bool, heard: int
) -> None:
    certificate, other = (certified(tmp_path / name) for name in ("here.pem", "other.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate if known else other))
    with serving(certificate) as kept:
        there = [(2, 1, 6, "", ("127.0.0.1", kept.port))]
        monkeypatch.setattr(tasks, "getaddrinfo", lambda *_asked, **_more: there)
        api = caller(cast)
        tell_at(cast.actor("marit"), api.application, f"https://{host}:{kept.port}/")
        rename(cast)
        assert (tell_applications(NOW), len(kept.heard)) == (heard, heard)


@override_settings(PRODUCTION=True)
def test_nobody_looks_around_in_our_network_through_us(cast: Cast, listener: Listener) -> None:
    for address in INSIDE + INSIDE_6 + INSIDE_4_IN_6:
        assert not may_reach(address), address
    for address in ("93.184.216.34", "2606:2800:220:1::", "64:ff9b::5db8:d822"):
        assert may_reach(address), address
    api = caller(cast)
    marit = cast.actor("marit")
    with pytest.raises(Denied):
        tell_at(marit, api.application, "http://listener.example/")
    tell_at(marit, api.application, listener.url.replace("http:", "https:"))
    rename(cast)
    assert tell_applications(NOW) == 0
    assert listener.heard == []
