"""Today of a location manager: numbers, and never a name or a word about a child (R8)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alert4you.coaching.commands.contacts import Details, log_contact, plan_visit
from alert4you.coaching.commands.questions import answer_question, ask_coach
from alert4you.funding.commands.hours import book_hours
from alert4you.funding.commands.lines import write_line
from alert4you.funding.rules.lines import Wanted
from alert4you.organisations.models import Group, Location, Roster
from alert4you.organisations.queries import system_actor
from alert4you.practices.commands.publishing import load_library
from alert4you.practices.queries.templates import template
from alert4you.trajectories.commands.running import Setup, do_activity, start_trajectory
from alert4you.trajectories.models import Trajectory
from alert4you.web.queries.manager import Today, today
from tests.cast import LONG_AGO, NOW, TODAY, Cast, make_child


@pytest.fixture
def place(cast: Cast) -> Cast:
    load_library(system_actor(NOW))
    return cast


def of(cast: Cast, who: str = "marit") -> Today:
    return today(cast.actor(who))


def begun(cast: Cast, slug: str = "lindenhout-variant-3") -> Trajectory:
    carla = cast.actor("carla")
    log_contact(carla, "talk", "Geheim gesprek", cast.mila, details=Details(parents_present=True))
    parts = {"observer": cast.fatima, "group-worker": cast.fatima}
    return start_trajectory(carla, cast.mila, template(slug), cast.carla, cast.lotte, Setup(parts))


def test_children_and_staff_per_group_today(place: Cast) -> None:
    make_child(place, "Noor", "Bakker", TODAY - timedelta(days=900))
    quiet = Group.objects.create(location=place.location, name="Bijen", places=12)
    Group.objects.create(
        location=Location.objects.create(
            organisation=place.elsewhere, name="Elders", setting="daycare"
        ),
        name="Andere",
    )
    seen = {each.name: (each.children, each.staff, each.places) for each in of(place).groups}
    assert seen == {"Vlinders": (2, 2, 16), "Bijen": (0, 0, 12)}
    Roster.objects.create(
        membership=place.lotte, group=quiet, weekday=TODAY.weekday(), starts=LONG_AGO
    )
    assert {each.name: each.staff for each in of(place).groups} == {"Vlinders": 2, "Bijen": 1}


def test_on_sunday_nobody_is_there(place: Cast) -> None:
    place.go_to(NOW + timedelta(days=2))
    assert [(each.children, each.staff) for each in of(place).groups] == [(0, 0)]


def test_questions_open_and_late(place: Cast) -> None:
    first = ask_coach(place.actor("fatima"), place.location, "group", "Geheime vraag")
    place.go_to(NOW + timedelta(days=6))
    ask_coach(place.actor("lotte"), place.location, "group", "Nog een vraag")
    seen = of(place)
    assert (seen.open_questions, seen.late_questions) == (2, 1)
    answer_question(place.actor("sanne"), first, "Zing een liedje.")
    seen = of(place)
    assert (seen.open_questions, seen.late_questions) == (1, 0)


def test_trajectories_per_practice_and_phase(place: Cast) -> None:
    begun(place)
    (running,) = of(place).running
    assert (str(running.title), running.number) == ("Meekijken en adviseren", 1)
    assert running.phases == [("Meekijken", 1)]


def test_hours_that_nobody_pays_for_are_seen(place: Cast) -> None:
    trajectory = begun(place)
    for minutes in (50, 45):
        details = Details(minutes=minutes)
        do_activity(place.actor("fatima"), trajectory, "observation", "Gezien", details=details)
    assert of(place).unpaid_hours == 1
    assert of(place).trajectories == 1, "two activities are one trajectory"
    assert (
        "1 uur in de trajecten van je locaties" in place.client("marit").get("/").content.decode()
    )


def test_an_hour_on_money_is_no_hour_that_nobody_pays_for(place: Cast) -> None:
    trajectory, carla = begun(place), place.actor("carla")
    own = write_line(carla, trajectory, Wanted("own_means", "child", TODAY))
    spent = Details(minutes=90)
    entries = [
        do_activity(place.actor("fatima"), trajectory, "observation", "Gezien", details=spent)
        for _each in range(2)
    ]
    book_hours(carla, own, [entries[0].pk])
    assert of(place).unpaid_hours == 1


def test_only_the_own_location(place: Cast) -> None:
    begun(place)
    other = Location.objects.create(organisation=place.nursery, name="Ander", setting="daycare")
    place.marit.location = other
    place.marit.save()
    seen = of(place)
    assert (list(seen.groups), seen.running, seen.open_questions) == ([], [], 0)
    place.marit.location = place.location
    place.marit.save()
    assert (len(seen.places), len(of(place).running)) == (1, 1)


def test_the_next_visits_of_the_coach(place: Cast) -> None:
    visit = plan_visit(place.actor("sanne"), place.location, TODAY + timedelta(days=4))
    assert of(place).visits == [visit]


def test_not_a_name_and_not_a_word_of_a_child(place: Cast) -> None:
    trajectory = begun(place)
    ask_coach(
        place.actor("fatima"), place.location, "child", "Geheime vraag", place.mila, "Mila eet niet"
    )
    do_activity(place.actor("fatima"), trajectory, "observation", "Geheim gezien")
    page = place.client("marit").get("/").content.decode()
    assert "Meekijken en adviseren" in page
    for secret in ("Mila", "Jansen", "Geheim", "Geheime", str(place.mila.pk), str(trajectory.pk)):
        assert secret not in page


def test_empty(place: Cast) -> None:
    page = place.client("marit").get("/").content.decode()
    assert "Er loopt geen traject" in page
    assert "Elke vraag heeft een antwoord." in page
    assert "Er is geen bezoek gepland." in page


def test_as_many_queries_for_one_as_for_three(place: Cast) -> None:
    counts = []
    client = place.client("marit")
    for names in (("A",), ("B", "C")):
        for name in names:
            begun(place, "kansen-voor-kleintjes")
            begun(place)
            make_child(place, name, "Bakker", TODAY - timedelta(days=900))
            Group.objects.create(location=place.location, name=name)
            ask_coach(place.actor("fatima"), place.location, "group", "Hoe nu?")
            plan_visit(
                place.actor("sanne"), place.location, TODAY + timedelta(days=1 + ord(name) - 65)
            )
        with CaptureQueriesContext(connection) as found:
            assert client.get("/").status_code == 200
        counts.append(sum("SAVEPOINT" not in each["sql"] for each in found.captured_queries))
    assert counts[0] == counts[1] <= 12
