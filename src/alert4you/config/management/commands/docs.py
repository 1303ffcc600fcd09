"""`alert4you docs`: the generated pages of the reference."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from alert4you.config.reference import FOLDER, PAGES


class Command(BaseCommand):
    help = "Write the generated pages of docs/reference."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="compare instead of writing")

    def handle(self, *, check: bool, **options: Any) -> None:
        if not FOLDER.parent.is_dir():
            raise CommandError("The pages are part of the repository; run this from a clone.")
        made = {FOLDER / name: page() for name, page in PAGES.items()}
        old = [path for path, text in made.items() if not path.exists() or path.read_text() != text]
        if check and old:
            names = ", ".join(path.name for path in old)
            raise CommandError(f"Out of date: {names}. Run: alert4you docs")
        for path in old:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(made[path])
        self.stdout.write(f"{len(made)} pages, {len(old)} written")
