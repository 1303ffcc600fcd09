"""`alert4you bench`: server time and query counts, on a copy of the demo; `bench offline`: many tablets;
`bench ratio`: a day of the whole country; `bench finding`: a place among a thousand locations;
`bench country --children N`: what people wait for in a generated country.

On PostgreSQL, in a throw-away database:
ALERT4YOU_MODE=demo python tools/postgresql.py alert4you manage bench --costs
"""

import os
import sqlite3
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from alert4you.bench import finding, ratio
from alert4you.bench.daily import (
    P50_BUDGET,
    QUERY_BUDGET,
    Measure,
    measure_costs,
    measure_daily,
    measure_pages,
)
from alert4you.config import demo_database
from alert4you.config.server import collect_static

WHAT = (
    "offline: many tablets at once; ratio: a day of the whole country; finding: a place near home"
)
ROW = "{what:34} {who:20} {p50:>8} {p95:>8} {queries:>8}  {verdict}"


class Command(BaseCommand):
    help = "Measure Today, the child's line, saving a note, and every page a persona can reach."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "what", nargs="?", choices=["offline", "ratio", "finding", "country"], help=WHAT
        )
        parser.add_argument("--daily", action="store_true", help="leave the other pages out")
        parser.add_argument("--children", type=int, default=20_000, help="of the country")
        parser.add_argument("--costs", action="store_true", help="only what the safeguards add")

    def handle(
        self, *, what: str | None, daily: bool, costs: bool, children: int, **options: Any
    ) -> None:
        if what == "country":
            self._country(children)
            return
        if what:
            measures = {
                "offline": _many_tablets,
                "ratio": self._national_day,
                "finding": self._thousand_locations,
            }
            measures[what]()
            return
        if connection.vendor == "postgresql":
            demo_database.fill_empty(say=self.stdout.write)
            collect_static()
            self._measure_demo(daily, costs)
            return
        demo = Path(settings.DATABASES["default"]["NAME"])
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "bench.sqlite3"
            if demo.exists():
                _copy(demo, copy)
            settings.DATABASES["default"]["NAME"] = copy
            demo_database.prepare(reset=False, say=self.stdout.write)
            collect_static()
            self._measure_demo(daily, costs)

    def _country(self, children: int) -> None:
        """In a SQLite file that goes afterwards."""
        with tempfile.TemporaryDirectory() as folder:
            settings.DATABASES["default"]["NAME"] = Path(folder) / "country.sqlite3"
            call_command("bench_country", children=children, stdout=self.stdout)

    def _measure_demo(self, daily: bool, costs: bool) -> None:
        if costs:
            self._costs()
        else:
            self._measure(daily)

    def _national_day(self) -> None:
        took = ratio.measure()
        groups, quarters = ratio.GROUPS, ratio.QUARTERS
        self._within(f"{groups:,} groups x {quarters} quarters of an hour", took, ratio.BUDGET)

    def _thousand_locations(self) -> None:
        locations, weeks = finding.LOCATIONS, finding.WEEKS
        took = finding.measure()
        self._within(f"{locations:,} locations x {weeks} weeks", took, finding.BUDGET)

    def _within(self, what: str, took: float, budget: float) -> None:
        self.stdout.write(f"{what}: {took:.2f} s")
        if took > budget:
            raise CommandError(f"More than {budget:.0f} seconds.")

    def _costs(self) -> None:
        from alert4you.demo.personas import person_of, quick

        for cost in measure_costs([person_of(persona) for persona in quick()]):
            line = f"{cost.what} on {cost.page}"
            self.stdout.write(f"{line:24} {cost.who:20} {cost.percent:+6.1f} %")

    def _measure(self, daily: bool) -> None:
        # Imported here: production has no demo.
        from alert4you.demo.personas import person_of, quick

        people = [person_of(persona) for persona in quick()]
        found = measure_daily(people)
        self._table("what people wait for", found)
        if not daily:
            pages = measure_pages(people)
            self._table("every page, for whom it takes longest", pages)
            found = [*found, *pages]
        self.stdout.write(f"\nLimits: p50 at most {P50_BUDGET:.0f} ms, {QUERY_BUDGET} queries.")
        over = [f"{each.what} ({each.who})" for each in found if each.queries > QUERY_BUDGET]
        if over:
            raise CommandError(f"More than {QUERY_BUDGET} queries: {', '.join(over)}")

    def _table(self, title: str, found: Iterable[Measure]) -> None:
        head = {"what": title, "who": "who", "p50": "p50 ms", "p95": "p95 ms"}
        self.stdout.write("\n" + ROW.format(**head, queries="queries", verdict="verdict"))
        for each in found:
            self.stdout.write(
                ROW.format(
                    what=each.what,
                    who=each.who,
                    p50=f"{each.p50:.1f}",
                    p95=f"{each.p95:.1f}",
                    queries=each.queries,
                    verdict=each.verdict or "good",
                )
            )


def _many_tablets() -> None:
    """On an empty database of its own; raises CommandError when something was lost or doubled."""
    with tempfile.TemporaryDirectory() as folder:
        file = str(Path(folder) / "bench.sqlite3")
        environment = {**os.environ, "ALERT4YOU_MODE": "test", "ALERT4YOU_DATABASE": file}
        call = [sys.executable, "-m", "alert4you", "manage", "bench_offline"]
        if subprocess.run(call, env=environment).returncode:  # noqa: S603
            raise CommandError("Something was lost, doubled or not written.")


def _copy(demo: Path, copy: Path) -> None:
    with sqlite3.connect(demo) as source, sqlite3.connect(copy) as target:
        source.backup(target)
    source.close()
    target.close()
