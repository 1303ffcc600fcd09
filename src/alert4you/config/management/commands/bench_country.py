"""`alert4you bench country`: what people wait for in a generated country, and what that costs.

In the country that is there already, else in one that is made first:
ALERT4YOU_MODE=demo DATABASE_URL=... alert4you manage bench_country --children 100000
"""

import os
import re
from argparse import ArgumentParser
from importlib import import_module
from typing import Any
from unittest.mock import patch

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.test import override_settings

from alert4you.bench import country, pages
from alert4you.bench.country import Waited
from alert4you.children.models import Child
from alert4you.config.reference import FOLDER
from alert4you.config.server import collect_static
from alert4you.kernel import clock
from alert4you.operations import away
from alert4you.organisations.models import Person

PAGE = FOLDER / "performance.md"
DATABASES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
HEAD = (
    *("what", "who", "p50 ms", "p95 ms", "queries", "SQL ms", "rendering ms", "processor ms"),
    *("of that the database", "bare", "share", "aims missed"),
)
END = "<!-- end -->"


class Command(BaseCommand):
    help = "Measure a generated country, and write what was found in docs/reference/performance.md."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--children", type=int, default=20_000, help="when there are none yet")
        parser.add_argument("--dry", action="store_true", help="leave the page as it is")

    def handle(self, *, children: int, dry: bool, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("This writes notes about children, so never in a real installation.")
        collect_static()
        import_module("alert4you.config.wsgi")  # as the server begins
        if "organisations_person" not in connection.introspection.table_names():
            call_command("migrate", interactive=False, verbosity=0)
        if not Person.objects.exists():
            call_command("generate", children=children, stdout=self.stdout)
        # A machine that is busy with other things is no database that is away.
        # A real installation has no bar of the demo.
        with patch.object(away, "SLOW", 3600.0), override_settings(MODE="measured"):
            title, lines = _title(), [_row(HEAD), _row(["---"] * len(HEAD))]
            self.stdout.write("\n".join((title, "", *lines)))
            done = []
            for each in country.measure():
                done.append(each)
                lines.append(_row(_cells(each)))
                self.stdout.write(lines[-1])
            lines += ["", *_besides(done)]
        self.stdout.write("\n".join(lines[-5:]))
        if not dry and PAGE.exists():
            PAGE.write_text(_with(PAGE.read_text(), title, "\n".join(lines)))


def _title() -> str:
    number = Child.objects.unrestricted(reason=country.MEASURED).count()
    return f"### {DATABASES[connection.vendor]}, about {float(f'{number:.1g}'):,.0f} children"


def _besides(done: list[Waited]) -> list[str]:
    ours = [each for each in done if each.who != country.DJANGO]
    bare, whole = sum(each.bare for each in ours), sum(each.spent.processor for each in ours)
    number, seconds = country.sweep()
    a_lot = f", {seconds / number * 100_000:.0f} s for 100,000" if number else ""
    cores, load = os.cpu_count(), os.getloadavg()[0]
    return [
        f"- All of these once: {bare / whole:.0%} of what bare views do that ask the same.",
        f"- {pages.in_words(list(pages.opened_by_all()))}",
        f"- The night looks at {number:,} running trajectories in {seconds:.1f} s of processor{a_lot}.",
        f"- Memory of the process that answered all of this: {country.memory()} MB.",
        f"- {clock.day_of(clock.wall_clock())}, {cores} cores, load {load:.0f} at the end.",
    ]


def _cells(each: Waited) -> list[str]:
    spent = each.spent
    times = (spent.processor, spent.database, each.bare)
    return [
        *(each.what, each.who.replace("_", " "), f"{each.p50:.0f}", f"{each.p95:.0f}"),
        *(str(spent.queries), f"{spent.sql:.0f}", f"{spent.rendering:.1f}"),
        *(f"{time:.1f}" for time in times),
        f"{each.share:.0%}",
        each.missed,
    ]


def _row(cells: Any) -> str:
    return f"| {' | '.join(cells)} |"


def _with(page: str, title: str, table: str) -> str:
    """This part instead of an earlier one of the same database and size; else at the end of the parts."""
    part = f"{title}\n\n{table}\n\n"
    earlier = re.compile(re.escape(title) + r"\n.*?(?=### |" + re.escape(END) + ")", re.DOTALL)
    if earlier.search(page):
        return earlier.sub(lambda _found: part, page)
    return page.replace(END, part + END)
