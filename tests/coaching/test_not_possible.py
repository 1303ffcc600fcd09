"""What must not be possible around a child that left."""

from datetime import timedelta

import pytest

from alert4you.access.models import NegativeMark
from alert4you.children.commands import end_placement
from alert4you.children.models import Placement
from alert4you.organisations.models import Location
from tests.cast import TODAY, Cast


@pytest.fixture
def left(cast: Cast) -> str:
    place = Placement.objects.unrestricted(reason="test").get(child=cast.mila)
    ended = end_placement(cast.actor("carla"), place, TODAY + timedelta(days=1))
    return f"/places/{ended.pk}/why/"


def test_the_manager_of_another_location_does_not_read_who_left(cast: Cast, left: str) -> None:
    other = Location.objects.create(
        organisation=cast.nursery, name="De Iep", setting="daycare", city="Hilversum"
    )
    cast.marit.location = other
    cast.marit.save()
    assert cast.client("marit").get(left).status_code == 404
    cast.marit.location = cast.location
    cast.marit.save()
    assert cast.client("marit").get(left).status_code == 200


def test_family_does_not_read_why_a_child_left(cast: Cast, left: str) -> None:
    NegativeMark.objects.create(
        child=cast.mila,
        person=cast.marit.person,
        mark="conflict_of_interest",
        starts=TODAY,
        made_by=cast.carla,
        reason="Haar nichtje",
    )
    assert cast.client("marit").get(left).status_code == 404
