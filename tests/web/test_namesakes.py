"""Two children of one first name are told apart on every page that tells of both."""

from datetime import date

import pytest

from alert4you.access.commands.team import name_on_team
from alert4you.access.models import Kind
from alert4you.children.models import Child
from alert4you.coaching.commands.contacts import Details, log_contact
from alert4you.coaching.commands.questions import ask_coach
from alert4you.coaching.commands.talks import Card, prepare_talk
from alert4you.coaching.models import About
from alert4you.kernel.namesakes import told_apart
from alert4you.kernel.reading import reading
from alert4you.organisations.queries import system_actor
from alert4you.practices.commands.publishing import load_library
from alert4you.practices.queries.templates import template
from alert4you.trajectories.commands.running import Setup, start_trajectory
from tests.access.seeing import write
from tests.cast import NOW, TODAY, Cast, make_child

BORN = date(2023, 3, 1)


@pytest.fixture
def two(cast: Cast) -> list[Child]:
    """Mila Jansen and Mila Smit; and Daan Vos, of whom there is one."""
    make_child(cast, "Daan", "Vos", BORN)
    return [cast.mila, make_child(cast, "Mila", "Smit", BORN)]


def helped(cast: Cast, child: Child) -> None:
    carla = cast.actor("carla")
    name_on_team(carla, child, cast.carla, "zorgcoördinator")
    log_contact(carla, Kind.TALK, "Gesproken", child, details=Details(parents_present=True))
    parts = {"observer": cast.fatima, "group-worker": cast.fatima}
    practice = template("lindenhout-variant-3")
    start_trajectory(carla, child, practice, cast.carla, cast.marit, Setup(parts))


@pytest.mark.parametrize(
    "address", ["/", "/children/{child}/note/", "/groups/{group}/wellbeing/", "/children/"]
)
def test_where_one_is_chosen(cast: Cast, two: list[Child], address: str) -> None:
    page = address.format(child=two[1].pk, group=cast.group.pk)
    text = cast.client("fatima").get(page).content.decode()
    assert "Mila Smit" in text
    assert "Mila Jansen" in text


def test_who_is_alone_goes_by_the_first_name(cast: Cast, two: list[Child]) -> None:
    text = cast.client("fatima").get("/").content.decode()
    assert "Daan" in text
    assert "Daan Vos" not in text


def test_without_a_network_too(cast: Cast, two: list[Child]) -> None:
    told = cast.client("fatima").get("/offline/pack/").json()["children"]
    assert {each["name"] for each in told} == {"Mila Smit", "Mila Jansen", "Daan"}


def test_on_today_wherever_one_is_named(cast: Cast, two: list[Child]) -> None:
    fatima = cast.actor("fatima")
    for child in two:
        name_on_team(cast.actor("carla"), child, cast.fatima, "mentor")
        write(cast, child=child, must_know=True)
    prepare_talk(fatima, cast.mila, cast.fatima, TODAY, Card("Eten", 2, 2))
    ask_coach(fatima, cast.location, About.CHILD, "Hoe nu?", cast.mila, "Zij eet niet.")
    text = cast.client("fatima").get("/").content.decode()
    assert ">Mila Smit</a>" in text
    assert ">Mila Jansen</a>" in text
    assert "De ouders van Mila Jansen" in text
    assert "Over Mila Jansen" in text


def test_who_keeps_hold_of_both(cast: Cast, two: list[Child]) -> None:
    load_library(system_actor(NOW))
    for child in two:
        helped(cast, child)
    text = cast.client("carla").get("/trajectories/").content.decode()
    assert "Mila Smit" in text
    assert "Mila Jansen" in text


def test_who_shares_the_whole_name_goes_by_the_birthday_as_well(cast: Cast) -> None:
    make_child(cast, "Mila", "Jansen", BORN)
    for page in ("/", "/children/"):
        text = cast.client("fatima").get(page).content.decode()
        assert "Mila Jansen (1-5-2023)" in text
        assert "Mila Jansen (1-3-2023)" in text


def test_a_name_does_not_tell_of_a_child_that_was_not_shown(cast: Cast, two: list[Child]) -> None:
    actor = cast.actor("fatima")
    with reading(), told_apart():
        one = Child.objects.visible_to(actor).get(pk=cast.mila.pk)
        Child.objects.unrestricted(reason="test").get(pk=two[1].pk)
        assert str(one) == "Mila"
        Child.objects.visible_to(actor).get(pk=two[1].pk)
        assert str(one) == "Mila Jansen"
    assert str(one) == "Mila"
