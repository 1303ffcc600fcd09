"""What stands beside entries, for whoever may see those."""

from collections.abc import Collection
from uuid import UUID

from alert4you.organisations.models import Actor
from alert4you.rights.models import Remark


def beside(actor: Actor, entries: Collection[UUID]) -> dict[UUID, list[Remark]]:
    """The statements and corrections of these entries, oldest first; one query for any number."""
    found: dict[UUID, list[Remark]] = {}
    rows = Remark.objects.visible_to(actor).filter(entry__in=entries).select_related("by", "entry")
    for each in rows.order_by("at", "pk"):
        found.setdefault(each.entry_id, []).append(each)
    return found
