"""What stands beside entries: for entries that the reader was already allowed to see."""

from collections.abc import Collection
from uuid import UUID

from alert4you.rights.models import Remark


def beside(entries: Collection[UUID]) -> dict[UUID, list[Remark]]:
    """The statements and corrections of these entries, oldest first; one query for any number."""
    found: dict[UUID, list[Remark]] = {}
    rows = Remark.objects.filter(entry__in=entries).select_related("by", "request")
    for each in rows.order_by("at", "pk"):
        found.setdefault(each.entry_id, []).append(each)
    return found
