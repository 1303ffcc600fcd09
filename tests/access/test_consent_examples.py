"""The twelve worked examples of the field rules (2.3), each as it is written there, on the real policy.

Release of an observation report from a day care to a youth-care team.
"""

import pytest

from alert4you.access.commands.consent import (
    confirm_exception,
    exempt_request,
    record_answer,
    share_by_law,
    withdraw_consent,
)
from alert4you.access.models import Category, Entry
from alert4you.access.queries import consent
from alert4you.access.queries.trail import read_by
from alert4you.access.rules.consent import State, Terms
from alert4you.children.commands import name_guardian
from alert4you.children.models import Child, Standing
from alert4you.kernel.decision import Denied
from alert4you.kernel.models import AuditRecord
from alert4you.organisations.models import Membership
from tests.access.consenting import (
    GIVEN,
    REASON,
    REFUSED,
    ask,
    child_of,
    guardian,
    reads,
    report,
    says,
    supervise,
)
from tests.access.seeing import write
from tests.cast import Cast


def test_1_mother_yes_father_unknown_is_blocked(cast: Cast) -> None:
    child = child_of(cast, 3, "anna", "bram")
    request, entry = ask(cast, child), report(cast, child)
    says(cast, "anna", request, GIVEN)
    assert not reads(cast, "sanne", entry)
    found = consent.agreement(cast.actor("carla"), request.pk)
    assert [each.person for each in found.missing if each] == [cast.bram]


def test_2_both_yes_is_allowed_for_the_named_items_and_parties(cast: Cast) -> None:
    child = child_of(cast, 3, "anna", "bram")
    request, entry = ask(cast, child), report(cast, child)
    for parent in ("anna", "bram"):
        says(cast, parent, request, GIVEN)
    assert reads(cast, "sanne", entry)
    assert not reads(cast, "koen", entry), "a colleague who was not named"
    assert not reads(cast, "pieter", entry), "another party"
    assert not reads(cast, "sanne", write(cast, child=child, category="care")), "another item"


def test_3_withdrawn_is_blocked_from_then_on_and_before_stays_lawful(cast: Cast) -> None:
    child = child_of(cast, 3, "anna", "bram")
    request, entry = ask(cast, child), report(cast, child)
    for parent in ("anna", "bram"):
        says(cast, parent, request, GIVEN)
    assert cast.client("sanne").get(f"/children/{child.pk}/").status_code == 200
    withdraw_consent(cast.actor("bram", hours=1), request)
    assert not reads(cast, "sanne", entry, hours=1)
    assert read_by(cast.actor("anna", hours=2), request) == [entry]
    assert [each.pk for each in consent.ended_for(cast.actor("sanne", hours=2))] == [request.pk]


def test_4_an_objection_without_authority_is_noted_and_stops_nothing(cast: Cast) -> None:
    child = child_of(cast, 3, "anna")
    father = guardian(cast, child, "oscar", has_authority=False)
    request, entry = ask(cast, child), report(cast, child)
    says(cast, "anna", request, GIVEN)
    with pytest.raises(Denied):
        says(cast, "oscar", request, REFUSED)
    carla = cast.actor("carla")
    record_answer(carla, request, father, REFUSED, "in_talk", "Lotte was erbij")
    assert reads(cast, "sanne", entry)
    assert [each.name for each in consent.agreement(carla, request.pk).objecting] == [
        "Oscar Jansen"
    ]
    with pytest.raises(Denied):
        record_answer(carla, request, father, GIVEN, "in_talk", "Lotte was erbij")


def test_5_a_parent_without_authority_has_no_access_to_the_file(cast: Cast) -> None:
    child = child_of(cast, 3, "anna")
    guardian(cast, child, "oscar", has_authority=False)
    assert not reads(cast, "oscar", report(cast, child))
    assert not Child.objects.visible_to(cast.actor("oscar")).filter(pk=child.pk).exists()


def test_6_a_child_of_twelve_that_says_no_blocks(cast: Cast) -> None:
    child = child_of(cast, 12, "anna", "bram")
    request, entry = ask(cast, child), report(cast, child)
    for each, answer in (("anna", GIVEN), ("bram", GIVEN), ("noa", REFUSED)):
        says(cast, each, request, answer)
    assert not reads(cast, "sanne", entry)
    assert consent.agreement(cast.actor("carla"), request.pk).state is State.REFUSED


