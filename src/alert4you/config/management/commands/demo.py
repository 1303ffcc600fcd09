"""`alert4you demo`: a filled installation, for looking around."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from alert4you.config import demo_database
from alert4you.config.environment import text
from alert4you.config.server import claim_port, collect_static, serve


class Command(BaseCommand):
    help = "Serve a filled example on this machine; what visitors change is kept."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=int(text("PORT")))
        parser.add_argument("--reset", action="store_true", help="forget everything, start over")

    def handle(self, *, port: int, reset: bool, **options: Any) -> None:
        claim_port("127.0.0.1", port, f"Give another: make demo PORT={port + 1}")
        demo_database.prepare(reset=reset, say=self.say)
        collect_static()
        self.say(f"Alert4you is at http://localhost:{port} (Ctrl-C stops it)")
        serve("127.0.0.1", port, workers=1, quiet=True)

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
