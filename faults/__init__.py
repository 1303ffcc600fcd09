"""What goes wrong in earnest, done on purpose: to real processes, with a real server, many times.

`make faults` does all of it and writes docs/reference/reliability.md; tests/faults does a little of each.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    """What was done, what was said to be kept, and what became of it."""

    done: str
    acknowledged: int
    lost: int = 0
    doubled: int = 0
    more: str = ""
    wrong: int = 0  # anything else that must not be

    @property
    def holds(self) -> bool:
        return self.lost == self.doubled == self.wrong == 0

    def __str__(self) -> str:
        counts = f"{self.acknowledged} acknowledged, {self.lost} lost, {self.doubled} doubled"
        more = f"; {self.more}" if self.more else ""
        return f"{self.done}: {counts}{more}{'' if self.holds else '  <-- WRONG'}"


class LeftOutError(Exception):
    """This machine cannot do it; says why."""
