"""Where a trajectory stands: what `engine.state` answers. Pure data; every text is lazy, in the
language of the reader.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, TypeAlias

from django.utils.functional import Promise

from alert4you.practices.rules.language import Words

Text: TypeAlias = str | Promise | Words

LEAD = "lead"
PARENTS = "parents"


@dataclass(frozen=True)
class TaperWeek:
    """One week of a taper, by its Monday: so many days planned, on so many days somebody was there."""

    start: date
    planned: int
    actual: int


@dataclass(frozen=True)
class Progress:
    """How far one activity of the current phase is.

    `needed` is None for an open-ended rhythm and 0 for "as needed". `done` counts what fits the
    dose and what goes beyond
    `times`; `over` says how many are beyond it, `extra` holds the ids of those facts. `missed`
    holds the first day of
    each window that passed without enough. `next_due` is the last day on which the next one is in
    time. `weeks` are those of a taper.
    """

    activity: str
    title: Words
    by: str
    done: int
    needed: int | None
    missed: tuple[date, ...] = ()
    over: int = 0
    extra: tuple[str, ...] = ()
    next_due: date | None = None
    complete: bool = False
    completed_on: date | None = None
    blocked_by: str | None = None
    refused: bool = False
    minutes: int = 0
    weeks: tuple[TaperWeek, ...] = ()


@dataclass(frozen=True)
class Block:
    """Something waits: `what` is "phase:<key>" or "activity:<key>", `requirement` is what lacks,
    `who` can solve it.

    `who` is "parents" or "lead"; `refused` is True when the parents said no, which is an answer and
    not a task; `rests` when they think about it, and nobody asks them now.
    """

    what: str
    requirement: str
    who: str
    reason: Text
    how: Text
    refused: bool = False
    rests: bool = False

    @property
    def asks(self) -> bool:
        """Whether somebody has something to do about it now."""
        return not (self.refused or self.rests)


@dataclass(frozen=True)
class Net:
    """The indication that stays while the trajectory runs; it is valid in [.., `ends`).

    `holds` and `soon` (it ends within the term that was chosen) keep the trajectory from closing.
    """

    indication: str
    standing: Literal["none", "holds", "soon", "expired", "released"]
    ends: date | None = None

    @property
    def last_day(self) -> date | None:
        """The last day on which it is valid."""
        return self.ends and self.ends - timedelta(days=1)

    @property
    def is_spanned(self) -> bool:
        """Whether the place is still there."""
        return self.standing in ("holds", "soon")


@dataclass(frozen=True)
class OpenDecision:
    """The gate ahead. Not `ready` means: a person may decide early, and says why."""

    gate: str
    title: Words
    due: date | None
    ready: bool
    why_not_ready: Text = ""


@dataclass(frozen=True)
class NextStep:
    """What comes next; `role` is a role of the practice, "lead" or "parents"; `key` is what `kind`
    refers to.
    """

    kind: Literal["need", "activity", "decision", "indication"]
    key: str
    title: Text
    role: str
    due: date | None = None


@dataclass(frozen=True)
class Taken:
    """A decision that counted. `early_reason` is empty when it was ready or no reason was given."""

    id: str
    gate: str
    choice: str
    on: date
    phase: str
    early_reason: str = ""


@dataclass(frozen=True)
class Passed:
    """A phase that is over: from its entry until the day it was left, and its round."""

    phase: str
    round: int
    since: date
    until: date


@dataclass(frozen=True)
class Ended:
    """The end by a person's decision. `leads_to` is "", "referral" or "practice:<slug>"."""

    outcome: str
    on: date
    leads_to: str


@dataclass(frozen=True)
class Stray:
    """A fact that was told and kept but does not count, with the reason."""

    fact: str
    reason: Text


@dataclass(frozen=True)
class State:
    """A trajectory as it stands on `today`. `phase` is None before the start and after the end.

    `since`: day the phase was entered; `begun`: day its needs were met and its clock started (None:
    still waiting).
    `steps` holds what is next, soonest first, and is never empty while the trajectory runs.
    While it is `considering`, the parents think and are asked nothing until the day of `agreed`.
    `taper` holds the weeks of the plan, whichever phase runs.
    """

    today: date
    started: date | None = None
    phase: str | None = None
    since: date | None = None
    begun: date | None = None
    round: int = 0
    progress: tuple[Progress, ...] = ()
    blocks: tuple[Block, ...] = ()
    decision: OpenDecision | None = None
    steps: tuple[NextStep, ...] = ()
    passed: tuple[Passed, ...] = ()
    decided: tuple[Taken, ...] = ()
    ended: Ended | None = None
    after_until: date | None = None
    uncounted: tuple[Stray, ...] = ()
    ignored: tuple[Stray, ...] = ()
    considering: bool = False
    agreed: date | None = None
    net: Net | None = None
    taper: tuple[TaperWeek, ...] = ()

    @property
    def next(self) -> NextStep | None:
        """The first of the next steps, or None when nothing runs."""
        return self.steps[0] if self.steps else None

    @property
    def running(self) -> bool:
        """Started and not ended."""
        return self.phase is not None
