"""How often a rule is wrong, exactly, from what an organisation expects to see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import comb

from alert4you.wellbeing.rules.chain import chain_of
from alert4you.wellbeing.rules.noticing import Rule

GROUP = 16
SOON, LATER = 8, 16
RELATIONS = 3


@dataclass(frozen=True)
class Expected:
    """How many of a hundred ratings fall on each step: for a child as usual, and after a real drop."""

    well: Sequence[int]
    low: Sequence[int]
    a_year: int
    raters: int


@dataclass(frozen=True)
class Odds:
    """``a_year``, ``in_group``: notices without a reason, per year, for one child and a group of 16, three
    relations and all raters together. ``soon``, ``later``: the chance that a real drop in one relation is
    noticed from the ratings of one person, within 8 and within 16 of them.
    """

    a_year: float
    soon: float
    later: float

    @property
    def in_group(self) -> float:
        return self.a_year * GROUP

    @property
    def soon_of_hundred(self) -> int:
        return round(self.soon * 100)

    @property
    def later_of_hundred(self) -> int:
        return round(self.later * 100)


def odds(rule: Rule, expected: Expected) -> Odds:
    """Ratings are taken as independent of each other; the drop comes in the long run, at any moment."""
    well, low = chances(expected.well), chances(expected.low)
    rate = soon = later = 0.0
    for usual, weight in usuals(rule, well).items():
        machine = rule.machine(usual)
        before, after = chain_of(machine, well), chain_of(machine, low)
        begin = before.settled()
        rate += weight * before.rate()
        soon += weight * after.within(SOON, begin)
        later += weight * after.within(LATER, begin)
    return Odds(rate * expected.a_year * expected.raters * RELATIONS, soon, later)


def chances(of_hundred: Sequence[int]) -> dict[int, float]:
    return {step: number / sum(of_hundred) for step, number in enumerate(of_hundred, start=1)}


def usuals(rule: Rule, well: Mapping[int, float]) -> dict[int, float]:
    """With what chance each step becomes what is usual: the lower middle of the first ratings."""
    if not rule.learns:
        return {1: 1.0}  # the machine does not ask
    number, middle = rule.learns, (rule.learns + 1) // 2
    up_to, below, found = 0.0, 0.0, {}
    for step, chance in well.items():
        up_to += chance
        at_most = sum(
            comb(number, k) * up_to**k * (1 - up_to) ** (number - k)
            for k in range(middle, number + 1)
        )
        found[step], below = at_most - below, at_most
    return found
