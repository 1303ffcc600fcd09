"""Fewer staff for a while, and who must then be near. Source: article 7 and 16 (``library/ratio.yaml``)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from alert4you.groups.rules import book
from alert4you.groups.rules.book import Leave


class DayKind(StrEnum):
    """What kind of day it is: out-of-school care has school days and free days."""

    DAYCARE = "every day"
    SCHOOL_DAY = "school day"
    FREE_DAY = "free day"


@dataclass(frozen=True)
class Allowed:
    """For ``minutes`` a day fewer staff may be there; ``rule`` is the version that says so."""

    minutes: int
    rule: Leave | None


@dataclass(frozen=True)
class Stretch:
    """So many minutes with so many staff needed and so many who count."""

    minutes: int
    needed: int
    counted: int


@dataclass(frozen=True)
class Use:
    """What a day used of what is allowed; ``right`` says whether that was within the rule."""

    used: int
    allowed: int
    below_half: bool

    @property
    def left(self) -> int:
        return max(self.allowed - self.used, 0)

    @property
    def right(self) -> bool:
        return self.used <= self.allowed and not self.below_half


def allowed(kind: DayKind, open_minutes: int, day: date) -> Allowed:
    """How long fewer staff may be there on a day that is open so many minutes on end."""
    rule = book.on(book.leave("daycare" if kind is DayKind.DAYCARE else "bso"), day)
    if rule is None or open_minutes < rule.open_at_least[kind.value]:
        return Allowed(0, rule)
    return Allowed(rule.minutes[kind.value], rule)


def least(needed: int) -> int:
    """At least half must stay, rounded up."""
    return (needed + 1) // 2


def use(day: Iterable[Stretch], leave: Allowed) -> Use:
    """What the stretches of a day use together; they need not follow each other."""
    short = [each for each in day if each.counted < each.needed]
    below = any(each.counted < least(each.needed) for each in short)
    return Use(sum(each.minutes for each in short), leave.minutes, below)


class Near(StrEnum):
    """Who must be near when one member of staff is alone."""

    NOBODY = "nobody"
    ON_CALL = "on_call"
    IN_BUILDING = "in_building"


def near(needed: int, counted: int) -> Near:
    """Alone by the ratio: an adult reachable by phone and here in 15 minutes. Alone because of the
    deviation: one more adult in the building. (Article 7 paragraphs 5 and 6.)
    """
    if counted != 1:
        return Near.NOBODY
    return Near.ON_CALL if needed <= 1 else Near.IN_BUILDING
