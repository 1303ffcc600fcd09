"""The way to another party: with the parents, with one lead, until a person closes it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from alert4you.access.commands.consent import withdraw_consent
from alert4you.access.models import CareTeamMember, ConsentRequest
from alert4you.children.commands import end_placement
from alert4you.children.models import Placement
from alert4you.coaching.commands.contacts import Details
from alert4you.kernel.decision import Denied, NotVisible
from alert4you.manifests.commands import sign
from alert4you.manifests.queries import to_sign
from alert4you.manifests.rules import Receipt
from alert4you.notes.commands.writing import write_note
from alert4you.organisations.models import Absence
from alert4you.referrals.commands import ways
from alert4you.referrals.commands.hours import log_guidance
from alert4you.referrals.models import Referral
from alert4you.referrals.queries.ways import asked_of, kept_by, referrals, way, who_waits
from alert4you.referrals.rules.hours import Route
from alert4you.referrals.rules.ways import Ask, Receiver
from tests.cast import LONG_AGO, NOW, TODAY
from tests.referrals.conftest import AGAIN, Way

YESTERDAY = TODAY - timedelta(days=1)


# Beginning --------------------------------------------------------------------------------------


def test_it_begins_with_the_parents_and_one_lead(way: Way) -> None:
    referral = way.refer()
    request = ConsentRequest.objects.get(organisation=way.cast.school)
    assert request.purpose == "handover"
    assert {each.category for each in request.consents.all()} == {"plan", "development"}
    named = CareTeamMember.objects.filter(child=way.cast.mila).values_list("membership", flat=True)
    assert {way.cast.carla.pk, way.cast.marit.pk, way.cast.pieter.pk} <= set(named)
    assert (referral.asked_on, referral.is_waiting) == (None, False)


@pytest.mark.parametrize("who", ["stranger", "sanne", "gemma", "anna", "pieter"])
def test_only_own_staff_begin(way: Way, who: str) -> None:
    cast = way.cast
    with pytest.raises(Denied):
        ways.start_referral(
            cast.actor(who), cast.mila, Receiver(cast.school), Ask("x"), cast.carla, cast.marit
        )
    assert not Referral.objects.unrestricted(reason="test").exists()


@pytest.mark.parametrize(
    ("lead", "cover", "says"),
    [
        ("carla", "carla", "same person"),
        ("sanne", "carla", "works here"),
        ("carla", "sanne", "works here"),
    ],
)
def test_one_lead_and_somebody_else_as_cover(way: Way, lead: str, cover: str, says: str) -> None:
    cast = way.cast
    people = [cast.people[name] for name in (lead, cover)]
    with pytest.raises(Denied, match=says):
        ways.start_referral(
            cast.actor("carla"), cast.mila, Receiver(cast.school), Ask("x"), *people
        )
    referral = way.refer()
    with pytest.raises(Denied, match=says):
        ways.pass_coordination(cast.actor("carla"), referral, *people)


@pytest.mark.parametrize(
    "broken",
    [
        {"lead": None},
        {"cover": None},
        {"cover": "lead"},
        {"to": None},
        {"accepted_on": TODAY},
        {"asked_on": TODAY, "started_on": TODAY},
        {"closed_on": TODAY},
        {"outcome": "started"},
    ],
    ids=str,
)
def test_the_database_refuses_what_must_never_be(way: Way, broken: dict[str, Any]) -> None:
    referral = way.refer()
    fields = {key: referral.lead if value == "lead" else value for key, value in broken.items()}
    rows = Referral.objects.unrestricted(reason="test").filter(pk=referral.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(**fields)


def test_a_party_in_words_is_asked_with_the_yes_of_the_parents_in_words(way: Way) -> None:
    referral = way.refer(words="De logopedist in het dorp")
    carla = way.cast.actor("carla")
    with pytest.raises(Denied, match="how the parents said yes"):
        ways.ask_party(carla, referral, TODAY, AGAIN)
    rows = Referral.objects.unrestricted(reason="test").filter(pk=referral.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(asked_on=TODAY)
    ways.ask_party(carla, referral, TODAY, AGAIN, "Anna zei ja; Marit was erbij.")
    assert referral.is_waiting
    assert not ConsentRequest.objects.exists()


def test_no_municipality_and_nobody_who_does_not_work_there(way: Way) -> None:
    cast = way.cast
    for receiver in (Receiver(cast.town), Receiver(cast.school, contact=cast.koen)):
        with pytest.raises(Denied, match="municipality|does not work there"):
            ways.start_referral(
                cast.actor("carla"), cast.mila, receiver, Ask("x"), cast.carla, cast.marit
            )


# The parents ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ([], "have not agreed yet"),
        ([("given", "anna")], "have not agreed yet"),
        ([("later", "anna")], "have not agreed yet"),
        ([("given", "anna"), ("refused", "bram")], "do not want this party"),
    ],
)
def test_nothing_is_asked_before_the_parents_agree(
    way: Way, answers: list[tuple[str, str]], says: str
) -> None:
    referral = way.refer()
    for answer, who in answers:
        way.says(answer, who)
    with pytest.raises(Denied, match=says):
        ways.ask_party(way.cast.actor("carla"), referral, TODAY, AGAIN)
    assert not referrals(way.cast.actor("pieter")).exists()


def test_a_refused_party_cannot_be_referred_to(way: Way) -> None:
    way.refer()
    way.says("refused", "anna")
    with pytest.raises(Denied, match="do not want this party"):
        way.refer()


def test_the_party_sees_it_while_the_consent_runs(way: Way) -> None:
    referral = way.asked()
    pieter = way.cast.actor("pieter")
    assert asked_of(pieter) == [referral]
    withdraw_consent(way.cast.actor("bram"), ConsentRequest.objects.get(purpose="handover"))
    assert asked_of(pieter) == []
    with pytest.raises(NotVisible):
        way_page(way, "pieter", referral)


def way_page(story: Way, who: str, referral: Referral) -> Any:
    return way(story.cast.actor(who), referral.pk)


def test_the_parents_see_the_same_page(way: Way) -> None:
    referral = way.asked()
    page = way_page(way, "anna", referral)
    assert page.referral.text == "Kijken hoe Mila leert."
    assert page.lead == way.cast.carla
    assert not (page.powers.work or page.powers.lead or page.powers.answer)
    with pytest.raises(NotVisible):
        way_page(way, "oscar", referral)


# What the party says ----------------------------------------------------------------------------


def test_waiting_from_the_asking_until_the_yes(way: Way) -> None:
    referral, carla = way.asked(), way.cast.actor("carla")
    assert [each.pk for each in who_waits(carla)] == [referral.pk]
    ways.hear_party(carla, referral, "Er is een wachtlijst.", AGAIN, "waiting")
    page = way_page(way, "carla", referral)
    assert [(each.words, each.obstacle) for each in page.answers] == [
        ("Er is een wachtlijst.", "waiting")
    ]
    ways.accept_referral(way.cast.actor("pieter"), referral, TODAY, "Welkom.")
    assert who_waits(carla) == []
    assert referral.ask_again_on is None
    assert [each.pk for each in kept_by(carla)] == [referral.pk]


@pytest.mark.parametrize(
    ("act", "says"),
    [
        (lambda carla, it: ways.hear_party(carla, it, "Nog niet.", AGAIN), "not been asked"),
        (lambda carla, it: ways.accept_referral(carla, it, TODAY), "not been asked"),
        (lambda carla, it: ways.record_start(carla, it, TODAY), "not said yes"),
    ],
)
def test_one_step_after_the_other(way: Way, act: Callable[..., Any], says: str) -> None:
    with pytest.raises(Denied, match=says):
        act(way.cast.actor("carla"), way.refer())


@pytest.mark.parametrize(
    ("on", "says"),
    [(TODAY + timedelta(days=1), "still has to come"), (YESTERDAY, "lies before")],
)
def test_days_in_order(way: Way, on: date, says: str) -> None:
    referral, carla = way.asked(), way.cast.actor("carla")
    with pytest.raises(Denied, match=says):
        ways.accept_referral(carla, referral, on)
    with pytest.raises(Denied, match="lies ahead"):
        ways.hear_party(carla, referral, "Nog niet.", TODAY)
    with pytest.raises(Denied, match="day on which you ask again"):
        ways.hear_party(carla, referral, "Nog niet.")


@pytest.mark.parametrize("who", ["anna", "stranger", "koen", "sanne"])
def test_others_do_not_speak_for_the_party(way: Way, who: str) -> None:
    with pytest.raises(Denied):
        ways.accept_referral(way.cast.actor(who), way.asked(), TODAY)


# Until a person closes it -----------------------------------------------------------------------


def test_the_coordination_outlives_the_place(way: Way) -> None:
    referral, cast = way.asked(), way.cast
    place = Placement.objects.unrestricted(reason="test").get(child=cast.mila)
    end_placement(cast.actor("marit"), place, TODAY)
    cast.go_to(NOW + timedelta(days=30))
    assert not Placement.objects.on(cast.actor("carla").today).unrestricted(reason="t").exists()
    assert [each.pk for each in kept_by(cast.actor("carla"))] == [referral.pk]
    assert not referrals(cast.actor("lotte")).exists()
    ways.hear_party(
        cast.actor("carla"), referral, "Bijna.", cast.actor("carla").today + timedelta(days=7)
    )


def test_only_a_person_closes_it_and_as_started_only_when_it_has(way: Way) -> None:
    referral, carla = way.asked(), way.cast.actor("carla")
    with pytest.raises(Denied, match="has not started yet"):
        ways.close_referral(carla, referral, "started", "Klaar.")
    ways.accept_referral(carla, referral, TODAY)
    ways.record_start(carla, referral, TODAY)
    assert kept_by(carla)
    with pytest.raises(Denied, match="Only whoever keeps hold"):
        ways.close_referral(way.cast.actor("fatima"), referral, "started", "Klaar.")
    with pytest.raises(Denied, match="Nobody has signed yet"):
        ways.close_referral(carla, referral, "started", "Klaar.")
    [manifest] = to_sign(way.cast.actor("pieter"))
    sign(way.cast.actor("pieter"), manifest, Receipt())
    ways.close_referral(carla, referral, "started", "Alles is overgedragen.")
    assert kept_by(carla) == []
    with pytest.raises(Denied, match="was closed"):
        ways.tell_meanwhile(carla, referral, "Nog iets.")


def test_the_cover_closes_it_too(way: Way) -> None:
    ways.close_referral(
        way.cast.actor("marit"), way.asked(), "withdrawn", "Anna wil het niet meer."
    )
    assert kept_by(way.cast.actor("carla")) == []


def test_who_is_away_is_covered(way: Way) -> None:
    referral = way.asked()
    Absence.objects.create(
        membership=way.cast.carla,
        cover=way.cast.marit,
        starts=TODAY,
        ends=TODAY + timedelta(days=7),
    )
    assert [each.pk for each in kept_by(way.cast.actor("marit"))] == [referral.pk]
    assert way_page(way, "anna", referral).lead == way.cast.marit


def test_passing_it_on(way: Way) -> None:
    referral, cast = way.asked(), way.cast
    with pytest.raises(Denied, match="keeps hold"):
        ways.pass_coordination(cast.actor("fatima"), referral, cast.lotte, cast.marit)
    ways.pass_coordination(cast.actor("carla"), referral, cast.lotte, cast.carla)
    assert [each.pk for each in kept_by(cast.actor("lotte"))] == [referral.pk]
    assert kept_by(cast.actor("carla")) == []


# A no, and taking it back -----------------------------------------------------------------------


def test_the_party_answers_by_a_day_and_who_is_late_stands_first(way: Way) -> None:
    """The same day is the clock of both sides."""
    pieter, late = way.cast.actor("pieter"), way.asked(way.another("Noor", 1))
    Referral.objects.unrestricted(reason="test").filter(pk=late.pk).update(ask_again_on=YESTERDAY)
    soon = way.asked()
    assert [each.pk for each in asked_of(pieter)] == [late.pk, soon.pk]
    later = AGAIN + timedelta(days=7)
    ways.hear_party(pieter, soon, "Wij overleggen nog.", later, "waiting")
    assert way_page(way, "carla", soon).referral.ask_again_on == later


def test_a_no_has_a_reason_and_stays_with_the_lead(way: Way) -> None:
    referral, cast = way.asked(), way.cast
    with pytest.raises(Denied, match="why not"):
        ways.refuse_referral(cast.actor("pieter"), referral, TODAY, " ", "no_place")
    ways.refuse_referral(cast.actor("pieter"), referral, TODAY, "Wij zijn vol.", "no_place")
    assert asked_of(cast.actor("pieter")) == who_waits(cast.actor("carla")) == []
    assert [each.pk for each in kept_by(cast.actor("carla"))] == [referral.pk]
    page = way_page(way, "anna", referral)
    assert [(each.words, each.obstacle) for each in page.answers] == [("Wij zijn vol.", "no_place")]
    with pytest.raises(Denied, match="said no already"):
        ways.refuse_referral(cast.actor("carla"), referral, TODAY, "Nog eens nee.")
    ways.accept_referral(cast.actor("pieter"), referral, TODAY, "Er is toch plek.")
    assert (referral.accepted_on, referral.refused_on) == (TODAY, None)


def test_only_a_parent_takes_it_back_and_then_nobody_asks_any_more(way: Way) -> None:
    referral, cast = way.asked(), way.cast
    for who in ("carla", "pieter"):
        with pytest.raises(Denied, match="Only the parents"):
            ways.revoke_referral(cast.actor(who), referral, "Toch niet.")
    ways.revoke_referral(cast.actor("anna"), referral, "Wij willen het eerst zelf proberen.")
    assert asked_of(cast.actor("pieter")) == who_waits(cast.actor("carla")) == []
    assert [each.pk for each in kept_by(cast.actor("carla"))] == [referral.pk]
    for act in (ways.accept_referral, ways.record_start):
        with pytest.raises(Denied):
            act(cast.actor("pieter"), referral, TODAY)
    ways.close_referral(cast.actor("carla"), referral, "withdrawn", "Anna probeert het zelf.")
    with pytest.raises(Denied, match="was closed"):
        ways.revoke_referral(cast.actor("anna"), referral, "Nog eens.")


def test_at_the_start_goes_along_what_was_written_since(way: Way) -> None:
    referral, pieter = way.asked(), way.cast.actor("pieter")
    sign(pieter, to_sign(pieter)[0], Receipt())
    write_note(way.cast.actor("lotte"), way.cast.mila, "Mila telt tot tien.", "development")
    for act in (ways.accept_referral, ways.record_start):
        act(pieter, referral, TODAY)
    [rest] = to_sign(pieter)
    assert [len(line.sent) for line in rest.sent] == [1]


# Meanwhile --------------------------------------------------------------------------------------


def test_bridging_minutes_are_those_after_the_asking_until_the_start(way: Way) -> None:
    followed = way.follow("kober-zorgteam", care_team=way.cast.sanne)
    way.work(followed, "plan-talk", 30)
    referral, carla = way.asked(trajectory=followed), way.cast.actor("carla")
    assert way_page(way, "carla", referral).minutes == 0
    log_guidance(
        carla, way.cast.mila, "meanwhile", "Voorgelezen.", Route(referral), Details(minutes=20)
    )
    way.cast.go_to(NOW + timedelta(days=7))
    later = way.cast.actor("carla")
    log_guidance(
        later, way.cast.mila, "meanwhile", "Gespeeld.", Route(referral), Details(minutes=25)
    )
    way.work(followed, "plan-talk", 30)
    assert way_page(way, "carla", referral).minutes == 75
    for each in (ways.accept_referral, ways.record_start):
        each(later, referral, later.today)
    assert way_page(way, "carla", referral).minutes == 45
    assert [each.contact.text for each in way_page(way, "anna", referral).support] == [
        "Gespeeld.",
        "Voorgelezen.",
    ]


def test_what_is_not_shared_is_not_on_the_page_of_the_party(way: Way) -> None:
    """The party may know the plan; what happens on the group it may not."""
    referral = way.asked(categories=["plan"])
    log_guidance(
        way.cast.actor("carla"),
        way.cast.mila,
        "meanwhile",
        "Voorgelezen.",
        Route(referral),
        Details(minutes=20),
    )
    assert len(way_page(way, "carla", referral).support) == 1
    assert len(way_page(way, "pieter", referral).support) == 0


def test_oldest_first(way: Way) -> None:
    older, newer = way.another("Noor", 1), way.another("Sem", 2)
    waiting = [way.asked(child) for child in (newer, older)]
    Referral.objects.unrestricted(reason="test").filter(pk=waiting[1].pk).update(asked_on=LONG_AGO)
    assert [each.child for each in who_waits(way.cast.actor("carla"))] == [older, newer]
