"""Whoever works on a group decides who sees its children: nobody arranges that for herself."""

import pytest

from alert4you.groups.commands.staffing import put_on_roster
from alert4you.kernel.decision import Denied
from alert4you.organisations.models import Group, Roster
from tests.cast import TODAY, Cast


@pytest.mark.parametrize("name", ["marit", "carla"])
def test_who_runs_the_place_puts_somebody_on_the_group(cast: Cast, name: str) -> None:
    cast.people["other"] = Group.objects.create(location=cast.location, name="Rupsen")
    roster = put_on_roster(cast.actor(name), cast.lotte, cast.other, 4, TODAY)
    assert Roster.objects.on(TODAY).filter(group=cast.other).get() == roster


@pytest.mark.parametrize(
    "name", ["fatima", "koen", "stranger", "pieter", "gemma", "marit", "carla"]
)
def test_nobody_puts_herself_with_children(cast: Cast, name: str) -> None:
    with pytest.raises(Denied):
        put_on_roster(cast.actor(name), cast.people[name], cast.group, 4, TODAY)
