"""`alert4you verify-audit`: the whole audit trail looked at, record by record."""

import os
from argparse import ArgumentParser
from time import perf_counter
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from alert4you.kernel.roots import public_key
from alert4you.kernel.verifying import verify


class Command(BaseCommand):
    help = "Prove that no record of the audit trail was changed, or name the ones that were."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One organisation, or all."""
        parser.add_argument("--organisation", type=UUID, help="only the chain of this organisation")

    def handle(self, *args: Any, **options: Any) -> None:
        """CommandError (status 1) naming each row that is not as it was written."""
        begun = perf_counter()
        outcome = verify(options["organisation"], 1 if _in_memory() else os.cpu_count() or 1)
        seconds = perf_counter() - begun
        self.stdout.write(
            f"{outcome.records} records in {outcome.lanes} chains, {outcome.roots} signed roots, "
            f"{seconds:.1f} s; public key {public_key()}"
        )
        for cut in outcome.cuts:
            self.stdout.write(
                f"lane {cut.lane.hex} begins after number {cut.seq}: {cut.records} records were cut off "
                f"on {cut.at:%Y-%m-%d} at the root of {cut.root.at:%Y-%m-%d}, as two people agreed"
            )
        if outcome.faults:
            raise CommandError("\n".join(str(fault) for fault in outcome.faults))
        self.stdout.write("nothing was changed")


def _in_memory() -> bool:
    """Whether only this process can read the database."""
    return "memory" in str(connection.settings_dict["NAME"])
