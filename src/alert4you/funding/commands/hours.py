"""Putting hours on a line, and taking them off."""

from collections.abc import Collection
from uuid import UUID

from alert4you.access.models import Entry
from alert4you.funding.models import Booking, MoneyLine
from alert4you.funding.rules import hours
from alert4you.funding.rules.beside import bookings
from alert4you.kernel.command import command
from alert4you.organisations.models import Actor


@command(hours.may_book)
def book_hours(actor: Actor, line: MoneyLine, entries: Collection[UUID]) -> MoneyLine:
    """These hours are on this line from now on; all of them, or none."""
    rows = Entry.objects.unrestricted(reason="their minutes").filter(pk__in=entries)
    Booking.objects.bulk_create(
        Booking(
            entry_id=each.entry,
            line=line,
            minutes=each.minutes,
            by_id=actor.membership_id,
            at=actor.at,
        )
        for each in hours.hours_in(line.trajectory, rows, {})
    )
    return line


@command(hours.may_take_off)
def take_off_hours(actor: Actor, line: MoneyLine, entries: Collection[UUID]) -> MoneyLine:
    """They are uncovered again."""
    bookings(line).filter(entry__in=entries).delete()
    return line
