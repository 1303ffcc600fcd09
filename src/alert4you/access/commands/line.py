"""What may happen to an entry after it was written: hold it back for a while, for a reason."""

from datetime import datetime

from alert4you.access.models import Entry
from alert4you.access.rules import relations
from alert4you.kernel.command import command
from alert4you.organisations.models import Actor


@command(relations.may_hold)
def hold_back(actor: Actor, entry: Entry, until: datetime, reason: str) -> Entry:
    """The parents see this entry from ``until`` on; the actor is the named decider."""
    entry.hold_until, entry.hold_reason = until, reason
    entry.save(update_fields=["hold_until", "hold_reason"])
    return entry
