"""Hours per way of working, and which money they are on."""

import pytest

from alert4you.funding.commands.hours import book_hours
from alert4you.funding.queries.spent import spent
from alert4you.kernel.decision import NotVisible
from tests.funding.conftest import Purse


def test_hours_stand_with_their_way_and_their_money(purse: Purse) -> None:
    trajectory, carla = purse.running(), purse.cast.actor("carla")
    seen = purse.spend(trajectory, 40)
    purse.guide(trajectory, 30)
    book_hours(carla, purse.line(trajectory), [seen])
    report = spent(purse.cast.actor("marit"))
    (found,) = report.ways.values()
    assert (found.activities, found.guidance, found.uncovered) == (40, 30, 30)
    assert dict(report.money) == {"own_means": 40, "none": 30}
    assert dict(report.sorts) == {"forms": 30}
    purse.cast.add("boss", "manager", "elsewhere")
    assert not spent(purse.cast.actor("boss")).ways


@pytest.mark.parametrize("who", ["fatima", "sanne", "anna", "gemma"])
def test_others_do_not_find_it(purse: Purse, who: str) -> None:
    with pytest.raises(NotVisible):
        spent(purse.cast.actor(who))
