"""One row, or nothing there for this hat."""

from typing import TypeVar

from django.db.models import Model, QuerySet

from alert4you.kernel.decision import NotVisible

Row = TypeVar("Row", bound=Model)


def one(rows: QuerySet[Row]) -> Row:
    found = rows.first()
    if found is None:
        raise NotVisible
    return found
