"""The demo lives on working days: childcare is closed at the weekend, and an empty page tells nothing.

Nor is anybody there at night. Until half past nine its clock goes slowly from nine, after what the
stories tell about today.
"""

from datetime import datetime, time, timedelta

from django.utils import timezone

from alert4you.kernel.clock import wall_clock

FRIDAY = 4
OPENS, AWAKE = time(9), time(9, 30)


def working_day_clock() -> datetime:
    """Now, or the same hour on Friday when it is weekend; never before nine."""
    now = timezone.localtime(wall_clock())
    day = now - timedelta(days=max(0, now.weekday() - FRIDAY))
    awake = datetime.combine(day, AWAKE, day.tzinfo)
    if day >= awake:
        return day
    midnight = datetime.combine(day, time(0), day.tzinfo)
    opens = datetime.combine(day, OPENS, day.tzinfo)
    return opens + (day - midnight) * ((awake - opens) / (awake - midnight))
