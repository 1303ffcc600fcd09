"""Somebody out of a whole country, as the forms that name people find and check her."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alert4you.access.models import CareTeamMember, ConsentRequest
from alert4you.organisations.models import Membership, Organisation, Person, Role
from alert4you.ui.finding import MATCHES, WHOLE
from tests.access.browsing import page, sends
from tests.cast import LONG_AGO, TODAY, Cast

BOX = "Niet in de lijst? Zoek op naam"


def coaches(number: int, organisation: Organisation, name: str = "Jansen") -> list[Membership]:
    """So many, called Coach 000 Jansen and on."""
    people = [Person(name=f"Coach {each:03} {name}") for each in range(number)]
    Person.objects.bulk_create(people)
    hats = [
        Membership(person=who, organisation=organisation, role=Role.COACH, starts=LONG_AGO)
        for who in people
    ]
    return Membership.objects.bulk_create(hats)


def offered(shown: str) -> set[str]:
    """The ids in the list of whom one can name."""
    found = re.search(r'<select name="name-who".*?</select>', shown, re.DOTALL)
    return set(re.findall(r'value="([^"]+)"', found[0])) if found else set()


def found(shown: str) -> list[str]:
    """The names that can be tapped, besides the one that was chosen already."""
    below = shown.partition('id="id_name-who_matches"')[2]
    return re.findall(r'<span class="a4-choice__text">([^<]+)<', below)


@pytest.fixture
def team(cast: Cast) -> str:
    return f"/children/{cast.mila.pk}/team/"


@pytest.fixture
def looks_up(cast: Cast, team: str) -> Callable[..., str]:
    def ask(words: str, **more: Any) -> str:
        told = {"name": "1", "name-who_find": words, "look_up": "1", **more}
        return sends(cast, "carla", team, **told).content.decode()

    return ask


def test_words_without_end_find_nobody_and_are_no_fault(looks_up: Callable[..., str]) -> None:
    assert found(looks_up("Jansen" * 20_000)) == []


def test_a_few_are_all_in_the_list_and_of_many_who_is_likely(cast: Cast, team: str) -> None:
    shown = page(cast, "carla", team)
    assert {str(cast.pieter.pk), str(cast.koen.pk)} < offered(shown)
    assert BOX not in shown
    many = coaches(WHOLE, cast.youthcare)
    shown = page(cast, "carla", team)
    likely = {cast.fatima, cast.lotte, cast.carla, cast.marit, cast.olga, cast.sanne}
    assert offered(shown) == {str(each.pk) for each in likely}
    assert not offered(shown) & {str(each.pk) for each in many}
    assert BOX in shown


def test_who_is_found_can_be_chosen_and_what_was_written_stays(
    cast: Cast, team: str, looks_up: Callable[..., str]
) -> None:
    coaches(WHOLE, cast.youthcare)
    shown = looks_up("piet", **{"name-why": "leest met haar", "name-purpose": "education"})
    assert found(shown) == [cast.pieter.person.name]
    assert 'value="leest met haar"' in shown
    assert "Nog niet opgeslagen" not in shown
    told = {"name-who": str(cast.pieter.pk), "name-why": "leest met haar", "name": "1"}
    seen = {"name-who_find": "piet", "name-who_found": "piet", "name-purpose": "education"}
    sends(cast, "carla", team, **told, **seen)
    assert CareTeamMember.objects.filter(membership=cast.pieter, why="leest met haar").exists()


def test_words_that_were_not_looked_up_yet_are_first_whatever_is_pressed(
    cast: Cast, team: str
) -> None:
    """Without JavaScript Enter in the box presses the button that saves."""
    told = {"name-who": str(cast.lotte.pk), "name-why": "mentor", "name": "1"}
    answer = sends(cast, "carla", team, **told, **{"name-who_find": "piet"})
    assert found(answer.content.decode()) == [cast.pieter.person.name]
    assert not CareTeamMember.objects.filter(membership=cast.lotte).exists()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("koen", ["Koen"]),
        ("KOEN youthcare", ["Koen"]),
        ("ko", ["Koen"]),
        ("oe", []),
        ("koen school", []),
        ("k", []),
        ("gemma", []),
        ("an", ["Anton de Wit"]),
        ("de wit", ["Anton de Wit"]),
    ],
    ids=str,
)
def test_whom_words_find(
    cast: Cast, looks_up: Callable[..., str], words: str, expected: list[str]
) -> None:
    cast.koen.person.name = "Koen"
    cast.koen.person.save()
    [anton] = coaches(1, cast.school)
    Person.objects.filter(pk=anton.person_id).update(name="Anton de Wit")
    assert found(looks_up(words)) == expected


def test_colleagues_come_first_and_of_many_the_first_twenty(
    cast: Cast, looks_up: Callable[..., str]
) -> None:
    coaches(MATCHES, cast.youthcare)
    shown = looks_up("jansen")
    assert len(found(shown)) == MATCHES
    assert "20 gevonden." in shown
    Person.objects.filter(pk=cast.lotte.person_id).update(name="Zus Jansen")
    shown = looks_up("jansen")
    assert found(shown) == ["Zus Jansen", *(f"Coach {n:03} Jansen" for n in range(MATCHES - 1))]
    assert "Dit zijn de eerste 20. Typ meer van de naam om anderen te zien." in shown


def test_nobody_who_may_not_be_chosen_is_found_or_taken(
    cast: Cast, team: str, looks_up: Callable[..., str]
) -> None:
    """A municipality, somebody who left, a parent, an id of nobody."""
    [left] = coaches(1, cast.youthcare, "Vertrokken")
    Membership.objects.filter(pk=left.pk).update(ends=TODAY)
    assert "Niemand gevonden met “vertrokken”" in looks_up("vertrokken")
    for who in (cast.gemma.pk, left.pk, cast.anna.pk, "x", "all:1"):
        told = {"name-who": str(who), "name-why": "x", "name": "1", "name-purpose": "coaching"}
        shown = sends(cast, "carla", team, **told).content.decode()
        assert "Deze keuze kan niet (meer). Kies opnieuw." in shown
    assert not CareTeamMember.objects.exclude(membership=cast.carla).exists()


def test_it_costs_the_same_in_a_town_and_in_a_country(
    cast: Cast, team: str, looks_up: Callable[..., str]
) -> None:
    coaches(WHOLE, cast.youthcare)
    told = {"name-who": str(cast.koen.pk), "name-why": "", "name": "1"}
    ways = [
        lambda: page(cast, "carla", team),
        lambda: looks_up("jansen"),
        lambda: sends(cast, "carla", team, **told),
    ]
    small = [_asked(way) for way in ways]
    coaches(1000, cast.youthcare)
    assert [_asked(way) for way in ways] == small


def _asked(way: Callable[[], object]) -> tuple[int, int]:
    with CaptureQueriesContext(connection) as asked:
        way()
    return len(asked), sum("organisations_membership" in each["sql"] for each in asked)


def test_an_organisation_is_found_and_asked_as_a_whole(cast: Cast) -> None:
    coaches(WHOLE, cast.youthcare)
    ask = f"/children/{cast.mila.pk}/sharing/ask/"
    shown = page(cast, "carla", ask)
    assert f"all:{cast.school.pk}" not in shown
    shown = sends(cast, "carla", ask, step="0", who_find="school", look_up="1").content.decode()
    assert f'value="all:{cast.school.pk}"' in shown
    assert "wie precies, volgt later" in shown
    told = {"who": f"all:{cast.school.pk}", "purpose": "education", "categories": ["plan"]}
    sends(cast, "carla", ask, **told, why="Samen kijken.", until="2026-12-20", content_from=TODAY)
    assert ConsentRequest.objects.get(child=cast.mila).organisation == cast.school
