"""What waits, runs and is stuck: names of work, kinds and moments, and nothing of anybody."""

from collections.abc import Sequence
from dataclasses import dataclass

from alert4you.imports.queries import to_go_on_with
from alert4you.kernel.models import Letter
from alert4you.operations.models import Job, LastDone
from alert4you.organisations.models import Actor

SHOWN = 50


@dataclass(frozen=True)
class Work:
    """``messages``: the first of those that wait, in the order in which they are tried."""

    jobs: Sequence[Job]
    messages: Sequence[Letter]
    waiting: int
    files: int
    last: dict[str, LastDone]

    @property
    def stuck(self) -> list[Job]:
        return [each for each in self.jobs if each.how in (Job.State.STUCK, Job.State.LATE)]

    @property
    def busy(self) -> list[Job]:
        return [each for each in self.jobs if each.how == Job.State.BUSY]


def work(actor: Actor) -> Work:
    """As it is now; four queries."""
    jobs = list(Job.objects.order_by("name"))
    for job in jobs:
        job.how = job.state(actor.at)
    waiting = Letter.objects.filter(sent_at=None)
    return Work(
        jobs,
        list(waiting.order_by("next_at", "pk")[:SHOWN]),
        waiting.count(),
        to_go_on_with().count(),
        LastDone.objects.in_bulk(),
    )


def job_called(name: str) -> Job | None:
    return Job.objects.filter(pk=name).first()


def message(number: int) -> Letter | None:
    """One that waits still."""
    return Letter.objects.filter(pk=number, sent_at=None).first()
