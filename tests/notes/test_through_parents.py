"""Help from elsewhere, requests the parents carry, what can be done after a no, what others say."""

from datetime import timedelta

import pytest

from alert4you.access.commands.consent import answer_consent, ask_consent
from alert4you.access.models import CareTeamMember, ConsentRequest
from alert4you.access.rules.consent import Terms
from alert4you.children.models import Guardian
from alert4you.kernel.decision import Denied, NotVisible
from alert4you.notes import queries
from alert4you.notes.commands.parents import (
    ask_through_parents,
    carry,
    note_involved,
    set_ask_again,
    tell_answer,
)
from alert4you.notes.commands.place import note_complaint, set_vision
from alert4you.notes.models import Carried, Complaint
from tests.cast import TODAY, Cast

ASKED = "Wil zij een keer komen kijken?"


def asked(cast: Cast) -> Carried:
    return ask_through_parents(cast.actor("carla"), cast.mila, "de psychiater", ASKED)


def refuse(cast: Cast) -> None:
    no = ask_consent(cast.actor("carla"), cast.mila, cast.school, "education", Terms(["day"], "."))
    answer_consent(cast.actor("anna"), no, {"day": "refused"})


def test_who_helps_already_is_written_down_and_nobody_is_contacted(cast: Cast) -> None:
    told_by = Guardian.objects.get(person=cast.anna)
    before = (ConsentRequest.objects.count(), CareTeamMember.objects.count())
    note_involved(cast.actor("carla"), cast.mila, "een logopedist", "praten", told_by=told_by)
    note_involved(cast.actor("bram"), cast.mila, "oma", "slapen")
    assert (ConsentRequest.objects.count(), CareTeamMember.objects.count()) == before
    for who in ("carla", "anna", "bram"):
        found = {each.party for each in queries.involved(cast.actor(who), cast.mila)}
        assert found == {"een logopedist", "oma"}
    assert not queries.involved(cast.actor("lotte"), cast.mila)
    for who, party in (("sanne", "x"), ("stranger", "x"), ("carla", " ")):
        with pytest.raises(Denied):
            note_involved(cast.actor(who), cast.mila, party, "iets")


def test_a_request_runs_through_the_parents(cast: Cast) -> None:
    request = asked(cast)
    assert list(queries.asked_of_parents(cast.actor("anna"))) == [request]
    with pytest.raises(Denied):
        tell_answer(cast.actor("anna"), request, "Ja.")
    client = cast.client("anna")
    client.post(f"/asked/{request.pk}/", {"will": "yes"})
    client.post(f"/asked/{request.pk}/", {"text": "Ze komt graag."})
    found = queries.request(cast.actor("carla"), request.pk)
    assert (bool(found.carried_at), found.answer) == (True, "Ze komt graag.")
    with pytest.raises(NotVisible):
        queries.request(cast.actor("pieter"), request.pk)


def test_rather_not_is_an_answer_too(cast: Cast) -> None:
    request = asked(cast)
    cast.client("bram").post(f"/asked/{request.pk}/", {"will": "no"})
    found = queries.request(cast.actor("anna"), request.pk)
    assert found.declined_at
    for will in (True, False):
        with pytest.raises(Denied):
            carry(cast.actor("carla"), found, will)
    page = cast.client("anna").get(f"/asked/{request.pk}/").content.decode()
    assert "<textarea" not in page


def test_after_a_no_the_page_says_what_can_still_be_done(cast: Cast) -> None:
    refuse(cast)
    client, page = cast.client("carla"), f"/children/{cast.mila.pk}/around/"
    shown = client.get(page).content.decode()
    for address in ("/questions/ask/?about=child_in_group", f"{page}ask/?party=school"):
        assert f'href="{address}' in shown
    again = TODAY + timedelta(weeks=8)
    client.post(f"{page}{cast.school.pk}/", {"on": again.isoformat(), "why": "Nieuwe juf"})
    (found,) = queries.refused(cast.actor("carla"), cast.mila)
    assert (found.organisation, found.again, found.why) == (cast.school, again, "Nieuwe juf")
    assert "ask/?party" not in cast.client("anna").get(page).content.decode()


def test_no_page_for_a_party_that_was_not_refused(cast: Cast) -> None:
    refuse(cast)
    page = f"/children/{cast.mila.pk}/around/{cast.youthcare.pk}/"
    assert cast.client("carla").get(page).status_code == 404
    with pytest.raises(Denied):
        set_ask_again(cast.actor("carla"), cast.mila, cast.school, TODAY)
    with pytest.raises(Denied):
        set_ask_again(cast.actor("sanne"), cast.mila, cast.school, TODAY + timedelta(days=9))


def test_a_complaint_holds_no_child(cast: Cast) -> None:
    assert "child" not in {field.name for field in Complaint._meta.get_fields()}
    fatima = cast.actor("fatima")
    for text in ("Mila is lastig.", "Het kind van Anna is lastig.", "Mila's gedrag"):
        with pytest.raises(Denied):
            note_complaint(fatima, cast.location, text)
    with pytest.raises(Denied):
        note_complaint(cast.actor("stranger"), cast.location, "Ik betaal.")
    set_vision(cast.actor("marit"), "Iedereen hoort erbij.")
    page = f"/locations/{cast.location.pk}/said/"
    answer = cast.client("fatima").post(page, {"text": "Mila is lastig."})
    assert "Mila is lastig." in answer.content.decode() and not Complaint.objects.exists()
    cast.client("fatima").post(page, {"text": "Ik betaal, dus geen moeilijke kinderen."})
    assert Complaint.objects.get().explained == "Iedereen hoort erbij."
    assert "Iedereen hoort erbij." in cast.client("lotte").get(page).content.decode()


def test_the_words_to_parents_are_of_who_runs_the_place(cast: Cast) -> None:
    with pytest.raises(Denied):
        set_vision(cast.actor("fatima"), "Iets anders.")
    assert queries.explanation_of(cast.nursery.pk) == queries.default_explanation()
