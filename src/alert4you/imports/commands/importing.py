"""The steps of who loads a file: bring it, say what is in it, answer, say yes, be done with it."""

from collections.abc import Iterator, Mapping
from itertools import chain, islice
from typing import IO

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alert4you.imports.models import ColumnNames, Import, Row
from alert4you.imports.rules import importing as rules
from alert4you.imports.rules.columns import guess, simple, with_names
from alert4you.imports.rules.files import Line, Unusable, lines
from alert4you.kernel.command import command
from alert4you.organisations.models import Actor

AT_ONCE = 1_000
TITLES = 10  # rows above the names of the columns, at most


@command(rules.may_load)
def bring(actor: Actor, kind: str, name: str, content: IO[bytes]) -> Import:
    """Keep the rows of a file until they are saved, and guess its columns. Raises Unusable."""
    told = ColumnNames.objects.filter(organisation=actor.organisation_id, kind=kind).first()
    known = told.fields if told else {}
    found = lines(name, content)
    first = list(islice(found, TITLES + 1)) or [(0, [])]
    at = with_names(kind, [cells for _number, cells in first], known)
    header = first[at][1]
    file = Import.objects.create(
        organisation_id=actor.organisation_id,
        by_id=actor.membership_id,
        kind=kind,
        file_name=name[-200:],
        language=get_language() or "nl",
        header=header,
        columns=guess(kind, header, known),
        made_at=actor.at,
    )
    if not _keep(file, chain(first[at + 1 :], found)):
        raise Unusable(_("There are no rows in this file below its first one."))
    return file


def _keep(file: Import, found: Iterator[Line]) -> int:
    kept = 0
    while some := list(islice(found, AT_ONCE)):
        rows = [Row(file=file, number=number, cells=cells) for number, cells in some]
        kept += len(Row.objects.bulk_create(rows))
    return kept


@command(rules.may_name)
def name_columns(actor: Actor, file: Import, columns: Mapping[str, int]) -> Import:
    """This column holds that; remembered for the next file of the kind. Everything is looked at anew."""
    file.columns, file.state = dict(columns), Import.State.CHECKING
    file.save(update_fields=["columns", "state"])
    file.rows.update(outcome="", message="", answer="", key="")
    known, __ = ColumnNames.objects.get_or_create(organisation=file.organisation, kind=file.kind)
    names = {simple(file.header[at]): field for field, at in columns.items()}
    unused = {simple(name): "" for name in file.header if simple(name) not in names}
    known.fields = {**known.fields, **unused, **names}
    known.save(update_fields=["fields"])
    return file


@command(rules.may_answer)
def answer(actor: Actor, row: Row, answer: str) -> Row:
    """Whether the child of this row is the one that is here already."""
    row.answer = Row.Answer(answer)
    row.save(update_fields=["answer"])
    return row


@command(rules.may_approve)
def approve(actor: Actor, file: Import) -> Import:
    """Yes: what can be saved may be saved."""
    file.state = Import.State.SAVING
    file.save(update_fields=["state"])
    return file


@command(rules.may_go_on)
def forget(actor: Actor, file: Import) -> None:
    """Be done with a file: nothing of it is kept, what was saved from it stays."""
    with transaction.atomic():
        file.delete()
