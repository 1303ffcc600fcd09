"""Ways out that no page shows: what was sent by a device, and how much work a no costs."""

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alert4you.access.models import Entry
from alert4you.kernel.models import AuditRecord
from alert4you.notes.models import Note
from tests.cast import Cast
from tests.meetings.conftest import Table
from tests.offline.tablet import Tablet

VALUES = re.compile(r" WHERE | VALUES |_recordset\(|SAVEPOINT ")
pytestmark = pytest.mark.django_db
ADDRESSES = (
    "/children/{child}/",
    "/children/{child}/note/",
    "/meetings/{meeting}/",
    "/meetings/{meeting}/minutes/",
    "/meetings/items/{item}/",
    "/photos/{note}/",
    "/written/{note}/",
)


@pytest.mark.parametrize("hat", ["stranger", "gemma", "oscar"])
def test_a_no_costs_the_same_work_whether_it_is_there_or_not(cast: Cast, hat: str) -> None:
    """Who measures how long an answer takes learns nothing either."""
    table = Table(cast)
    meeting = table.today(table.about_mila())
    tablet = Tablet()
    tablet.send(tablet.note(cast.fatima, cast.mila, "Fijn gespeeld"))
    there = {
        "child": cast.mila.pk,
        "meeting": meeting.pk,
        "item": table.item(meeting).pk,
        "note": Note.objects.unrestricted(reason="test").get().pk,
    }
    client = cast.client(hat)
    for address in ADDRESSES:
        asked = []
        for ids in (there, {name: uuid4() for name in there}):
            with CaptureQueriesContext(connection) as captured:
                assert client.get(address.format(**ids)).status_code == 404, address
            asked.append([VALUES.split(each["sql"])[0] for each in captured])
        assert asked[0] == asked[1], address


def test_what_somebody_else_sent_can_be_sent_again_and_nothing_comes_of_it(cast: Cast) -> None:
    """Caught on the way, and sent by another device: not written twice, not told, not as oneself."""
    tablet, thief = Tablet(), Tablet()
    caught = tablet.note(cast.fatima, cast.mila, "Fijn gespeeld")
    tablet.send(caught)
    before = list(Entry.objects.unrestricted(reason="test").values_list("pk", "author"))
    answer = thief.send(caught, {**caught, "id": str(uuid4())})
    assert [each["state"] for each in answer] == ["written", "unreadable"]
    assert set(answer[0]) <= {"id", "state", "digest"}
    assert list(Entry.objects.unrestricted(reason="test").values_list("pk", "author")) == before
    assert not AuditRecord.objects.filter(action="R", subject_id=cast.mila.pk).exists()


def test_the_stamp_of_a_colleague_writes_nothing_about_a_child_she_may_not_know(cast: Cast) -> None:
    tablet, thief = Tablet(), Tablet()
    stamp = tablet.stamp(cast.stranger)
    answer = thief.send(thief.note(cast.fatima, cast.mila, "x", stamp=stamp))
    assert [each["state"] for each in answer] == ["waiting"]
    assert not Note.objects.unrestricted(reason="test").exists()
