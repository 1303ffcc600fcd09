"""A command inside another one is a part of it: both happen, or neither, and the trail tells of both."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from alert4you.children.models import Child
from alert4you.coaching.commands.questions import ask_parents_about
from alert4you.kernel.command import COMMANDS, command
from alert4you.kernel.decision import ALLOWED, Decision, Denied
from alert4you.kernel.models import AuditRecord
from alert4you.notes.commands.writing import write_note
from alert4you.notes.models import Note
from alert4you.organisations.models import Actor
from tests.cast import Cast

DONE, REFUSED = AuditRecord.Outcome.DONE, AuditRecord.Outcome.REFUSED
NOTE, AROUND = "notes.write_note", "kernel.around"


def told(*names: str) -> list[tuple[str, int]]:
    ours = AuditRecord.objects.filter(name__in=names).order_by("pk")
    return list(ours.values_list("name", "outcome"))


def notes() -> set[str]:
    return set(Note.objects.unrestricted(reason="test").values_list("text", flat=True))


def may(actor: Actor) -> Decision:
    return ALLOWED


@pytest.fixture
def around() -> Iterator[Callable[..., Any]]:
    """A command that does what it is given."""

    def around(actor: Actor, child: Child, act: Callable[[], Any]) -> Any:
        return act()

    yield command(may)(around)
    del COMMANDS[AROUND]


def test_each_is_told_in_its_order_and_all_at_once(cast: Cast) -> None:
    parts = ["access.name_on_team", "access.ask_consent", "coaching.ask_parents_about"]
    before = len(told(*parts))
    with CaptureQueriesContext(connection) as asked:
        ask_parents_about(cast.actor("carla"), cast.mila, cast.sanne, "kijkt mee")
    assert told(*parts)[before:] == [(name, DONE) for name in parts]
    said = [each["sql"] for each in asked if 'INSERT INTO "kernel_auditrecord"' in each["sql"]]
    assert len(said) == 1


def test_what_the_whole_holds_its_parts_do_not_ask_again(cast: Cast) -> None:
    with CaptureQueriesContext(connection) as asked:
        ask_parents_about(cast.actor("carla"), cast.mila, cast.sanne, "kijkt mee")
    held = [each["sql"] for each in asked if '"children_child"."first_name"' in each["sql"]]
    assert len(held) == 1


def test_another_row_of_the_same_is_told_how_it_stands(cast: Cast, around: Any) -> None:
    other = Child.objects.unrestricted(reason="test").get(pk=cast.mila.pk)
    other.first_name = "Iemand"
    fatima = cast.actor("fatima")
    around(fatima, cast.mila, lambda: write_note(fatima, other, "Een toren"))
    assert other.first_name == cast.mila.first_name


def test_a_part_that_is_refused_takes_the_whole_along(cast: Cast, around: Any) -> None:
    fatima = cast.actor("fatima")

    def two() -> None:
        write_note(fatima, cast.mila, "Een toren")
        write_note(fatima, cast.mila, "  ")

    with pytest.raises(Denied):
        around(fatima, cast.mila, two)
    assert notes() == set()
    assert told(NOTE, AROUND) == [(AROUND, REFUSED)]
    assert not connection.needs_rollback


def test_nobody_goes_on_as_if_a_part_was_not_refused(cast: Cast, around: Any) -> None:
    fatima = cast.actor("fatima")

    def catches() -> None:
        with pytest.raises(Denied):
            write_note(fatima, cast.mila, "  ")
        write_note(fatima, cast.mila, "Toch een toren")

    with pytest.raises(transaction.TransactionManagementError):
        around(fatima, cast.mila, catches)
    assert notes() == set()
    assert told(NOTE, AROUND) == []


def test_what_is_undone_apart_is_not_told(cast: Cast, around: Any) -> None:
    """Rows of a file: one that cannot be saved leaves nothing, the others stay."""
    fatima = cast.actor("fatima")

    def one_by_one() -> None:
        write_note(fatima, cast.mila, "Een toren")
        for text in ("Een brug", "  "):
            with pytest.raises(Denied), transaction.atomic():
                write_note(fatima, cast.mila, text)
                write_note(fatima, cast.mila, "  ")

    around(fatima, cast.mila, one_by_one)
    assert notes() == {"Een toren"}
    assert told(NOTE, AROUND) == [(NOTE, DONE), (AROUND, DONE)]


def test_one_row_of_the_trail_names_all_that_a_command_answers(cast: Cast, around: Any) -> None:
    fatima = cast.actor("fatima")
    both = [write_note(fatima, cast.mila, text) for text in ("Een toren", "Een brug")]
    around(fatima, cast.mila, lambda: both)
    record = AuditRecord.objects.get(name=AROUND)
    assert record.records == {"note": [str(each.pk) for each in both]}
    assert record.subject_id == cast.mila.pk
