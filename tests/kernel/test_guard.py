"""Nothing about a child is read without saying for whom, and every read leaves a trace."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError
from django.db.models import Exists, OuterRef

from alert4you.access.models import Entry
from alert4you.access.queries import line
from alert4you.children.models import Child
from alert4you.coaching.models import Question
from alert4you.kernel import reading
from alert4you.kernel.guard import Unguarded
from alert4you.kernel.models import AuditRecord
from alert4you.kernel.wall.standing import seen_by
from alert4you.notes.commands.writing import write_note
from alert4you.organisations.models import Organisation
from tests.cast import Cast


@pytest.mark.parametrize(
    "read",
    [
        lambda rows: list(rows.all()),
        lambda rows: rows.count(),
        lambda rows: rows.exists(),
        lambda rows: rows.first(),
        lambda rows: list(rows.values("pk")),
        lambda rows: list(rows.values_list("pk")),
        lambda rows: list(rows.iterator()),
        lambda rows: rows.aggregate(),
        lambda rows: rows.update(),
        lambda rows: rows.delete(),
        lambda rows: rows.in_bulk(),
    ],
)
@pytest.mark.parametrize("model", [Entry, Question, Child])
def test_reading_without_saying_for_whom_fails(
    cast: Cast, model: type, read: Callable[[object], object]
) -> None:
    with pytest.raises(Unguarded):
        read(model.objects.filter(pk__isnull=False))


def test_what_is_fetched_for_an_actor_is_noted(cast: Cast) -> None:
    note = write_note(cast.actor("fatima"), cast.mila, "Gezien")
    with reading.reading() as seen:
        list(line.line(cast.actor("carla"), cast.mila))
    assert seen == {cast.mila.pk: {"day": {str(note.pk)}}}


def test_a_read_for_nobodys_eyes_is_not_noted(cast: Cast) -> None:
    write_note(cast.actor("fatima"), cast.mila, "Gezien")
    with reading.reading() as seen:
        list(Entry.objects.unrestricted(reason="test"))
    assert seen == {}


def test_a_page_leaves_one_record_per_child(cast: Cast) -> None:
    cast.client("fatima").get(f"/children/{cast.mila.pk}/")
    record = AuditRecord.objects.get(action="R")
    assert (record.name, record.subject_id) == ("web:line", cast.mila.pk)
    assert (record.person_id, record.organisation_id) == (cast.fatima.person_id, cast.nursery.pk)


def test_without_a_log_nothing_is_shown(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise DatabaseError("disk full")

    monkeypatch.setattr(reading, "write", full)
    answer = cast.client("fatima").get(f"/children/{cast.mila.pk}/")
    assert answer.status_code == 503
    assert b"Mila" not in answer.content


def test_what_is_personal_is_not_kept_by_browsers_or_proxies(cast: Cast) -> None:
    assert cast.client("fatima").get("/")["Cache-Control"] == "no-store, private"


def test_inside_the_question_of_a_hat_all_rows_would_be_fewer(cast: Cast) -> None:
    """So that is refused; what may be fewer says that it stands beside something else."""
    write_note(cast.actor("fatima"), cast.mila, "Gezien")
    everything = Entry.objects.unrestricted(reason="test").filter(child=OuterRef("pk"))
    seen = Entry.objects.alongside(reason="test").filter(child=OuterRef("pk"))
    with seen_by(cast.actor("gemma")):
        with pytest.raises(Unguarded):
            list(Organisation.objects.filter(Exists(everything)))
        assert list(Organisation.objects.filter(Exists(seen))) == []
        assert Child.objects.unrestricted(reason="test").filter(Exists(everything)).count() == 1
    assert Child.objects.unrestricted(reason="test").filter(Exists(seen)).count() == 1
