"""A little of each fault; `make faults` does them many times (docs/reference/reliability.md)."""

import shutil
from collections import Counter
from http.client import HTTPConnection
from time import sleep
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.test import Client
from faults.asking import answered, fuzz, slow_clients
from faults.disk import full, power_cut
from faults.house import Server, a_house, ask
from faults.killing import kill_web, kill_workers, mail_away, read
from faults.load import ask_all

from faults import Outcome
from tests.architecture.world import make_world
from tests.cast import Cast

needs_a_compiler = pytest.mark.skipif(not shutil.which("cc"), reason="no C compiler is installed")


def holds(outcome: Outcome) -> None:
    assert outcome.acknowledged and outcome.holds, str(outcome)


def test_slow_clients_hold_up_nobody(server: Server) -> None:
    holds(slow_clients(50, 0.5, server))


def test_who_is_signed_out_while_she_sends_did_nothing(tables: None) -> None:
    with a_house() as house, house.served(1) as server:
        assert server.note("Whole") == 302
        told = house.told
        form = {"text": "Held back", "category": "day", "readers": "parents", "once": uuid4()}
        held = HTTPConnection("127.0.0.1", server.port, timeout=20)
        body = urlencode({**form, "csrfmiddlewaretoken": told["csrf"]})
        held.putrequest("POST", f"/children/{told['mila']}/note/")
        held.putheader("Cookie", f"sessionid={told['session']}; csrftoken={told['csrf']}")
        held.putheader("Content-Type", "application/x-www-form-urlencoded")
        held.putheader("Content-Length", str(len(body)))
        held.endheaders(body[:-5].encode())
        sleep(0.5)
        assert ask(server.port, "POST", "/logout/", told, {})[0] == 302
        held.send(body[-5:].encode())
        answer = held.getresponse()
        held.close()
        assert read(house) == (Counter(["Whole"]), 0)
        assert answer.status in {302, 403}


def test_who_comes_does_not_wait_for_who_came(server: Server) -> None:
    told = server.house.told
    fatima = {**told, "pages": ["/children/"], "note": f"/children/{told['mila']}/note/"}
    found = ask_all(server, [fatima], 1)
    assert found.reads and not found.failed


@needs_a_compiler
def test_the_disk_is_full(server: Server) -> None:
    holds(full(0.5, server))


def test_a_killed_server_loses_and_doubles_nothing(server: Server) -> None:
    holds(kill_web(3, server))


def test_a_killed_worker_loses_and_doubles_no_mail() -> None:
    holds(kill_workers(1, 6, 1))


def test_mail_that_waited_goes_once() -> None:
    holds(mail_away(2, 3))


@needs_a_compiler
def test_the_power_goes() -> None:
    holds(power_cut(20, 20))


@needs_a_compiler
def test_the_power_cut_finds_a_database_that_does_not_wait_for_the_disk() -> None:
    assert power_cut(20, 20, synchronous="NORMAL").lost > 5


def test_nonsense_is_no_fault_of_ours(cast: Cast) -> None:
    hats = ("fatima", "carla", "anna", "nobody")
    clients: dict[str, Client] = {name: cast.client(name) for name in hats}
    for each in clients.values():
        each.raise_request_exception = False
    holds(answered(fuzz(make_world(cast), clients, 100)))
