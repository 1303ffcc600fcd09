"""`alert4you restore FILE`: an empty installation becomes what the backup says."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from alert4you.operations.backups import restore
from alert4you.operations.sealing import Refused


class Command(BaseCommand):
    help = "Bring an empty installation back to what a backup says. Nothing is touched before all is read."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **options: Any) -> None:
        """CommandError (status 1) when it could not be used; says what to do."""
        try:
            found = restore(file)
        except (Refused, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"This installation is as it was on {found.made:%Y-%m-%d %H:%M} UTC: {found.rows} rows in "
            f"{found.tables} tables, every one compared, the audit trail looked at"
        )
