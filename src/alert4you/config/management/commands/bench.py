"""`alert4you bench`: server time and query counts, on a copy of the demo."""

import sqlite3
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from alert4you.config import demo_database
from alert4you.config.bench import QUERY_BUDGET, measure_pages
from alert4you.config.server import collect_static


class Command(BaseCommand):
    help = "Measure every page that a persona of the demo can reach."
    requires_system_checks = []

    def handle(self, **options: Any) -> None:
        demo = Path(settings.DATABASES["default"]["NAME"])
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "bench.sqlite3"
            if demo.exists():
                _copy(demo, copy)
            settings.DATABASES["default"]["NAME"] = copy
            demo_database.prepare(reset=False, say=self.stdout.write)
            collect_static()
            self._report(list(get_user_model()._base_manager.filter(is_active=True)))

    def _report(self, people: list[Any]) -> None:
        found = measure_pages(people)
        self.stdout.write(f"{'page':32} {'p50 ms':>7} {'queries':>8}  slowest for")
        for page in found:
            line = f"{page.route:32} {page.milliseconds:7.1f} {page.queries:8}  {page.persona}"
            self.stdout.write(line)
        over = [page.route for page in found if page.queries > QUERY_BUDGET]
        if over:
            raise CommandError(f"More than {QUERY_BUDGET} queries: {', '.join(over)}")


def _copy(demo: Path, copy: Path) -> None:
    with sqlite3.connect(demo) as source, sqlite3.connect(copy) as target:
        source.backup(target)
    source.close()
    target.close()
