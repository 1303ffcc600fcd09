"""The ratio: vectors of the field, properties over all compositions, and a second implementation."""

import json
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from functools import cache
from itertools import product
from math import ceil

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from alert4you.groups.rules import book, ratio, wording
from alert4you.groups.rules.book import Level, Rounding
from alert4you.groups.rules.ratio import Ages, Lack

DAY = date(2026, 11, 20)
VECTORS = {
    (0, 0, 0, 0): 0,
    (3, 0, 0, 0): 1,
    (4, 0, 0, 0): 2,
    (7, 0, 0, 0): 3,
    (12, 0, 0, 0): 4,
    (13, 0, 0, 0): None,
    (0, 0, 8, 0): 1,
    (0, 0, 9, 0): 2,
    (0, 0, 16, 0): 2,
    (0, 0, 17, 0): None,
    (1, 3, 0, 0): 1,
    (2, 3, 0, 0): 2,
    (4, 4, 0, 0): 2,
    (9, 1, 0, 0): None,
    (1, 1, 3, 0): 1,
    (2, 2, 2, 0): 2,
    (1, 1, 1, 2): 1,
    (2, 0, 1, 2): 2,
    (2, 3, 4, 2): 2,
    (6, 0, 0, 1): 3,
    (4, 0, 0, 12): 4,
    (0, 6, 0, 1): 2,
    (0, 1, 11, 1): 3,
    (0, 0, 5, 3): 1,
    (0, 0, 8, 8): 2,
    (0, 11, 0, 2): 3,
    (3, 3, 4, 0): 3,  # to be checked on 1ratio.nl: another program says 2
    (2, 2, 0, 1): 2,
    (3, 5, 8, 0): 4,
}


@pytest.mark.parametrize(("ages", "staff"), VECTORS.items())
def test_vectors(ages: Ages, staff: int | None) -> None:
    assert ratio.daycare(ages, DAY).staff == staff


# The second implementation: the table as printed (half-open ages), fractions, subgroups by brute force.
PRINTED = {
    "0-1": "3 6 9 12",
    "1-2": "5 10 15 16",
    "2-3": "8 16",
    "3-4": "8 16",
    "0-2": "4 8 14a 16a",
    "0-3": "5 10 13a/14b/15c 16a",
    "0-4": "5 12 14a/15d/16c 16a",
    "1-3": "6 11 16",
    "1-4": "7 13 16",
    "2-4": "8 16",
}
BABIES = {"a": 8, "b": 4, "c": 3, "d": 5}


def printed(ages: Ages) -> int | None:
    """The table alone, without the group maximum for babies."""
    present = [year for year in range(4) if ages[year]]
    if not present:
        return 0
    cells = PRINTED[f"{present[0]}-{present[-1] + 1}"].split()
    for staff, cell in enumerate(cells, 1):
        for words in cell.split("/"):
            limit = BABIES.get(words[-1], 99)
            if sum(ages) <= int(words.rstrip("abcd")) and ages[0] <= limit:
                return staff
    return None


def formula(ages: Ages, two_year_olds: int = 6) -> int:
    others = Fraction(ages[1], 5) + Fraction(ages[2], two_year_olds) + Fraction(ages[3], 8)
    return ceil(Fraction(ages[0], 3) + others / Fraction(6, 5))


def base(ages: Ages) -> int:
    found = printed(ages) or 0
    return max(found, formula(ages)) if ages[0] else found


@cache
def second(ages: Ages) -> int:
    """The most that any subgroup, however small, needs."""
    return max(base(sub) for sub in product(*(range(number + 1) for number in ages)))


def all_groups() -> Iterator[Ages]:
    for ages in product(range(17), repeat=4):
        if sum(ages) <= 16 and printed(ages) is not None:
            yield ages


def too_many_babies(ages: Ages) -> bool:
    return ages[0] > 8 and any(ages[1:])


GROUPS = [ages for ages in all_groups() if any(ages)]


def test_the_table_has_4534_compositions_and_sixteen_are_above_the_maximum_of_babies() -> None:
    assert len(GROUPS) == 4534
    above = [ages for ages in GROUPS if too_many_babies(ages)]
    assert len(above) == 16
    assert {ratio.daycare(ages, DAY).lack for ages in above} == {Lack.TOO_MANY_BABIES}


def test_two_implementations_agree_everywhere() -> None:
    for ages in product(range(18), repeat=4):
        if sum(ages) > 17:
            continue
        valid = printed(ages) is not None and not too_many_babies(ages)
        expected = second(ages) if valid else None
        assert ratio.daycare(ages, DAY).staff == expected, ages


def test_never_fewer_than_a_smaller_group_and_never_more_than_four() -> None:
    for ages in GROUPS:
        staff = ratio.daycare(ages, DAY).staff
        if staff is None:
            continue
        assert 1 <= staff <= 4
        assert all((ratio.daycare(less, DAY).staff or 0) <= staff for less in ratio.one_less(ages))


