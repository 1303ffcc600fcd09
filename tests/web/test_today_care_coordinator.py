"""Today of a care coordinator: each trajectory once, where it asks for her first."""

from collections.abc import Iterable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alert4you.access.commands.consent import close_request
from alert4you.access.commands.team import name_on_team
from alert4you.access.models import ConsentRequest
from alert4you.children.models import Child
from alert4you.coaching.commands.contacts import Details, log_contact
from alert4you.coaching.commands.questions import answer_question, ask_coach
from alert4you.organisations.models import Absence, Membership
from alert4you.organisations.queries import system_actor
from alert4you.practices.commands.publishing import load_library
from alert4you.practices.queries.templates import template
from alert4you.trajectories.commands.deciding import speak_about_decision
from alert4you.trajectories.commands.planning import write_plan
from alert4you.trajectories.commands.running import Setup, do_activity, start_trajectory
from alert4you.trajectories.models import Trajectory
from alert4you.trajectories.queries.caseload import Case
from alert4you.trajectories.rules.planning import Goal
from alert4you.web.queries.care_coordinator import Today, today
from tests.cast import NOW, TODAY, Cast, make_child


@pytest.fixture
def place(cast: Cast) -> Cast:
    load_library(system_actor(NOW))
    return cast


def begun(
    cast: Cast, name: str, slug: str = "lindenhout-variant-3", lead: Membership | None = None
) -> Trajectory:
    """A trajectory of a new child; the observer is a colleague, so that nothing needs to be asked."""
    carla = cast.actor("carla")
    child = make_child(cast, name, "Jansen", TODAY - timedelta(days=1000))
    name_on_team(carla, child, cast.carla, "zorgcoördinator")
    log_contact(carla, "talk", "Gesproken", child, details=Details(parents_present=True))
    role = {"samsam": "extra-worker"}.get(slug, "observer")
    return start_trajectory(
        carla,
        child,
        template(slug),
        lead or cast.lotte,
        cast.marit,
        Setup({role: cast.fatima, "group-worker": cast.fatima}),
    )


def planned(cast: Cast, trajectory: Trajectory, days: int | None) -> None:
    day = TODAY + timedelta(days=days) if days else None
    write_plan(cast.actor("carla"), trajectory, 0, [Goal("Eten")], "Meedoen", day)


def of(cast: Cast) -> Today:
    return today(cast.actor("carla"))


def children(cases: Iterable[Case]) -> list[Child]:
    return [case.trajectory.child for case in cases]


def test_a_step_of_hers_is_asked_of_her(place: Cast) -> None:
    mine = begun(place, "Noor", "samsam", lead=place.carla)
    planned(place, mine, None)
    begun(place, "Sem")
    seen = of(place)
    assert children(seen.mine) == [mine.child]
    assert seen.running == 2
    assert seen.calm is False


def test_what_others_have_is_not_asked_of_her(place: Cast) -> None:
    begun(place, "Noor")
    seen = of(place)
    assert not any((seen.mine, seen.late, seen.decisions, seen.waiting, seen.undated))
    assert seen.calm


def test_a_due_decision_is_hers_where_she_leads_and_to_follow_elsewhere(place: Cast) -> None:
    mine, theirs = begun(place, "Noor", lead=place.carla), begun(place, "Sem")
    for trajectory in (mine, theirs):
        for _time in range(3):
            do_activity(place.actor("fatima"), trajectory, "observation", "Gezien")
    seen = of(place)
    assert children(seen.mine) == [mine.child]
    assert children(seen.decisions.cases) == [theirs.child]


def test_late_elsewhere(place: Cast) -> None:
    late = begun(place, "Noor", "samsam")
    planned(place, late, 3)
    place.go_to(NOW + timedelta(days=3))
    assert not of(place).late
    place.go_to(NOW + timedelta(days=4))
    assert children(of(place).late.cases) == [late.child]
    assert "3 dagen geleden" not in place.client("carla").get("/").content.decode()
    assert "gisteren" in place.client("carla").get("/").content.decode()


