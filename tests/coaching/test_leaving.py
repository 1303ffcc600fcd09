"""Leaving after a talk: learnt from, supported, counted; and what a coach takes over and gives back."""

from datetime import timedelta

import pytest
from django.test import Client

from alert4you.access.models import Entry, Kind
from alert4you.children.commands import end_placement
from alert4you.children.models import Placement
from alert4you.coaching.commands.leaving import ask_for_debrief, decline_debrief, tell_why_left
from alert4you.coaching.commands.take_overs import agree_take_overs, give_back, take_over
from alert4you.coaching.commands.talks import Card, hold_talk, prepare_talk
from alert4you.coaching.models import Debrief, Leaving, TakeOver, TalkForm, WhyLeft
from alert4you.coaching.queries.leaving import careful_with, exits, offers
from alert4you.coaching.queries.questions import question
from alert4you.coaching.queries.take_overs import overdue, per_coach, taken
from alert4you.kernel.decision import Denied, NotVisible
from tests.cast import TODAY, Cast, make_child
from tests.coaching.conftest import Told

SOON = TODAY + timedelta(days=7)


def ended(cast: Cast, days: int = 1) -> Placement:
    place = Placement.objects.unrestricted(reason="test").get(child=cast.mila)
    return end_placement(cast.actor("marit"), place, TODAY + timedelta(days=days))


def leave(cast: Cast, why: str = WhyLeft.AFTER_TALK) -> Leaving:
    worker = cast.fatima if why == WhyLeft.AFTER_TALK else None
    return tell_why_left(cast.actor("marit"), ended(cast), why, worker, "Eerder samen kijken.")


def test_the_place_ends_one_way_and_then_one_question_at_a_time(cast: Cast) -> None:
    client: Client = cast.client("marit")
    place = Placement.objects.unrestricted(reason="test").get(child=cast.mila)
    line = client.get(f"/children/{cast.mila.pk}/")
    assert line.status_code == 200
    page = f"/children/{cast.mila.pk}/place/{place.pk}/end/"
    why = client.post(page, {"last_day": TODAY.isoformat()}).url
    assert why == f"/places/{place.pk}/why/"
    talk = client.post(why, {"why": "after_talk"}).url
    assert not Leaving.objects.unrestricted(reason="test").exists()
    assert client.post(talk, {"worker": str(cast.fatima.pk)}).url == why
    client.post(why, {"text": "Eerder samen kijken."})
    left = Leaving.objects.unrestricted(reason="test").get()
    assert (left.why, left.worker, left.text, left.internal) == (
        WhyLeft.AFTER_TALK,
        cast.fatima,
        "Eerder samen kijken.",
        True,
    )


def test_it_is_internal_and_told_once(cast: Cast) -> None:
    left = leave(cast)
    seen = {
        who: Entry.objects.visible_to(cast.actor(who)).filter(pk=left.pk).exists()
        for who in ("carla", "fatima", "anna", "bram", "sanne")
    }
    assert seen == {"carla": True, "fatima": False, "anna": False, "bram": False, "sanne": False}
    with pytest.raises(Denied):
        tell_why_left(cast.actor("marit"), left.placement, WhyLeft.MOVED)


def test_who_may_tell_why(cast: Cast) -> None:
    place = Placement.objects.unrestricted(reason="test").get(child=cast.mila)
    with pytest.raises(Denied):
        tell_why_left(cast.actor("marit"), place, WhyLeft.MOVED)
    place = ended(cast)
    for who, why in (("fatima", "moved"), ("sanne", "moved"), ("marit", "after_talk")):
        with pytest.raises(Denied):
            tell_why_left(cast.actor(who), place, why)


def test_support_in_one_tap_without_a_child_and_past_the_manager(cast: Cast) -> None:
    leave(cast)
    assert "Wil je napraten" in cast.client("fatima").get("/agenda/").content.decode()
    assert list(offers(cast.actor("marit"))) == list(offers(cast.actor("lotte"))) == []
    debrief = Debrief.objects.get()
    answer = cast.client("fatima").post(f"/looking-back/{debrief.pk}/")
    debrief.refresh_from_db()
    assert answer.url == f"/questions/{debrief.question_id}/"
    asked = question(cast.actor("sanne"), debrief.question_id)
    assert (asked.kind, asked.child) == (Kind.QUESTION, None)
    with pytest.raises(NotVisible):
        question(cast.actor("marit"), debrief.question_id)
    with pytest.raises(Denied):
        ask_for_debrief(cast.actor("fatima"), debrief)


def test_rather_not_is_fine_and_only_hers_to_say(cast: Cast) -> None:
    leave(cast)
    debrief = Debrief.objects.get()
    with pytest.raises(Denied):
        decline_debrief(cast.actor("marit"), debrief)
    cast.client("fatima").post(f"/looking-back/{debrief.pk}/", {"decline": "1"})
    assert list(offers(cast.actor("fatima"))) == []


