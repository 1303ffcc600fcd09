"""When a rule asks to look again: by hand, rating for rating."""

import pytest

from alert4you.wellbeing.rules.noticing import Rule, noticed

POINTS = Rule("demerits", relief=1, limit=4, run_in=3)


@pytest.mark.parametrize(
    ("ratings", "at"),
    [
        ([], []),
        ([2, 2], []),
        ([2, 2, 2], [2]),
        ([1, 5, 2, 2], [3]),
        ([2, 5, 5, 2, 2], []),
        ([2, 5, 5, 2, 2, 5, 2], [6]),
        ([3, 3, 3, 3, 3], []),
        # It begins anew: the next notice needs three new ones.
        ([2, 2, 2, 2, 2], [2]),
        ([2, 2, 2, 2, 2, 2], [2, 5]),
    ],
)
def test_three_of_the_last_four(ratings: list[int], at: list[int]) -> None:
    assert noticed(Rule(), ratings) == at


@pytest.mark.parametrize(
    ("ratings", "at"),
    [
        ([4, 4, 4], []),
        ([1, 1, 1, 1, 1, 1], []),  # for this child it is usual; only the eyes of people see it
        ([4, 4, 4, 3, 3, 3], []),  # three times one off, one back: 1, 2, 3
        ([4, 4, 4, 3, 3, 3, 3], [6]),
        ([4, 4, 4, 1], [3]),  # three steps below: 6 - 1
        ([4, 5, 4, 2, 4, 3], []),  # 3, 2, 3
        ([4, 5, 4, 2, 4, 3, 3], [6]),
        ([4, 4, 4, 1, 1], [3, 4]),
    ],
)
def test_points_below_what_is_usual(ratings: list[int], at: list[int]) -> None:
    assert noticed(POINTS, ratings) == at
