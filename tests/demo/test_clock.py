"""The demo is visited at night and at the weekend; its people are not."""

from datetime import datetime

import pytest
from django.utils import timezone

from alert4you.demo import clock


@pytest.mark.parametrize(
    ("now", "shown"),
    [
        ("2026-11-20 14:10", "2026-11-20 14:10"),
        ("2026-11-21 14:10", "2026-11-20 14:10"),
        ("2026-11-22 14:10", "2026-11-20 14:10"),
        ("2026-11-23 14:10", "2026-11-23 14:10"),
        ("2026-11-20 00:00", "2026-11-20 09:00"),
        ("2026-11-20 04:45", "2026-11-20 09:15"),
        ("2026-11-20 09:30", "2026-11-20 09:30"),
        ("2026-11-22 00:00", "2026-11-20 09:00"),
    ],
)
def test_what_time_it_is_in_the_demo(monkeypatch, now, shown):
    moment = timezone.make_aware(datetime.fromisoformat(now))
    monkeypatch.setattr(clock, "wall_clock", lambda: moment)
    assert f"{clock.working_day_clock():%Y-%m-%d %H:%M}" == shown
