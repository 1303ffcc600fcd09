"""What an application hears: once, signed, in order, and never what stands there."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from django.test import override_settings

from alert4you.api.commands import end_application, tell_at, tell_no_more
from alert4you.api.models import Scope
from alert4you.api.rules import may_reach, signature
from alert4you.api.tasks import tell_applications
from alert4you.children.commands import correct_child
from alert4you.kernel.decision import Denied
from alert4you.organisations.commands import open_group
from tests.api.calling import Caller, caller
from tests.cast import NOW, Cast, make_cast

PATH = "/hook?of=us"


@dataclass
class Listener:
    """A server that keeps what it is told, and answers ``status``."""

    port: int = 0
    status: int = 204
    heard: list[tuple[str, dict[str, str], str]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}{PATH}"


@pytest.fixture
def listener() -> Iterator[Listener]:
    kept = Listener()

    class Keeps(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            kept.heard.append((self.path, {k.lower(): v for k, v in self.headers.items()}, body))
            self.send_response(kept.status)
            self.send_header("Location", "/elsewhere")
            self.end_headers()

        def log_message(self, *_said: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Keeps)
    kept.port = server.server_port
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield kept
    server.shutdown()
    server.server_close()


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
    assert "beantwoord met 307" in page and "child.changed" in page and "1 keer geprobeerd" in page
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


@override_settings(PRODUCTION=True)
def test_nobody_looks_around_in_our_network_through_us(cast: Cast, listener: Listener) -> None:
    for address in ("127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "fd00::1", "0.0.0.0"):
        assert not may_reach(address)
    assert may_reach("93.184.216.34")
    api = caller(cast)
    marit = cast.actor("marit")
    with pytest.raises(Denied):
        tell_at(marit, api.application, "http://listener.example/")
    tell_at(marit, api.application, listener.url.replace("http:", "https:"))
    rename(cast)
    assert tell_applications(NOW) == 0
    assert listener.heard == []
