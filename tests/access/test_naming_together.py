"""Naming several people at once: as one by one, with one row in the trail."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alert4you.access.commands.consent import answer_consent, ask_consent
from alert4you.access.commands.team import name_all_on_team, name_on_team, release_from_team
from alert4you.access.models import CareTeamMember
from alert4you.access.rules.consent import Terms
from alert4you.kernel.decision import Denied
from alert4you.kernel.models import AuditRecord
from tests.cast import TODAY, Cast

NAME = "access.name_all_on_team"


def team(cast: Cast) -> set[tuple[object, str, str]]:
    rows = CareTeamMember.objects.filter(child=cast.mila, ends=None)
    return set(rows.values_list("membership", "purpose", "why"))


def test_each_for_a_purpose_of_its_own_and_nobody_twice(cast: Cast) -> None:
    carla = cast.actor("carla")
    before = team(cast)
    people = [
        (cast.fatima, "support"),
        (cast.sanne, "coaching"),
        (cast.sanne, ""),
        (cast.fatima, ""),
        (cast.sanne, "coaching"),
    ]
    named = name_all_on_team(carla, cast.mila, people, "Samsam")
    assert team(cast) - before == {
        (cast.fatima.pk, "", "Samsam"),
        (cast.sanne.pk, "coaching", "Samsam"),
        (cast.sanne.pk, "support", "Samsam"),
    }
    assert [each.membership for each in named] == [who for who, _purpose in people]
    assert len({each.pk for each in named}) == 3
    assert {each.starts for each in named} == {TODAY}


def test_who_was_named_already_stays_as_it_was(cast: Cast) -> None:
    carla = cast.actor("carla")
    first = name_on_team(carla, cast.mila, cast.fatima, "mentor")
    gone = name_on_team(carla, cast.mila, cast.lotte, "mentor")
    release_from_team(carla, cast.mila, cast.lotte)
    again = name_all_on_team(carla, cast.mila, [(cast.fatima, ""), (cast.lotte, "")], "Samsam")
    assert (again[0].pk, again[0].why) == (first.pk, "mentor")
    assert (again[1].pk != gone.pk, again[1].why) == (True, "Samsam")


def test_the_trail_names_them_all_in_one_row(cast: Cast) -> None:
    named = name_all_on_team(
        cast.actor("carla"), cast.mila, [(cast.fatima, ""), (cast.lotte, "")], "Samsam"
    )
    record = AuditRecord.objects.get(name=NAME)
    assert record.subject_id == cast.mila.pk
    assert record.records == {"careteammember": [str(each.pk) for each in named]}


@pytest.mark.parametrize("why", ["Samsam", " "])
def test_one_who_cannot_be_named_stops_them_all(cast: Cast, why: str) -> None:
    carla, before = cast.actor("carla"), team(cast)
    asked = ask_consent(carla, cast.mila, cast.youthcare, "support", Terms(["day"], "verder"))
    answer_consent(cast.actor("anna"), asked, {"day": "refused"})
    who = cast.sanne if why.strip() else cast.lotte
    with pytest.raises(Denied):
        name_all_on_team(carla, cast.mila, [(cast.fatima, ""), (who, "coaching")], why)
    assert team(cast) == before
    assert AuditRecord.objects.get(name=NAME).outcome == AuditRecord.Outcome.REFUSED


def test_nobody_of_a_municipality_is_among_them(cast: Cast) -> None:
    before = team(cast)
    with pytest.raises(Denied):
        name_all_on_team(
            cast.actor("carla"), cast.mila, [(cast.fatima, ""), (cast.gemma, "support")], "Samsam"
        )
    assert team(cast) == before


def test_three_cost_as_much_as_one(cast: Cast) -> None:
    carla = cast.actor("carla")
    name_all_on_team(carla, cast.mila, [(cast.marit, "")], "Eerst")  # what is kept is built
    numbers = []
    for people in ([cast.fatima], [cast.lotte, cast.carla, cast.marit]):
        with CaptureQueriesContext(connection) as asked:
            name_all_on_team(carla, cast.mila, [(who, "") for who in people], "Samsam")
        numbers.append(len(asked))
    assert numbers[0] == numbers[1]
