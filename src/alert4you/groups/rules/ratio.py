"""How many staff these children need, and why: exact, in whole numbers.

Source: Besluit kwaliteit kinderopvang (see ``library/ratio.yaml`` for the version of a day). A group that
is larger than the law allows has no answer (``staff`` None), never a large number.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from alert4you.groups.rules import book
from alert4you.groups.rules.book import AfterSchool, Daycare, Level, Rounding, Row, Version

# Children of 0, 1, 2 and 3 years; from a birthday on a child has the new age.
Ages = tuple[int, int, int, int]
OLDEST_IN_DAYCARE = 3
FIRST_OLDER_YEAR = 7


class Lack(StrEnum):
    """Why there is no answer."""

    NO_RULE = "no_rule"
    ONLY_BABIES = "only_babies"
    TOO_MANY = "too_many"
    TOO_MANY_BABIES = "too_many_babies"
    NO_CELL = "no_cell"


@dataclass(frozen=True)
class Answer:
    """``staff`` is a number, or None with ``lack``; the rest is how it was found.

    ``row`` is the row of the table (years, or a word), ``formula`` the exact outcome as (numerator,
    denominator), ``raised_by`` the smaller group that needs more than the table and formula say.
    """

    children: tuple[int, ...]
    staff: int | None
    rule: Version | None
    lack: Lack | None = None
    row: tuple[int, int] | str = ""
    by_table: int | None = None
    formula: tuple[int, int] | None = None
    by_formula: int | None = None
    raised_by: Ages | None = None
    undecided: bool = False

    @property
    def level(self) -> Level:
        return getattr(self.rule, "level", Level.GROUP)


def daycare(ages: Ages, day: date) -> Answer:
    """The staff for one base group of day care on a day."""
    rule = book.on(book.daycare(), day)
    if rule is None:
        return Answer(ages, None, None, Lack.NO_RULE)
    return _daycare(ages, rule)


@cache
def _daycare(ages: Ages, rule: Daycare) -> Answer:
    lack = _over_the_maximum(ages, rule)
    if lack is not None:
        return Answer(ages, None, rule, lack)
    if not any(ages):
        return Answer(ages, 0, rule)
    row = span(ages)
    by_table = _by_table(rule.table[row], sum(ages), ages[0])
    if by_table is None:
        raise LookupError(f"the table does not reach to {ages}")
    formula = _formula(ages, rule) if ages[0] else None
    by_formula = -(-formula[0] // formula[1]) if formula else None
    staff, raised_by = max(by_table, by_formula or 0), None
    for smaller in one_less(ages):
        needed = _daycare(smaller, rule).staff or 0
        if needed > staff:
            staff, raised_by = needed, smaller
    undecided = ages in rule.undecided
    return Answer(ages, staff, rule, None, row, by_table, formula, by_formula, raised_by, undecided)


def _over_the_maximum(ages: Ages, rule: Daycare) -> Lack | None:
    babies, others = ages[0], sum(ages[1:])
    if babies and not others:
        return Lack.ONLY_BABIES if babies > rule.most_babies_only else None
    if babies + others > rule.most_mixed:
        return Lack.TOO_MANY
    return Lack.TOO_MANY_BABIES if babies > rule.most_babies_in_mixed else None


def span(ages: Ages) -> tuple[int, int]:
    """The youngest and the oldest year of those who are there; a gap between them does not matter."""
    years = [year for year, number in enumerate(ages) if number]
    return years[0], years[-1]


def one_less(ages: Ages) -> Iterator[Ages]:
    """The groups that remain when one child, of any age that is there, is not."""
    for year, number in enumerate(ages):
        if number:
            fewer = list(ages)
            fewer[year] -= 1
            yield fewer[0], fewer[1], fewer[2], fewer[3]


def _by_table(row: Row, children: int, youngest: int) -> int | None:
    """The first number of staff whose cell these children fit in; None when none does."""
    for staff, cell in enumerate(row, start=1):
        if any(children <= most and youngest <= few for most, few in cell):
            return staff
    return None


def _formula(ages: Ages, rule: Daycare) -> tuple[int, int]:
    return sum(weight * n for weight, n in zip(rule.weights, ages, strict=True)), rule.per


def bso(younger: int, older: int, day: date, rounding: Rounding | None = None) -> Answer:
    """The staff for children of 4 to 6 and of 7 and older: of one base group, or of the whole centre.

    ``answer.level`` says which. ``rounding`` only matters where the rule is a rate per child.
    """
    rule = book.on(book.after_school(), day)
    if rule is None:
        return Answer((younger, older), None, None, Lack.NO_RULE)
    if rule.rows:
        return _bso_by_table(younger, older, rule)
    return _bso_by_rate(younger, older, rule, rounding or rule.rounding)


def _bso_by_table(younger: int, older: int, rule: AfterSchool) -> Answer:
    children = (younger, older)
    if not any(children):
        return Answer(children, 0, rule)
    row = "mixed" if younger and older else "younger" if younger else "older"
    staff = _by_table(rule.rows[row], younger + older, younger)
    lack = Lack.NO_CELL if staff is None else None
    return Answer(children, staff, rule, lack, row, by_table=staff)


@cache
def _bso_by_rate(younger: int, older: int, rule: AfterSchool, rounding: Rounding) -> Answer:
    exact = rule.rates[0] * younger + rule.rates[1] * older
    staff = _rounded(exact, rule.per, rounding)
    if younger + older:
        staff = max(staff, 1)
    found = (exact, rule.per)
    return Answer((younger, older), staff, rule, formula=found, by_formula=staff)


def _rounded(exact: int, per: int, rounding: Rounding) -> int:
    if rounding is Rounding.UP:
        return -(-exact // per)
    if rounding is Rounding.DOWN:
        return exact // per
    return (2 * exact + per) // (2 * per)


def daycare_year(years: int) -> int:
    """The age a child counts with in day care: from 4 on as a child of 3 (article 7 paragraph 7)."""
    return min(max(years, 0), OLDEST_IN_DAYCARE)
