"""The facts of a world, plainly: what the oracle reads, and what it answers."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

Id = Any


@dataclass(frozen=True)
class Fact:
    """Something that holds during ``[starts, ends)``."""

    starts: date
    ends: date | None

    def on(self, day: date) -> bool:
        return self.starts <= day and (self.ends is None or day < self.ends)


@dataclass(frozen=True)
class Membership(Fact):
    id: Id
    person: Id
    organisation: Id
    role: str
    location: Id | None


@dataclass(frozen=True)
class Absence(Fact):
    membership: Id
    cover: Id


@dataclass(frozen=True)
class Roster(Fact):
    membership: Id
    group: Id
    weekday: int


@dataclass(frozen=True)
class Guardian(Fact):
    id: Id
    child: Id
    person: Id
    kind: str
    organisation: Id | None
    has_authority: bool


@dataclass(frozen=True)
class Placement(Fact):
    id: Id
    child: Id
    group: Id
    weekdays: frozenset[int]


@dataclass(frozen=True)
class Named(Fact):
    """On the care team; the own organisation's people have no purpose, guests have."""

    child: Id
    membership: Id
    purpose: str


@dataclass(frozen=True)
class Post(Fact):
    membership: Id
    location: Id


@dataclass(frozen=True)
class Mark(Fact):
    child: Id
    person: Id | None
    mark: str
    entry: Id | None
    made_by: Id | None


@dataclass(frozen=True)
class Request(Fact):
    id: Id
    child: Id
    organisation: Id
    purpose: str
    basis: str
    content_from: date
    closed_at: datetime | None
    exempt: str
    confirmed: bool | None


@dataclass(frozen=True)
class Consent:
    id: Id
    request: Id
    category: str


@dataclass(frozen=True)
class Signature:
    consent: Id
    guardian: Id | None
    answer: str
    with_parents: bool
    at: datetime
    ended_at: datetime | None


@dataclass(frozen=True)
class Opening:
    child: Id
    membership: Id
    opened_for: str
    at: datetime
    ends: datetime


@dataclass(frozen=True)
class Group:
    id: Id
    location: Id


@dataclass(frozen=True)
class Location:
    id: Id
    organisation: Id
    setting: str


@dataclass(frozen=True)
class Child:
    id: Id
    born: date


@dataclass(frozen=True)
class Entry:
    id: Id
    child: Id | None
    group: Id | None
    location: Id | None
    organisation: Id | None
    author: Id
    kind: str
    category: str
    must_know: bool
    internal: bool
    hold_until: datetime | None
    day: date


@dataclass(frozen=True)
class Facts:
    """A whole world; every list holds the facts of one kind."""

    memberships: list[Membership] = field(default_factory=list)
    absences: list[Absence] = field(default_factory=list)
    rosters: list[Roster] = field(default_factory=list)
    guardians: list[Guardian] = field(default_factory=list)
    placements: list[Placement] = field(default_factory=list)
    team: list[Named] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    consents: list[Consent] = field(default_factory=list)
    signatures: list[Signature] = field(default_factory=list)
    openings: list[Opening] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    locations: list[Location] = field(default_factory=list)
    children: list[Child] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)


@dataclass(frozen=True)
class Hat:
    """Who looks: with a membership, or (None) as parent."""

    person: Id
    membership: Id | None = None


@dataclass(frozen=True)
class Seen:
    children: frozenset[Id]
    entries: frozenset[Id]
    placements: frozenset[Id]

    def beyond(self, other: "Seen") -> frozenset[Id]:
        """What is seen here and not there."""
        return (
            (self.children - other.children)
            | (self.entries - other.entries)
            | (self.placements - other.placements)
        )
