"""Today of a municipality: practices and numbers that tell of no child."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alert4you.access.models import Category, Kind
from alert4you.children.models import Placement
from alert4you.organisations.queries import system_actor
from alert4you.practices.commands.publishing import load_library
from alert4you.practices.queries.templates import template
from alert4you.trajectories.models import Indication, IndicationFor, Trajectory
from alert4you.web.queries.municipality import Today, today
from tests.cast import NOW, TODAY, Cast, make_child


@pytest.fixture
def town(cast: Cast) -> Cast:
    load_library(system_actor(NOW))
    return cast


def of(cast: Cast) -> Today:
    return today(cast.actor("gemma"))


def follow(
    cast: Cast, number: int, slug: str = "samsam", organisation: str = "nursery"
) -> list[Trajectory]:
    """So many trajectories, straight into the database: only their number matters here."""
    return [
        Trajectory.by(
            cast.actor("carla"),
            child=make_child(cast, f"Geheim{place}", "Naam", TODAY - timedelta(days=900)),
            organisation=cast.people[organisation],
            kind=Kind.TRAJECTORY,
            category=Category.PLAN,
            template=template(slug),
            lead=cast.carla,
            cover=cast.marit,
            phase="end-goal",
        )
        for place in range(number)
    ]


def indicate(cast: Cast, helped: list[Trajectory]) -> None:
    for each in helped:
        Indication.by(
            cast.actor("carla"),
            child=each.child,
            organisation=cast.nursery,
            kind=Kind.INDICATION,
            category=Category.PLAN,
            what=IndicationFor.YOUTH_CARE,
            decided_by="De gemeente",
            starts=TODAY - timedelta(days=30),
            ends=TODAY + timedelta(days=30),
        )


def test_each_child_of_a_group_is_counted_once_where_it_is_today(town: Cast) -> None:
    """With an indication as well as a trajectory it counts among the indications."""
    helped = follow(town, 31)
    indicate(town, helped[:10])
    indicate(town, helped[:3])
    load = of(town).load
    assert (load.with_indication, load.with_trajectory, load.waiting) == (10, 20, None)
    gone = [each.child_id for each in [*helped[:1], *helped[10:20]]]
    Placement.objects.unrestricted(reason="test").filter(child__in=gone).update(ends=TODAY)
    load = of(town).load
    assert (load.with_indication, load.with_trajectory) == (None, 10)


@pytest.mark.parametrize(("number", "shown"), [(1, None), (9, None), (10, 10), (12, 10)])
def test_numbers_below_ten_are_hidden(town: Cast, number: int, shown: int | None) -> None:
    follow(town, number)
    (used,) = of(town).used
    assert (str(used.card.title), used.organisations, used.trajectories) == ("Samsam", 1, shown)
    page = town.client("gemma").get("/").content.decode()
    table = page.partition('id="used"')[2].partition("</table>")[0]
    assert ("minder dan 10" in table) is (shown is None)


def test_organisations_are_counted_apart(town: Cast) -> None:
    follow(town, 6)
    follow(town, 6, organisation="elsewhere")
    (used,) = of(town).used
    assert (used.organisations, used.trajectories) == (2, 10)


def test_what_is_not_used_is_named_too(town: Cast) -> None:
    follow(town, 1)
    slugs = {each.card.slug for each in of(town).others}
    assert "kansen-voor-kleintjes" in slugs
    assert "samsam" not in slugs
    page = town.client("gemma").get("/").content.decode()
    assert all(reverse("practices:practice", args=[slug]) in page for slug in slugs)
    assert f"{len(slugs)} werkwijzen zijn nog niet gebruikt" in page


def test_no_child_no_staff_no_link_to_a_file(town: Cast) -> None:
    follow(town, 3)
    page = town.client("gemma").get("/").content.decode()
    for secret in ("Geheim", "Mila", "Carla", "/children/", "/trajectories/"):
        assert secret not in page


def test_nothing_runs_yet(town: Cast) -> None:
    page = town.client("gemma").get("/").content.decode()
    assert "Er loopt nog niets" in page
    assert "1 kinderopvanglocatie doet mee." in page


def test_as_many_queries_for_one_as_for_three(town: Cast) -> None:
    counts = []
    gemma = town.client("gemma")
    for number in (1, 2):
        follow(town, number)
        follow(town, number, "kansen-voor-kleintjes", "elsewhere")
        with CaptureQueriesContext(connection) as found:
            assert gemma.get("/").status_code == 200
        counts.append(sum("SAVEPOINT" not in each["sql"] for each in found.captured_queries))
    assert counts[0] == counts[1] <= 12
