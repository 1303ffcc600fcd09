"""Where the policy once showed more than the words of access.md say: found by the oracle, and settled."""

from datetime import timedelta

from alert4you.organisations.models import Absence, Membership
from tests.access.seeing import who_sees, write
from tests.cast import TODAY, Cast


def test_who_left_leaves_nothing_to_who_stood_in(cast: Cast) -> None:
    """R1: a hat counts only while the membership runs; that of the absent colleague as well."""
    entry = write(cast, category="care")
    Absence.objects.create(
        membership=cast.carla, cover=cast.marit, starts=TODAY, ends=TODAY + timedelta(days=30)
    )
    assert "marit" in who_sees(cast, entry)
    Membership.objects.filter(pk=cast.carla.pk).update(ends=TODAY)
    assert "marit" not in who_sees(cast, entry)


def test_safety_is_not_what_everybody_must_know(cast: Cast) -> None:
    """R2, R3: nothing about safety, also when it is marked for all."""
    assert "lotte" not in who_sees(cast, write(cast, category="safety", must_know=True))
