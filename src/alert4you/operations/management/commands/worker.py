"""`alert4you worker`: does what is due, until it is stopped; as many side by side as one likes."""

import signal
from argparse import ArgumentParser
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand

from alert4you.kernel.clock import now
from alert4you.operations.jobs import do_next, plan, work


class Command(BaseCommand):
    help = "Do the work that is due: each job at its own rhythm, and again when it failed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due now, and end")

    def handle(self, *, once: bool, **options: Any) -> None:
        if once:
            plan(now())
            while name := do_next():
                self.stdout.write(name)
            return
        stop = Event()
        for ending in (signal.SIGTERM, signal.SIGINT):
            signal.signal(ending, lambda *_: stop.set())
        work(stop)
