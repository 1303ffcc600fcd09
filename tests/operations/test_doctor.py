"""The doctor finds what is wrong, and says what to do."""

import json
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from alert4you.kernel import audit
from alert4you.kernel.models import AuditRecord, Letter
from alert4you.operations import doctor, health
from alert4you.operations.doctor import findings
from alert4you.operations.jobs import plan
from alert4you.operations.models import Job, LastDone
from tests.cast import NOW

pytestmark = pytest.mark.django_db
What = LastDone.What


@pytest.fixture(autouse=True)
def well(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """An installation with nothing wrong; its settings are looked at in tests/config/test_checks.py."""
    monkeypatch.setattr(health, "_last", (-health.HOLDS, {}))
    monkeypatch.setattr(doctor, "run_checks", lambda **_: [])
    settings.AUDIT_MAIL = ["keeper@example.org"]
    for what in doctor.DUE:
        LastDone.note(what, NOW)
    plan(NOW)
    audit.append([AuditRecord(at=NOW, action="R", name="test")])


def found() -> list[str]:
    return [each.id or "" for each in findings(NOW)]


def test_where_nothing_is_wrong_nothing_is_said() -> None:
    assert findings(NOW) == []


@pytest.mark.parametrize(
    ("what", "within", "finding"),
    [
        (What.BACKUP, timedelta(hours=26), "alert4you.E110"),
        (What.DRILL, timedelta(hours=26), "alert4you.E111"),
    ],
)
def test_what_was_not_done_in_time(what: LastDone.What, within: timedelta, finding: str) -> None:
    LastDone.note(what, NOW - within)
    assert found() == []
    LastDone.note(what, NOW - within - timedelta(seconds=1))
    assert found() == [finding]
    LastDone.objects.filter(what=what).delete()
    assert found() == [finding]


def test_work_that_nobody_does() -> None:
    Job.objects.all()[:1].get().delete()
    Job.objects.update(due_at=NOW - timedelta(minutes=30))
    assert found() == []
    Job.objects.update(due_at=NOW - timedelta(minutes=31))
    assert found() == ["alert4you.E114"]
    Job.objects.update(held_until=NOW)
    assert found() == [], "somebody does it, for long"
    Job.objects.all().delete()
    assert found() == ["alert4you.E114"]


def test_work_that_fails_again_and_again() -> None:
    one = Job.objects.filter(name="coaching.announce_questions")
    one.update(tries=3, trouble="OSError")
    assert found() == []
    one.update(tries=4)
    assert found() == ["alert4you.E115"]


def test_messages_that_nobody_takes() -> None:
    letter = {"next_at": NOW, "made_at": NOW - timedelta(hours=4)}
    Letter.objects.create(key="1", **letter)
    assert found() == []
    Letter.objects.update(made_at=NOW - timedelta(hours=5))
    assert found() == ["alert4you.E116"]
    Letter.objects.update(sent_at=NOW)
    assert found() == []


def test_a_disk_that_is_almost_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "ROOM", 10**18)
    assert found() == ["alert4you.E105"]


def test_a_clock_that_was_put_back() -> None:
    audit.append([AuditRecord(at=NOW + timedelta(hours=1), action="R", name="test")])
    assert found() == ["alert4you.E107"]


def test_a_mail_server_that_is_not_there(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert found() == ["alert4you.E108"]


def test_nobody_elsewhere_keeps_the_roots(settings: Any) -> None:
    settings.AUDIT_MAIL = []
    assert found() == ["alert4you.I109"]


def told(**options: Any) -> tuple[str, int]:
    out = StringIO()
    try:
        call_command("doctor", stdout=out, **options)
    except SystemExit as ended:
        return out.getvalue(), int(ended.code or 0)
    return out.getvalue(), 0


def test_the_command_ends_with_a_status_and_tells_machines(settings: Any) -> None:
    assert told() == ("Nothing is wrong.\n", 0)
    settings.AUDIT_MAIL = []
    assert told()[1] == 0, "a hint is no reason to wake somebody"
    LastDone.objects.filter(what=What.DRILL).delete()
    words, status = told(json=True)
    assert status == 1
    assert {each["id"] for each in json.loads(words)} == {"alert4you.E111", "alert4you.I109"}
    assert all(each["found"] and each["remedy"] for each in json.loads(words))
