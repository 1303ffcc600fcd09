"""`alert4you practices`: list, load, or check templates; import cards from a document."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from alert4you.kernel.clock import now
from alert4you.organisations.queries import system_actor
from alert4you.practices.commands.importing import add_cards
from alert4you.practices.commands.publishing import load_library
from alert4you.practices.queries.library import described_cards, library, read_files
from alert4you.practices.rules.document.reading import read_document
from alert4you.practices.rules.document.rows import Unusable
from alert4you.practices.rules.document.telling import as_json as as_json_of
from alert4you.practices.rules.document.telling import in_lines
from alert4you.practices.rules.importing import all_as_found
from alert4you.practices.rules.language import Practice
from alert4you.practices.rules.numbers import numbers


class Command(BaseCommand):
    help = "List the practices that come with the product, load them, check files, import cards."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The words, and what belongs to each."""
        words = parser.add_subparsers(dest="word", required=True)
        listing = words.add_parser("list", help="each practice with its numbers")
        listing.add_argument("--json", action="store_true", help="as JSON, for another program")
        words.add_parser("load", help="publish what is new or changed")
        check = words.add_parser("check", help="say what is wrong in files of your own")
        check.add_argument("files", nargs="+", type=Path, metavar="FILE")
        reading = words.add_parser("import", help="add the practice cards in a document")
        reading.add_argument("file", type=Path, metavar="FILE", help="Word (.docx), PDF or text")
        reading.add_argument("--dry-run", action="store_true", help="only show what is recognised")
        reading.add_argument("--json", action="store_true", help="as JSON, for another program")

    def handle(self, *args: Any, **options: Any) -> None:
        """CommandError (status 1) when a file cannot be used."""
        if options["word"] == "list":
            self._list(as_json=options["json"])
        elif options["word"] == "load":
            for template in load_library(system_actor(now())):
                self.stdout.write(f"{template.slug}: version {template.version}")
            self.stdout.write(f"{len(described_cards())} practice cards")
        elif options["word"] == "import":
            self._import(options["file"], save=not options["dry_run"], as_json=options["json"])
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

    def _import(self, path: Path, *, save: bool, as_json: bool) -> None:
        try:
            found = read_document(path.name, path.read_bytes())
        except OSError as unreadable:
            raise CommandError(f"{path}: {unreadable.strerror}") from unreadable
        except Unusable as unusable:
            raise CommandError(f"{path.name}: {unusable}") from unusable
        if as_json:
            self.stdout.write(json.dumps(as_json_of(found), indent=2, ensure_ascii=False))
        else:
            for line in in_lines(found):
                self.stdout.write(line)
        if save:
            out = self.stderr if as_json else self.stdout
            for outcome in add_cards(system_actor(now()), all_as_found(found)):
                out.write(outcome.in_words)


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