@pytest.mark.parametrize("ground", ["disadvantage", "wish"])
def test_7_parents_no_blocks_unless_a_professional_records_an_exception(
    cast: Cast, ground: str
) -> None:
    child = child_of(cast, 12, "anna", "bram")
    request, entry = ask(cast, child), report(cast, child)
    for each, answer in (("anna", REFUSED), ("bram", REFUSED), ("noa", GIVEN)):
        says(cast, each, request, answer)
    assert not reads(cast, "sanne", entry)
    carla = cast.actor("carla")
    herself = cast.add("ella", "coach", "youthcare")
    Membership.objects.filter(pk=herself.pk).update(person=cast.carla.person)
    herself.refresh_from_db()
    wrong = [("te kort", cast.koen), *((REASON, by) for by in (cast.carla, cast.pieter, herself))]
    for why, by in wrong:
        with pytest.raises(Denied):
            exempt_request(carla, request, ground, why, by)
    exempt_request(carla, request, ground, REASON, cast.koen)
    assert not reads(cast, "sanne", entry), "until Koen himself says so"
    confirm_exception(cast.actor("koen"), request, True)
    assert reads(cast, "sanne", entry)
    says(cast, "noa", request, REFUSED)
    assert not reads(cast, "sanne", entry)


def test_8_the_institution_with_guardianship_signs_and_the_parents_do_not(cast: Cast) -> None:
    child = child_of(cast, 3, "anna", "bram")
    standing = Standing(True, "institution", cast.town, "beschikking, gezien door Marit")
    name_guardian(
        cast.actor("marit"), child, cast.gemma.person, standing, cast.actor("marit").today
    )
    request, entry = ask(cast, child), report(cast, child)
    with pytest.raises(Denied):
        says(cast, "anna", request, GIVEN)
    assert not reads(cast, "anna", entry), "without authority no access"
    cast.people["voogd"] = cast.gemma.person
    says(cast, "voogd", request, GIVEN)
    assert reads(cast, "sanne", entry)


def test_9_under_supervision_the_institution_gets_what_it_needs_and_others_do_not(
    cast: Cast,
) -> None:
    child = child_of(cast, 3, "anna", "bram")
    institution = supervise(cast, child)
    to_school, entry = ask(cast, child, "school"), report(cast, child)
    for parent in ("anna", "bram"):
        says(cast, parent, to_school, REFUSED)
    terms = Terms(["development"], REASON)
    shared = share_by_law(cast.actor("carla"), child, institution, "asked", terms, cast.ines)
    assert not reads(cast, "ines", entry), "until Ines herself says that she needs it"
    confirm_exception(cast.actor("ines"), shared, True)
    assert reads(cast, "ines", entry)
    assert not reads(cast, "pieter", entry), "others stay blocked"
    logged = AuditRecord.objects.filter(name="access.share_by_law", subject_id=child.pk)
    assert logged.exists()
    shown = cast.client("anna").get("/sharing/").content.decode()
    assert "bescherming organisation" in shown
    with pytest.raises(Denied):
        share_by_law(cast.actor("carla"), child, cast.youthcare, "asked", terms, cast.sanne)
    with pytest.raises(Denied, match="vandaag"):
        share_by_law(cast.actor("carla"), child, institution, "needed", terms, cast.ines)


def test_10_turning_twelve_asks_the_child_from_the_birthday_on(cast: Cast) -> None:
    child = child_of(cast, 12, "anna", "bram", days=3)
    request, entry = ask(cast, child), report(cast, child)
    for parent in ("anna", "bram"):
        says(cast, parent, request, GIVEN)
    assert reads(cast, "sanne", entry, days=2), "the day before the birthday"
    assert not reads(cast, "sanne", entry, days=3), "the birthday"
    says(cast, "noa", request, GIVEN, days=3)
    assert reads(cast, "sanne", entry, days=3, hours=1)


def test_11_a_question_about_the_group_needs_no_consent(cast: Cast) -> None:
    about_the_group = write(
        cast, child=None, group=cast.group, location=cast.location, kind="question"
    )
    assert reads(cast, "sanne", about_the_group)


def test_12_one_child_that_can_be_recognised_needs_consent_beforehand(cast: Cast) -> None:
    entry = write(cast, category=Category.DEVELOPMENT)
    assert not reads(cast, "sanne", entry), "she coaches the location, and that is not enough"
    assert not Child.objects.visible_to(cast.actor("sanne")).exists()
    assert not Entry.objects.visible_to(cast.actor("sanne")).filter(child=cast.mila).exists()
