"""P3: what happens to other children changes no byte of what one sees."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction

from alert4you.access.commands.consent import answer_consent, ask_consent
from alert4you.access.commands.line import hold_back
from alert4you.access.commands.marks import forbid
from alert4you.access.commands.openings import break_glass
from alert4you.access.commands.team import name_on_team, release_from_team
from alert4you.access.models import Mark
from alert4you.access.rules.consent import Terms
from alert4you.children.models import Guardian
from alert4you.coaching.commands.contacts import log_contact
from alert4you.notes.commands.helps import make_card
from alert4you.notes.commands.incidents import report_incident
from alert4you.notes.commands.writing import write_note
from alert4you.organisations.models import Group, Location, Organisation, Role
from alert4you.organisations.queries import parent_actor
from alert4you.safety.commands import open_concern, record
from alert4you.safety.rules import Start, Told
from tests.architecture.conftest import house  # noqa: F401
from tests.architecture.crawl import HATS, PAGES, House
from tests.cast import LONG_AGO, NOW, Cast, make_child

# What differs at every look by itself: the token against forged forms, the receipt of a form, the signed
# moment for work offline, when a PDF was made and as which.
BY_ITSELF = re.compile(
    rb"""(?:(?<=csrfmiddlewaretoken"\svalue=")|(?<=once"\svalue=")|(?<=x-csrftoken":\s")|(?<="token":\s"))[\w-]+"""
    rb"""|(?:(?<=name="stamp"\scontent=")|(?<="stamp":\s"))[^"]*|D:\d{14}Z|<\?xpacket[^\n]*|/ID\s?\[[^\]]*\]""",
    re.IGNORECASE,
)
# A secret that is made anew.
RANDOM = {"web:second_app", "web:passkey", "web:second_passkey", "offline:key"}
DAY = timedelta(days=1)
UNRELATED = ["sanne", "koen", "pieter", "gemma", "stranger", "anna", "oscar"]
OF_THE_HOUSE = ["fatima", "lotte", "carla", "marit", "olga"]
pytestmark = pytest.mark.django_db


def screens(house: House, hat: str) -> dict[str, bytes]:  # noqa: F811
    """Every page this hat can open, to the byte."""
    return {
        page: BY_ITSELF.sub(b"", house.ask(hat, "get", house.addresses(page)["own"]).content)
        for page, row in PAGES.items()
        if row["answers"][HATS.index(hat)] == 200 and row.get("method") != "post"
    }


def another_family(cast: Cast, location: Location, group: Group) -> dict[str, Any]:
    """A child on a group, with a parent of its own and people who work there."""
    home = Cast({**cast.people, "group": group, "location": location})
    child = make_child(home, "Noor", "Verweg", date(2022, 4, 4))
    parent = cast.add("far parent", Role.PARTNER, "elsewhere").person
    Guardian.objects.create(
        child=child, person=parent, kind="parent", has_authority=True, starts=LONG_AGO
    )
    return {"child": child, "parent": parent}


def life_goes_on(cast: Cast, lead: str, family: dict[str, Any]) -> None:
    """Everything that can happen around one child in a day."""
    actor, child = cast.actor(lead), family["child"]
    name_on_team(actor, child, cast.people[lead], "zorgcoördinator")
    name_on_team(actor, child, cast.helper, "helpt", "support")
    note = write_note(actor, child, "Noor speelde")
    write_note(actor, child, "Noor huilde", "care", internal=True)
    hold_back(actor, note, NOW + 2 * DAY, "eerst een gesprek")
    make_card(actor, child, "panic", "Noor even vasthouden")
    report_incident(actor, child, "Noor viel")
    log_contact(actor, "talk", "Over Noor", child)
    request = ask_consent(actor, child, cast.faraway, "support", Terms(["day"], "verder helpen"))
    parent = parent_actor(family["parent"], NOW)
    answer_consent(parent, request, {"day": "given"})
    answer_consent(parent, request, {"day": "refused"})
    break_glass(cast.actor("runner"), child, "Noor heeft een aanval, niemand is te bereiken")
    forbid(actor, child, cast.runner.person, Mark.RESTRICTION, "familie")
    release_from_team(actor, child, cast.people[lead])


def a_concern_is_opened(cast: Cast) -> None:
    fatima = cast.actor("fatima")
    concern = open_concern(fatima, Start(cast.mila, "staff", "Een blauwe plek.", cast.lotte.person))
    record(fatima, concern, "inspector", Told("Gebeld."))


def prepare(cast: Cast, organisation: str) -> dict[str, Any]:
    """The people and the place of the other family, before anything happens to it."""
    cast.people["faraway"] = Organisation.objects.create(name="Ver weg", kind="youth_care_provider")
    cast.add("helper", Role.COACH, "faraway")
    cast.add("lead", Role.CARE_COORDINATOR, organisation)
    cast.add("runner", Role.GROUP_WORKER, organisation)
    if organisation == "nursery":
        return another_family(cast, cast.location, cast.group)
    far = Location.objects.create(
        organisation=cast.people[organisation], name="Ver huis", setting="daycare"
    )
    return another_family(cast, far, Group.objects.create(location=far, name="Verren"))


@pytest.mark.parametrize(
    ("hat", "where"),
    [(hat, "nursery") for hat in UNRELATED] + [(hat, "elsewhere") for hat in OF_THE_HOUSE],
)
def test_other_children_change_no_byte(house: House, hat: str, where: str) -> None:  # noqa: F811
    """For whoever has nothing to do with the house: a child of that house; for the house: one far away.

    And at home a concern about Mila, with a suspicion of Lotte: only who opened it notices.
    """
    with transaction.atomic():
        family = prepare(house.cast, where)
        before = screens(house, hat)
        life_goes_on(house.cast, "lead", family)
        if hat != "fatima":
            a_concern_is_opened(house.cast)
        after = screens(house, hat)
        transaction.set_rollback(True)
    assert {page for page in before if before[page] != after[page]} <= RANDOM
    assert len(before) > 10
