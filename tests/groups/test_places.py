"""Full groups, waiting places, duos and rooms on a real database; and what the pages show to whom."""

from datetime import time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alert4you.access.commands.places import place_child
from alert4you.access.commands.team import name_on_team
from alert4you.access.models import Entry
from alert4you.access.queries.line import entries
from alert4you.children.commands import end_placement, register_child
from alert4you.children.models import Placement, Terms
from alert4you.groups.commands.staffing import (
    Counting,
    When,
    agree_landing,
    join_rota,
    make_cluster,
    plan_duo,
    plan_room,
    plan_shift,
    set_hours,
    write_presence,
)
from alert4you.groups.commands.waiting import ask_place, offer_place, take_place, withdraw_place
from alert4you.groups.models import Presence
from alert4you.groups.queries.day import group_on
from alert4you.groups.queries.places import groups
from alert4you.groups.queries.rota import rota
from alert4you.groups.queries.waiting import waiting_list
from alert4you.groups.rules.counting import Conditions, Counts
from alert4you.kernel.decision import Denied, NotVisible
from alert4you.organisations.models import Absence, Group
from alert4you.trajectories.queries.groups import for_municipality, load, shown
from tests.cast import LONG_AGO, TODAY, Cast, make_child
from tests.groups.cards import write

pytestmark = pytest.mark.django_db
FRIDAY = [(4, "morning")]
ALL = Conditions(True, True, True, True, "seen")


@pytest.fixture
def full(cast: Cast) -> Cast:
    """The group has one place, and Mila has it."""
    Group.objects.filter(pk=cast.group.pk).update(places=1)
    cast.group.refresh_from_db()
    cast.people["other"] = Group.objects.create(location=cast.location, name="Rupsen")
    for name in ("Bo", "Cas"):
        cast.people[name] = register_child(
            cast.actor("carla"), (name, "Vos"), LONG_AGO, cast.other, TODAY, Terms([])
        )
    return cast


def test_a_full_group_refuses_with_the_reason(full: Cast) -> None:
    with pytest.raises(Denied) as said:
        place_child(full.actor("carla"), full.Bo, full.group, TODAY, None, Terms(FRIDAY))
    assert full.group.name in said.value.decision.reason
    with pytest.raises(Denied):
        register_child(
            full.actor("carla"), ("Dee", "Vos"), LONG_AGO, full.group, TODAY, Terms(FRIDAY)
        )


def test_another_day_or_a_later_start_is_free(full: Cast) -> None:
    carla = full.actor("carla")
    place_child(carla, full.Bo, full.group, TODAY, None, Terms([(5, "morning")]))
    mila = Placement.objects.unrestricted(reason="test").get(child=full.mila)
    end_placement(carla, mila, TODAY + timedelta(days=7))
    place_child(carla, full.Cas, full.group, TODAY + timedelta(days=7), None, Terms(FRIDAY))
    with pytest.raises(Denied):
        end_placement(carla, mila, TODAY + timedelta(days=14))


def test_waiting_is_in_order_and_the_first_in_line_goes_first(full: Cast) -> None:
    carla = full.actor("carla")
    first = ask_place(carla, full.Bo, full.group, FRIDAY)
    second = ask_place(full.actor("carla", hours=1), full.Cas, full.group, FRIDAY)
    with pytest.raises(Denied):
        ask_place(carla, full.Bo, full.group, FRIDAY)
    with pytest.raises(Denied):
        offer_place(carla, first)
    Group.objects.filter(pk=full.group.pk).update(places=2)
    first.group.refresh_from_db()
    second.group = first.group
    with pytest.raises(Denied):
        offer_place(carla, second)
    offer_place(carla, second, "Zijn broer zit hier al.")
    withdraw_place(carla, second)
    with pytest.raises(Denied):
        take_place(carla, first, Terms(FRIDAY))
    offer_place(carla, first)
    assert take_place(carla, first, Terms(FRIDAY)).outcome == "taken"
    assert waiting_list(carla, first.group) == []


def test_no_waiting_place_while_there_is_a_place(cast: Cast) -> None:
    child = make_child(cast, "Bo", "Vos", LONG_AGO)
    with pytest.raises(Denied):
        ask_place(cast.actor("carla"), child, cast.group, FRIDAY)
    with pytest.raises(Denied):
        ask_place(cast.actor("fatima"), child, cast.group, FRIDAY)


