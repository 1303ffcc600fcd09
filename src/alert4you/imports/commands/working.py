"""Going through the rows of a file: first to see what they would do, after a yes to do it.

Looking is doing it and taking it back, so that both say the same. A row is saved whole or not at all;
that it was saved is written in the same transaction, so that it happens once, whatever stops in between.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from time import monotonic
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Min, OuterRef, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import override

from alert4you.imports.commands.rows import KINDS, Asks
from alert4you.imports.commands.rows.book import Book, digest
from alert4you.imports.models import Import, Kind, Row
from alert4you.imports.rules.cells import Cannot, filled, need, safe, together
from alert4you.imports.rules.columns import by_field
from alert4you.imports.rules.importing import LEFT, TO_SAVE, may_go_on
from alert4you.kernel.decision import Denied
from alert4you.kernel.wall.standing import opened
from alert4you.organisations.models import Actor, Membership
from alert4you.organisations.queries import actor_of

AT_ONCE = 100  # rows in one transaction: others who write wait for at most that long
State, Outcome = Import.State, Row.Outcome


def work(file_id: UUID, at: datetime, seconds: float) -> int:
    """Go on with a file for at most so long; how many rows. Safe to repeat, and side by side."""
    stop, done = monotonic() + seconds, 0
    file = Import.objects.get(pk=file_id)
    actor = _hat(file, at)
    if actor is None:
        return 0
    book = Book(actor)
    with opened(reason="rows are gone through for nobody's eyes"):
        while monotonic() < stop and (some := _some_rows(file_id, book)):
            done += some
            if file.kind == Kind.GROUPS:
                book = Book(actor)
    return done


def _some_rows(file_id: UUID, book: Book) -> int:
    """The next rows; 0 when there are none left, or somebody else is busy with this file."""
    with transaction.atomic():
        busy = Import.objects.select_for_update(skip_locked=True, of=("self",))
        file = busy.filter(pk=file_id, state__in=(State.CHECKING, State.SAVING)).first()
        if file is None:
            return 0
        with override(file.language):
            rows = _to_do(file)
            if rows:
                _go_through(file, book, rows)
            elif file.state == State.CHECKING:
                _checked(file)
            else:
                _done(file, book.actor.at)
        return len(rows)


def _hat(file: Import, at: datetime) -> Actor | None:
    """Who brought the file, as long as she may load it."""
    hat = Membership.objects.on(at.date()).filter(pk=file.by_id).first()
    actor = actor_of(hat, at) if hat else None
    return actor if actor and may_go_on(actor, file) else None


def _to_do(file: Import) -> list[Row]:
    """The next rows; asked per outcome, so that the index gives them in order."""
    first = (Outcome.UNSEEN,) if file.state == State.CHECKING else (*TO_SAVE, Outcome.ASKS)
    for outcome in first:
        rows = file.rows.filter(outcome=outcome, saved=False)
        if outcome == Outcome.ASKS:
            rows = rows.exclude(answer="")
        if found := list(rows.order_by("number")[:AT_ONCE]):
            return found
    return []


class _TakenBack(Exception):
    """Ends a transaction of which nothing stays."""


def _go_through(file: Import, book: Book, rows: Sequence[Row]) -> None:
    key = KINDS[file.kind].key
    book.open_at(file.kind, key, [by_field(file.columns, row.cells) for row in rows])
    try:
        with transaction.atomic():
            for row in rows:
                _carry(file, book, row)
            if file.state == State.CHECKING:
                raise _TakenBack
    except _TakenBack:
        pass
    _write(rows)


def _write(rows: Sequence[Row]) -> None:
    """What became of them, in one statement (an UPDATE would spell out every row four times)."""
    became = ["outcome", "message", "key", "saved"]
    Row.objects.bulk_create(rows, update_conflicts=True, unique_fields=["id"], update_fields=became)


def _carry(file: Import, book: Book, row: Row) -> None:
    """What a row does, or why it does not; nothing of it stays when it cannot."""
    said, kind = by_field(file.columns, row.cells), KINDS[file.kind]
    try:
        with transaction.atomic():
            safe(said)
            together(
                [
                    partial(need, said, *kind.NEEDED),
                    *filled(said),
                    *(partial(seek, book, said) for seek in kind.SOUGHT),
                ]
            )
            row.key = digest(file.kind, kind.key(said))
            row.outcome = kind.carry(book, said, row.answer)
            row.message = ""
    except Asks as question:
        row.outcome, row.message = Outcome.ASKS, str(question)
    except Cannot as why:
        row.outcome, row.message = Outcome.CANNOT, str(why)
    except Denied as denied:
        words = (denied.decision.reason, denied.decision.instead)
        row.outcome, row.message = Outcome.CANNOT, " ".join(str(each) for each in words if each)
    else:
        row.saved = file.state == State.SAVING


def _checked(file: Import) -> None:
    """All rows were looked at: one that says the same as an earlier one is left out."""
    same = Row.objects.filter(file=file, key=OuterRef("key"), number__lt=OuterRef("number"))
    first = same.order_by().values("file").annotate(first=Min("number")).values("first")
    double = file.rows.exclude(key="").annotate(first=Subquery(first)).filter(first__isnull=False)
    for row in double.iterator(chunk_size=1_000):
        row.outcome = Outcome.CANNOT
        row.message = _("This row is about the same as row %(n)s.") % {"n": row.first}
        row.save(update_fields=["outcome", "message"])
    _count(file)
    file.state = State.CHECKED
    file.save(update_fields=["state", "counts"])


def _done(file: Import, at: datetime) -> None:
    """What was saved needs no rows any more; what was not can be mended."""
    _count(file)
    file.rows.exclude(outcome__in=LEFT, saved=False).delete()
    file.state, file.done_at = State.DONE, at
    file.save(update_fields=["state", "done_at", "counts"])


def _count(file: Import) -> None:
    counted = file.rows.order_by().values("outcome").annotate(n=Count("pk"))
    file.counts = {each["outcome"]: each["n"] for each in counted}
