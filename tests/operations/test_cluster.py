"""More machines: a pooler that hands out transactions, and a standby that is read and never decides."""

import getpass
import os
import re
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.db.models import QuerySet
from faults.house import free_port
from faults.killing import wait_for
from faults.postgresql import Node

from alert4you.access.commands.consent import withdraw_consent
from alert4you.children.models import Child
from alert4you.config.environment import databases
from alert4you.config.testing import pgbouncer
from alert4you.kernel.wall.names import ACTING, SERVING
from alert4you.kernel.wall.standing import opened, seen_by
from alert4you.operations import away, doctor, jobs
from alert4you.operations import standby as reading
from alert4you.operations.connecting import instead
from alert4you.operations.models import Job
from alert4you.operations.standby import Standby
from alert4you.practices.models import PracticeCard
from tests.access.consenting import GIVEN, ask, child_of, report, says
from tests.cast import NOW, Cast, make_cast
from tests.operations.conftest import database, owner
from tests.tables import KEPT

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="on PostgreSQL"),
]
SERVER = "alert4you_web"
PATIENCE = 60  # seconds: the standby replays what all other tests write as well
MADE = """DO $$ BEGIN CREATE ROLE {role};
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"""
POOLER = """[databases]
* = host={host} port={port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {own}
unix_socket_dir =
auth_type = trust
auth_file = {folder}/users
pool_mode = transaction
default_pool_size = 1
"""
WHO = "SELECT current_user, coalesce(current_setting('alert4you.person_id', true), '')"


@pytest.fixture
def shared(empty: Path, django_db_blocker: Any) -> Iterator[Cast]:
    """The cast in a database of its own, asked as the server asks (docs/how-to/run.md)."""
    here = database("here", f"TEMPLATE {KEPT}")
    with django_db_blocker.unblock(), owner(), here as name, instead(name):
        made = make_cast()
        told(MADE.format(role=f"{SERVER} LOGIN IN ROLE {SERVING}"))
        with another(USER=SERVER):
            yield made


@contextmanager
def another(**told: Any) -> Iterator[None]:
    """As another process, that comes in another way."""
    ours = connections["default"]
    connections["default"] = ours.copy()
    connection.settings_dict.update(told)
    try:
        yield
    finally:
        connection.close()
        connections["default"] = ours


