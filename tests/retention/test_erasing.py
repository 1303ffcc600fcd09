"""Shown first, approved by two people, gone in one go; and what stops it."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from alert4you.access.commands.consent import ask_consent
from alert4you.access.commands.marks import end_mark, protect
from alert4you.access.models import ContactCard, Entry, Mark
from alert4you.access.rules.consent import Terms
from alert4you.children.models import Child, Guardian, Placement
from alert4you.coaching.models import Contact
from alert4you.kernel.decision import Denied
from alert4you.kernel.models import AuditRecord
from alert4you.notes.commands.writing import write_group_note, write_note
from alert4you.organisations.models import Person
from alert4you.organisations.queries import system_actor
from alert4you.practices.commands.publishing import load_library
from alert4you.retention import tasks
from alert4you.retention.commands import (
    approve_erasure,
    choose_term,
    propose_erasure,
    withdraw_approval,
)
from alert4you.retention.models import Why
from alert4you.safety.commands import open_concern
from alert4you.safety.rules import Start
from tests.architecture.world import CANARY, make_trajectory
from tests.cast import NOW, Cast, make_child
from tests.retention.conftest import DUE, LEFT, Place

DAY = timedelta(days=1)


@pytest.fixture
def left(cast: Cast, place: Place) -> Place:
    """Mila left on 30 November 2026, with two notes; so two years later the file is due."""
    write_note(cast.actor("fatima"), cast.mila, "Ze speelde.")
    write_note(cast.actor("carla"), cast.mila, "Ze groeit.", "care")
    place.leaves(cast.mila)
    return place


def entries() -> int:
    return Entry.objects.unrestricted(reason="test").count()


def test_the_night_shows_it_first_and_deletes_nothing(cast: Cast, left: Place) -> None:
    left.night(DUE - DAY)
    assert left.listed == []
    left.night(DUE)
    [erasure] = left.listed
    [line] = erasure.shown
    assert (line.kind, line.began, line.due) == ("childcare_file", LEFT, date(2028, 11, 30))
    assert line.counts == {"note": 2, "children.Placement": 1, "access.CareTeamMember": 1}
    left.night(DUE + DAY)
    assert entries() == 2 and left.listed == [erasure]


def test_it_goes_after_two_people_and_not_after_one(cast: Cast, left: Place) -> None:
    left.night()
    [erasure] = left.listed
    approve_erasure(cast.actor("olga"), erasure)
    assert tasks.erase_approved(DUE) == 0 and entries() == 2
    with pytest.raises(Denied):
        approve_erasure(cast.actor("olga"), erasure)
    approve_erasure(cast.actor("marit"), erasure)
    assert tasks.erase_approved(DUE) == 1 and entries() == 0
    assert not Child.objects.unrestricted(reason="test").exists()
    assert not Person.objects.filter(name__contains="Jansen").exists()


def test_the_same_person_in_another_hat_is_one_person(cast: Cast, left: Place) -> None:
    left.night()
    [erasure] = left.listed
    approve_erasure(cast.actor("marit"), erasure)
    second = cast.add("second", "care_coordinator", "nursery")
    second.person = cast.marit.person
    second.save()
    with pytest.raises(Denied):
        approve_erasure(cast.actor("second"), erasure)


def test_one_of_the_two_is_the_privacy_officer_where_there_is_one(cast: Cast, left: Place) -> None:
    left.night()
    [erasure] = left.listed
    approve_erasure(cast.actor("carla"), erasure)
    with pytest.raises(Denied):
        approve_erasure(cast.actor("marit"), erasure)
    cast.olga.ends = DUE.date()
    cast.olga.save()
    assert approve_erasure(cast.actor("marit"), erasure)


@pytest.mark.parametrize("hat", ["fatima", "sanne", "gemma", "stranger", "anna"])
def test_nobody_else_approves(cast: Cast, left: Place, hat: str) -> None:
    left.night()
    with pytest.raises(Denied):
        approve_erasure(cast.actor(hat), left.listed[0])


def test_the_proof_tells_what_by_whom_and_when_and_no_content(cast: Cast, left: Place) -> None:
    about = cast.mila.pk
    left.goes()
    [proof] = left.erasures
    assert proof.executed_at == DUE and proof.child_id is None and proof.reason == ""
    assert proof.shown[0].counts["note"] == 2
    assert {each.membership for each in proof.approvals.all()} == {cast.olga, cast.carla}
    record = AuditRecord.objects.get(name="retention.carry_out")
    assert record.subject_id == about and record.lane == cast.nursery.pk
    assert record.records == {"erasure": [str(proof.pk)], "digest": [proof.digest]}


def test_another_child_and_another_organisation_stay(cast: Cast, left: Place) -> None:
    noor = make_child(cast, "Noor", "Bakker", date(2024, 1, 1))
    write_note(cast.actor("fatima"), noor, "Noor bleef.")
    theirs = Entry.by(
        cast.actor("stranger"),
        child=cast.mila,
        organisation=cast.elsewhere,
        kind="note",
        category="day",
    )
    cast.elsewhere.kind = "youth_care_provider"
    cast.elsewhere.save()
    left.goes()
    rows = Entry.objects.unrestricted(reason="test")
    assert set(rows.values_list("child", flat=True)) == {noor.pk, cast.mila.pk}
    assert rows.get(child=cast.mila).pk == theirs.pk
    assert (
        cast.mila.first_name
        == Child.objects.unrestricted(reason="test").get(pk=cast.mila.pk).first_name
    )


def test_a_legal_hold_stops_it_and_is_shown(cast: Cast, left: Place) -> None:
    places = Placement.objects.unrestricted(reason="test").filter(child=cast.mila)
    places.update(ends=None)
    hold = protect(cast.actor("carla"), cast.mila, Mark.LEGAL_HOLD, "Een klacht loopt.")
    left.leaves(cast.mila)
    left.night()
    [erasure] = left.listed
    with pytest.raises(Denied):
        approve_erasure(cast.actor("olga"), erasure)
    hold.ends = DUE.date()
    hold.save()
    left.two_say_yes(erasure)
    hold.ends = None
    hold.save()
    assert tasks.erase_approved(DUE) == 0 and entries() == 2
    assert not erasure.approvals.exists(), "who approved looks again after the hold"
    hold.ends = DUE.date()
    hold.save()
    left.night(DUE + DAY)
    [erasure] = left.listed
    left.two_say_yes(erasure)
    assert tasks.erase_approved(DUE) == 1


def test_an_open_concern_stops_it_and_the_list_does_not_tell(cast: Cast, left: Place) -> None:
    left.night()
    left.two_say_yes(left.listed[0])
    Placement.objects.unrestricted(reason="test").update(ends=None)
    open_concern(cast.actor("fatima"), Start(cast.mila, "home", "Een blauwe plek."))
    left.leaves(cast.mila)
    assert tasks.erase_approved(DUE) == 0 and entries() == 2
    left.night(DUE + DAY)
    assert left.listed == []
    assert cast.client("olga").get("/retention/").status_code == 200
    assert "zorg" not in str(left.erasures[0].lines)


def test_a_child_who_comes_back_stops_it(cast: Cast, left: Place) -> None:
    left.night()
    left.two_say_yes(left.listed[0])
    Placement.objects.create(child=cast.mila, group=cast.group, basis="contract", starts=DUE.date())
    assert tasks.erase_approved(DUE) == 0 and entries() == 2
    left.night(DUE + DAY)
    assert left.listed == []


def test_what_came_since_is_shown_anew_and_approved_anew(cast: Cast, left: Place) -> None:
    left.night()
    left.two_say_yes(left.listed[0])
    Entry.by(
        cast.actor("carla"), child=cast.mila, organisation=cast.nursery, kind="note", category="day"
    )
    assert tasks.erase_approved(DUE) == 0 and entries() == 3
    [erasure] = left.listed
    assert erasure.shown[0].counts["note"] == 3 and not erasure.approvals.exists()
    left.two_say_yes(erasure)
    assert tasks.erase_approved(DUE) == 1


def test_a_yes_can_be_taken_back_until_it_goes(cast: Cast, left: Place) -> None:
    left.night()
    [erasure] = left.listed
    left.two_say_yes(erasure)
    withdraw_approval(cast.actor("carla"), erasure)
    assert tasks.erase_approved(DUE) == 0 and entries() == 2
    with pytest.raises(Denied):
        withdraw_approval(cast.actor("marit"), erasure)


def test_the_coach_notes_go_while_the_child_is_still_here(cast: Cast, place: Place) -> None:
    """Coaching without youth care ended on 1 March 2026: two years later its notes go, not the file."""
    write_note(cast.actor("fatima"), cast.mila, "Ze speelde.")
    Entry.by(
        cast.actor("carla"),
        date(2026, 3, 1),
        child=cast.mila,
        organisation=cast.nursery,
        kind="observation",
        category="development",
    )
    place.night(timezone.make_aware(datetime(2028, 2, 29, 3)))
    assert place.listed == []
    place.goes(timezone.make_aware(datetime(2028, 3, 1, 3)))
    [line] = place.erasures[0].shown
    assert line.counts == {"observation": 1} and line.kind == "coaching_notes"
    assert entries() == 1 and cast.mila in Child.objects.unrestricted(reason="test")


def test_notes_of_the_group_go_after_five_years(cast: Cast, place: Place) -> None:
    write_group_note(cast.actor("fatima"), cast.group, "Een nieuwe zandbak.")
    place.night(timezone.make_aware(datetime(2031, 11, 19, 3)))
    assert place.listed == []
    place.goes(timezone.make_aware(datetime(2031, 11, 20, 3)))
    assert entries() == 0 and place.erasures[0].shown[0].kind == "group_notes"


def test_a_shorter_choice_holds_from_the_next_night(cast: Cast, left: Place) -> None:
    choose_term(cast.actor("olga"), "childcare_file", 12)
    left.night(timezone.make_aware(datetime(2027, 11, 30, 3)))
    assert left.listed[0].shown[0].due == date(2027, 11, 30)
    with pytest.raises(Denied):
        choose_term(cast.actor("olga"), "childcare_file", 36)
    with pytest.raises(Denied):
        choose_term(cast.actor("fatima"), "childcare_file", 12)


def test_a_request_counts_as_the_first_yes_and_waits_for_no_term(cast: Cast, left: Place) -> None:
    erasure = propose_erasure(cast.actor("carla"), cast.mila, reason="De ouders vroegen het.")
    assert tasks.erase_approved(NOW) == 0
    approve_erasure(cast.actor("olga"), erasure)
    assert tasks.erase_approved(NOW) == 1 and entries() == 0
    erasure.refresh_from_db()
    assert (erasure.why, erasure.reason) == (Why.REQUEST, "")


def test_a_request_about_some_entries_takes_only_those(cast: Cast, left: Place) -> None:
    first, second = Entry.objects.unrestricted(reason="test").order_by("text")
    erasure = propose_erasure(cast.actor("carla"), cast.mila, [first], "Dit klopt niet.")
    approve_erasure(cast.actor("olga"), erasure)
    write_note(cast.actor("carla"), cast.mila, "Iets anders.", "care")
    assert tasks.erase_approved(NOW) == 1
    kept = set(Entry.objects.unrestricted(reason="test").values_list("pk", flat=True))
    assert first.pk not in kept and second.pk in kept and len(kept) == 2
    erasure.refresh_from_db()
    assert erasure.shown[0].counts == {"note": 1} and erasure.chosen is None


def test_a_request_is_stopped_by_a_hold_with_the_reason(cast: Cast, left: Place) -> None:
    Placement.objects.unrestricted(reason="test").update(ends=None)
    hold = protect(cast.actor("carla"), cast.mila, Mark.LEGAL_HOLD, "Een klacht loopt.")
    with pytest.raises(Denied):
        propose_erasure(cast.actor("carla"), cast.mila)
    end_mark(cast.actor("carla"), hold, "Klaar.")
    assert propose_erasure(cast.actor("carla"), cast.mila)


def test_what_another_record_cannot_do_without_stays_with_it(cast: Cast, left: Place) -> None:
    """A trajectory that was asked to go stays while its plan does."""
    load_library(system_actor(NOW))
    Placement.objects.unrestricted(reason="test").update(ends=None)
    talk = {"kind": "talk", "category": "talk", "organisation": cast.nursery}
    Contact.by(cast.actor("carla"), child=cast.mila, parents_present=True, **talk)
    trajectory = make_trajectory(cast, iter([CANARY] * 9))
    erasure = propose_erasure(cast.actor("carla"), cast.mila, [trajectory])
    assert erasure.shown == []
    both = [trajectory, *trajectory.plans.unrestricted(reason="test")]
    erasure = propose_erasure(cast.actor("carla"), cast.mila, both)
    assert erasure.shown[0].counts == {"plan": 1, "trajectory": 1}


def test_the_night_looks_once_and_says_so_in_the_trail(cast: Cast, left: Place) -> None:
    left.night()
    left.night(DUE + timedelta(hours=1))
    assert AuditRecord.objects.filter(name=tasks.NIGHTLY).count() == 1


def test_the_privacy_officer_hears_of_it_once_and_reads_no_name(
    cast: Cast, left: Place, mailoutbox: list
) -> None:
    left.night()
    left.night(DUE + DAY)
    [mail] = mailoutbox
    assert mail.to == ["olga@example.org"] and "Mila" not in mail.subject + mail.body


def test_where_a_parent_can_be_reached_goes_with_the_file_and_not_with_the_proof(
    cast: Cast, left: Place
) -> None:
    """Who agreed to what stays five years; a telephone number is no proof of anything."""
    guardian = Guardian.objects.get(child=cast.mila, person=cast.anna)
    ContactCard.objects.unrestricted(reason="test").create(
        guardian=guardian, phone="0612345678", written_by=cast.carla.person, at=NOW
    )
    Placement.objects.unrestricted(reason="test").update(ends=None)
    ask_consent(cast.actor("carla"), cast.mila, cast.school, "education", Terms(["day"], "Samen."))
    left.leaves(cast.mila)
    left.goes()
    assert Guardian.objects.filter(pk=guardian.pk).exists()
    assert not ContactCard.objects.unrestricted(reason="test").exists()


def test_what_was_asked_and_is_due_the_same_night_goes_once(cast: Cast, left: Place) -> None:
    left.night()
    propose_erasure(cast.actor("carla"), cast.mila)
    for erasure in left.listed:
        left.two_say_yes(erasure)
    assert tasks.erase_approved(DUE) == 1 and entries() == 0
    other = next(each for each in left.erasures if each.executed_at is None)
    assert other.stopped_at == DUE and other.child_id is None
