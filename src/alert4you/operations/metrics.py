"""What is counted for Prometheus: pages by their name, never by what is in an address."""

import os
from collections.abc import Iterator
from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector

from alert4you.kernel.models import Letter
from alert4you.operations.models import Job, LastDone

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


class Kept:
    """What the database knows of the machine room; asked of it, so of no process by itself."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def collect(self) -> Iterator[GaugeMetricFamily]:
        ago = GaugeMetricFamily("alert4you_last_done_seconds", "Seconds since", labels=["what"])
        late = GaugeMetricFamily("alert4you_job_late_seconds", "Seconds late", labels=["job"])
        tries = GaugeMetricFamily("alert4you_job_tries", "Tries since it was done", labels=["job"])
        for done in LastDone.objects.all():
            ago.add_metric([done.what], (self.at - done.at).total_seconds())
        for job in Job.objects.all():
            late.add_metric([job.name], max(0.0, (self.at - job.due_at).total_seconds()))
            tries.add_metric([job.name], job.tries)
        waiting = GaugeMetricFamily("alert4you_messages_waiting", "Mails and messages that wait")
        waiting.add_metric([], Letter.objects.filter(sent_at=None).count())
        yield from (ago, late, tries, waiting)


def exposed(at: datetime) -> bytes:
    """All that is counted on this machine, in the words of Prometheus."""
    registry = CollectorRegistry()
    registry.register(Kept(at))
    if folder := os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        MultiProcessCollector(registry, folder)  # of every process that serves here
    else:
        registry.register(ANSWERS)
        registry.register(SECONDS)
    return generate_latest(registry)
