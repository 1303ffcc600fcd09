"""Who knows of a concern; that nobody else notices it on any page stands in `proof/test_interference.py`."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alert4you.access.commands.team import name_on_team
from alert4you.access.models import NegativeMark
from alert4you.children.models import Guardian
from alert4you.kernel.decision import Denied, NotVisible
from alert4you.organisations.models import Absence
from alert4you.safety import queries
from alert4you.safety.commands import appoint, end_post, name_member, open_concern, record
from alert4you.safety.models import Act, Concern, SafetyMember
from alert4you.safety.rules import Start, Told
from tests.cast import HATS, LONG_AGO, TODAY, Cast


def opened(cast: Cast, about: str = "home", accused: str = "") -> Concern:
    whom = cast.people[accused].person if accused else None
    return open_concern(cast.actor("fatima"), Start(cast.mila, about, "Een blauwe plek.", whom))


def who_see(cast: Cast, concern: Concern) -> set[str]:
    hats = [name for name in HATS if name != "nobody"]
    found = {name for name in hats if queries.concerns(cast.actor(name))}
    acts = {name for name in hats if Act.objects.visible_to(cast.actor(name)).exists()}
    pages = {
        name
        for name in hats
        if cast.client(name).get(reverse("safety:concern", args=[concern.pk])).status_code == 200
    }
    assert found == acts == pages
    return found


def test_only_who_opened_it_and_the_attention_officer(cast: Cast) -> None:
    name_on_team(cast.actor("carla"), cast.mila, cast.lotte, "mentor")
    concern = opened(cast)
    assert who_see(cast, concern) == {"fatima"}
    post = appoint(cast.actor("marit"), cast.carla, "officer")
    assert who_see(cast, concern) == {"fatima", "carla"}
    end_post(cast.actor("marit"), post)
    assert who_see(cast, concern) == {"fatima"}


def test_who_stands_in_sees_nothing(cast: Cast) -> None:
    concern = opened(cast)
    Absence.objects.create(
        membership=cast.fatima, cover=cast.lotte, starts=TODAY, ends=TODAY + timedelta(days=5)
    )
    assert who_see(cast, concern) == {"fatima"}


def test_who_left_sees_nothing(cast: Cast) -> None:
    opened(cast)
    cast.fatima.ends = TODAY
    cast.fatima.save()
    assert not queries.concerns(cast.actor("fatima"))


def test_a_mark_and_family_beat_everything(cast: Cast) -> None:
    concern = opened(cast)
    appoint(cast.actor("marit"), cast.carla, "officer")
    name_member(cast.actor("fatima"), concern, cast.lotte, "Was erbij.")
    for who in (cast.carla, cast.fatima):
        NegativeMark.objects.create(
            child=cast.mila, person=who.person, mark="restriction", reason="x", starts=LONG_AGO
        )
    Guardian.objects.create(
        child=cast.mila,
        person=cast.lotte.person,
        kind="parent",
        has_authority=False,
        starts=LONG_AGO,
    )
    assert who_see(cast, concern) == set()


def test_a_suspicion_goes_to_the_holder_and_not_to_the_officer(cast: Cast) -> None:
    appoint(cast.actor("marit"), cast.carla, "officer")
    appoint(cast.actor("marit"), cast.marit, "holder")
    concern = opened(cast, "staff", "lotte")
    assert who_see(cast, concern) == {"fatima", "marit"}
    told = {"text": "Direct gebeld.", "with_whom": "Inspectie"}
    with pytest.raises(Denied):
        record(cast.actor("fatima"), concern, "inspector", Told(**told))
    record(cast.actor("fatima"), concern, "told", Told(**told))
    with pytest.raises(Denied):
        record(cast.actor("marit"), concern, "police", Told(**told))
    record(cast.actor("marit"), concern, "inspector", Told(**told))
    assert record(cast.actor("marit"), concern, "police", Told(**told))


@pytest.mark.parametrize("task", ["holder", "officer"])
@pytest.mark.parametrize("accused", ["marit", "carla", "lotte"])
def test_who_is_accused_finds_nothing(cast: Cast, task: str, accused: str) -> None:
    """Also with a task, also when named by somebody, also as administrator of the installation."""
    appoint(cast.actor("marit"), cast.people[accused], task)
    concern = opened(cast, "staff", accused)
    with pytest.raises(Denied):
        name_member(cast.actor("fatima"), concern, cast.people[accused], "Per ongeluk.")
    SafetyMember.objects.create(
        concern=concern,
        membership=cast.people[accused],
        why="x",
        named_by=cast.fatima,
        starts=LONG_AGO,
    )
    person = cast.people[accused].person
    person.is_staff = person.is_superuser = True
    person.save()
    assert who_see(cast, concern) == {"fatima"}
    assert accused not in {
        each.person.name.lower() for each in queries.to_name(cast.actor("fatima"), concern)
    }
    with pytest.raises(NotVisible):
        record(
            cast.actor(accused),
            concern,
            "closed",
            Told("Niets aan de hand.", ground="other", reason="x"),
        )
    admin = cast.client(accused).get("/admin/", follow=True).content.decode().lower()
    assert "safety" not in admin and "concern" not in admin


def test_is_it_the_holder_then_the_employee_reports(cast: Cast) -> None:
    appoint(cast.actor("marit"), cast.marit, "holder")
    concern = opened(cast, "staff", "marit")
    shown = queries.record_of(cast.actor("fatima"), concern)
    assert shown.holder is None
    assert [stand.part for stand in shown.stands] == ["signals", "inspector", "police"]
    record(cast.actor("fatima"), concern, "inspector", Told("Gebeld."))
    assert record(cast.actor("fatima"), concern, "police", Told("Aangifte gedaan."))


def test_nobody_accuses_themselves(cast: Cast) -> None:
    with pytest.raises(Denied):
        opened(cast, "staff", "fatima")
    with pytest.raises(Denied):
        opened(cast, "staff")


def test_the_screen_tells_no_name(cast: Cast) -> None:
    concern = opened(cast)
    client = cast.client("fatima")
    for url in (reverse("safety:concerns"), reverse("safety:concern", args=[concern.pk])):
        words = client.get(url).content.decode()
        heads = re.findall(r"<(?:title|h\d)[^>]*>(.*?)</", words, re.S)
        assert heads and not any("Mila" in each or "Jansen" in each for each in heads)
    assert "Mila" not in client.get(reverse("safety:concerns")).content.decode()


def test_the_line_offers_it_to_staff_of_the_place_only(cast: Cast) -> None:
    there = reverse("safety:start", args=[cast.mila.pk])
    line = reverse("web:line", args=[cast.mila.pk])
    shown = {name for name in HATS if there in cast.client(name).get(line).content.decode()}
    assert shown == {"fatima", "lotte", "carla"}


def test_the_list_costs_the_same_for_one_and_for_three(cast: Cast) -> None:
    client, counts = cast.client("fatima"), []
    for more in (1, 2):
        for _ in range(more):
            opened(cast)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            client.get(reverse("safety:concerns"))
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 12


def test_whom_it_is_about_is_found_by_name(cast: Cast) -> None:
    client, page = cast.client("fatima"), f"/safety/start/{cast.mila.pk}/?about=staff"
    told = {"facts": "Zij zag het.", "accused_find": "Carla"}
    found = client.post(page, told)
    assert found.status_code == 200
    assert f'value="{cast.carla.pk}"' in found.content.decode()
    client.post(page, {**told, "accused_found": "Carla", "accused": str(cast.carla.pk)})
    concern = Concern.objects.unrestricted(reason="test").get()
    assert list(concern.accused.values_list("person", flat=True)) == [cast.carla.person_id]
