"""What arrives is judged as the page would have, and stands where it was meant to stand, or waits."""

from datetime import timedelta

import pytest

from alert4you.notes.models import Note
from tests.cast import NOW, Cast
from tests.offline.tablet import Tablet

pytestmark = pytest.mark.django_db


def notes() -> list[Note]:
    return list(Note.objects.unrestricted(reason="test").order_by("at"))


def test_a_note_stands_on_the_line_at_the_moment_it_was_made(cast: Cast) -> None:
    tablet = Tablet()
    stamp = tablet.stamp(cast.fatima)
    cast.go_to(NOW + timedelta(hours=3))
    item = tablet.note(
        cast.fatima, cast.mila, "Bouwde een toren.", ago=timedelta(hours=2), stamp=stamp
    )
    (told,) = tablet.send(item)
    (note,) = notes()
    assert told["state"] == "written"
    assert (note.text, note.author_id, note.hat_id) == (
        "Bouwde een toren.",
        cast.fatima.person_id,
        cast.fatima.pk,
    )
    assert note.at == NOW + timedelta(hours=1)
    assert tablet.safe(item) == {item["id"]: "written"}
