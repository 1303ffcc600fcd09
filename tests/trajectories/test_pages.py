"""The caseload and the page of one trajectory: who sees what, filters, and how many queries."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from alert4you.children.models import Child
from alert4you.kernel.decision import NotVisible
from alert4you.organisations.models import Absence
from alert4you.trajectories.models import Trajectory
from alert4you.trajectories.queries.caseload import case, caseload
from alert4you.trajectories.queries.overview import overview
from tests.cast import NOW, TODAY
from tests.trajectories.story import Story

LIST = "trajectories:caseload"


def url(trajectory: Trajectory, name: str = "trajectory") -> str:
    return reverse(f"trajectories:{name}", args=[trajectory.pk])


def many(story: Story, number: int) -> list[Trajectory]:
    """As many trajectories as asked, each a little on its way."""
    begun = []
    for place in range(number):
        child = story.another("Kind", place)
        story.talk(child)
        trajectory = story.start("samsam", child=child)
        story.plan(trajectory)
        begun.append(trajectory)
    return begun


# The caseload -----------------------------------------------------------------------------------


def shown(client: Client, **query: str) -> list[Child]:
    page = client.get(reverse(LIST), query).context["page"]
    return [each.trajectory.child for each in page]


def test_each_filter_shows_what_it_says(story: Story) -> None:
    cast = story.cast
    undated, waiting, due = (story.another(name) for name in ("Noor", "Yusuf", "Sem"))
    for child in (undated, waiting, due):
        story.talk(child)
    story.plan(story.start("samsam", child=undated), evaluation_on=None)
    story.start("lindenhout-variant-3", child=waiting)
    stuck = story.start("lindenhout-variant-3", child=due)
    story.agree("refused", "parent_of_Sem", child=due)
    cast.go_to(NOW + timedelta(minutes=5))
    carla = cast.client("carla")
    assert set(shown(carla)) == {undated, waiting, due}
    assert shown(carla, filter="evaluation") == [undated]
    assert shown(carla, filter="parents") == [waiting]
    assert shown(carla, filter="decision") == [due]
    assert set(shown(carla, filter="mine")) == {undated, due}
    assert set(shown(carla, filter="nonsense")) == {undated, waiting, due}
    numbers = {key: n for key, _label, n in carla.get(reverse(LIST)).context["chips"]}
    assert numbers == {"all": 3, "mine": 2, "late": 0, "decision": 1, "parents": 1, "evaluation": 1}
    story.decide(stuck, "conclusion", "no-action", minutes=1)
    assert set(shown(carla)) == {undated, waiting}
    assert shown(carla, show="ended") == [due]


def test_the_soonest_comes_first_and_late_says_so(story: Story) -> None:
    begun = story.begun("samsam")
    story.do(begun, "goal-talk-parents", by="fatima", minutes=1)
    story.agree()
    story.do(begun, "goal-talk-group-worker", minutes=2)
    story.plan(begun, evaluation_on=TODAY + timedelta(days=2))
    noor = story.another("Noor")
    story.talk(noor)
    story.start("lindenhout-variant-3", child=noor)
    story.cast.go_to(NOW + timedelta(days=4))
    carla = story.cast.client("carla")
    assert shown(carla) == [story.cast.mila, noor]
    page = carla.get(reverse(LIST)).content.decode()
    assert page.count('class="trajectory-late"') == 1
    assert "2 dagen geleden" in page


def test_who_is_away_is_stood_in_for(story: Story) -> None:
    begun = story.begun("samsam")
    story.plan(begun, evaluation_on=None)
    cast = story.cast
    absence = {"starts": TODAY, "ends": TODAY + timedelta(days=2)}
    Absence.objects.create(membership=cast.carla, cover=cast.lotte, **absence)
    Absence.objects.create(membership=cast.sanne, cover=cast.koen, **absence)
    found = story.case(begun)
    owners = {step.key: found.owner(step) for step in found.state.steps}
    assert owners["evaluation_date"] == cast.marit, "the cover of the trajectory has the lead"
    assert owners["goal-talk-group-worker"] == cast.koen
    assert owners["goal-talk-parents"] == cast.fatima
    assert [
        each.trajectory
        for each in caseload(cast.actor("marit"))
        if each.is_asked_of(cast.actor("marit"))
    ]
    cast.go_to(NOW + timedelta(days=2))
    assert story.case(begun).lead_today == cast.carla


def test_of_two_absences_at_once_the_first_tells_who_stands_in(story: Story) -> None:
    begun, cast = story.begun("samsam"), story.cast
    for days, cover in ((1, cast.lotte), (2, cast.koen), (0, cast.gemma)):
        period = {"starts": TODAY - timedelta(days=days), "ends": TODAY + timedelta(days=2)}
        Absence.objects.create(membership=cast.sanne, cover=cover, **period)
    found = story.case(begun)
    assert cast.sanne in found.parts.values()
    assert found.here(cast.sanne) == cast.koen
    assert found.here(cast.koen) == cast.koen


@pytest.mark.parametrize("who", ["stranger", "koen", "pieter", "gemma", "oscar"])
def test_who_has_nothing_to_do_with_it_sees_nothing(story: Story, who: str) -> None:
    begun = story.begun()
    assert shown(story.cast.client("carla")) == [story.cast.mila]
    assert caseload(story.cast.actor(who)) == []
    with pytest.raises(NotVisible):
        case(story.cast.actor(who), begun.pk)
    assert story.cast.client(who).get(url(begun)).status_code == 404


def test_nothing_runs(story: Story) -> None:
    page = story.cast.client("carla").get(reverse(LIST)).content.decode()
    assert "Er loopt geen traject" in page
    ended = story.cast.client("carla").get(reverse(LIST), {"show": "ended"}).content.decode()
    assert "Er is nog niets afgerond" in ended


def test_more_than_one_page(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("alert4you.trajectories.views.caseload.PAGE", 2)
    many(story, 3)
    carla = story.cast.client("carla")
    pages = [shown(carla, page=number) for number in ("1", "2")]
    assert [len(each) for each in pages] == [2, 1]
    assert len({child.pk for page in pages for child in page}) == 3
    assert "page=2" in carla.get(reverse(LIST)).content.decode()


# One trajectory ---------------------------------------------------------------------------------


def test_the_same_page_with_other_buttons(story: Story) -> None:
    begun = story.begun("samsam")
    story.agree()
    story.cast.go_to(NOW + timedelta(minutes=5))
    buttons = {
        "decide": {"carla", "marit"},
        "lead": {"carla", "marit"},
        "write_plan": {"carla", "marit", "fatima", "sanne", "anna"},
        "speak": {"carla", "marit", "fatima", "sanne", "anna"},
    }
    seen: dict[str, set[str]] = {name: set() for name in buttons}
    for who in ("carla", "marit", "fatima", "sanne", "anna"):
        page = story.cast.client(who).get(url(begun)).content.decode()
        assert "Samsam" in page
        for name in buttons:
            if f'href="{url(begun, name)}' in page:
                seen[name].add(who)
    assert seen == buttons


def test_a_button_leads_to_a_page_that_opens(story: Story) -> None:
    begun = story.begun("samsam")
    story.agree()
    story.plan(begun)
    story.cast.go_to(NOW + timedelta(minutes=5))
    for who in ("carla", "fatima", "sanne", "anna"):
        client = story.cast.client(who)
        page = client.get(url(begun)).content.decode()
        links = {part.split('"')[0] for part in page.split('href="')[1:]}
        inside = {link for link in links if link.startswith(url(begun))}
        assert inside
        for link in inside:
            assert client.get(link.replace("&amp;", "&")).status_code == 200, (who, link)


def test_what_waits_says_for_whom(story: Story) -> None:
    begun = story.begun()
    parents = story.cast.client("anna").get(url(begun)).content.decode()
    assert "De ouders hebben nog niet geantwoord" in parents
    assert f'href="{reverse("access:sharing")}"' in parents
    staff = story.cast.client("carla").get(url(begun)).content.decode()
    assert "Antwoord van de ouders" in staff
    assert f'href="{reverse("access:sharing")}"' not in staff


def test_missed_weeks_are_visible(story: Story) -> None:
    begun = story.begun("samsam")
    story.do(begun, "goal-talk-parents", by="fatima", minutes=1)
    story.agree()
    story.do(begun, "goal-talk-group-worker", minutes=2)
    story.plan(begun)
    story.do(begun, "session", minutes=4)
    story.cast.go_to(NOW + timedelta(days=15))
    page = story.cast.client("anna").get(url(begun)).content.decode()
    assert "1 van 13 gedaan, 1 gemist" in page
    assert page.count("trajectory-bead--missed") == 1
    assert "week van 27 november" in page


def test_where_we_are_is_marked(story: Story) -> None:
    begun = story.begun()
    story.agree()
    legs = overview(story.cast.actor("carla", minutes=2), begun.pk).legs
    assert [(each.title, each.state) for each in legs] == [
        ("Meekijken", "now"),
        ("Praktische tips", "later"),
        ("Is dit genoeg?", "later"),
    ]
    for minute in (2, 3):
        story.do(begun, "observation", minutes=minute)
    legs = overview(story.cast.actor("carla", minutes=5), begun.pk).legs
    assert [each.state for each in legs] == ["done", "now", "later"]


def test_everything_can_be_read_in_english(story: Story) -> None:
    begun = story.begun()
    carla = story.cast.client("carla")
    carla.cookies["django_language"] = "en"
    page = carla.get(url(begun)).content.decode()
    assert "The parents have not answered yet" in page
    assert "Chances for little ones" in page


# Queries ----------------------------------------------------------------------------------------

MOST = 12


@pytest.mark.parametrize("query", ["", "?filter=mine", "?show=ended"])
def test_the_caseload_asks_as_much_for_one_as_for_three(
    story: Story, queries: Callable[[Client, str], int], query: str
) -> None:
    carla = story.cast.client("carla")
    (one,) = many(story, 1)
    if "ended" in query:
        story.decide(one, "review", "reached", early_reason="Het gaat goed")
    first = queries(carla, reverse(LIST) + query)
    _second, third = many(story, 2)
    story.agree("refused", "parent_of_Kind", child=third.child)
    story.decide(third, "review", "reached", early_reason="Het gaat goed")
    assert queries(carla, reverse(LIST) + query) == first <= MOST


@pytest.mark.parametrize("who", ["carla", "marit", "fatima", "sanne", "anna"])
def test_a_full_trajectory_stays_within_the_budget(
    story: Story, queries: Callable[[Client, str], int], who: str
) -> None:
    begun = story.begun("samsam")
    story.agree()
    story.cast.go_to(NOW + timedelta(minutes=5))
    client = story.cast.client(who)
    few = queries(client, url(begun))
    story.do(begun, "goal-talk-parents", by="fatima", minutes=1)
    story.do(begun, "goal-talk-group-worker", minutes=2)
    for version in range(3):
        story.plan(begun, based_on=version)
        story.decide(begun, "review", "adjust", early_reason="Anders", minutes=4)
    assert queries(client, url(begun)) == few <= MOST
    for name in ("plan", "write_plan", "goal", "speak", "plan_pdf"):
        assert queries(client, url(begun, name)) <= MOST, name


@pytest.mark.parametrize("name", ["decide", "lead"])
def test_the_forms_of_the_lead_stay_within_the_budget(
    story: Story, queries: Callable[[Client, str], int], name: str
) -> None:
    begun = story.begun("samsam")
    assert queries(story.cast.client("carla"), url(begun, name)) <= MOST


def test_an_ended_trajectory_stays_within_the_budget(
    story: Story, queries: Callable[[Client, str], int]
) -> None:
    begun = story.begun()
    story.decide(begun, "enough", "samsam", early_reason="Het is duidelijk")
    story.cast.go_to(NOW + timedelta(hours=1))
    for who in ("carla", "anna"):
        assert queries(story.cast.client(who), url(begun)) <= MOST


def test_starting_stays_within_the_budget(
    story: Story, queries: Callable[[Client, str], int]
) -> None:
    story.talk()
    start = reverse("trajectories:start")
    carla = story.cast.client("carla")
    for query in (
        "",
        f"?child={story.cast.mila.pk}",
        f"?child={story.cast.mila.pk}&practice=samsam",
    ):
        assert queries(carla, start + query) <= MOST
