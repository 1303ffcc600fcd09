"""`alert4you drill FOLDER`: the newest backup brought back beside the running system."""

from argparse import ArgumentParser
from pathlib import Path
from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from alert4you.kernel.clock import now
from alert4you.operations.backups import drill
from alert4you.operations.sealing import Refused


class Command(BaseCommand):
    help = (
        "Restore the newest backup beside the running system, compare all of it, and throw it away."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *, folder: Path, **options: Any) -> None:
        """CommandError (status 1) when the newest backup could not be used."""
        begun = perf_counter()
        try:
            found = drill(folder, now())
        except (Refused, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{found.file.name} can be used: {found.rows} rows in {found.tables} tables are as they were, "
            f"and so is the audit trail ({perf_counter() - begun:.1f} s)"
        )
