"""What hangs on a line of money or a folder, for whoever was handed that: the wall asks for the same."""

from alert4you.funding.models import (
    BESIDE,
    Application,
    Approval,
    Booking,
    Filled,
    MoneyLine,
    Pause,
)
from alert4you.kernel.guard import GuardedQuerySet


def pauses(line: MoneyLine) -> GuardedQuerySet:
    """When its term stood still."""
    return Pause.objects.unrestricted(reason=BESIDE).filter(line=line)


def bookings(line: MoneyLine) -> GuardedQuerySet:
    """The hours on it."""
    return Booking.objects.unrestricted(reason=BESIDE).filter(line=line)


def answers(application: Application) -> GuardedQuerySet:
    """What was filled in."""
    return Filled.objects.unrestricted(reason=BESIDE).filter(application=application)


def approvals(application: Application) -> GuardedQuerySet:
    """Which parents approved it as it is now."""
    return Approval.objects.unrestricted(reason=BESIDE).filter(application=application)
