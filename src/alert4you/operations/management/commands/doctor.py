"""`alert4you doctor`: what is not well here, and what to do about it."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.checks import WARNING, CheckMessage
from django.core.management.base import BaseCommand

from alert4you.kernel.clock import now
from alert4you.operations.doctor import findings

LEVELS = {10: "debug", 20: "info", 30: "warning", 40: "error", 50: "critical"}


class Command(BaseCommand):
    help = "Look whether this installation is well. Status 1 when something must be done."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="for machines")

    def handle(self, **options: Any) -> None:
        found = [each for each in findings(now()) if not each.is_silenced()]
        if options["json"]:
            self.stdout.write(json.dumps([_as_json(each) for each in found], indent=2))
        else:
            for each in found:
                self.stdout.write(
                    f"{LEVELS[each.level]:<8} {each.msg}\n         {each.hint or ''} ({each.id})"
                )
            self.stdout.write("" if found else "Nothing is wrong.")
        if any(each.level >= WARNING for each in found):
            sys.exit(1)


def _as_json(found: CheckMessage) -> dict[str, str]:
    remedy = str(found.hint or "")
    return {
        "id": found.id or "",
        "level": LEVELS[found.level],
        "found": str(found.msg),
        "remedy": remedy,
    }