@contextmanager
def a_folder() -> Iterator[Path]:
    """For programs that refuse to run as root."""
    with TemporaryDirectory(prefix="alert4you-cluster-", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture
def folder() -> Iterator[Path]:
    with a_folder() as made:
        yield made


@pytest.fixture
def pooled(shared: Cast, folder: Path) -> Iterator[Cast]:
    """Behind a pooler with one connection for everybody."""
    told, own = connection.settings_dict, free_port()
    (folder / "users").write_text(f'"{SERVER}" ""\n')
    settings = {"host": told["HOST"], "port": told["PORT"], "own": own, "folder": folder}
    program = str(pgbouncer())
    version = subprocess.check_output([program, "--version"], text=True).split()[1]
    keeps_none = "max_prepared_statements = 0" if version >= "1.21" else ""
    (folder / "pooler").write_text(POOLER.format(**settings) + keeps_none)
    user = "nobody" if os.geteuid() == 0 else getpass.getuser()
    call = [program, str(folder / "pooler")]
    with subprocess.Popen(call, user=user, stderr=subprocess.DEVNULL) as pooler:
        try:
            options = {**told["OPTIONS"], "prepare_threshold": None}  # ALERT4YOU_POOLER
            with another(HOST="127.0.0.1", PORT=own, OPTIONS=options):
                assert wait_for(answers, 5)
                yield shared
        finally:
            pooler.kill()


def answers() -> bool:
    try:
        connection.ensure_connection()
    except DatabaseError:
        return False
    return True


def told(statement: str) -> Any:
    """What the database answers, if anything."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone() if cursor.description else None


def learns_nothing() -> None:
    with another():
        assert told(WHO) == (SERVER, "")
        assert told("SELECT count(*) FROM pg_cursors WHERE name <> ''") == (0,)
        with pytest.raises(DatabaseError, match="permission denied"):
            list(QuerySet(Child))


@pytest.mark.pgbouncer
def test_behind_a_pooler_nobody_gets_the_hat_of_another(pooled: Cast) -> None:
    """Whatever was worn before on the one connection there is: by a request, a command or a job."""
    for name in ("anna", "stranger", "carla"):
        actor = pooled.actor(name)
        with seen_by(actor):
            assert told(WHO) == (f"alert4you_{actor.role}", str(actor.person_id))
            assert set(Child.objects.visible_to(actor)) == set(QuerySet(Child))
        learns_nothing()
    with opened(reason="a job"):
        assert told(WHO) == (ACTING, "")
        rows = Child.objects.unrestricted(reason="test").iterator(chunk_size=1)
        assert next(rows)
        learns_nothing()
    learns_nothing()


@pytest.mark.pgbouncer
def test_the_doctor_knows_a_pooler_that_was_not_told(pooled: Cast) -> None:
    assert list(doctor._pooled()) == []
    prepares = {**connection.settings_dict["OPTIONS"], "prepare_threshold": 2}
    with another(OPTIONS=prepares):
        assert [each.id for each in doctor._pooled()] == ["alert4you.E124"]
    with another(PORT=connections.settings["default"]["PORT"], OPTIONS=prepares):
        assert list(doctor._pooled()) == []


@pytest.mark.pgbouncer
def test_behind_a_pooler_each_job_is_done_by_one_worker(
    pooled: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []

    def job(_at: Any) -> int:
        done.append("one")
        with transaction.atomic():
            assert told(WHO) == (ACTING, "")
        return 1

    names = [f"test.{each}" for each in range(6)]
    monkeypatch.setattr(jobs, "jobs", lambda: dict.fromkeys(names, job))
    jobs.plan(NOW)

    ours = connections["default"]

    def work() -> None:
        connections["default"] = ours.copy()
        while jobs.do_next():
            pass
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()
    assert (len(done), Job.objects.filter(done_at=None).count()) == (6, 0)


@pytest.fixture(scope="module")
def follower(django_db_setup: None) -> Iterator[Node]:
    """A copy of the server of these tests, that follows it."""
    with a_folder() as folder:
        node = Node(folder / "standby")
        node.follow(int(connection.settings_dict["PORT"]), "--no-sync")
        yield node
        node.stop()


@pytest.fixture
def standby(
    shared: Cast, follower: Node, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Node]:
    """The product knows of it."""
    url = f"postgresql://{SERVER}@{follower.address}/{connection.settings_dict['NAME']}"
    monkeypatch.setenv("ALERT4YOU_STANDBY_URL", url)
    beside = {**connection.settings_dict, **databases("test")["standby"]}
    monkeypatch.setitem(connections.settings, "standby", beside)
    monkeypatch.setattr(reading, "standby", standby := Standby())
    monkeypatch.setattr(doctor, "standby", standby)
    monkeypatch.setattr(reading, "LOOK", 0.0)
    monkeypatch.setattr(reading, "BEHIND", 0.0)
    monkeypatch.setattr(away, "ANSWERS_WITHIN", 60)  # a machine full of tests is no frozen server
    settings.DATABASE_ROUTERS = ["alert4you.operations.standby.Router"]
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "alert4you.operations.standby.StandbyMiddleware"]
    follower.start("-c fsync=off")
    try:
        catches_up(follower)
        yield follower
    finally:
        connections["standby"].close()
        del connections["standby"]
        follower.stop()


@contextmanager
def paused(node: Node) -> Iterator[None]:
    """It stays behind from here on."""
    node.say("SELECT pg_wal_replay_pause()")
    try:
        yield
    finally:
        node.say("SELECT pg_wal_replay_resume()")


def catches_up(node: Node) -> None:
    """With what is there now; the other tests go on writing."""
    (end,) = told("SELECT pg_current_wal_flush_lsn()")
    has_it = f"SELECT pg_last_wal_replay_lsn() >= '{end}'"
    assert wait_for(lambda: node.say(has_it) == [(True,)], PATIENCE)


class Browsers:
    """Who asks a page hears the answer, and which tables the standby was asked for it."""

    def __init__(self, cast: Cast) -> None:
        self.by_name = {name: cast.client(name) for name in ("fatima", "sanne")}

    def get(self, name: str, page: str) -> tuple[int, set[str]]:
        tables: set[str] = set()

        def ask(execute: Any, sql: str, *rest: Any) -> Any:
            tables.update(re.findall(r'(?:FROM|JOIN) "(\w+)"', sql))
            return execute(sql, *rest)

        with connections["standby"].execute_wrapper(ask):
            answer = self.by_name[name].get(page)
        assert (KNOWN in answer.content.decode()) == (page == LIBRARY)
        return answer.status_code, tables


def a_card() -> None:
    with opened(reason="test"):
        PracticeCard.objects.all().delete()
        PracticeCard.objects.create(slug="kring", title=KNOWN, added_at=NOW)


LOOKS = (doctor._connections, doctor._standby)
LIBRARY, KNOWN = "/practices/", "De kring"
FROM_THE_PRIMARY: tuple[int, set[str]] = (200, set())
FROM_THE_STANDBY = (200, {"practices_practicecard", "practices_practicetemplate"})


@pytest.mark.postgresql
def test_a_standby_tells_of_the_library(shared: Cast, standby: Node) -> None:
    """Not while it is behind, not to whoever just changed something, and nobody notices when it is gone."""
    a_card()
    browsers = Browsers(shared)

    def soon(name: str) -> bool:
        """A change of somebody else may be on its way."""
        return wait_for(lambda: browsers.get(name, LIBRARY) == FROM_THE_STANDBY, PATIENCE)

    assert soon("fatima")
    with paused(standby):
        a_card()
        assert browsers.get("fatima", LIBRARY) == FROM_THE_PRIMARY
    assert soon("fatima")

    browsers.by_name["fatima"].post("/language/", {"language": "nl"})
    assert browsers.get("fatima", LIBRARY) == FROM_THE_PRIMARY
    assert soon("sanne")
    assert browsers.get("fatima", LIBRARY) == FROM_THE_PRIMARY, "for some seconds"

    standby.kill()
    assert browsers.get("sanne", LIBRARY) == FROM_THE_PRIMARY
    reading.standby.fresh, reading.standby.next_look = True, monotonic() + 60
    assert browsers.get("sanne", LIBRARY) == FROM_THE_PRIMARY, "also when it goes in between"


@pytest.mark.postgresql
def test_the_doctor_looks_at_the_standby(
    shared: Cast, standby: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    def found() -> list[str]:
        return [each.id or "" for look in LOOKS for each in look(NOW)]

    assert wait_for(lambda: found() == ["alert4you.E122"], PATIENCE), "nothing waits for this one"
    monkeypatch.setattr(doctor, "MOST_CONNECTIONS", 0)
    assert "alert4you.W120" in found()
    standby.kill()
    assert wait_for(lambda: {"alert4you.E121", "alert4you.W123"} <= {*found()}, PATIENCE)


@pytest.mark.postgresql
def test_a_standby_never_decides(shared: Cast, standby: Node) -> None:
    with opened(reason="test"):
        child = child_of(shared, 3, "anna")
        report(shared, child)
        request = ask(shared, child)
        says(shared, "anna", request, GIVEN)
    browsers, file = Browsers(shared), f"/children/{child.pk}/"
    catches_up(standby)
    assert browsers.get("sanne", file) == FROM_THE_PRIMARY
    with paused(standby):
        with opened(reason="test"):
            withdraw_consent(shared.actor("anna"), request)
        assert browsers.get("sanne", file) == (404, set()), "whatever the standby still knows"
    told_of = connection.settings_dict
    hosts = {"HOST": "127.0.0.1,127.0.0.1", "PORT": f"{standby.port},{told_of['PORT']}"}
    with another(**hosts):
        assert told("SELECT pg_is_in_recovery()") == (False,), "of two hosts, the primary"
    with another(PORT=standby.port), pytest.raises(DatabaseError, match="takes no changes"):
        told(WHO)
    with instead_of_the_primary():
        for decides in (seen_by(shared.actor("anna")), opened(reason="test")):
            with pytest.raises(DatabaseError, match="during recovery"), decides:
                list(QuerySet(Child))
        with pytest.raises(DatabaseError, match="permission denied"):
            list(QuerySet(Child))


@contextmanager
def instead_of_the_primary() -> Iterator[None]:
    """As if somebody asked the standby for what decides."""
    ours = connections["default"]
    connections["default"] = connections["standby"]
    try:
        yield
    finally:
        connections["default"] = ours