def hours(cast: Cast) -> None:
    for part, begins, until in (("morning", 8, 13), ("afternoon", 13, 18)):
        set_hours(cast.actor("marit"), cast.location, part, time(begins), time(until))


def standing(cast: Cast, name: str) -> Counts:
    told = group_on(cast.actor("marit"), cast.group, TODAY)
    key = cast.people[name].pk
    return next(each.standing.counts for each in told.workers if each.key == key)


def test_who_is_away_does_not_count(cast: Cast) -> None:
    hours(cast)
    assert standing(cast, "lotte") is Counts.COUNTED
    Absence.objects.create(
        membership=cast.lotte, cover=cast.fatima, starts=TODAY, ends=TODAY + timedelta(days=1)
    )
    assert standing(cast, "lotte") is Counts.NOT
    assert group_on(cast.actor("marit"), cast.group, TODAY).told.moments[0].counted == 1


def test_presence_goes_before_the_roster_and_the_latest_word_counts(cast: Cast) -> None:
    hours(cast)
    write(cast, "sanne", "linked", TODAY)
    when = When(TODAY)
    write_presence(cast.actor("marit"), cast.sanne, cast.group, when, Counting())
    assert standing(cast, "sanne") is Counts.UNCLEAR
    later = cast.actor("marit", hours=1)
    write_presence(later, cast.sanne, cast.group, when, Counting(ALL))
    assert standing(cast, "sanne") is Counts.COUNTED
    assert Presence.objects.count() == 2
    with pytest.raises(Denied):
        write_presence(cast.actor("fatima"), cast.sanne, cast.group, when, Counting(ALL))
    with pytest.raises(Denied):
        write_presence(cast.actor("marit"), cast.marit, cast.group, when, Counting(ALL))


def test_a_duo_is_one_of_childcare_and_one_of_youth_care(cast: Cast) -> None:
    period = (TODAY, TODAY + timedelta(days=30))
    marit = cast.actor("marit")
    with pytest.raises(Denied):
        plan_duo(marit, cast.group, cast.fatima, cast.pieter, period, Counting(ALL))
    with pytest.raises(Denied):
        plan_duo(marit, cast.group, cast.sanne, cast.sanne, period, Counting(ALL))
    write(cast, "koen", "linked", TODAY)
    duo = plan_duo(marit, cast.group, cast.fatima, cast.koen, period, Counting(ALL))
    assert {each.membership for each in duo.presences.all()} == {cast.fatima, cast.koen}
    assert cast.group in groups(cast.actor("koen"))


def test_the_landing_agreement_is_read_by_who_stands_in(cast: Cast) -> None:
    slot = plan_room(
        cast.actor("fatima"), cast.group, "Stille kamer", cast.fatima, time(15), time(15, 30)
    )
    landing = agree_landing(cast.actor("fatima"), cast.mila, slot, "Roep haar niet.")
    for name, sees in (("lotte", True), ("anna", True), ("sanne", False), ("stranger", False)):
        assert entries(cast.actor(name)).filter(pk=landing.pk).exists() is sees, name
    assert Entry.objects.unrestricted(reason="test").get(pk=landing.pk).must_know
    hours(cast)
    told = group_on(cast.actor("marit"), cast.group, TODAY)
    rooms = {place.room for moment in told.told.moments for place in moment.places}
    assert rooms == {None, slot.room_id}
    with pytest.raises(Denied):
        plan_room(cast.actor("lotte"), cast.group, "Gang", cast.marit, time(15), time(16))


def test_the_rota_stays_within_the_hours(cast: Cast) -> None:
    marit = cast.actor("marit")
    team = make_cluster(marit, "Oost", [cast.group])
    member = join_rota(marit, team, cast.fatima, 600, 60)
    plan_shift(marit, member, cast.group, TODAY, 495)
    plan_shift(marit, member, None, TODAY, 165)
    with pytest.raises(Denied):
        plan_shift(marit, member, cast.group, TODAY, 15)
    plan_shift(marit, member, cast.group, TODAY + timedelta(days=7), 15)
    week = rota(marit, team, TODAY)
    assert (week.group_share, week.lines[0].left) == (75, 0)
    with pytest.raises(NotVisible):
        rota(cast.actor("stranger"), team, TODAY)


