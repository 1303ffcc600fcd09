"""`alert4you sweep`: the work that became due, of every context."""

import inspect
from collections.abc import Callable, Iterator
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from alert4you.kernel.clock import now
from alert4you.kernel.wall.standing import opened


class Command(BaseCommand):
    help = "Do the work that is due now. Safe to repeat; run it every few minutes."

    def handle(self, **options: Any) -> None:
        moment = now()
        for name, job in jobs():
            with opened(reason="jobs act for nobody's eyes"):
                self.stdout.write(f"{name}: {job(moment)}")


def jobs() -> Iterator[tuple[str, Callable[[datetime], int]]]:
    """Every public function of a context's `tasks`: takes the moment, answers how many it did."""
    for context in settings.CONTEXTS:
        if find_spec(f"alert4you.{context}.tasks"):
            tasks = import_module(f"alert4you.{context}.tasks")
            for name, job in inspect.getmembers(tasks, inspect.isfunction):
                if job.__module__ == tasks.__name__ and not name.startswith("_"):
                    yield f"{context}.{name}", job
