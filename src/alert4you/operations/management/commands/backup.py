"""`alert4you backup FOLDER`: all that this installation keeps, of one moment, encrypted."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from alert4you.kernel.clock import now
from alert4you.operations.backups import make
from alert4you.operations.sealing import Refused

KEEP = 30


class Command(BaseCommand):
    help = "Write an encrypted backup while people work, and read it back."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="on another disk than the database's")
        parser.add_argument(
            "--keep",
            type=int,
            default=KEEP,
            help=f"older ones go (default: the newest {KEEP} stay)",
        )

    def handle(self, *, folder: Path, keep: int, **options: Any) -> None:
        """CommandError (status 1) when there is no new backup, or when the trail in it was changed."""
        if keep < 1:
            raise CommandError("--keep is at least 1: the one that is made now.")
        try:
            found = make(folder, now(), keep)
        except (Refused, OSError) as error:
            raise CommandError(str(error)) from error
        size = found.file.stat().st_size / 1_000_000
        self.stdout.write(
            f"{found.file}: {found.rows} rows in {found.tables} tables, {size:.1f} MB, read back and whole"
        )
        if found.faults:
            raise CommandError(
                f"It is kept, but its audit trail has {found.faults} faults: alert4you verify-audit"
            )
