"""Work nobody waits for: each job at its own rhythm, by one worker at a time, and again when it failed.

There is no queue and nothing is ever "running": a job that is due is claimed for two minutes, again and
again while its worker lives. Of a worker that was killed the claim runs out, and another takes it over.
"""

import inspect
import logging
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from threading import Event, Thread

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import F, Q, QuerySet

from alert4you.kernel.clock import now
from alert4you.kernel.outbox import pause
from alert4you.kernel.rhythm import after
from alert4you.kernel.wall.standing import opened
from alert4you.operations.health import require_migrated
from alert4you.operations.models import Job

CLAIM = timedelta(minutes=2)
LONGEST_PAUSE = timedelta(minutes=15)
SECONDS_BETWEEN_LOOKS = 5
log = logging.getLogger(__name__)


@cache
def jobs() -> dict[str, Callable[[datetime], int]]:
    """Every public function of a context's `tasks`: takes the moment, answers how many it did."""
    found: dict[str, Callable[[datetime], int]] = {}
    for context in settings.CONTEXTS:
        if find_spec(f"alert4you.{context}.tasks"):
            tasks = import_module(f"alert4you.{context}.tasks")
            for name, job in inspect.getmembers(tasks, inspect.isfunction):
                if job.__module__ == tasks.__name__ and not name.startswith("_"):
                    found[f"{context}.{name}"] = job
    return found


def plan(at: datetime) -> None:
    """A row for every job of this version, and for no other; what is new is due at once.

    Raises CommandError beside tables of another version.
    """
    require_migrated()
    Job.objects.exclude(name__in=jobs()).delete()
    rows = [Job(name=name, due_at=at) for name in jobs()]
    Job.objects.bulk_create(rows, ignore_conflicts=True)


def work(stop: Event) -> None:
    """Do what is due until told to stop; a database that is away is waited for."""
    planned = False
    while not stop.is_set():
        try:
            if not planned:
                plan(now())
                planned = True
            idle = do_next() is None
        except DatabaseError as error:
            log.error("the database is away: %s", type(error).__name__)
            connection.close()
            idle = True
        if idle:
            stop.wait(SECONDS_BETWEEN_LOOKS)


def do_next() -> str | None:
    """Do the job that is due longest and that nobody has; its name, or None when there is none.

    Raises DatabaseError when the database cannot tell; what a job raises is written with the job.
    """
    at, me = now(), uuid.uuid4()
    free = Q(held_until=None) | Q(held_until__lt=at)
    for job in Job.objects.filter(free, due_at__lte=at).order_by("due_at", "name"):
        trouble = "killed" if job.held_by else job.trouble
        mine = Job.objects.filter(free, pk=job.pk, due_at=job.due_at)
        claim = {"held_by": me, "held_until": at + CLAIM, "tries": F("tries") + 1}
        if job.pk in jobs() and mine.update(**claim, trouble=trouble):
            _do(job.pk, job.tries + 1, me, at)
            return job.pk
    return None


def _do(name: str, tries: int, me: uuid.UUID, at: datetime) -> None:
    mine = Job.objects.filter(pk=name, held_by=me)
    put_down = {"held_by": None, "held_until": None}
    try:
        with _kept(mine), opened(reason="jobs act for nobody's eyes"):
            done = jobs()[name](at)
    except Exception as error:  # whatever it is, the other jobs go on
        log.error("%s failed", name, exc_info=True)
        due = now() + pause(tries, LONGEST_PAUSE)
        mine.update(**put_down, due_at=due, trouble=type(error).__name__[:60])
        return
    end, due = now(), after(jobs()[name], at)
    mine.update(**put_down, due_at=due, done_at=end, tries=0, trouble="")
    if done:
        log.info("%s: %s", name, done)


@contextmanager
def _kept(mine: QuerySet[Job]) -> Iterator[None]:
    """The claim is renewed while this process lives, from a thread of its own."""
    done = Event()

    def renew() -> None:
        while not done.wait(CLAIM.total_seconds() / 4):
            with suppress(DatabaseError):
                mine.update(held_until=now() + CLAIM)
            connection.close()

    Thread(target=renew, daemon=True).start()
    try:
        yield
    finally:
        done.set()
