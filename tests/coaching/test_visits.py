"""Visits and contacts of a coach, and what of them helps the other children."""

from datetime import timedelta

import pytest

from alert4you.access.models import Category, Kind
from alert4you.coaching.commands.contacts import (
    CATEGORY,
    Details,
    add_what_helps_others,
    cancel_visit,
    give_advice,
    log_contact,
    plan_visit,
)
from alert4you.coaching.models import Contact
from alert4you.coaching.queries import contacts as queries
from alert4you.kernel.decision import Denied, NotVisible
from alert4you.organisations.commands import report_absence
from alert4you.practices.rules import vocabulary
from tests.cast import TODAY, Cast
from tests.coaching.conftest import Told

TOMORROW = TODAY + timedelta(days=1)
WEEK = timedelta(days=7)


def test_a_visit_is_planned_seen_by_the_groups_and_cancelled(cast: Cast) -> None:
    client = cast.client("sanne")
    typed = {"location": str(cast.location.pk), "day": TODAY.isoformat(), "purpose": "Lunch"}
    assert client.post("/visits/plan/", typed).url == "/visits/"
    (visit,) = queries.visits_of_week(cast.actor("sanne"))
    assert visit.purpose == "Lunch"
    for address in ("/", "/visits/"):
        assert "Lunch" in cast.client("fatima").get(address).content.decode()
    client.post(f"/visits/{visit.pk}/cancel/")
    assert list(queries.visits_of_week(cast.actor("sanne"))) == []
    assert "Lunch" not in cast.client("fatima").get("/").content.decode()


def test_what_cannot_be_planned(cast: Cast) -> None:
    sanne = cast.actor("sanne")
    with pytest.raises(Denied):
        plan_visit(sanne, cast.location, TODAY - timedelta(days=1))
    with pytest.raises(Denied):
        plan_visit(cast.actor("koen"), cast.location, TOMORROW)
    visit = plan_visit(sanne, cast.location, TOMORROW, "Lunch")
    typed = {"location": str(cast.location.pk), "day": TOMORROW.isoformat(), "purpose": "Nogmaals"}
    page = cast.client("sanne").post("/visits/plan/", typed).content.decode()
    assert "Je hebt hier die dag al een bezoek" in page
    assert "Nogmaals" in page
    cancel_visit(sanne, visit)
    assert plan_visit(sanne, cast.location, TOMORROW).pk != visit.pk


def test_this_week_ends_on_sunday(cast: Cast) -> None:
    sanne = cast.actor("sanne")
    days = [TODAY, TODAY + timedelta(days=2), TODAY + timedelta(days=3), TODAY + 2 * WEEK]
    for day in days:
        plan_visit(sanne, cast.location, day)
    assert [visit.day for visit in queries.visits_of_week(sanne)] == days[:2]
    page = cast.client("sanne").get("/visits/").context
    assert [visit.day for visit in page["this_week"]] == days[:2]
    assert [visit.day for visit in page["next_week"]] == days[2:3]


def test_the_cover_has_the_visits_of_who_is_away(cast: Cast) -> None:
    visit = plan_visit(cast.actor("sanne"), cast.location, TODAY)
    with pytest.raises(NotVisible):
        queries.visit(cast.actor("koen"), visit.pk)
    report_absence(cast.actor("sanne"), cast.sanne, cast.koen, TODAY, TODAY + WEEK)
    assert list(queries.visits_of_week(cast.actor("koen"))) == [visit]
    assert "in plaats van Sanne" in cast.client("koen").get("/visits/").content.decode()


def test_what_happened_during_a_visit(cast: Cast, told: Told) -> None:
    told.parents_agree()
    visit = plan_visit(cast.actor("sanne"), cast.location, TODAY)
    client, address = cast.client("sanne"), f"/visits/{visit.pk}/"
    about_group = {"send": "contact", "child": "group", "kind": "visit", "minutes": "30"}
    refused = client.post(address, {**about_group, "text": "Mila at mee."}).content.decode()
    assert "“Mila”" in refused
    assert "Mila at mee." in refused
    client.post(address, {**about_group, "text": "Meegegeten aan tafel."})
    about_mila = {**about_group, "child": str(cast.mila.pk), "kind": "observation"}
    client.post(address, {**about_mila, "text": "Mila at drie hapjes."})
    found = queries.contacts_of_visit(cast.actor("sanne"), visit)
    group, mila = sorted(found, key=lambda each: each.child is not None)
    assert (group.child, group.location, group.minutes) == (None, cast.location, 30)
    assert (mila.child, mila.kind, mila.visit) == (cast.mila, Kind.OBSERVATION, visit)
    assert Contact.objects.visible_to(cast.actor("anna")).get() == mila