def test_the_next_talk_is_not_held_alone_and_the_one_after_may_be(cast: Cast, told: Told) -> None:
    told.fatima_is_mentor()
    easy, fatima = Card("Vesper gaat naar school.", 1, 3), cast.actor("fatima")
    assert easy.fields(cast.fatima)["form"] == TalkForm.WORKER_LEADS
    leave(cast)
    assert careful_with([cast.fatima, cast.lotte]) == {cast.fatima.pk}
    card = prepare_talk(fatima, cast.mila, cast.fatima, TODAY, easy)
    assert card.form == TalkForm.TOGETHER
    page = f"/children/{cast.mila.pk}/talk/?suggest=1&complexity=1&wants_to_learn=3&worker="
    shown = cast.client("fatima").get(page + str(cast.fatima.pk)).content.decode()
    assert "liep moeilijk af" in shown
    cast.go_to(fatima.at + timedelta(minutes=5))
    hold_talk(cast.actor("fatima"), card, "Het ging goed.")
    assert careful_with([cast.fatima]) == set()


def test_the_manager_counts_and_names_nobody(cast: Cast) -> None:
    leave(cast)
    (found,) = exits(cast.actor("marit"), [cast.location]).values()
    assert (found.number, found.after_talk) == (1, 1)
    page = cast.client("marit").get("/coach/").content.decode()
    assert "na een gesprek over zorgen" in page
    assert "Mila" not in page and "Fatima" not in page
    assert "na een gesprek" not in cast.client("fatima").get("/coach/").content.decode()


# Taking over


def agree(cast: Cast, may: str = "Gesprek", never: str = "Groep") -> None:
    agree_take_overs(
        cast.actor("marit"),
        cast.location,
        cast.youthcare,
        [may],
        [never],
        TODAY + timedelta(weeks=8),
    )


def take(cast: Cast, task: str = "Gesprek", text: str = "", who: str = "sanne") -> TakeOver:
    return take_over(cast.actor(who), cast.location, task, SOON, text)


def test_only_what_was_agreed_is_taken_over(cast: Cast) -> None:
    with pytest.raises(Denied):
        take(cast)
    agree(cast)
    for task, text, who in (
        ("Groep", "", "sanne"),
        ("De was", "", "sanne"),
        ("Gesprek", "Met Anna.", "sanne"),
        ("Gesprek", "", "koen"),
        ("Gesprek", "", "fatima"),
    ):
        with pytest.raises(Denied):
            take(cast, task, text, who)
    found = take(cast)
    assert (found.child, found.title, found.give_back_by) == (None, "Gesprek", SOON)
    assert list(taken(cast.actor("fatima"))) == list(taken(cast.actor("marit"))) == [found]
    assert list(taken(cast.actor("stranger"))) == []


def test_the_agreement_has_both_lists_and_the_right_party(cast: Cast) -> None:
    marit, later = cast.actor("marit"), TODAY + timedelta(weeks=8)
    for who, party, may, never, review in (
        (marit, cast.youthcare, [], ["Groep"], later),
        (marit, cast.youthcare, ["Gesprek"], [], later),
        (marit, cast.youthcare, ["Gesprek"], ["gesprek"], later),
        (marit, cast.youthcare, ["Gesprek"], ["Groep"], TODAY),
        (marit, cast.school, ["Gesprek"], ["Groep"], later),
        (cast.actor("fatima"), cast.youthcare, ["Gesprek"], ["Groep"], later),
    ):
        with pytest.raises(Denied):
            agree_take_overs(who, cast.location, party, may, never, review)


def test_overdue_is_flagged_and_counted_until_given_back(cast: Cast) -> None:
    agree(cast)
    found = take(cast)
    cast.go_to(cast.actor("sanne").at + timedelta(days=8))
    marit, sanne = cast.actor("marit"), cast.actor("sanne")
    assert list(overdue(marit)) == [found]
    (coach,) = per_coach(marit)
    assert (coach.name, coach.number, coach.open, coach.overdue) == ("Sanne", 1, 1, 1)
    assert "Te laat terug" in cast.client("marit").get("/taken-over/").content.decode()
    with pytest.raises(Denied):
        give_back(cast.actor("fatima"), found)
    give_back(sanne, found, "De groep begint zelf.")
    assert list(overdue(marit)) == []
    with pytest.raises(Denied):
        give_back(sanne, found)


def test_the_safety_note_is_internal(cast: Cast, told: Told) -> None:
    told.fatima_is_mentor()
    make_child(cast, "Vesper", "Laan", TODAY - timedelta(days=900))
    card = prepare_talk(
        cast.actor("fatima"), cast.mila, cast.fatima, SOON, Card("X", 3, 2, safety="Bij de deur.")
    )
    assert "Bij de deur." in cast.client("carla").get(f"/talks/{card.pk}/").content.decode()
    assert cast.client("anna").get(f"/talks/{card.pk}/").status_code == 404
    assert (
        "Bij de deur." not in cast.client("anna").get(f"/children/{cast.mila.pk}/").content.decode()
    )
