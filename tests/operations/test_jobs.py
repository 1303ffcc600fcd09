"""What is due is done, by one worker at a time, again when it failed; and who runs it all sees that."""

import inspect
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from io import StringIO
from threading import Event
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alert4you.kernel.decision import Denied
from alert4you.kernel.models import AuditRecord, Letter
from alert4you.kernel.outbox import NotTakenError, once
from alert4you.kernel.rhythm import after, every, nightly
from alert4you.operations import health
from alert4you.operations import jobs as machine
from alert4you.operations.commands import try_again
from alert4you.operations.jobs import CLAIM, do_next, jobs, plan, work
from alert4you.operations.models import Job
from alert4you.operations.queries import SHOWN
from alert4you.operations.rules import MESSAGES, WORK
from alert4you.organisations.models import Person
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db
A_MINUTE = timedelta(minutes=1)
Work = Callable[[datetime], int]


def test_a_job_is_a_public_function_of_a_context_and_takes_the_moment_only() -> None:
    assert "coaching.announce_questions" in jobs()
    assert all(list(inspect.signature(job).parameters) == ["at"] for job in jobs().values())


@pytest.fixture
def only(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """These are all the jobs there are."""

    def be(**work: Work) -> None:
        monkeypatch.setattr(machine, "jobs", lambda: work)
        plan(NOW)

    return be


def test_each_has_its_own_rhythm(cast: Cast, only: Any) -> None:
    often, hourly = [], []

    @every(hours=1)
    def by_the_hour(at: datetime) -> int:
        hourly.append(at)
        return 1

    only(often=lambda at: often.append(at) or 0, hourly=by_the_hour)
    for minutes in range(0, 121):
        cast.go_to(NOW + minutes * A_MINUTE)
        while do_next():
            pass
    assert (len(often), len(hourly)) == (25, 3)


@pytest.mark.parametrize(
    ("at", "due"),
    [
        (datetime(2027, 3, 27, 12, tzinfo=UTC), datetime(2027, 3, 28, 0, 15, tzinfo=UTC)),
        (datetime(2027, 3, 28, 0, 15, tzinfo=UTC), datetime(2027, 3, 28, 23, 15, tzinfo=UTC)),
        (datetime(2027, 10, 30, 22, 30, tzinfo=UTC), datetime(2027, 10, 30, 23, 15, tzinfo=UTC)),
        (datetime(2027, 10, 30, 23, 16, tzinfo=UTC), datetime(2027, 11, 1, 0, 15, tzinfo=UTC)),
    ],
)
def test_a_night_is_a_night_when_the_clock_changes(at: datetime, due: datetime) -> None:
    assert after(nightly(lambda _at: 0), at) == due


def test_what_another_worker_has_is_left_to_it(only: Any) -> None:
    seen = []
    only(one=lambda _at: seen.append(do_next()) or 0)
    assert do_next() == "one"
    assert seen == [None], "a second worker found nothing to do meanwhile"


def test_what_a_killed_worker_had_is_taken_over(cast: Cast, only: Any) -> None:
    done = []

    def job(at: datetime) -> int:
        done.append(at)
        if len(done) == 1:
            raise SystemExit  # as after kill -9: nothing is put down
        return 1

    only(one=job)
    with pytest.raises(SystemExit):
        do_next()
    assert do_next() is None
    cast.go_to(NOW + CLAIM)
    assert do_next() is None
    cast.go_to(NOW + CLAIM + A_MINUTE)
    assert do_next() == "one"
    assert (len(done), Job.objects.get().tries, Job.objects.get().trouble) == (2, 0, "")


def test_a_worker_that_was_taken_for_dead_puts_nothing_down(cast: Cast, only: Any) -> None:
    def slept(_at: datetime) -> int:
        Job.objects.update(held_by="00000000-0000-0000-0000-000000000001")
        return 1

    only(one=slept)
    do_next()
    assert Job.objects.get().held_by is not None and Job.objects.get().done_at is None


def test_what_fails_waits_longer_each_time_and_holds_up_nothing_else(cast: Cast, only: Any) -> None:
    def broken(_at: datetime) -> int:
        raise ZeroDivisionError("about Mila")

    only(broken=broken, other=lambda _at: 1)
    minutes = []
    for minute in range(60):
        cast.go_to(NOW + minute * A_MINUTE)
        while name := do_next():
            minutes += [minute] if name == "broken" else []
    assert minutes == [0, 1, 3, 7, 15, 30, 45]
    assert Job.objects.get(pk="broken").trouble == "ZeroDivisionError"
    assert Job.objects.get(pk="other").done_at == NOW + 55 * A_MINUTE
    assert [job.name for job in Job.objects.failing()] == ["broken"]


def test_a_job_that_is_no_more_is_forgotten(only: Any) -> None:
    only(old=lambda _at: 1)
    only(new=lambda _at: 1)
    assert [job.name for job in Job.objects.all()] == ["new"]


def test_the_command_does_what_is_due_and_ends(only: Any) -> None:
    only(one=lambda _at: 1, two=lambda _at: 0)
    out = StringIO()
    call_command("worker", once=True, stdout=out)
    assert out.getvalue() == "one\ntwo\n"


@pytest.mark.parametrize(
    ("change", "name"), [("applied", "9999_newer"), ("unapplied", "0001_initial")]
)
def test_beside_tables_of_another_version_it_does_nothing_and_says_so(
    only: Any, monkeypatch: pytest.MonkeyPatch, change: str, name: str
) -> None:
    stop = Event()
    only(one=lambda _at: stop.set() or 1)
    Job.objects.create(name="of another version", due_at=NOW)
    getattr(MigrationRecorder(connection), f"record_{change}")("notes", name)
    monkeypatch.setattr(health, "_migrated", set())
    for start in (partial(call_command, "worker", once=True), partial(work, stop)):
        with pytest.raises(CommandError, match="another version"):
            start()
    assert not stop.is_set() and Job.objects.count() == 2


def test_who_does_not_take_a_message_holds_up_nobody() -> None:
    def refuse() -> None:
        raise NotTakenError

    moments = []
    for minute in range(0, 120):
        at = NOW + minute * A_MINUTE
        tries = Letter.objects.filter(key="a").values_list("tries", flat=True).first() or 0
        assert once("test", "a", at, refuse) is None
        moments += [minute] if Letter.objects.get(key="a").tries > tries else []
    assert moments == [0, 1, 3, 7, 15, 31, 63]
    assert once("test", "b", NOW, lambda: None) is True
    assert once("test", "b", NOW, refuse) is False


# The page of who runs the installation ---------------------------------------------------------------


@pytest.fixture
def administrator(cast: Cast) -> Client:
    who = {"email": "beheer@example.org", "is_staff": True, "is_superuser": True}
    cast.people["beheer"] = Person.objects.create(name="Beheer", **who)
    return cast.client("beheer")


def page(administrator: Client) -> str:
    return administrator.get(reverse("operations:work")).content.decode()


def test_who_runs_it_is_no_parent(administrator: Client, cast: Cast) -> None:
    today = administrator.get("/").content.decode()
    assert "Je beheert deze installatie" in today and "Nog geen kind" not in today
    places = [each.url for each in administrator.get("/").context["nav"]]
    assert places == ["/", reverse("operations:work"), reverse("admin:index")]
    Person.objects.filter(name="Beheer").update(is_superuser=False)
    places = [each.url for each in administrator.get("/").context["nav"]]
    assert places == ["/", reverse("admin:index")]
    assert "/looked/" in [each.url for each in cast.client("anna").get("/").context["nav"]]


def test_the_administration_speaks_dutch(administrator: Client, cast: Cast) -> None:
    told = administrator.get(reverse("admin:index")).content.decode()
    for name in ("Organisaties", "Locaties", "Groepen", "Mensen", "Rollen", "Roosters"):
        assert f">{name}</a>" in told, name
    columns = administrator.get("/admin/organisations/membership/").content.decode()
    assert ">Persoon<" in columns and ">Person<" not in columns


def test_what_is_stuck_is_seen_and_tried_again(
    administrator: Client, cast: Cast, only: Any
) -> None:
    only(broken=lambda _at: 1, other=lambda _at: 0)
    soon = NOW + timedelta(hours=1)
    Job.objects.filter(pk="broken").update(tries=5, trouble="ConnectionRefusedError", due_at=soon)
    told = page(administrator)
    assert "ConnectionRefusedError" in told and "5 keer geprobeerd" in told
    assert "Eén soort werk zit vast" in told
    assert do_next() == "other" and do_next() is None
    administrator.post(reverse("operations:try_again", args=["broken"]))
    assert do_next() == "broken"
    assert "Er zit niets vast" in page(administrator)
    done = AuditRecord.objects.get(name="operations.try_again")
    assert (done.person_id, done.role) == (cast.people["beheer"].pk, "system")


def test_a_worker_that_is_away_is_said(administrator: Client, cast: Cast, only: Any) -> None:
    only(one=lambda _at: 1)
    assert "Er zit niets vast" in page(administrator)
    Job.objects.update(due_at=NOW - timedelta(minutes=31))
    assert "kijk of er een worker draait" in page(administrator)


def test_messages_that_wait_are_seen_and_not_to_whom(administrator: Client, cast: Cast) -> None:
    about = {"made_at": NOW, "next_at": NOW + timedelta(hours=6)}
    Letter.objects.create(key="question-1", kind="coaching.Question", **about)
    Letter.objects.create(key="k2", kind="meetings.Seat", sent_at=NOW, **about)
    told = page(administrator)
    assert "Er wacht een vraag" in told and "gepland of veranderd" not in told
    assert "coaching.Question" not in told and "question-1" not in told
    pk = Letter.objects.get(key="question-1").pk
    administrator.post(reverse("operations:send_again", args=[pk]))
    assert Letter.objects.get(key="question-1").next_at == NOW


def test_work_and_messages_have_plain_words(administrator: Client) -> None:
    """A new job or another kind of message has to be called something as well."""
    assert set(WORK) == set(jobs())
    assert all(apps.get_model(kind) for kind in MESSAGES if kind != "webhook")
    plan(NOW)
    told = page(administrator)
    assert "Melden dat er een vraag wacht" in told and "coaching.announce_questions" not in told


def test_the_lists_of_organisations_and_people_are_ours_by_name(administrator: Client) -> None:
    told = administrator.get(reverse("admin:index")).content.decode()
    assert "Alert4you" in told and "Organisaties en mensen" in told and "Django" not in told


def test_a_message_that_was_given_up_never_goes(administrator: Client, cast: Cast) -> None:
    sent: list[str] = []
    pk = Letter.objects.create(key="k1", kind="a", made_at=NOW, next_at=NOW).pk
    away = reverse("operations:give_up", args=[pk])
    assert "Dit bericht nooit versturen?" in administrator.get(away).content.decode()
    assert Letter.objects.get(pk=pk).sent_at is None, "asked first"
    administrator.post(away)
    assert once("a", "k1", NOW + timedelta(days=1), lambda: sent.append("k1")) is False
    assert sent == [] and Letter.objects.get(pk=pk).given_up
    assert administrator.post(away).status_code == 404, "there is nothing to give up any more"


def test_nobody_else_sees_or_touches_it(cast: Cast, only: Any) -> None:
    """Not by a staff account either that runs nothing; and the command asks it again."""
    only(broken=lambda _at: 1)
    cast.people["helper"] = Person.objects.create(name="H", email="h@example.org", is_staff=True)
    for who in ("marit", "helper"):
        client = cast.client(who)
        assert client.get(reverse("operations:work")).status_code == 404
        assert client.post(reverse("operations:try_again", args=["broken"])).status_code == 404
        assert reverse("operations:work") not in client.get(reverse("web:keys")).content.decode()
    with pytest.raises(Denied):
        try_again(cast.actor("marit"), Job.objects.get())


def test_it_asks_as_much_whatever_there_is(administrator: Client, only: Any) -> None:
    only(**{f"job{n}": lambda _at: 1 for n in range(9)})
    rows = [Letter(key=f"k{n}", kind="a", made_at=NOW, next_at=NOW) for n in range(60)]
    Letter.objects.bulk_create(rows)
    with CaptureQueriesContext(connection) as asked:
        told = page(administrator)
    assert len(asked) <= 12
    assert told.count(">Nu opnieuw proberen<") == SHOWN and "60 berichten" in told
