"""The demo lives on working days: childcare is closed at the weekend, and an empty page tells nothing."""

from datetime import datetime, timedelta

from alert4you.kernel.clock import day_of, wall_clock

FRIDAY = 4


def working_day_clock() -> datetime:
    """Now, or the same hour on Friday when it is weekend."""
    now = wall_clock()
    return now - timedelta(days=max(0, day_of(now).weekday() - FRIDAY))
