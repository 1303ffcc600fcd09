"""One national day: the ratio of every group of the country, each quarter of an hour."""

from datetime import date
from itertools import product
from random import Random
from time import process_time

from alert4you.groups.rules import ratio
from alert4you.groups.rules.ratio import Ages

GROUPS = 20_000
QUARTERS = 44
BUDGET = 2.0
DAY = date(2026, 11, 20)
MOST = 16
OF_SCHOOL_AGE = 4  # one in so many groups


def measure() -> float:
    """Seconds of one core for all groups and quarters, beginning with nothing remembered."""
    daycare, after_school = _country(Random(1))  # noqa: S311
    ratio._daycare.cache_clear()
    ratio._bso_by_rate.cache_clear()
    start = process_time()
    for quarters in daycare:
        for ages in quarters:
            ratio.daycare(ages, DAY)
    for moments in after_school:
        for younger, older in moments:
            ratio.bso(younger, older, DAY)
    return process_time() - start


def _country(chance: Random) -> tuple[list[list[Ages]], list[list[tuple[int, int]]]]:
    """Groups whose children come and go; those who are too many as well."""
    some = [
        (n0, n1, n2, n3)
        for n0, n1, n2, n3 in product(range(9), range(12), range(MOST + 1), range(MOST + 1))
        if n0 + n1 + n2 + n3 <= MOST + 1
    ]
    older = list(product(range(31), range(31)))
    of_school_age = GROUPS // OF_SCHOOL_AGE
    daycare = [chance.choices(some, k=QUARTERS) for _group in range(GROUPS - of_school_age)]
    return daycare, [chance.choices(older, k=QUARTERS) for _group in range(of_school_age)]
