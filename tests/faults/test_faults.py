"""A little of each fault; `make faults` does them many times (docs/reference/reliability.md)."""

import shutil

import pytest
from django.test import Client
from faults.asking import answered, fuzz, slow_clients
from faults.disk import full, power_cut
from faults.killing import kill_web, kill_workers, mail_away

from faults import Outcome
from tests.architecture.world import make_world
from tests.cast import Cast

needs_a_compiler = pytest.mark.skipif(not shutil.which("cc"), reason="no C compiler is installed")


def holds(outcome: Outcome) -> None:
    assert outcome.acknowledged and outcome.holds, str(outcome)


def test_a_killed_server_loses_and_doubles_nothing() -> None:
    holds(kill_web(3))


def test_a_killed_worker_loses_and_doubles_no_mail() -> None:
    holds(kill_workers(1, 6))


def test_mail_that_waited_goes_once() -> None:
    holds(mail_away(2, 3))


@needs_a_compiler
def test_the_power_goes() -> None:
    holds(power_cut(20, 20))


@needs_a_compiler
def test_the_power_cut_finds_a_database_that_does_not_wait_for_the_disk() -> None:
    assert power_cut(20, 20, synchronous="NORMAL").lost > 5


@needs_a_compiler
def test_the_disk_is_full() -> None:
    holds(full(0.5))


def test_slow_clients_hold_up_nobody() -> None:
    holds(slow_clients(50, 0.5))


def test_nonsense_is_no_fault_of_ours(cast: Cast) -> None:
    hats = ("fatima", "carla", "anna", "nobody")
    clients: dict[str, Client] = {name: cast.client(name) for name in hats}
    for each in clients.values():
        each.raise_request_exception = False
    holds(answered(fuzz(make_world(cast), clients, 100)))
