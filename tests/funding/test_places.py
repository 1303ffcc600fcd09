"""What pays on a group: the place of each child, and who works there."""

from datetime import date, time

import pytest
from django.test import Client
from django.urls import reverse

from alert4you.children.models import Placement
from alert4you.funding.commands.places import say_who_pays, write_ground
from alert4you.funding.models import PaidWorker
from alert4you.funding.queries.places import group_money
from alert4you.funding.rules.places import early_education
from alert4you.groups.commands.staffing import set_hours
from alert4you.kernel.decision import Denied, NotVisible
from tests.cast import TODAY, Cast


def place_of(cast: Cast) -> Placement:
    return Placement.objects.unrestricted(reason="test").get(child=cast.mila)


def test_what_pays_is_for_who_runs_the_place(cast: Cast) -> None:
    marit = cast.actor("marit")
    with pytest.raises(Denied):
        write_ground(cast.actor("fatima"), place_of(cast), "smi")
    write_ground(marit, place_of(cast), "smi")
    with pytest.raises(Denied, match="does not work"):
        say_who_pays(marit, cast.sanne, cast.group, cast.town)
    for payer in (cast.elsewhere, cast.town):
        say_who_pays(marit, cast.lotte, cast.group, payer, 420, "HBO, schaal 8")
    found = group_money(marit, cast.group.pk)
    assert [(each.placement.basis, each.warning) for each in found.places] == [("smi", None)]
    paid = {each.worker: each.by and (each.by.payer, each.by.scale) for each in found.workers}
    assert paid == {cast.fatima: None, cast.lotte: (cast.town, "HBO, schaal 8")}
    assert found.extra == 420
    for name in ("fatima", "sanne", "gemma", "anna", "stranger"):
        with pytest.raises(NotVisible):
            group_money(cast.actor(name), cast.group.pk)


@pytest.mark.parametrize(
    ("basis", "warned"),
    [("contract", False), ("smi", False), ("early_education", False)]
    + [("youth_act", True), ("other", True)],
)
def test_a_place_without_a_contract_is_no_childcare(cast: Cast, basis: str, warned: bool) -> None:
    marit = cast.actor("marit")
    write_ground(marit, place_of(cast), basis)
    [found] = group_money(marit, cast.group.pk).places
    assert (found.warning is not None) == warned


def test_it_is_written_on_the_pages(cast: Cast) -> None:
    client: Client = cast.client("marit")
    url = reverse("funding:place", args=[cast.group.pk, place_of(cast).pk])
    assert client.post(url, {"basis": "youth_act"}).status_code == 302
    told = {"who": cast.lotte.pk, "payer": cast.town.pk, "scale": "HBO", "extra": "300"}
    payer = reverse("funding:payer", args=[cast.group.pk])
    assert client.post(payer, told).status_code == 302
    assert PaidWorker.objects.get().payer == cast.town
    page = client.get(reverse("funding:group", args=[cast.group.pk])).content.decode()
    for words in ("geen kinderopvang", cast.town.name, "HBO", "€ 300"):
        assert words in page


@pytest.mark.parametrize(
    ("day_hours", "week", "weeks"),
    [([4, 4, 4, 4], 16, 60), ([7, 4, 4], 14, 69), ([3, 3], 6, 160)],
)
def test_of_early_education_six_hours_a_day_count(
    day_hours: list[int], week: int, weeks: int
) -> None:
    """16 hours in 40 weeks of school, for a year and a half: 960."""
    found = early_education([each * 60 for each in day_hours], TODAY)
    assert found is not None
    assert (found.week, found.weeks, found.whole) == (week * 60, weeks, 960)
    assert early_education([], TODAY) is None
    assert early_education([240], date(2020, 7, 31)) is None


def test_the_hours_of_early_education_stand_with_what_pays(cast: Cast) -> None:
    marit = cast.actor("marit")
    write_ground(marit, place_of(cast), "early_education")
    page = reverse("funding:group", args=[cast.group.pk])
    assert "per week tellen" not in cast.client("marit").get(page).content.decode()
    set_hours(marit, cast.location, "morning", time(8), time(11, 30))
    set_hours(marit, cast.location, "afternoon", time(11, 30), time(18))
    [found] = group_money(marit, cast.group.pk).places
    days = place_of(cast).days.values("weekday").distinct().count()
    assert found.early and found.early.week == days * 6 * 60
    assert "per week tellen" in cast.client("marit").get(page).content.decode()
