"""`alert4you scenario`: play stories, or only check how they are written."""

from argparse import ArgumentParser
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import override

from alert4you.kernel.clock import day_of, wall_clock
from alert4you.kernel.wall.standing import opened
from alert4you.practices.rules.sheet import Problem
from alert4you.scenarios.library import read_files, stories_of
from alert4you.scenarios.player import play
from alert4you.scenarios.story import Story
from alert4you.scenarios.telling import Teller


class Command(BaseCommand):
    help = "Play stories day by day through the same commands as the pages; nothing of it is kept."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        words = parser.add_subparsers(dest="word", required=True)
        run = words.add_parser("run", help="play, and stop at the first thing that is not so")
        run.add_argument("--on", type=date.fromisoformat, help="the day it is told on (today)")
        run.add_argument("--quiet", action="store_true", help="one line per story")
        check = words.add_parser("check", help="only read, and say what is wrong where")
        words.add_parser("list", help="the stories that come with the product")
        for each in (run, check):
            each.add_argument(
                "files", nargs="*", type=Path, metavar="FILE", help="files or folders; none: all"
            )

    def handle(self, *, word: str, **options: Any) -> None:
        """CommandError (status 1) for a file that cannot be read and a story that does not hold."""
        with override("en"):
            stories, problems = read_files(stories_of(options.get("files") or []))
            if problems:
                raise CommandError(_listed(problems))
        if word == "run":
            self._run(stories, options["on"] or day_of(wall_clock()), quiet=options["quiet"])
        else:
            for story in stories:
                rows = ", ".join(story.rows)
                self.stdout.write(
                    f"{story.slug}: {story.title.nl} ({story.file}; rows {rows or '–'})"
                )

    def _run(self, stories: Sequence[Story], day: date, *, quiet: bool) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        for story in stories:
            teller = Teller(self.stdout.write, quiet=quiet)
            teller.begin(story, story.almanac(day))
            with opened(reason="a story acts for everybody in it"), transaction.atomic():
                for told in play(story, day):
                    teller.tell(told)
                transaction.set_rollback(True)
            teller.end()
            if teller.broken:
                raise CommandError(str(teller.broken))


def _listed(problems: Sequence[Problem]) -> str:
    return "\n".join(map(str, problems))
