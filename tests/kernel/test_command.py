"""The one way to write: refused, recorded, once."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from alert4you.kernel.decision import Denied, NotVisible
from alert4you.kernel.models import AuditRecord, Receipt
from alert4you.notes.commands.writing import write_note
from alert4you.notes.models import Note
from tests.cast import Cast, make_child


def notes_about_mila(cast: Cast) -> list[Note]:
    return list(Note.objects.unrestricted(reason="test").filter(child=cast.mila))


def test_a_command_writes_and_is_recorded(cast: Cast) -> None:
    note = write_note(cast.actor("fatima"), cast.mila, "Mila bouwt een toren")
    record = AuditRecord.objects.get(name="notes.write_note")
    assert (record.action, record.outcome) == ("E", AuditRecord.Outcome.DONE)
    assert (record.person_id, record.role) == (cast.fatima.person_id, "group_worker")
    assert record.subject_id == cast.mila.pk
    assert record.records == {"note": [str(note.pk)]}
    assert "toren" not in str(record.records), "no content in the trail"


def test_a_refusal_writes_nothing_and_is_recorded(cast: Cast) -> None:
    with pytest.raises(Denied):
        write_note(cast.actor("stranger"), cast.mila, "Mila bouwt een toren")
    assert notes_about_mila(cast) == []
    record = AuditRecord.objects.get(name="notes.write_note")
    assert record.outcome == AuditRecord.Outcome.REFUSED
    assert record.subject_id == cast.mila.pk


def test_the_same_form_twice_writes_once(cast: Cast) -> None:
    form = uuid4()
    first = write_note(cast.actor("fatima"), cast.mila, "Eén keer", once=form)
    again = write_note(cast.actor("fatima"), cast.mila, "Eén keer", once=form)
    assert again == first
    assert notes_about_mila(cast) == [first]
    assert AuditRecord.objects.filter(name="notes.write_note").count() == 1


def test_the_same_form_of_somebody_else_is_another_one(cast: Cast) -> None:
    form = uuid4()
    write_note(cast.actor("fatima"), cast.mila, "Van Fatima", once=form)
    write_note(cast.actor("lotte"), cast.mila, "Van Lotte", once=form)
    assert {note.text for note in notes_about_mila(cast)} == {"Van Fatima", "Van Lotte"}


def test_the_same_form_with_other_words_is_something_else(cast: Cast) -> None:
    """Back, changed, sent again: what was changed is not thrown away in silence."""
    form = uuid4()
    write_note(cast.actor("fatima"), cast.mila, "Eerst dit", once=form)
    second = write_note(cast.actor("fatima"), cast.mila, "Toch dit", once=form)
    assert second.text == "Toch dit"
    assert len(notes_about_mila(cast)) == 2
    noor = make_child(cast, "Noor", "Bakker", date(2024, 2, 2))
    assert write_note(cast.actor("fatima"), noor, "Eerst dit", once=form).child == noor


def test_the_same_form_after_what_it_wrote_went_is_not_written_again(cast: Cast) -> None:
    form = uuid4()
    write_note(cast.actor("fatima"), cast.mila, "Het komt weg", once=form)
    Receipt.objects.update(result_id=str(uuid4()))
    with pytest.raises(NotVisible):
        write_note(cast.actor("fatima"), cast.mila, "Het komt weg", once=form)
    assert len(notes_about_mila(cast)) == 1


def test_a_refused_form_can_be_sent_again(cast: Cast) -> None:
    form = uuid4()
    with pytest.raises(Denied):
        write_note(cast.actor("fatima"), cast.mila, "  ", once=form)
    assert not Receipt.objects.exists()
    write_note(cast.actor("fatima"), cast.mila, "Nu met woorden", once=form)
    assert len(notes_about_mila(cast)) == 1


@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_trail_only_grows(cast: Cast, change: str) -> None:
    write_note(cast.actor("fatima"), cast.mila, "Iets")
    records = AuditRecord.objects.filter(name="notes.write_note")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        records.update(name="x") if change == "update" else records.delete()
    assert records.count() == 1
