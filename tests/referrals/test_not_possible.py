"""What must not be possible around referrals and numbers."""

from datetime import timedelta

import pytest

from alert4you.kernel.decision import Denied
from alert4you.referrals.commands.needs import look_again, register_need
from alert4you.referrals.models import Obstacle, Referral
from alert4you.referrals.queries.needs import need
from alert4you.referrals.queries.numbers import numbers
from alert4you.referrals.rules.needs import Judged, Missing
from alert4you.trajectories.models import Trajectory
from tests.cast import TODAY
from tests.referrals.conftest import Way
from tests.second_place import comes_elsewhere_too

LATER = TODAY + timedelta(weeks=8)
NOT_ENOUGH = Judged(True, False, "Te weinig.")


def test_one_child_with_five_reasons_is_not_five_children(way: Way) -> None:
    for each in [*Obstacle] * 2:
        missing = Missing("day_treatment", "Een plek.", each, LATER)
        register_need(way.cast.actor("carla"), way.cast.mila, NOT_ENOUGH, missing)
    found = numbers(way.cast.actor("marit")).lacking[0]
    assert (found.number, found.reasons) == (None, [])


def test_one_child_that_waits_five_times_is_not_five_children(way: Way) -> None:
    for number in range(10):
        way.refer(words=f"Logopedist {number}")
    Referral.objects.unrestricted(reason="test").update(asked_on=TODAY, parents_agreed="ja")
    assert [each.number for each in numbers(way.cast.actor("marit")).waiting] == [None]


def test_another_place_does_not_close_what_is_missing_here(way: Way) -> None:
    cast = way.cast
    comes_elsewhere_too(cast, "plan")
    missing = Missing("day_treatment", "Een plek.", Obstacle.NO_PLACE, LATER)
    lacks = register_need(cast.actor("carla"), cast.mila, NOT_ENOUGH, missing)
    seen = need(cast.actor("rosa"), lacks.pk)
    with pytest.raises(Denied):
        look_again(cast.actor("rosa"), seen, Judged(True, True, "Genoeg."))
    look_again(cast.actor("carla"), seen, Judged(True, True, "Genoeg."))


def test_a_party_is_not_told_which_practice_is_followed(way: Way) -> None:
    """The parents agreed to the plan only; what runs stands on the line as development."""
    begun = way.begun()
    Trajectory.objects.unrestricted(reason="test").filter(pk=begun.pk).update(
        category="development"
    )
    referral = way.asked(categories=["plan"], trajectory=begun)
    page = f"/referrals/{referral.pk}/"
    told = {who: way.cast.client(who).get(page).content.decode() for who in ("carla", "pieter")}
    assert "Lotte leest voor" in told["pieter"]
    assert (begun.title in told["carla"], begun.title in told["pieter"]) == (True, False)