def test_what_the_calculation_rules_change() -> None:
    answers = [ratio.daycare(ages, DAY) for ages in GROUPS]
    one_step = [
        ages for ages in GROUPS if any(base(less) > base(ages) for less in ratio.one_less(ages))
    ]
    assert len(one_step) == 28
    closure = {a.children for a in answers if a.raised_by} - set(one_step)
    assert closure == {a.children for a in answers if a.undecided}
    assert sum(ages[0] > 0 and formula(ages) > (printed(ages) or 0) for ages in GROUPS) == 675


def test_after_a_birthday_a_child_counts_with_its_new_age() -> None:
    assert [ratio.daycare_year(years) for years in (0, 1, 3, 4, 11)] == [0, 1, 3, 3, 3]


BSO_NOW = {
    (0, 0): 0,
    (10, 0): 1,
    (11, 0): 2,
    (0, 12): 1,
    (0, 13): 2,
    (9, 1): 1,
    (9, 2): 2,
    (5, 6): 1,
    (1, 59): 5,
    (30, 0): 3,
    (40, 36): 7,
    (25, 20): 5,
}


@pytest.mark.parametrize(("children", "staff"), BSO_NOW.items())
def test_bso_since_july_2024(children: tuple[int, int], staff: int) -> None:
    answer = ratio.bso(*children, DAY)
    assert (answer.staff, answer.level) == (staff, Level.LOCATION)


def test_bso_is_exact_for_all_sizes() -> None:
    for younger, older in product(range(121), repeat=2):
        exact = Fraction(younger, 10) + older * Fraction(83, 1000)
        assert ratio.bso(younger, older, DAY).staff == ceil(exact)


BSO_BEFORE = {
    (10, 0): 1,
    (20, 0): 2,
    (21, 0): None,
    (0, 12): 1,
    (0, 30): 3,
    (0, 31): None,
    (9, 2): 1,
    (10, 1): 2,
    (18, 4): 2,
    (19, 3): None,
}


@pytest.mark.parametrize(("children", "staff"), BSO_BEFORE.items())
def test_bso_until_july_2024_is_per_group(children: tuple[int, int], staff: int | None) -> None:
    answer = ratio.bso(*children, date(2024, 6, 30))
    assert (answer.staff, answer.level) == (staff, Level.GROUP)


def test_rounding_of_bso_is_a_parameter() -> None:
    said = [ratio.bso(11, 0, DAY, rounding).staff for rounding in Rounding]
    assert said == [2, 1, 1]


def test_a_day_before_the_first_rule_has_no_answer() -> None:
    before = date(2018, 12, 31)
    assert ratio.daycare((1, 0, 0, 0), before).lack is Lack.NO_RULE
    assert ratio.bso(1, 0, before).lack is Lack.NO_RULE


def test_versions_follow_each_other() -> None:
    for versions in (book.daycare(), book.after_school(), book.trainees(), book.leave("bso")):
        for one, following in zip(versions, versions[1:], strict=False):
            assert one.ends == following.starts
        assert versions[-1].ends is None
        assert all(each.source and each.url.startswith("https://") for each in versions)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_answer_explains_itself(language: str) -> None:
    with override(language):
        for ages in VECTORS:
            answer = ratio.daycare(ages, DAY)
            assert wording.lead(answer)
            told = " ".join(wording.steps(answer))
            assert "Besluit kwaliteit kinderopvang" in told
            assert ("1ratio.nl" in told) == answer.undecided


def run(*words: str, capsys: pytest.CaptureFixture[str]) -> str:
    call_command("ratio", *words)
    return capsys.readouterr().out


def test_the_command_answers_in_json(capsys: pytest.CaptureFixture[str]) -> None:
    told = json.loads(run("daycare", "3", "5", "8", "0", "--json", capsys=capsys))
    assert told["staff"] == 4
    assert set(told["explanation"]) == {"nl", "en"}
    assert told["explanation"]["nl"] != told["explanation"]["en"]
    none = json.loads(run("daycare", "13", "0", "0", "0", "--json", capsys=capsys))
    assert (none["staff"], none["lack"]) == (None, "only_babies")
    assert "12" in none["reason"]
    bso = json.loads(run("bso", "25", "20", "--on", "2026-11-20", "--json", capsys=capsys))
    assert (bso["staff"], bso["level"]) == (5, "location")


@pytest.mark.parametrize(
    "words",
    [
        ("daycare", "1", "2", "3"),
        ("daycare", "-1", "0", "0", "0"),
        ("bso", "a", "1"),
        ("bso", "1", "1", "--on", "soon"),
    ],
)
def test_the_command_refuses_what_it_cannot_read(words: tuple[str, ...]) -> None:
    with pytest.raises((CommandError, SystemExit)):
        call_command("ratio", *words)
