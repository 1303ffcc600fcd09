"""What is counted for Prometheus: pages by their name, never by what is in an address."""

import os
from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from alert4you.operations.models import LastDone

ANSWERS = Counter("alert4you_answers", "Answers of a page", ["page", "method", "status"])
SECONDS = Histogram(
    "alert4you_seconds",
    "Seconds until the answer of a page",
    ["page"],
    buckets=(0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 20),
)


def answered(page: str, method: str, status: int, seconds: float) -> None:
    """Count an answer of a page (its name in the urls; empty when there is no such page)."""
    ANSWERS.labels(page, method, status).inc()
    SECONDS.labels(page).observe(seconds)


def exposed(at: datetime) -> bytes:
    """All that is counted on this machine, and how long ago (in seconds) what had to be done was done."""
    registry = CollectorRegistry()
    since = Gauge(
        "alert4you_last_done_seconds", "Seconds since it was last done", ["what"], registry=registry
    )
    for done in LastDone.objects.all():
        since.labels(done.what).set((at - done.at).total_seconds())
    if folder := os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        MultiProcessCollector(registry, folder)  # of every process that serves here
    else:
        registry.register(ANSWERS)
        registry.register(SECONDS)
    return generate_latest(registry)
