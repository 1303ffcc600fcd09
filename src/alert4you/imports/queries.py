"""The files somebody is busy with, what their rows would do, and what is left to mend."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from alert4you.imports.models import Import, Row
from alert4you.imports.rules.files import harmless
from alert4you.imports.rules.importing import A_WEEK, LEFT, TO_SAVE
from alert4you.organisations.models import Actor

SHOWN = 100
State, Outcome = Import.State, Row.Outcome


def files_of(actor: Actor) -> QuerySet[Import]:
    """What this hat brought itself, newest first; the names in it are for nobody else."""
    own = Import.objects.filter(by=actor.membership_id, organisation=actor.organisation_id)
    return own.order_by("-made_at")


def file_of(actor: Actor, file_id: UUID) -> Import | None:
    return files_of(actor).filter(pk=file_id).first()


def row_of(file: Import, number: int) -> Row | None:
    return file.rows.filter(number=number).select_related("file").first()


def progress(file: Import) -> tuple[int, int]:
    """How many rows were gone through in this state, and of how many."""
    if file.state == State.CHECKING:
        return file.rows.exclude(outcome=Outcome.UNSEEN).count(), file.rows.count()
    to_save = sum(file.counts.get(each, 0) for each in TO_SAVE)
    return min(file.rows.filter(saved=True).count(), to_save), to_save


def shown(file: Import, outcome: str) -> list[Row]:
    """The first rows with this outcome."""
    return list(file.rows.filter(outcome=outcome, saved=False).order_by("number")[:SHOWN])


def looked_like(file: Import) -> list[list[str]]:
    """The first rows, to know the columns by."""
    return [row.cells for row in file.rows.order_by("number")[:3]]


def left(file: Import, word: str) -> Iterator[list[str]]:
    """The rows that were not saved, as they came, with a last column called ``word`` that says why."""
    width = len(file.header)
    yield [*map(harmless, file.header), word]
    rows = file.rows.filter(outcome__in=LEFT, saved=False).order_by("number")
    for row in rows.iterator(chunk_size=1_000):
        cells = [*row.cells, *[""] * width][:width]
        yield [*map(harmless, cells), row.message]


def to_go_on_with() -> QuerySet[Import]:
    return Import.objects.filter(state__in=(State.CHECKING, State.SAVING)).order_by("made_at")


def over_time(at: datetime) -> QuerySet[Import]:
    return Import.objects.filter(made_at__lte=at - A_WEEK)
