"""What is due is done, by one worker at a time, again when it failed; and the administrator sees it."""

import inspect
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from alert4you.kernel.models import Letter
from alert4you.kernel.outbox import NotTakenError, once
from alert4you.kernel.rhythm import after, every, nightly
from alert4you.operations import jobs as machine
from alert4you.operations.jobs import CLAIM, do_next, jobs, plan
from alert4you.operations.models import Job
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


# The page of the administrator ---------------------------------------------------------------------


@pytest.fixture
def administrator(cast: Cast) -> Client:
    who = {"email": "beheer@example.org", "is_staff": True, "is_superuser": True}
    cast.people["beheer"] = Person.objects.create(name="Beheer", **who)
    return cast.client("beheer")


def test_the_administrator_sees_what_is_stuck_and_lets_it_try_again(
    administrator: Client, cast: Cast, only: Any
) -> None:
    only(broken=lambda _at: 1)
    Job.objects.update(tries=5, trouble="ConnectionRefusedError", due_at=NOW + timedelta(hours=1))
    page = administrator.get(reverse("admin:operations_job_changelist"))
    assert "ConnectionRefusedError" in page.content.decode()
    assert "zit vast" in page.content.decode()
    assert do_next() is None
    again = {"action": "again", "_selected_action": ["broken"]}
    administrator.post(reverse("admin:operations_job_changelist"), again)
    assert do_next() == "broken"


def test_the_administrator_sees_messages_that_wait_and_not_to_whom(
    administrator: Client, cast: Cast
) -> None:
    about = {"made_at": NOW, "next_at": NOW + timedelta(hours=6)}
    Letter.objects.create(key="k1", kind="coaching.Question", **about)
    Letter.objects.create(key="k2", kind="meetings.Seat", sent_at=NOW, **about)
    address = reverse("admin:kernel_letter_changelist")
    page = administrator.get(address).content.decode()
    assert "coaching.Question" in page and "meetings.Seat" not in page
    pk = Letter.objects.get(key="k1").pk
    administrator.post(address, {"action": "again", "_selected_action": [pk]})
    assert Letter.objects.get(key="k1").next_at == NOW


@pytest.mark.parametrize("what", ["add/", "broken/delete/"])
def test_it_is_written_by_the_machine_only(administrator: Client, only: Any, what: str) -> None:
    only(broken=lambda _at: 1)
    page = reverse("admin:operations_job_changelist") + what
    assert administrator.get(page).status_code == 403
