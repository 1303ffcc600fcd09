"""What is counted for Prometheus: pages by their name, never by what is in an address."""

import os
from collections.abc import Iterator
from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector

from alert4you.operations.models import LastDone

ANSWERS = Counter("alert4you_answers", "Answers of a page", ["page", "status"])
SECONDS = Histogram(
    "alert4you_seconds",
    "Seconds until the answer of a page",
    ["page"],
    buckets=(0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 20),
)


def answered(page: str, status: int, seconds: float) -> None:
    """Count an answer of a page (its name in the urls; empty when there is no such page)."""
    ANSWERS.labels(page, status).inc()
    SECONDS.labels(page).observe(seconds)


class LastDoneAgo:
    """How long ago what had to be done was done; asked of the database, so of no process by itself."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def collect(self) -> Iterator[GaugeMetricFamily]:
        ago = GaugeMetricFamily("alert4you_last_done_seconds", "Seconds since", labels=["what"])
        for done in LastDone.objects.all():
            ago.add_metric([done.what], (self.at - done.at).total_seconds())
        yield ago


def exposed(at: datetime) -> bytes:
    """All that is counted on this machine, in the words of Prometheus."""
    registry = CollectorRegistry()
    registry.register(LastDoneAgo(at))
    if folder := os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        MultiProcessCollector(registry, folder)  # of every process that serves here
    else:
        registry.register(ANSWERS)
        registry.register(SECONDS)
    return generate_latest(registry)
