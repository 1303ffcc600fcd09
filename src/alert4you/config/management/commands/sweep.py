"""`alert4you sweep`: the work that became due, of every context."""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from alert4you.kernel.clock import now


class Command(BaseCommand):
    help = "Do the work that is due now. Safe to repeat; run it every few minutes."

    def handle(self, **options: Any) -> None:
        moment = now()
        for context in settings.CONTEXTS:
            if find_spec(f"alert4you.{context}.tasks"):
                done = import_module(f"alert4you.{context}.tasks").sweep(moment)
                self.stdout.write(f"{context}: {done}")