def test_a_long_list_shows_its_first_and_leads_to_the_rest(place: Cast) -> None:
    for name in ("Aya", "Bo", "Cas", "Dex", "Eva", "Fay", "Gus", "Hanna", "Ilse", "Jip"):
        planned(place, begun(place, name, "samsam"), 3)
    place.go_to(NOW + timedelta(days=4))
    page = place.client("carla").get("/").content.decode()
    assert page.count('class="trajectory-late"') == 8
    more = f"{reverse('trajectories:caseload')}?filter=late"
    assert f'href="{more}">En nog 2</a>' in page
    assert place.client("carla").get(more).content.decode().count('data-label="Wanneer"') == 10


def test_waits_for_consent(place: Cast) -> None:
    carla = place.actor("carla")
    log_contact(carla, "talk", "Gesproken", place.mila, details=Details(parents_present=True))
    parts = {"observer": place.sanne, "group-worker": place.fatima}
    start_trajectory(
        carla, place.mila, template("lindenhout-variant-3"), place.lotte, place.marit, Setup(parts)
    )
    assert children(of(place).waiting.cases) == [place.mila]
    close_request(carla, ConsentRequest.objects.get(child=place.mila))  # to be asked anew
    assert children(of(place).waiting.cases) == [place.mila]
    waiting = place.client("carla").get(f"{reverse('trajectories:caseload')}?filter=parents")
    assert children(waiting.context["page"]) == [place.mila]


def test_a_plan_without_a_date_to_look_back(place: Cast) -> None:
    trajectory = begun(place, "Noor", "samsam")
    planned(place, trajectory, None)
    assert children(of(place).undated.cases) == [trajectory.child]
    write_plan(
        place.actor("carla"), trajectory, 1, [Goal("Eten")], "Doel", TODAY + timedelta(days=9)
    )
    assert not of(place).undated


def test_she_stands_in_for_the_lead(place: Cast) -> None:
    trajectory = begun(place, "Noor", "samsam")
    planned(place, trajectory, None)
    trajectory.cover = place.carla
    trajectory.save()
    assert of(place).mine == []
    Absence.objects.create(
        membership=place.lotte, cover=place.fatima, starts=TODAY, ends=TODAY + timedelta(days=1)
    )
    seen = of(place)
    assert children(seen.mine) == [trajectory.child]
    assert [(each.membership, each.cover) for each in seen.away] == [(place.lotte, place.fatima)]
    page = place.client("carla").get("/").content.decode()
    assert "voor Lotte, die er niet is" in page
    assert "Fatima vervangt" in page


def test_questions_past_their_clock(place: Cast) -> None:
    late = ask_coach(place.actor("fatima"), place.location, "group", "Hoe houden we rust?")
    assert of(place).questions == []
    place.go_to(NOW + timedelta(days=7))
    assert of(place).questions == [late]
    page = place.client("carla").get("/").content.decode()
    assert reverse("coaching:question", args=[late.pk]) in page
    answer_question(place.actor("sanne"), late, "Zing een liedje.")
    assert of(place).questions == []


def test_the_children_of_another_organisation_are_not_hers(place: Cast) -> None:
    begun(place, "Noor", lead=place.carla)
    assert of(place).running == 1
    assert today(place.actor("stranger")).running == 0


def test_empty_says_what_to_do(place: Cast) -> None:
    page = place.client("carla").get("/").content.decode()
    assert "Er loopt nog niets" in page
    begun(place, "Noor")
    assert "Alles gaat zoals afgesproken" in place.client("carla").get("/").content.decode()


def test_as_many_queries_for_one_as_for_three(place: Cast) -> None:
    counts = []
    for names in (("A",), ("B", "C")):
        for name in names:
            trajectory = begun(place, name, "samsam", lead=place.carla)
            speak_about_decision(place.actor("carla"), trajectory, "review", "Goed")
            ask_coach(place.actor("fatima"), place.location, "group", "Hoe nu?")
        place.go_to(NOW + timedelta(days=7))
        client = place.client("carla")
        with CaptureQueriesContext(connection) as found:
            assert client.get("/").status_code == 200
        counts.append(sum("SAVEPOINT" not in each["sql"] for each in found.captured_queries))
    assert counts[0] == counts[1] <= 12
