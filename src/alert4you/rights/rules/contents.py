"""What a copy holds, apart from how it is kept and how it is shown: the shape of the JSON export.

`docs/reference/export.schema.json` is made from it; another shape is another ``VERSION``.
Days and moments are ISO 8601; codes are those of the product, ``*_name`` says them in words.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

VERSION = "1"


@dataclass(frozen=True)
class Child:
    id: str
    first_name: str
    last_name: str
    born: date


@dataclass(frozen=True)
class Kin:
    """A parent or guardian: by name, and never how to reach them."""

    id: str
    name: str
    relation: str
    relation_name: str
    has_authority: bool
    since: date


@dataclass(frozen=True)
class Stay:
    """A place during ``[starts, ends)``."""

    id: str
    group: str
    location: str
    organisation: str
    starts: date
    ends: date | None


@dataclass(frozen=True)
class Helper:
    """Somebody on the care team now."""

    name: str
    task: str
    organisation: str
    why: str
    since: date


@dataclass(frozen=True)
class Said:
    """What one party thinks of a plan, a decision or something that was seen."""

    party: str
    party_name: str
    name: str
    agrees: bool | None
    words: str
    at: datetime


@dataclass(frozen=True)
class Beside:
    """A statement or a correction that stands beside an entry."""

    kind: str
    name: str
    words: str
    at: datetime


@dataclass(frozen=True)
class Goal:
    goal: str
    who: str
    what: str
    of_parents: bool


@dataclass(frozen=True)
class Thing:
    """One entry of the line.

    A version of a plan has goals and tells with ``plan_of`` which versions belong together; a plan and a
    decision have the day on which it is looked at again.
    """

    id: str
    kind: str
    kind_name: str
    category: str
    category_name: str
    title: str
    text: str
    day: date
    at: datetime
    author: str
    task: str
    organisation: str
    plan_of: str
    end_goal: str
    goals: tuple[Goal, ...]
    again_on: date | None
    said: tuple[Said, ...]
    beside: tuple[Beside, ...]


@dataclass(frozen=True)
class Answer:
    """What one person answered; ``ended_at``: until another answer or a withdrawal. No name: the child."""

    name: str
    answer: str
    answer_name: str
    how: str
    at: datetime
    ended_at: datetime | None


@dataclass(frozen=True)
class Shared:
    """One category of an agreement; ``runs``: whether it is shared now."""

    category: str
    category_name: str
    runs: bool
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Agreed:
    """Whether one organisation may know something for one purpose, until and including ``last_day``."""

    id: str
    organisation: str
    purpose: str
    purpose_name: str
    basis: str
    why: str
    content_from: date
    starts: date
    last_day: date
    asked_at: datetime
    closed_at: datetime | None
    shared: tuple[Shared, ...]


@dataclass(frozen=True)
class Looked:
    """Somebody read about the child on a day."""

    day: date
    name: str
    role: str
    organisation: str
    kinds: tuple[str, ...]
    why: str
    in_emergency: bool


@dataclass(frozen=True)
class Contents:
    """All of it, the line newest first. ``only_given``: just what ``asked_by`` gave (AVG 20)."""

    version: str
    made_at: datetime
    asked_by: str
    organisation: str
    only_given: bool
    child: Child
    guardians: tuple[Kin, ...]
    stays: tuple[Stay, ...]
    team: tuple[Helper, ...]
    line: tuple[Thing, ...]
    agreements: tuple[Agreed, ...]
    looked: tuple[Looked, ...]

    @property
    def records(self) -> Mapping[str, list[str]]:
        """The ids of what is in it, for the audit trail."""
        found: dict[str, list[str]] = {}
        for each in self.line:
            found.setdefault(each.category, []).append(each.id)
        return found | {
            "placement": [each.id for each in self.stays],
            "consent": [each.id for each in self.agreements],
        }
