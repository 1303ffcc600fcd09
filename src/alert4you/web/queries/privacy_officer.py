"""Today for a privacy officer: what waits, in counts and in what the audit trail tells; no content."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from alert4you.access.models import LookQuestion
from alert4you.access.queries import openings, review
from alert4you.access.queries.openings import Alarm, Opened
from alert4you.kernel.models import AuditRoot
from alert4you.kernel.roots import holds
from alert4you.organisations.models import Actor
from alert4you.rights.queries import requests
from alert4you.rights.queries.requests import Work

WEEK = timedelta(days=7)
STALE = timedelta(hours=25)


@dataclass(frozen=True)
class Trail:
    """When the ends of all chains were last signed, and whether that signature is this installation's."""

    rooted_at: datetime | None
    holds: bool
    is_stale: bool


@dataclass(frozen=True)
class Today:
    opened: list[Opened]
    waiting: int
    late: int
    questions: list[LookQuestion]
    alarms: list[Alarm]
    rights: Work
    trail: Trail

    @property
    def asked(self) -> int:
        """How many things wait for an answer or a word."""
        asked = len(self.questions) + len(self.rights.open)
        return self.waiting + asked + len(self.undecided)

    @property
    def undecided(self) -> list[Opened]:
        """Openings of which the parents do not know yet, and nobody chose the day."""
        return [
            each
            for each in self.opened
            if not each.parents_know and each.opening.telling_decided_by_id is None
        ]


def today(actor: Actor) -> Today:
    waiting, late = review.how_many(actor)
    return Today(
        [
            each
            for each in openings.of_organisation(actor)
            if each.opening.at > actor.at - WEEK or not each.parents_know
        ],
        waiting,
        late,
        list(review.questions(actor).filter(answered_at=None)),
        openings.alarms(actor),
        requests.waiting(actor),
        _trail(actor),
    )


def _trail(actor: Actor) -> Trail:
    root = AuditRoot.objects.filter(at__lte=actor.at).order_by("-at").first()
    if root is None:
        return Trail(None, False, True)
    return Trail(root.at, holds(root), actor.at - root.at > STALE)
