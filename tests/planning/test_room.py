"""Keeping a place free, for one child only; the page of what fits, for whoever runs the place."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alert4you.access.commands.places import place_child
from alert4you.access.models import Category, Kind
from alert4you.children.models import Child, Hold, Placement, Terms
from alert4you.kernel.decision import Denied
from alert4you.kernel.wall.standing import seen_by
from alert4you.organisations.models import Group, Location
from alert4you.organisations.queries import system_actor
from alert4you.planning.commands import describe_group, hold_place, let_go
from alert4you.planning.queries import groups
from alert4you.practices.commands.publishing import load_library
from alert4you.practices.queries.templates import template
from alert4you.trajectories.models import Trajectory
from tests.cast import NOW, TODAY, Cast, make_child

FRIDAY = [(4, "morning")]
FRAME = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")
FORTNIGHT = TODAY + timedelta(weeks=2)


@pytest.fixture
def small(cast: Cast) -> Group:
    """A group with one place."""
    return Group.objects.create(location=cast.location, name="Klein", places=1)


def leaves(child: Child) -> None:
    """Nobody is on two groups at once: first the old place ends."""
    Placement.objects.unrestricted(reason="test").filter(child=child).update(ends=TODAY)


def holds(small: Group) -> int:
    return Hold.objects.unrestricted(reason="test").filter(group=small).count()


def test_a_place_that_is_kept_free_goes_to_nobody_else(cast: Cast, small: Group) -> None:
    marit, other = cast.actor("marit"), make_child(cast, "Sem", "Bos", TODAY - timedelta(days=900))
    held = hold_place(marit, cast.mila, small, TODAY, FRIDAY, FORTNIGHT)
    with pytest.raises(Denied, match="vol op vrijdag"):
        hold_place(cast.actor("carla"), other, small, TODAY, FRIDAY, FORTNIGHT)
    leaves(other)
    with pytest.raises(Denied, match="vol op vrijdag"):
        place_child(marit, other, small, TODAY, None, Terms(FRIDAY))
    let_go(marit, held)
    place_child(marit, other, small, TODAY, None, Terms(FRIDAY))
    assert holds(small) == 0


def test_when_the_day_has_come_it_is_free_again(cast: Cast, small: Group) -> None:
    other = make_child(cast, "Sem", "Bos", TODAY - timedelta(days=900))
    hold_place(cast.actor("marit"), cast.mila, small, TODAY, FRIDAY, FORTNIGHT)
    with pytest.raises(Denied):
        hold_place(
            cast.actor("marit", days=13),
            other,
            small,
            FORTNIGHT,
            FRIDAY,
            FORTNIGHT + timedelta(days=9),
        )
    late = cast.actor("marit", days=14)
    assert hold_place(late, other, small, FORTNIGHT, FRIDAY, FORTNIGHT + timedelta(days=9)).pk


def test_the_child_itself_takes_it_and_then_it_is_not_held_any_more(
    cast: Cast, small: Group
) -> None:
    marit = cast.actor("marit")
    hold_place(marit, cast.mila, small, TODAY, FRIDAY, FORTNIGHT)
    leaves(cast.mila)
    place_child(marit, cast.mila, small, TODAY, None, Terms(FRIDAY))
    assert holds(small) == 0


@pytest.mark.parametrize(
    ("who", "starts", "days", "until", "why"),
    [
        ("marit", TODAY, [], FORTNIGHT, "welke dagen"),
        ("marit", TODAY, FRIDAY, TODAY, "nog moet komen"),
        ("marit", TODAY - timedelta(days=1), FRIDAY, FORTNIGHT, "verleden"),
        ("fatima", TODAY, FRIDAY, FORTNIGHT, "locatiemanager|zorgcoördinator"),
    ],
)
def test_what_is_lacking_is_said(cast: Cast, small: Group, who, starts, days, until, why) -> None:  # type: ignore[no-untyped-def]  # noqa: PLR0917
    with pytest.raises(Denied, match=why):
        hold_place(cast.actor(who), cast.mila, small, starts, days, until)
    assert holds(small) == 0


def test_the_page_asks_as_often_for_one_group_as_for_twenty(cast: Cast) -> None:
    client, url = cast.client("marit"), reverse("planning:room", args=[cast.mila.pk])
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as few:
        assert client.get(url).status_code == 200
    for number in range(20):
        describe_group(
            cast.actor("marit"),
            Group.objects.create(location=cast.location, name=f"Groep {number}"),
            ["calm_room"],
            2,
        )
    with CaptureQueriesContext(connection) as many:
        told = client.get(
            url,
            {"days": "4", "parts": "morning", "first": TODAY, "weeks": "4", "needs": "calm_room"},
        )
    assert "20 groepen hebben elke week plek" in told.content.decode()
    # what the child has now is not asked when something was sought
    assert len(many) == len(few) - 1
    assert sum(not each["sql"].startswith(FRAME) for each in few.captured_queries) <= 12


def test_from_looking_to_keeping_free(cast: Cast, small: Group) -> None:
    """What was looked for is what is kept, also when the distance was asked from somewhere else."""
    Location.objects.filter(pk=cast.location.pk).update(latitude=52.2, longitude=5.2)
    other = Location.objects.create(
        organisation=cast.nursery, name="Ver", setting="daycare", latitude=52.3, longitude=5.2
    )
    Group.objects.create(location=other, name="Sterren")
    client = cast.client("marit")
    asked = {"days": "4", "parts": "morning", "first": TODAY, "weeks": "4", "near": other.pk}
    told = client.get(reverse("planning:room", args=[cast.mila.pk]), asked).content.decode()
    assert "12 km" in told and f"/room/{small.pk}/hold/" in told
    keep = reverse("planning:keep", args=[cast.mila.pk, small.pk])
    answer = client.post(f"{keep}?{urlencode(asked)}", {"until": FORTNIGHT})
    assert answer.status_code == 302
    held = Hold.objects.unrestricted(reason="test").get(group=small)
    assert (held.wanted, held.starts, held.until) == ([[4, "morning"]], TODAY, FORTNIGHT)


def test_where_the_location_is_stands_with_what_the_group_offers(cast: Cast) -> None:
    page = reverse("planning:offers", args=[cast.group.pk])
    told = {"has": ["calm_room"], "most": "2", "point": "52.2, 5.1"}
    assert cast.client("marit").post(page, told).status_code == 302
    cast.location.refresh_from_db()
    assert (cast.location.latitude, cast.location.longitude) == (52.2, 5.1)


def test_the_load_counts_also_whom_she_may_not_follow(cast: Cast) -> None:
    load_library(system_actor(NOW))
    Trajectory.by(
        cast.actor("carla"),
        child=cast.mila,
        organisation=cast.youthcare,
        kind=Kind.TRAJECTORY,
        category=Category.PLAN,
        template=template("samsam"),
        lead=cast.sanne,
        cover=cast.koen,
        phase="end-goal",
    )
    marit = cast.actor("marit")
    with seen_by(marit):
        assert not Trajectory.objects.visible_to(marit).exists()
        loads = {each.name: each.load for each in groups(marit)}
    assert loads[cast.group.name] == 1
