"""How often a job of a context's `tasks` is done: every five minutes, unless one of these says otherwise."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from alert4you.kernel.clock import day_of

Job = Callable[[datetime], int]
FIVE_MINUTES = timedelta(minutes=5)
AT_NIGHT = time(1, 15)  # in Europe/Amsterdam; no clock skips or repeats it


def every(**how_long: float) -> Callable[[Job], Job]:
    """So long after it last began (the words of timedelta)."""
    return _next(lambda at: at + timedelta(**how_long))


def nightly(job: Job) -> Job:
    """Once, early in the night: what depends on the day."""
    return _next(_tomorrow)(job)


def after(job: Job, at: datetime) -> datetime:
    """When it is due again, having begun at this moment."""
    rhythm: Callable[[datetime], datetime] = getattr(job, "rhythm", lambda at: at + FIVE_MINUTES)
    return rhythm(at)


def _next(rhythm: Callable[[datetime], datetime]) -> Callable[[Job], Job]:
    def mark(job: Any) -> Job:
        job.rhythm = rhythm
        return job

    return mark


def _tomorrow(at: datetime) -> datetime:
    today = timezone.make_aware(datetime.combine(day_of(at), AT_NIGHT))
    tomorrow = timezone.make_aware(datetime.combine(day_of(at) + timedelta(days=1), AT_NIGHT))
    return today if at < today else tomorrow
