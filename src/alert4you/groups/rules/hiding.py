"""Numbers that are too small to show without telling about one child, or about one organisation."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from alert4you.kernel.clock import months_after

HIDDEN_BELOW = 10
ROUNDED_TO = 5
RATE_TO = 10
PLACES = 3
MOST_OF_ONE = 0.8


def shown(number: int) -> int | None:
    """Rounded to five; None below ten."""
    return None if number < HIDDEN_BELOW else rounded(number)


def rounded(number: float) -> int:
    """To five."""
    return int(number + ROUNDED_TO / 2) // ROUNDED_TO * ROUNDED_TO


@dataclass
class Tally:
    """What one number is of: children and minutes, at which places, and how much of whom."""

    minutes: int = 0
    children: set[UUID] = field(default_factory=set)
    places: set[UUID] = field(default_factory=set)
    owners: Counter[UUID] = field(default_factory=Counter)

    def add(self, child: UUID | None, place: UUID, owner: UUID, minutes: int) -> None:
        self.minutes += minutes
        self.places.add(place)
        self.owners[owner] += minutes
        if child is not None:
            self.children.add(child)

    @property
    def is_few(self) -> bool:
        return 0 < len(self.children) < HIDDEN_BELOW

    @property
    def is_told_outside(self) -> bool:
        """From enough places, and not nearly all from one organisation that could be recognised."""
        most = max(self.owners.values(), default=0)
        spread = len(self.places) >= PLACES and most <= MOST_OF_ONE * self.owners.total()
        return not self.is_few and (spread or not self.owners)


def quarter_before(day: date) -> tuple[date, date]:
    """The quarter that ended last: its first day, and the day after it."""
    ends = day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
    return months_after(ends, -3), ends


def shown_rate(part: int, whole: int) -> int | None:
    """How much of the whole, in tens of percents; None when one of both is below ten."""
    if min(part, whole) < HIDDEN_BELOW:
        return None
    return (100 * part // whole + RATE_TO // 2) // RATE_TO * RATE_TO
