"""What waits, runs and is stuck: names of work, kinds and moments, and nothing of anybody."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from alert4you.imports.queries import to_go_on_with
from alert4you.kernel.models import Letter
from alert4you.operations.models import Job, LastDone
from alert4you.operations.rules import MESSAGES, WORK
from alert4you.organisations.models import Actor

SHOWN = 50


@dataclass(frozen=True)
class Work:
    """``messages``: the first of those that wait, as they are tried, and what each is about."""

    jobs: Sequence[Job]
    messages: Sequence[tuple[Letter, str | Promise]]
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
        job.how, job.said = job.state(actor.at), WORK.get(job.name, job.name)
    waiting = Letter.objects.filter(sent_at=None)
    return Work(
        jobs,
        [
            (each, MESSAGES.get(each.kind, each.kind))
            for each in waiting.order_by("next_at", "pk")[:SHOWN]
        ],
        waiting.count(),
        to_go_on_with().count(),
        LastDone.objects.in_bulk(),
    )


def job_called(name: str) -> Job | None:
    return Job.objects.filter(pk=name).first()


def message(number: int) -> Letter | None:
    """One that waits still."""
    return Letter.objects.filter(pk=number, sent_at=None).first()
