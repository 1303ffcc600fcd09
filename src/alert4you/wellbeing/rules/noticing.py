"""When the ratings of one person about one child and one relation ask to look again: exact, never a score.

A machine reads ratings one by one and begins anew after each notice. The same machine is run over the
ratings of a child and, in ``odds``, weighed as a Markov chain: what is told about a rule is about this rule.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

Remembered = TypeVar("Remembered", bound=Hashable)

POINTS = (
    2  # for each step below what is usual; with one point off per rating, half a step is forgiven
)


class Machine(Protocol[Remembered]):
    """Remembers just enough; ``after`` answers what it remembers then, and whether it gives notice."""

    @property
    def start(self) -> Remembered: ...

    def after(self, state: Remembered, step: int) -> tuple[Remembered, bool]: ...


@dataclass(frozen=True)
class LowRatings:
    """``needed`` of the last ``of`` ratings at ``level`` or lower."""

    level: int
    needed: int
    of: int

    @property
    def start(self) -> tuple[bool, ...]:
        return ()

    def after(self, state: tuple[bool, ...], step: int) -> tuple[tuple[bool, ...], bool]:
        """``state``: which of the ratings before, at most ``of`` - 1, were low."""
        low = (*state, step <= self.level)
        if sum(low) >= self.needed:
            return self.start, True
        return low[max(0, len(low) - self.of + 1) :], False


@dataclass(frozen=True)
class Demerits:
    """A CUSUM of demerits: points for each step below ``usual``, ``relief`` off after each rating."""

    usual: int
    relief: int
    limit: int

    @property
    def start(self) -> int:
        return 0

    def after(self, state: int, step: int) -> tuple[int, bool]:
        """``state``: the points so far, from 0 to below ``limit``."""
        points = max(0, state + POINTS * max(0, self.usual - step) - self.relief)
        return (self.start, True) if points >= self.limit else (points, False)


@dataclass(frozen=True)
class Rule:
    """What an organisation chose. The default is the one of the documentation; it needs no choice.

    With ``demerits`` the first ``run_in`` ratings only tell what is usual for this child.
    """

    kind: str = "low"
    level: int = 2
    needed: int = 3
    of: int = 4
    relief: int | None = None
    limit: int | None = None
    run_in: int | None = None

    def machine(self, usual: int) -> Machine[Any]:
        if self.kind == "demerits" and self.relief is not None and self.limit is not None:
            return Demerits(usual, self.relief, self.limit)
        return LowRatings(self.level, self.needed, self.of)

    @property
    def learns(self) -> int:
        """How many ratings it needs before it begins."""
        return self.run_in or 0 if self.kind == "demerits" else 0


def usual(ratings: Sequence[int]) -> int:
    """What is usual for a child: the middle rating, the lower one of two."""
    return sorted(ratings)[(len(ratings) - 1) // 2]


def noticed(rule: Rule, ratings: Sequence[int]) -> list[int]:
    """At which of these ratings, of one person about one relation and in order, the rule gives notice."""
    if len(ratings) <= rule.learns:
        return []
    machine = rule.machine(usual(ratings[: rule.learns] or ratings))
    state, found = machine.start, []
    for at in range(rule.learns, len(ratings)):
        state, now = machine.after(state, ratings[at])
        if now:
            found.append(at)
    return found
