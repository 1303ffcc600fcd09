"""What goes wrong under us: the log, the database, the clock. Nothing leaks, and the page is plain."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import OperationalError, connection, transaction
from django.test import Client
from django.utils import timezone

from alert4you.access.commands.line import hold_back
from alert4you.access.commands.openings import break_glass
from alert4you.access.commands.team import name_on_team
from alert4you.access.models import ConsentRequest, Entry
from alert4you.kernel.models import AuditRecord
from alert4you.notes.commands.writing import write_note
from alert4you.organisations.models import Person, Role
from tests.access.seeing import agree
from tests.cast import NOW, Cast

JUST = timedelta(microseconds=1)
PASSWORD = "een lange zin om binnen te komen"
# From these moments on Europe/Amsterdam has the same hour twice, or misses one.
NIGHTS = [datetime(2027, 10, 31, 0, 30, tzinfo=UTC), datetime(2027, 3, 28, 0, 30, tzinfo=UTC)]


@pytest.fixture
def full_log(db: None) -> None:
    """The database itself refuses every line of the trail, as it does on a full disk."""
    if connection.vendor != "sqlite":
        pytest.skip("told once, on SQLite")
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TRIGGER full_disk BEFORE INSERT ON main.kernel_auditrecord "
            "BEGIN SELECT RAISE(ABORT, 'disk is full of Mila'); END"
        )


def browser(cast: Cast, name: str) -> Client:
    client = cast.client(name)
    client.raise_request_exception = False
    return client


def plain(answer: Any) -> None:
    assert answer.status_code == 503
    transaction.set_rollback(False)  # all of the request goes, and here the test is around it
    words = answer.content.decode()
    assert "Zo terug" in words or "Back in a moment" in words
    for told in ("Mila", "Traceback", "kernel_auditrecord", "disk"):
        assert told not in words
    assert answer.headers["Retry-After"] == "120"
    assert "no-store" in answer.headers["Cache-Control"]


def test_without_a_log_nothing_is_read(cast: Cast, full_log: None) -> None:
    client = browser(cast, "fatima")
    for page in (f"/children/{cast.mila.pk}/", "/children/", "/"):
        plain(client.get(page))


def test_without_a_log_nothing_is_written(cast: Cast, full_log: None) -> None:
    answer = browser(cast, "fatima").post(
        f"/children/{cast.mila.pk}/note/",
        {"text": "Mila lachte", "category": "day", "readers": "parents"},
    )
    plain(answer)
    assert not Entry.objects.unrestricted(reason="test").exists()


def test_without_a_log_nobody_comes_in(cast: Cast, full_log: None) -> None:
    fatima = cast.fatima.person
    fatima.set_password(PASSWORD)
    fatima.save()
    client = Client(raise_request_exception=False)
    plain(client.post("/login/", {"email": fatima.email, "password": PASSWORD}))
    assert "_auth_user_id" not in client.session


def test_without_a_log_a_refusal_is_no_answer_either(cast: Cast, full_log: None) -> None:
    plain(browser(cast, "stranger").get(f"/children/{cast.mila.pk}/"))


@contextmanager
def database_gone() -> Iterator[None]:
    def gone(execute: Callable[..., Any], *query: Any) -> Any:
        raise OperationalError("could not connect to server: Mila")

    with connection.execute_wrapper(gone):
        yield


def test_without_a_database_there_is_a_plain_page(cast: Cast) -> None:
    client = browser(cast, "fatima")
    with database_gone():
        for answer in (client.get("/"), client.post("/children/new/", {"first_name": "Mila"})):
            plain(answer)
    assert client.get("/children/").status_code == 200


def test_without_a_mail_server_a_code_is_not_sent_and_nothing_breaks(
    cast: Cast, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    answer = Client(raise_request_exception=False).post(
        "/login/code/", {"email": "anna@example.org"}
    )
    assert answer.status_code == 302


def test_a_mistake_of_ours_shows_nothing_of_the_inside(cast: Cast) -> None:
    client = browser(cast, "fatima")

    def broken(execute: Callable[..., Any], *query: Any) -> Any:
        raise ZeroDivisionError("the secret of Mila")

    with connection.execute_wrapper(broken):
        answer = client.get("/children/")
    assert answer.status_code == 500
    assert "Mila" not in answer.content.decode()
    assert "ZeroDivision" not in answer.content.decode()


# The clock ---------------------------------------------------------------------------------------


def works(client: Client) -> bool:
    return client.get("/children/").status_code == 200


def test_a_clock_that_jumps_ahead_ends_the_session(cast: Cast) -> None:
    client = cast.client("fatima")
    cast.go_to(NOW + timedelta(hours=48))
    answer = client.get("/children/", follow=True)
    assert answer.resolver_match.view_name == "web:login"
    assert "Mila" not in answer.content.decode()


def test_a_clock_that_jumps_back_does_not_make_a_session_longer(cast: Cast) -> None:
    client = cast.client("fatima")
    cast.go_to(NOW - timedelta(minutes=2))
    assert works(client)
    cast.go_to(NOW - timedelta(hours=48))
    assert not works(client)


def test_a_clock_that_jumps_back_revives_no_code(cast: Cast) -> None:
    client = Client()
    client.post("/login/code/", {"email": "anna@example.org"})
    digits = re.search(r"\d{4} \d{4}", mail.outbox[-1].body).group()
    cast.go_to(NOW - timedelta(hours=48))
    client.post("/login/code/type/", {"code": digits})
    assert "_auth_user_id" not in client.session


def test_the_trail_keeps_its_order_when_the_clock_jumps_back(cast: Cast) -> None:
    browser(cast, "fatima").get(f"/children/{cast.mila.pk}/")
    cast.go_to(NOW - timedelta(hours=1))
    browser(cast, "lotte").get(f"/children/{cast.mila.pk}/")
    read = AuditRecord.objects.filter(action="R", name="web:line").order_by("link__seq")
    assert [each.person_id for each in read] == [cast.fatima.person_id, cast.lotte.person_id]


@pytest.mark.parametrize("night", NIGHTS, ids=["hour twice", "hour missing"])
def test_two_hours_without_a_page_are_two_hours(cast: Cast, night: datetime) -> None:
    cast.go_to(night)
    client = cast.client("fatima")
    cast.go_to(night + timedelta(hours=2) - JUST)
    assert works(client)
    cast.go_to(night)
    client = cast.client("fatima")
    cast.go_to(night + timedelta(hours=2))
    assert not works(client)


@pytest.mark.parametrize("night", NIGHTS, ids=["hour twice", "hour missing"])
def test_an_hour_in_an_emergency_is_an_hour(cast: Cast, night: datetime) -> None:
    cast.add("els", Role.GROUP_WORKER, "nursery")
    cast.go_to(night)
    opening = break_glass(cast.actor("els"), cast.mila, "Mila heeft een aanval, nu meteen")
    assert opening.ends - night == timedelta(hours=1)
    write_note(cast.actor("carla"), cast.mila, "zorg", "care")

    def seen(moment: datetime) -> bool:
        cast.go_to(moment)
        return Entry.objects.visible_to(cast.actor("els")).exists()

    assert seen(night + timedelta(hours=1) - JUST)
    assert not seen(night + timedelta(hours=1))


@pytest.mark.parametrize(
    ("day", "midnight"),
    [
        (date(2027, 10, 31), datetime(2027, 10, 30, 22, tzinfo=UTC)),
        (date(2027, 11, 1), datetime(2027, 10, 31, 23, tzinfo=UTC)),
        (date(2027, 3, 28), datetime(2027, 3, 27, 23, tzinfo=UTC)),
        (date(2027, 3, 29), datetime(2027, 3, 28, 22, tzinfo=UTC)),
    ],
)
def test_a_day_begins_at_midnight_in_the_netherlands(
    cast: Cast, day: date, midnight: datetime
) -> None:
    """What was held back until a day, opens at its first instant; a hat that ends that day has ended."""
    cast.go_to(midnight - timedelta(days=3))
    entry = write_note(cast.actor("carla"), cast.mila, "zorg", "care")
    until = timezone.make_aware(datetime.combine(day, datetime.min.time()))
    hold_back(cast.actor("carla"), entry, until, "eerst samen bespreken")
    cast.carla.ends = day
    cast.carla.save()

    def seen(name: str, moment: datetime) -> bool:
        actor = cast.actor(name).later(moment)
        return Entry.objects.visible_to(actor).filter(pk=entry.pk).exists()

    assert not seen("anna", midnight - JUST)
    assert seen("anna", midnight)
    assert seen("carla", midnight - JUST)
    assert not seen("carla", midnight)


@pytest.mark.parametrize(
    ("last", "midnight"),
    [
        (date(2027, 10, 30), datetime(2027, 10, 30, 22, tzinfo=UTC)),
        (date(2027, 10, 31), datetime(2027, 10, 31, 23, tzinfo=UTC)),
        (date(2027, 3, 27), datetime(2027, 3, 27, 23, tzinfo=UTC)),
        (date(2027, 3, 28), datetime(2027, 3, 28, 22, tzinfo=UTC)),
    ],
)
def test_consent_holds_until_the_midnight_after_its_last_day(
    cast: Cast, last: date, midnight: datetime
) -> None:
    """On the page itself, one instant apart; a day that has 23 or 25 hours is one day."""
    cast.go_to(midnight - timedelta(days=30))
    name_on_team(cast.actor("carla"), cast.mila, cast.sanne, "coach", "coaching")
    agree(cast, "youthcare", "day")
    ConsentRequest.objects.update(ends=last + timedelta(days=1))
    cast.go_to(midnight - timedelta(days=1))
    write_note(cast.actor("carla"), cast.mila, "een hut van dozen")
    line = f"/children/{cast.mila.pk}/"
    cast.go_to(midnight - JUST)
    assert "een hut van dozen" in cast.client("sanne").get(line).content.decode()
    cast.go_to(midnight)
    assert cast.client("sanne").get(line).status_code == 404


# A shared device -----------------------------------------------------------------------------------


def test_the_next_user_finds_nothing_of_the_last(cast: Cast) -> None:
    client = cast.client("fatima")
    page = client.get(f"/children/{cast.mila.pk}/")
    assert page.headers["Cache-Control"] == "no-store, private"
    left = client.post("/lock/", follow=True)
    assert left.headers["Clear-Site-Data"] == '"cache"'
    again = client.get(f"/children/{cast.mila.pk}/", follow=True)
    assert again.resolver_match.view_name == "web:login"
    assert "Mila" not in again.content.decode()
    assert not Person.objects.filter(pk=client.session.get("_auth_user_id")).exists()
