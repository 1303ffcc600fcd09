"""The screens of a plus place, one question each, and the pages for planning."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from alert4you.children.models import Child, Placement, PlusPlace
from alert4you.groups.models import Duo, Landing, RoomSlot, RotaShift, WayBack
from alert4you.organisations.models import Group, Location
from tests.cast import TODAY, Cast
from tests.groups.cards import write

WHERE = {"starts": TODAY, "weekdays": ["0", "2"], "parts": ["after_school"], "basis": "contract"}
WHY = {"purpose": "Tot rust komen", "review_on": TODAY + timedelta(weeks=8)}
BACK = {"way_back": "Terug naar de Vlinders", "tried": "Een rustige hoek\n\nEerder ophalen"}
ROAD = {"plus_home_km": "4", "transport": "bus", "ground": ""}


@pytest.fixture
def there(cast: Cast) -> Cast:
    place = Location.objects.create(
        organisation=cast.nursery, name="De Plus", setting="plus_group", city="Hilversum"
    )
    cast.people["plus"] = Group.objects.create(location=place, name="Uilen", places=8)
    return cast


def sent(cast: Cast, step: int, *screens: dict[str, Any], **more: Any) -> dict[str, Any]:
    told: dict[str, Any] = {"step": step, "group": cast.plus.pk, **more}
    for each in screens:
        told |= each
    return told


def places_of(child: Child, group: Group) -> Any:
    return Placement.objects.unrestricted(reason="test").filter(child=child, group=group)


def test_a_plus_place_screen_by_screen(there: Cast) -> None:
    client, url = there.client("marit"), reverse("groups:plus_place", args=[there.mila.pk])
    screens = [WHERE, WHY, BACK, ROAD]
    for number in range(3):
        page = client.post(url, sent(there, number, *screens[: number + 1]))
        assert page.context["number"] == number + 1
        kept = dict(page.context["carried"])
        assert all(name in kept for each in screens[: number + 1] for name in each)
    assert client.post(url, sent(there, 3, *screens)).status_code == 302
    place = places_of(there.mila, there.plus).get()
    kept = PlusPlace.objects.unrestricted(reason="test").get(placement=place)
    assert kept.tried == ["Een rustige hoek", "Eerder ophalen"]
    assert (kept.from_group, kept.plus_home_km, kept.transport) == (there.group, 4, "bus")
    assert {each.weekday for each in place.days.all()} == {0, 2}


def test_a_screen_that_is_not_right_stays_and_going_back_loses_nothing(there: Cast) -> None:
    client, url = there.client("marit"), reverse("groups:plus_place", args=[there.mila.pk])
    wrong = client.post(url, sent(there, 2, WHERE, WHY, BACK | {"tried": ""}))
    assert wrong.context["number"] == 2
    assert wrong.context["form"].errors["tried"]
    back = client.post(url, sent(there, 2, WHERE, WHY, BACK, to="1"))
    assert back.context["number"] == 1
    assert back.context["form"]["purpose"].value() == "Tot rust komen"
    assert dict(back.context["carried"])["way_back"] == BACK["way_back"]
    assert not places_of(there.mila, there.plus).exists()


def test_a_refusal_loses_no_word(there: Cast) -> None:
    there.client("marit").post(
        reverse("groups:plus_agreement", args=[there.plus.pk]),
        {"near_km": 5, "months": 6, "by_design": "on"},
    )
    client, url = there.client("marit"), reverse("groups:plus_place", args=[there.mila.pk])
    page = client.post(url, sent(there, 3, WHERE, WHY, BACK, ROAD))
    assert page.status_code == 200
    assert page.context["form"].non_field_errors()
    assert dict(page.context["carried"])["purpose"] == "Tot rust komen"
    ground = ROAD | {"ground": "own_budget"}
    assert client.post(url, sent(there, 3, WHERE, WHY, BACK, ground)).status_code == 302


def test_the_way_back_is_decided_on_a_page_and_read_by_the_parents(there: Cast) -> None:
    client = there.client("marit")
    url = reverse("groups:plus_place", args=[there.mila.pk])
    client.post(url, sent(there, 3, WHERE, WHY, BACK, ROAD))
    place = places_of(there.mila, there.plus).get()
    told = {"answer": "not_yet", "why": "Nog te druk.", "parents": "Wij wachten nog even."}
    url = reverse("groups:decide_way_back", args=[place.pk])
    assert client.post(url, told).status_code == 200
    assert client.post(url, told | {"on": TODAY + timedelta(weeks=9)}).status_code == 302
    assert WayBack.objects.unrestricted(reason="test").count() == 1
    page = reverse("groups:plus_child", args=[there.mila.pk])
    for name, reads in (("anna", True), ("carla", True), ("marit", False)):
        words = there.client(name).get(page).content.decode()
        assert ("Wij wachten nog even." in words) is reads, name
        assert "Een rustige hoek" in words, name
    url = reverse("groups:way_back", args=[place.pk])
    screens = [client.get(url), client.post(url, {"step": 0, **WHY})]
    assert screens[0].context["form"]["purpose"].value() == "Tot rust komen"
    assert screens[1].context["form"]["tried"].value() == "Een rustige hoek\nEerder ophalen"
    changed = {"step": 2, **WHY, **BACK, **ROAD, "purpose": "Samen spelen"}
    assert client.post(url, changed).status_code == 302
    place.refresh_from_db()
    assert place.purpose == "Samen spelen"


def post(client: Client, page: str, told: dict[str, Any], *args: Any) -> int:
    return client.post(reverse(f"groups:{page}", args=args), told).status_code


def test_a_room_and_a_landing_are_planned_on_pages(cast: Cast) -> None:
    hours = {"room": "Stille kamer", "begins": "15:00", "until": "15:30"}
    marit = cast.client("marit")
    wrong = hours | {"worker": cast.lotte.pk, "until": "14:00"}
    assert post(marit, "room", wrong, cast.group.pk) == 200
    assert post(marit, "room", hours | {"worker": cast.lotte.pk}, cast.group.pk) == 302
    slot = RoomSlot.objects.get()
    told = {"slot": slot.pk, "text": "Roep haar niet."}
    assert post(cast.client("fatima"), "landing", told, cast.mila.pk) == 302
    assert post(cast.client("sanne"), "landing", told, cast.mila.pk) == 404
    assert Landing.objects.unrestricted(reason="test").get().slot == slot


def test_a_duo_is_planned_on_a_page(cast: Cast) -> None:
    told = {"childcare": cast.fatima.pk, "youth_care": cast.koen.pk, "last_day": TODAY}
    assert post(cast.client("fatima"), "duo", told, cast.group.pk) == 403
    assert post(cast.client("marit"), "duo", told, cast.group.pk) == 200  # no link in the register
    write(cast, "koen", "linked", TODAY)
    assert post(cast.client("marit"), "duo", told, cast.group.pk) == 302
    assert Duo.objects.get().ends == TODAY + timedelta(days=1)


def test_a_team_that_goes_round_is_made_on_pages(cast: Cast) -> None:
    marit = cast.client("marit")
    assert post(marit, "team", {"name": "Oost", "groups": [cast.group.pk]}) == 302
    page = marit.get(reverse("groups:member"))
    (team,) = page.context["form"].teams
    told = {"team": team, "who": cast.fatima.pk, "contract": 8, "extra": 2}
    assert post(marit, "member", told) == 302
    (member,) = marit.get(reverse("groups:shift")).context["form"].members
    told = {"who": member, "where": cast.group.pk, "day": TODAY, "hours": "7.5"}
    assert post(marit, "shift", told) == 302
    assert post(marit, "shift", told) == 200  # more than the hours of the week
    assert post(marit, "shift", told | {"where": "meeting", "hours": "2.5"}) == 302
    assert sorted(RotaShift.objects.values_list("minutes", flat=True)) == [150, 450]
    for name in ("fatima", "sanne", "gemma"):
        assert post(cast.client(name), "shift", told) == 404
