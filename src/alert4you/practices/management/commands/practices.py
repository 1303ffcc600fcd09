"""`alert4you practices`: list, load, or check templates."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from alert4you.kernel.clock import now
from alert4you.organisations.queries import system_actor
from alert4you.practices.commands.publishing import load_library
from alert4you.practices.queries.library import library, read_files
from alert4you.practices.rules.language import Practice
from alert4you.practices.rules.numbers import numbers


class Command(BaseCommand):
    help = "List the practices that come with the product, load them, or check files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The three words, and what belongs to each."""
        words = parser.add_subparsers(dest="word", required=True)
        listing = words.add_parser("list", help="each practice with its numbers")
        listing.add_argument("--json", action="store_true", help="as JSON, for another program")
        words.add_parser("load", help="publish what is new or changed")
        check = words.add_parser("check", help="say what is wrong in files of your own")
        check.add_argument("files", nargs="+", type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        """CommandError (status 1) when a file cannot be used."""
        if options["word"] == "list":
            self._list(as_json=options["json"])
        elif options["word"] == "load":
            for template in load_library(system_actor(now())):
                self.stdout.write(f"{template.slug}: version {template.version}")
        else:
            self._check(options["files"])

    def _list(self, *, as_json: bool) -> None:
        told = [_summary(practice) for practice in library()]
        if as_json:
            self.stdout.write(json.dumps(told, indent=2, ensure_ascii=False))
            return
        for each in told:
            figures = "; ".join(f"{place}: {number}" for place, number in each["numbers"].items())
            self.stdout.write(f"{each['row']:>3}  {each['practice']}  ({figures})")

    def _check(self, files: list[Path]) -> None:
        practices, problems = read_files(files)
        for practice in practices:
            self.stdout.write(f"{practice.slug}: good")
        if problems:
            raise CommandError("\n".join(str(problem) for problem in problems))


def _summary(practice: Practice) -> dict[str, Any]:
    return {
        "practice": practice.slug,
        "row": practice.row,
        "title": {"nl": practice.title.nl, "en": practice.title.en},
        "about": practice.about,
        "source": practice.source,
        "numbers": numbers(practice),
        "chosen_at_adoption": [choice.key for choice in practice.choices],
    }
