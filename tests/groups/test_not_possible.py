"""What must not be possible around plus places and rooms."""

from datetime import time, timedelta

import pytest
from django.urls import reverse

from alert4you.access.commands.consent import answer_consent, ask_consent
from alert4you.access.commands.places import place_child
from alert4you.access.commands.team import name_on_team
from alert4you.access.rules.consent import Terms as Asked
from alert4you.children.models import LegalBasis, Placement, PlusTerms, Terms
from alert4you.groups.commands.staffing import agree_landing, plan_room
from alert4you.kernel.decision import Denied
from alert4you.organisations.models import Group, Location
from tests.cast import LONG_AGO, TODAY, Cast

WHY = "Tot rust komen na een zware tijd"


def shares(cast: Cast, party: str, *categories: str) -> None:
    asked = ask_consent(
        cast.actor("carla"),
        cast.mila,
        cast.people[party],
        "coaching",
        Asked([*categories], "Samen kijken"),
    )
    for who in ("anna", "bram"):
        answer_consent(cast.actor(who), asked, dict.fromkeys(categories, "given"))


def a_plus_place(cast: Cast) -> None:
    place = Location.objects.create(
        organisation=cast.nursery, name="De Plus", setting="plus_group", city="Hilversum"
    )
    group = Group.objects.create(location=place, name="Uilen")
    back = PlusTerms("Terug naar de Vlinders", ("Een rustige hoek",))
    soon = TODAY + timedelta(weeks=8)
    terms = Terms([(5, "morning")], "contract", WHY, soon, plus=back)
    place_child(cast.actor("carla"), cast.mila, group, TODAY, None, terms)


@pytest.mark.parametrize(("categories", "status"), [(["day"], 404), (["day", "plan"], 200)])
def test_who_runs_another_place_reads_a_way_back_only_with_a_yes_to_the_plan(
    cast: Cast, categories: list[str], status: int
) -> None:
    a_plus_place(cast)
    shares(cast, "youthcare", *categories)
    rosa = cast.add("rosa", "care_coordinator", "youthcare")
    name_on_team(cast.actor("carla"), cast.mila, rosa, "meekijken", "coaching")
    page = cast.client("rosa").get(reverse("groups:plus_child", args=[cast.mila.pk]))
    told = page.content.decode()
    assert (WHY in told, "Terug naar de Vlinders" in told) == (status == 200, status == 200)


def test_another_place_agrees_no_landing_in_a_room_of_here(cast: Cast) -> None:
    place = Location.objects.create(
        organisation=cast.elsewhere, name="De Brug", setting="after_school_care", city="Hilversum"
    )
    there = Group.objects.create(location=place, name="Spechten")
    Placement.objects.create(
        child=cast.mila, group=there, basis=LegalBasis.CONTRACT, starts=LONG_AGO
    )
    shares(cast, "elsewhere", "day")
    rosa = cast.add("rosa", "care_coordinator", "elsewhere")
    name_on_team(cast.actor("rosa"), cast.mila, rosa, "zorgcoördinator")
    slot = plan_room(
        cast.actor("carla"), cast.group, "Landingsplek", cast.fatima, time(9), time(10)
    )
    with pytest.raises(Denied):
        agree_landing(cast.actor("rosa"), cast.mila, slot, "Landt zonder ouders.")
    agree_landing(cast.actor("fatima"), cast.mila, slot, "Landt met haar knuffel.")
