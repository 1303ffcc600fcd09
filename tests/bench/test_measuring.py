"""The page of measurements: each database has a part of its own, and what misses its aim says so."""

import pytest

from alert4you.bench.country import Spent, Waited
from alert4you.bench.pages import Opened, in_words
from alert4you.config.management.commands.bench_country import END, _with

MINE, OTHERS = "### SQLite, about 20 children", "### PostgreSQL, about 20 children"
PAGE = f"Words.\n\n{MINE}\n\nold\n\n{OTHERS}\n\nkept\n\n{END}\n"


def test_a_run_replaces_its_own_part_and_leaves_the_others() -> None:
    page = _with(PAGE, MINE, "new")
    assert page == PAGE.replace("old", "new")


def test_the_first_run_of_a_database_comes_after_the_others() -> None:
    page = _with(PAGE, "### SQLite, about 300 children", "new")
    assert page == PAGE.replace(END, f"### SQLite, about 300 children\n\nnew\n\n{END}")


@pytest.mark.parametrize(
    ("what", "waited", "web", "queries", "missed"),
    [
        ("today", 70.0, 7.0, 12, ""),
        ("today", 90.0, 7.0, 12, "p95 over 80"),
        ("today", 70.0, 9.0, 13, "processor over 8, over 12 queries"),
        ("search", 110.0, 7.0, 8, ""),
        ("saving a note", 50.0, 6.0, 18, "processor over 5"),
    ],
)
def test_what_misses_its_aim_says_so(
    what: str, waited: float, web: float, queries: int, missed: str
) -> None:
    spent = Spent(waited=[waited] * 20, web=web, queries=queries)
    assert Waited(what, "somebody", spent, web).missed == missed


def test_pages_that_take_too_long_are_named() -> None:
    quick = [Opened("web:today", "coach", 30.0), Opened("web:agenda", "coach", 90.0)]
    assert "0 ever took over 100 ms" in in_words(quick)
    told = in_words([*quick, Opened("web:line", "care_coordinator", 137.2)])
    assert "1 ever took over 100 ms" in told
    assert told.endswith("`web:line` of a care coordinator 137 ms.")
