"""`alert4you serve`: this installation, when it is safe."""

import os
from argparse import ArgumentParser
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.core.checks import WARNING
from django.core.management.base import BaseCommand, CommandError

from alert4you.config.environment import text
from alert4you.config.server import claim_port, collect_static, serve
from alert4you.operations.health import require_migrated


class Command(BaseCommand):
    help = "Serve this installation. Refuses to start, and names each reason, when it is not safe."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
        parser.add_argument("--port", type=int, default=int(text("PORT")))
        parser.add_argument("--workers", type=int, default=2, help="processes (default: 2)")

    def handle(self, *, host: str, port: int, workers: int, **options: Any) -> None:
        if settings.MODE != "production":
            raise CommandError(f"ALERT4YOU_MODE is {settings.MODE}; only production is served.")
        with TemporaryDirectory(prefix="alert4you-metrics-") as folder:
            os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder  # read when the counters are made
            self._serve(host, port, workers)

    def _serve(self, host: str, port: int, workers: int) -> None:
        self.check(include_deployment_checks=True, fail_level=WARNING, databases=["default"])
        require_migrated()
        claim_port(host, port, "Give another with --port.")
        collect_static()
        serve(host, port, workers)