def test_who_may_look_at_a_group(cast: Cast) -> None:
    seen = {name for name in cast.people if hasattr(cast.people[name], "person_id")}
    may = {name for name in seen if cast.group in groups(cast.actor(name))}
    assert may == {"fatima", "lotte", "carla", "marit", "sanne"}


def test_without_a_room_to_land_in_the_page_says_what_comes_first(cast: Cast) -> None:
    page = reverse("groups:landing", args=[cast.mila.pk])
    plan = reverse("groups:room", args=[cast.group.pk])
    told = cast.client("fatima").get(page).content.decode()
    assert "Er is nog geen rustige kamer gepland" in told and plan not in told
    name_on_team(cast.actor("carla"), cast.mila, cast.marit, "locatiemanager")
    assert plan in cast.client("marit").get(page).content.decode()


def test_the_page_names_only_children_one_knows(cast: Cast) -> None:
    hours(cast)
    url = reverse("groups:day", args=[cast.group.pk])
    for name, sees in (("fatima", True), ("carla", True), ("sanne", False)):
        words = cast.client(name).get(url).content.decode()
        assert ("Mila" in words) is sees, name
        assert "Fatima" in words


def test_the_page_asks_the_same_number_of_questions_for_many_children(cast: Cast) -> None:
    hours(cast)
    url = reverse("groups:day", args=[cast.group.pk])
    client = cast.client("fatima")
    counts = []
    for _ in range(2):
        client.get(url)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(url)
        counts.append(len(queries))
        for number in range(3):
            make_child(cast, f"Kind{number}", "Vos", LONG_AGO)
    assert counts[0] == counts[1] <= 18, [q["sql"][:150] for q in queries.captured_queries]


def test_the_forms_write(cast: Cast) -> None:
    write(cast, "koen", "linked", TODAY)
    write(cast, "sanne", "linked", TODAY)
    client = cast.client("marit")
    url = reverse("groups:hours", args=[cast.group.pk])
    told = {
        "morning_begins": "08:00",
        "morning_until": "13:00",
        "afternoon_begins": "13:00",
        "afternoon_until": "18:00",
    }
    assert client.post(url, told | {"morning_until": "07:00"}).status_code == 200
    assert client.post(url, told).status_code == 302
    url = reverse("groups:presence", args=[cast.group.pk])
    who = {"who": str(cast.sanne.pk), "weekdays": ["4"], "for_group": "no"}
    assert client.post(url, who).status_code == 302
    assert standing(cast, "sanne") is Counts.NOT


def test_a_waiting_place_is_asked_on_a_page(full: Cast) -> None:
    client = full.client("carla")
    told: dict[str, Any] = {"group": full.group.pk, "weekdays": ["4"], "parts": ["morning"]}
    assert client.post(reverse("groups:wait", args=[full.Bo.pk]), told).status_code == 302
    url = reverse("groups:waiting", args=[full.group.pk])
    assert full.client("marit").get(url).context["line"][0].child == full.Bo
    place = waiting_list(full.actor("carla"), full.group)[0].place
    assert client.post(url, {"place": place, "offer": "1"}).status_code == 200  # still full
    assert full.client("fatima").post(url, {"place": place}).status_code == 403
    assert client.post(url, {"place": place, "withdraw": "1"}).status_code == 302
    assert waiting_list(full.actor("carla"), full.group) == []


def test_the_load_is_counted_without_names(full: Cast) -> None:
    ask_place(full.actor("carla"), full.Bo, full.group, FRIDAY)
    found = load(full.actor("fatima"), full.group)
    assert (found.children, found.waiting, found.with_trajectory) == (1, 1, 0)
    assert set(vars(for_municipality(TODAY)).values()) == {None}
    assert [shown(number) for number in (9, 10, 12, 13)] == [None, 10, 10, 15]
    page = full.client("marit").get(reverse("web:group_load", args=[full.group.pk]))
    assert page.status_code == 200
    assert "Mila" not in page.content.decode()
