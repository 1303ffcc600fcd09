"""What machines ask: strangers learn nothing from it, and a database that is away costs nobody time."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from alert4you.kernel.models import AuditRecord, Letter
from alert4you.operations import away, health, middleware
from alert4you.operations.models import Job, LastDone
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db
TOKEN = "a token of Prometheus"


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    monkeypatch.setattr(health, "_last", (-health.HOLDS, {}))
    monkeypatch.setattr(middleware, "away", away.Away())
    settings.METRICS_TOKEN = TOKEN


@contextmanager
def refused(*tables: str) -> Iterator[None]:
    """The database takes no change in these tables, as on a full disk."""

    def full(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE")) and any(table in sql for table in tables):
            raise OperationalError("database or disk is full")
        return execute(sql, *rest)

    with connection.execute_wrapper(full):
        yield


def ask(path: str, token: str = "", **how: Any) -> Any:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return Client(raise_request_exception=False).get(path, headers=headers, **how)


def test_alive_without_a_database_and_whatever_host_is_asked_for() -> None:
    with refused("kernel_auditrecord", "operations_lastdone"):
        answer = ask("/health/live", HTTP_HOST="10.0.0.7:8000")
    assert (answer.status_code, answer.content) == (200, b"live")


def test_ready_is_found_out_by_writing_and_leaves_no_trace_in_the_trail() -> None:
    answer = ask("/health/ready", HTTP_HOST="10.0.0.7:8000")
    assert (answer.status_code, answer.content) == (200, b"ready")
    assert LastDone.objects.get(what="ready").at == NOW
    assert not AuditRecord.objects.filter(name=health.PROBE).exists()


@pytest.mark.parametrize(
    ("table", "found"),
    [
        ("kernel_auditrecord", {"database": True, "migrations": True, "log": False}),
        ("operations_lastdone", {"database": False, "migrations": True, "log": True}),
    ],
)
def test_what_is_wrong_is_told_to_our_own_monitoring_only(
    table: str, found: dict[str, bool]
) -> None:
    with refused(table):
        stranger, ours = ask("/health/ready"), ask("/health/ready", TOKEN)
    assert (stranger.status_code, stranger.content) == (503, b"not ready")
    assert (ours.status_code, ours.json()) == (503, found)


def test_tables_of_an_older_and_of_a_newer_version_are_not_ours(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    recorder = MigrationRecorder(connection)
    for change, name in (
        (recorder.record_applied, "9999_newer"),
        (recorder.record_unapplied, "0001_initial"),
    ):
        monkeypatch.setattr(health, "_migrated", set())
        assert health.is_migrated()
        with transaction.atomic():
            change("notes", name)
            monkeypatch.setattr(health, "_migrated", set())
            assert not health.is_migrated()
            transaction.set_rollback(True)


def test_who_asks_all_the_time_makes_no_work(django_assert_num_queries: Any) -> None:
    ask("/health/ready")
    with django_assert_num_queries(0):
        assert ask("/health/ready").status_code == 200


def test_it_recovers_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "HOLDS", 0)
    with refused("kernel_auditrecord"):
        assert ask("/health/ready").status_code == 503
    assert ask("/health/ready").status_code == 200


@pytest.mark.parametrize("token", ["", "another", TOKEN[:-1], TOKEN + "s"])
def test_metrics_are_not_there_for_a_stranger(token: str) -> None:
    assert ask("/metrics", token).status_code == 404


def test_without_a_token_nobody_has_metrics(settings: Any) -> None:
    settings.METRICS_TOKEN = ""
    assert ask("/metrics", " ").status_code == 404


def test_metrics_count_pages_by_name_and_tell_what_was_done(cast: Cast) -> None:
    LastDone.note(LastDone.What.BACKUP, NOW)
    minute = timedelta(minutes=1)
    Job.objects.create(name="coaching.announce_questions", due_at=NOW - minute, tries=4)
    Letter.objects.create(key="1", made_at=NOW, next_at=NOW)
    cast.client("fatima").get(f"/children/{cast.mila.pk}/?name=Mila")
    told = ask("/metrics", TOKEN).content.decode()
    assert 'alert4you_answers_total{page="web:line",status="200"}' in told
    assert 'alert4you_last_done_seconds{what="backup"} 0.0' in told
    assert 'alert4you_job_tries{job="coaching.announce_questions"} 4.0' in told
    assert 'alert4you_job_late_seconds{job="coaching.announce_questions"} 60.0' in told
    assert "alert4you_messages_waiting 1.0" in told
    assert "Mila" not in told and str(cast.mila.pk) not in told


def test_nobody_waits_for_a_database_that_somebody_waited_for_in_vain(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One finds out; the others get the plain page without asking it; the first after it is back ends it."""
    clock, tries = [100.0], []
    monkeypatch.setattr(away, "monotonic", lambda: clock[0])
    client = cast.client("fatima")
    client.raise_request_exception = False

    class Gone:
        connection = None

    def gone(execute: Callable[..., Any], *query: Any) -> Any:
        tries.append(query)
        raise OperationalError("could not connect")

    with connection.execute_wrapper(gone), monkeypatch.context() as patch:
        patch.setattr(middleware, "connection", Gone)
        pages = [client.get("/children/") for _ in range(5)]
        assert ([page.status_code for page in pages], len(tries)) == ([503] * 5, 1)
        assert b"Zo terug" in pages[-1].content
        assert client.head("/static/ui/favicon.svg").status_code == 200, "its style too"
        clock[0] += away.PAUSE
        client.get("/children/")
        assert len(tries) == 2
    clock[0] += away.PAUSE
    assert [client.get("/children/").status_code for _ in range(2)] == [200, 200]


@pytest.mark.parametrize(("listens", "heard"), [(True, False), (False, True)])
def test_a_server_that_says_nothing_is_away_and_one_that_refuses_is_not_frozen(
    listens: bool, heard: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(away, "ANSWERS_WITHIN", 0.2)
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        if listens:
            server.listen()
        where = {"host": "127.0.0.1", "port": server.getsockname()[1], "connect_timeout": 2}
        assert away._answers(where) is heard


def test_a_database_that_goes_while_a_session_is_kept_is_away(cast: Cast) -> None:
    client = cast.client("fatima")
    client.raise_request_exception = False
    cast.go_to(NOW + timedelta(minutes=10))
    with refused("organisations_session"):
        assert client.get("/children/").status_code == 503
    assert client.get("/children/").status_code == 200
