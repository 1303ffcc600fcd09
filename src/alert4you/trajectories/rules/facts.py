"""What happened on a trajectory. The engine knows nothing else: state is a function of the set of
these facts.

Every fact has an `id` (unique; the same id told twice counts once) and `at`, the moment it happened
(aware).
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Literal, TypeAlias
from zoneinfo import ZoneInfo

HERE = ZoneInfo("Europe/Amsterdam")

ConsentState: TypeAlias = Literal["asked", "given", "later", "expired", "refused", "withdrawn"]


@dataclass(frozen=True, order=True)
class TaperStep:
    """From this week on (its Monday) somebody is planned to be there on so many days a week."""

    week: date
    days: int


@dataclass(frozen=True)
class Told:
    """What all facts share."""

    id: str
    at: datetime

    @cached_property
    def day(self) -> date:
        """The calendar day in the Netherlands. ValueError for a moment without a time zone."""
        if self.at.tzinfo is None:
            raise ValueError(f"fact {self.id}: {self.at} has no time zone")
        return self.at.astimezone(HERE).date()


@dataclass(frozen=True)
class Born(Told):
    """The child was born; without it, a phase that lasts until an age has no last day."""


@dataclass(frozen=True)
class Started(Told):
    """A person started the trajectory."""


@dataclass(frozen=True)
class Done(Told):
    """An activity took place; `minutes` when somebody wrote them down."""

    phase: str
    activity: str
    minutes: int | None = None


@dataclass(frozen=True)
class PlanMade(Told):
    """A plan, or a new version of it, was settled; the last one counts.

    `taper` is empty when this version says nothing of it; then what was planned before stands.
    """

    end_goal: bool
    evaluation_on: date | None = None
    taper: tuple[TaperStep, ...] = ()


@dataclass(frozen=True)
class ParentContact(Told):
    """Somebody spoke with the parents about this concern; `prepared` with a card made before."""

    prepared: bool = False


@dataclass(frozen=True)
class ConsentChanged(Told):
    """All signatures taken together, a consent now stands so."""

    ask: str
    state: ConsentState


@dataclass(frozen=True)
class Indicated(Told):
    """An indication for `what` was written down, valid in [starts, ends)."""

    what: str
    starts: date
    ends: date


@dataclass(frozen=True)
class Released(Told):
    """The parents and the party both said that the place of the indication with id `of` may go."""

    of: str


@dataclass(frozen=True)
class Decided(Told):
    """Persons decided at a gate. `next_on`: the date they agreed to look again."""

    gate: str
    choice: str
    reason_if_early: str = ""
    next_on: date | None = None


@dataclass(frozen=True)
class Moved(Told):
    """From here on another version of the practice is followed, and it goes on in this phase."""

    phase: str


@dataclass(frozen=True)
class Retracted(Told):
    """The fact with id `of` was told by mistake and did not happen. A retraction itself cannot be
    retracted.
    """

    of: str


Fact: TypeAlias = (
    Born
    | Started
    | Done
    | PlanMade
    | ParentContact
    | ConsentChanged
    | Indicated
    | Released
    | Decided
    | Moved
    | Retracted
)
