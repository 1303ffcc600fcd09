"""Where the policy shows more than the words of access.md say. Each is to be decided, then goes."""

from datetime import timedelta

import pytest

from alert4you.organisations.models import Absence, Membership
from tests.access.seeing import who_sees, write
from tests.cast import TODAY, Cast


@pytest.mark.xfail(
    strict=True, reason="policy: mine_or_covered does not ask whether the absent works here"
)
def test_who_left_leaves_nothing_to_who_stood_in(cast: Cast) -> None:
    """R1: a hat counts only while the membership runs; that of the absent colleague as well."""
    entry = write(cast, category="care")
    Absence.objects.create(
        membership=cast.carla, cover=cast.marit, starts=TODAY, ends=TODAY + timedelta(days=30)
    )
    assert "marit" in who_sees(cast, entry)
    Membership.objects.filter(pk=cast.carla.pk).update(ends=TODAY)
    assert "marit" not in who_sees(cast, entry)


@pytest.mark.xfail(strict=True, reason="policy: must_know is asked before the category")
def test_safety_is_not_what_everybody_must_know(cast: Cast) -> None:
    """R2, R3: nothing about safety, also when it is marked for all. No command writes such an entry."""
    assert "lotte" not in who_sees(cast, write(cast, category="safety", must_know=True))
