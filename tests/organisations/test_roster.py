"""Who works on a group decides who sees its children: nobody arranges that for herself."""

import pytest

from alert4you.kernel.decision import Denied
from alert4you.organisations.commands import put_on_roster
from alert4you.organisations.models import Roster
from tests.cast import TODAY, Cast


@pytest.mark.parametrize("name", ["marit", "carla"])
def test_who_runs_the_place_puts_somebody_on_the_group(cast: Cast, name: str) -> None:
    roster = put_on_roster(cast.actor(name), cast.koen, cast.group, 4, TODAY)
    assert Roster.objects.on(TODAY).filter(membership=cast.koen).get() == roster


@pytest.mark.parametrize("name", ["fatima", "koen", "stranger", "pieter", "gemma"])
def test_nobody_puts_herself_with_children(cast: Cast, name: str) -> None:
    with pytest.raises(Denied):
        put_on_roster(cast.actor(name), cast.people[name], cast.group, 4, TODAY)