def test_every_contact_owes_an_answer_until_it_has_one(cast: Cast) -> None:
    sanne = cast.actor("sanne")
    owing = log_contact(sanne, Kind.VISIT, "Meegekeken.", location=cast.location)
    done = Details(helps_others="Rust aan tafel.")
    log_contact(sanne, Kind.COACHING, "Gepraat.", location=cast.location, details=done)
    assert list(queries.owes_generalising(sanne)) == [owing]
    client, address = cast.client("sanne"), f"/contacts/{owing.pk}/others/"
    assert "Nog niet opgeslagen" in client.post(address, {"helps_others": " "}).content.decode()
    client.post(address, {"helps_others": "Plaatjes bij de wasbak."})
    assert list(queries.owes_generalising(sanne)) == []
    with pytest.raises(Denied):
        add_what_helps_others(cast.actor("fatima"), owing, "Iets anders.")


def test_a_contact_about_a_child_needs_the_child(cast: Cast, told: Told) -> None:
    address = f"/children/{cast.mila.pk}/contact/"
    assert cast.client("sanne").get(address).status_code == 404
    assert cast.client("marit").get(address).status_code == 403
    told.parents_agree()
    typed = {"kind": "observation", "text": "Ze speelt graag.", "day": TODAY.isoformat()}
    assert cast.client("sanne").post(address, typed).url == f"/children/{cast.mila.pk}/"
    assert Contact.objects.visible_to(cast.actor("anna")).get().text == "Ze speelt graag."


def test_a_coach_writes_down_only_what_she_can_read_afterwards(cast: Cast, told: Told) -> None:
    told.parents_agree()
    address, typed = f"/children/{cast.mila.pk}/contact/", {"kind": "talk", "text": "Gepraat."}
    assert 'value="talk"' not in cast.client("sanne").get(address).content.decode()
    assert cast.client("sanne").post(address, typed).status_code == 200
    told.asks_parents(Category.TALK)
    told.parents_say()
    assert 'value="talk"' in cast.client("sanne").get(address).content.decode()


def test_a_talk_with_the_parents_counts_as_a_parent_contact(cast: Cast) -> None:
    address = f"/children/{cast.mila.pk}/contact/"
    typed = {"kind": "talk", "text": "Gepraat bij de deur.", "day": TODAY.isoformat()}
    cast.client("fatima").post(address, {**typed, "with_parents": "on"})
    cast.client("fatima").post(address, {**typed, "kind": "observation", "with_parents": "on"})
    talks = Contact.objects.visible_to(cast.actor("anna")).filter(parents_present=True)
    assert [talk.kind for talk in talks] == [Kind.TALK]


def test_advice_about_a_child_is_known_on_its_group(cast: Cast, told: Told) -> None:
    told.parents_agree()
    address = f"/children/{cast.mila.pk}/contact/"
    typed = {"kind": "advice", "text": "Leg haar eerder op bed.", "day": TODAY.isoformat()}
    cast.client("sanne").post(address, typed)
    (known,) = queries.must_know(cast.actor("lotte"), [cast.mila.pk])
    assert known.text == "Leg haar eerder op bed."
    with pytest.raises(Denied):
        give_advice(cast.actor("koen"), "Iets.", child=cast.mila)


def test_nobody_logs_in_the_visit_of_somebody_else(cast: Cast) -> None:
    visit = plan_visit(cast.actor("sanne"), cast.location, TODAY)
    told = {"location": cast.location, "details": Details(visit=visit)}
    with pytest.raises(Denied):
        log_contact(cast.actor("carla"), Kind.VISIT, "Even gekeken.", **told)
    assert log_contact(cast.actor("sanne"), Kind.VISIT, "Even gekeken.", **told).visit == visit


def test_what_a_practice_asks_to_do_is_advice_or_a_contact() -> None:
    """A kind that no contact has would be passed over before the policy looks."""
    assert {*vocabulary.KINDS} - {Kind.ADVICE} == {*Contact.kinds} == {*CATEGORY}
