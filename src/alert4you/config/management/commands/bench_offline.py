"""`alert4you bench offline`: many tablets come back to the network at once."""

import os
import platform
import re
from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from alert4you.bench.offline import BATCH, DROPPED, Result, measure, unwritten
from alert4you.config.reference import FOLDER

TARGET = 60  # seconds
PAGE = FOLDER / "offline.md"
HEAD = f"""# Work without a network, measured

`alert4you bench offline` writes this page. It starts a server, and lets tablets send what they kept:
every item twice, in a random order, at most {BATCH} at a time. Of one in {DROPPED} answers the device
hears nothing, after the server wrote everything down; it sends those again. Then it reads back
what is safe.
The target is {TARGET} seconds, without anything lost or doubled.
For PostgreSQL: `python tools/postgresql.py alert4you manage bench_offline`.

| database | items | devices | requests | rows | duplicates | lost | seconds | machine |
|---|---|---|---|---|---|---|---|---|
"""


class Command(BaseCommand):
    help = "Send 10,000 items of 40 devices twice, in random order, with lost answers."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--items", type=int, default=10_000)
        parser.add_argument("--devices", type=int, default=40)
        parser.add_argument("--workers", type=int, default=2, help="processes of the server")
        parser.add_argument("--port", type=int, default=8765)
        parser.add_argument("--dry", action="store_true", help="leave the page as it is")

    def handle(
        self, *, items: int, devices: int, workers: int, port: int, dry: bool, **options: Any
    ) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        found = measure(items, devices, workers, port)
        row = _row(found)
        self.stdout.write(HEAD.splitlines()[-2] + "\n" + row)
        if not dry and PAGE.parent.is_dir():
            _write(row)
        if found.lost or found.duplicates or unwritten():
            raise CommandError("Something was lost, doubled or not written.")


def _row(found: Result) -> str:
    cells = (
        {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[connection.vendor],
        f"{found.items:,}",
        found.devices,
        found.requests,
        f"{found.rows:,}",
        found.duplicates,
        found.lost,
        f"{found.seconds:.1f}",
        f"{platform.machine()}, {os.cpu_count()} cores",
    )
    return f"| {' | '.join(map(str, cells))} |"


def _write(row: str) -> None:
    """This row instead of an earlier one of the same database."""
    old = PAGE.read_text() if PAGE.exists() else ""
    rows = [line for line in old.splitlines() if re.match(r"\| (SQLite|PostgreSQL) ", line)]
    kept = [line for line in rows if line.split()[1] != row.split()[1]]
    PAGE.write_text(HEAD + "\n".join(sorted([*kept, row], reverse=True)) + "\n")
