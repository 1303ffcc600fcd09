"""What an attacker tried, and what must never work again."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from alert4you.access.commands.consent import (
    answer_consent,
    ask_consent,
    record_answer,
    withdraw_consent,
)
from alert4you.access.commands.marks import forbid
from alert4you.access.commands.places import place_child
from alert4you.access.commands.team import name_on_team
from alert4you.access.models import ConsentRequest, Mark
from alert4you.access.policy import running_consents
from alert4you.access.queries.consent import standing
from alert4you.access.queries.trail import who_looked
from alert4you.access.rules.consent import Terms
from alert4you.children.commands import Terms as PlaceTerms
from alert4you.children.commands import name_guardian
from alert4you.children.models import Child, Guardian, Standing
from alert4you.kernel import reading
from alert4you.kernel.decision import Denied
from alert4you.kernel.models import AuditRecord
from alert4you.organisations.commands import report_absence
from alert4you.organisations.models import Group, Location, Membership, Person, Role
from tests.cast import LONG_AGO, NOW, TODAY, Cast


@pytest.fixture
def outsider(cast: Cast) -> Membership:
    """The care coordinator of the school, to whom both parents said yes for the day on the group."""
    ilse = Membership.objects.create(
        person=Person.objects.create(name="Ilse", email="ilse@example.org"),
        organisation=cast.school,
        role=Role.CARE_COORDINATOR,
        starts=LONG_AGO,
    )
    cast.people["ilse"] = ilse
    request = asked(cast, ilse)
    for parent in ("anna", "bram"):
        answer_consent(cast.actor(parent), request, {"day": "given"})
    return ilse


def asked(cast: Cast, named: Membership | None = None) -> ConsentRequest:
    if named is not None:
        name_on_team(cast.actor("carla"), cast.mila, named, "naar school", "education")
    terms = Terms(["day"], "naar school")
    return ask_consent(cast.actor("carla"), cast.mila, cast.school, "education", terms)


def test_a_guest_does_not_make_herself_a_colleague(cast: Cast, outsider: Membership) -> None:
    assert Child.objects.visible_to(cast.actor("ilse")).exists()
    with pytest.raises(Denied):
        name_on_team(cast.actor("ilse"), cast.mila, outsider, "ik hoor erbij")
    answer = cast.client("ilse").post(
        f"/children/{cast.mila.pk}/team/", {"join": "1", "join-why": "x", "join-once": uuid4()}
    )
    assert answer.status_code == 403


def test_who_may_not_know_the_child_does_not_place_it(cast: Cast, outsider: Membership) -> None:
    school = Location.objects.create(organisation=cast.school, name="School", setting="school")
    group = Group.objects.create(location=school, name="Groep 1")
    request = ConsentRequest.objects.get(organisation=cast.school)
    withdraw_consent(cast.actor("anna"), request)
    with pytest.raises(Denied):
        place_child(cast.actor("ilse"), cast.mila, group, TODAY, None, PlaceTerms([]))


@pytest.mark.parametrize(("who", "proof"), [("marit", "paspoort, gezien door Carla"), ("anna", "")])
def test_nobody_becomes_a_guardian_by_her_own_pen(cast: Cast, who: str, proof: str) -> None:
    """Not oneself, and not without what was shown of the authority."""
    person = cast.people[who]
    person = person.person if isinstance(person, Membership) else person
    Guardian.objects.filter(person=person).delete()
    with pytest.raises(Denied):
        name_guardian(cast.actor("marit"), cast.mila, person, Standing(True, proof=proof), TODAY)


def test_a_restricted_parent_does_not_read_the_agreement(cast: Cast) -> None:
    request = asked(cast)
    assert cast.client("bram").get(f"/sharing/{request.pk}/").status_code == 200
    forbid(cast.actor("carla"), cast.mila, cast.bram, Mark.RESTRICTION, "rechter")
    assert cast.client("bram").get(f"/sharing/{request.pk}/").status_code == 404


def test_staff_do_not_turn_a_no_that_a_parent_gave_in_person(cast: Cast) -> None:
    request = asked(cast)
    answer_consent(cast.actor("bram"), request, {"day": "given"})
    answer_consent(cast.actor("anna"), request, {"day": "refused"})
    anna = Guardian.objects.get(person=cast.anna)
    said: dict[str, Any] = {"how": "in_talk", "witness": "Lotte was erbij"}
    with pytest.raises(Denied):
        record_answer(cast.actor("carla"), request, anna, {"day": "given"}, **said)
    assert not running_consents(NOW + timedelta(minutes=2), TODAY).exists()
    answer_consent(cast.actor("anna", minutes=3), request, {"day": "given"})
    record_answer(cast.actor("carla", minutes=4), request, anna, {"day": "refused"}, **said)
    assert not running_consents(NOW + timedelta(minutes=5), TODAY).exists()


def test_a_changed_answer_counts(cast: Cast) -> None:
    request, once = asked(cast), str(uuid4())
    answer_consent(cast.actor("bram"), request, {"day": "given"})
    browser = cast.client("anna")
    browser.post(f"/sharing/{request.pk}/", {"about_day": "given", "once": once})
    browser.post(f"/sharing/{request.pk}/", {"about_day": "refused", "once": once})
    assert not running_consents(NOW + timedelta(seconds=1), TODAY).exists()


def test_a_group_worker_does_not_shut_out_a_parent(cast: Cast) -> None:
    with pytest.raises(Denied):
        forbid(cast.actor("fatima"), cast.mila, cast.anna, Mark.RESTRICTION, "ruzie")


def test_only_a_colleague_stands_in(cast: Cast) -> None:
    with pytest.raises(Denied):
        report_absence(cast.actor("carla"), cast.carla, cast.stranger, TODAY, TODAY + timedelta(1))


def test_that_another_organisation_helps_is_for_the_parents_to_share(
    cast: Cast, outsider: Membership
) -> None:
    name_on_team(cast.actor("carla"), cast.mila, cast.sanne, "kanarie", "coaching")
    team = f"/children/{cast.mila.pk}/team/"
    for who in ("ilse", "marit"):
        for page in (team, f"/children/{cast.mila.pk}/"):
            assert b"kanarie" not in cast.client(who).get(page).content, (who, page)
    for who in ("anna", "carla", "fatima"):
        assert b"kanarie" in cast.client(who).get(team).content, who


def test_where_the_child_is_leaves_a_trace(cast: Cast) -> None:
    cast.client("carla").get(f"/children/{cast.mila.pk}/")
    record = AuditRecord.objects.get(action="R")
    assert "placement" in record.records


def test_the_other_parent_is_among_who_looked(cast: Cast) -> None:
    cast.client("bram").get(f"/children/{cast.mila.pk}/")
    assert [look.person for look in who_looked(cast.actor("anna"), [cast.mila])] == ["Bram Jansen"]
    assert who_looked(cast.actor("bram"), [cast.mila]) == []


def test_reading_how_a_consent_stands_leaves_a_trace(cast: Cast) -> None:
    request = asked(cast)
    with reading.reading() as seen:
        assert standing(cast.actor("carla"), cast.mila, cast.school, "education") is not None
    assert seen[cast.mila.pk] == {request.record_kind: {str(request.pk)}}
