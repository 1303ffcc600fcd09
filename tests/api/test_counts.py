"""A municipality's system reads the numbers of its own pages: nothing that those do not show."""

from typing import Any

import pytest

from alert4you.api.commands import add_application, tell_at
from alert4you.api.models import Scope
from alert4you.funding.queries.report import report
from alert4you.kernel.decision import Denied
from alert4you.meetings.queries.report import report as of_meetings
from alert4you.referrals.queries.numbers import numbers
from alert4you.trajectories.models import Trajectory
from alert4you.web.queries.municipality import today
from tests.api.calling import caller
from tests.cast import TODAY, Cast
from tests.web.test_today_municipality import follow, town

__all__ = ["town"]  # the fixture


def told(cast: Cast, **headers: str) -> Any:
    answer = caller(cast, who="gemma").get("/counts", **headers)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_few_are_hidden_and_the_rest_is_rounded_as_on_the_page(town: Cast) -> None:
    follow(town, 12)
    follow(town, 9, slug="kansen-voor-kleintjes")
    found = {each["practice"]: each["trajectories"] for each in told(town)["practices"]}
    assert found == {"samsam": 10, "kansen-voor-kleintjes": None}
    assert Trajectory.objects.unrestricted(reason="test").count() == 21
    used = {each.card.slug: each.trajectories for each in today(town.actor("gemma")).used}
    assert found == used


def test_all_of_it_is_what_the_pages_tell(town: Cast) -> None:
    """Asked in the hat of the municipality, so that what is hidden is decided in one place."""
    gemma, of = town.actor("gemma"), told(town)
    assert of["hiddenBelow"] == today(gemma).hidden_below == 10
    assert [*of["groups"].values()] == [*vars(today(gemma).load).values()]
    assert [each["party"] for each in of["waiting"]] == [
        each.party for each in numbers(gemma).waiting
    ]
    assert [each["kind"] for each in of["meetings"]] == [
        each.kind for each in of_meetings(gemma).kinds
    ]
    towns = report(gemma, TODAY.year)
    assert of["quarter"]["lastDay"] == str(towns.last_day)
    assert [each["town"] for each in of["quarter"]["towns"]] == [each.town for each in towns.rows]


def test_each_hat_gives_only_what_is_its_own(cast: Cast) -> None:
    for who, scope in (("marit", Scope.READ_COUNTS), ("gemma", Scope.READ_GROUPS)):
        with pytest.raises(Denied):
            add_application(cast.actor(who), "Datahuis", [scope], TODAY)
    api = caller(cast, who="gemma")
    for path in ("/groups", "/children", "/rosters"):
        assert api.get(path).status_code == 403
    with pytest.raises(Denied, match="geen berichten"):
        tell_at(cast.actor("gemma"), api.application, "https://listener.example/")


def test_gemma_lets_her_own_system_in_and_sees_no_other(cast: Cast) -> None:
    theirs = caller(cast).application
    page = cast.client("gemma").get("/systems/").content.decode()
    assert "Planbord" not in page and "cijfers" in page
    assert cast.client("gemma").get(f"/systems/{theirs.pk}/").status_code == 404
    assert "/systems/" in cast.client("gemma").get("/keys/").content.decode()
