"""The reporting code: what it asks, and what it never asks."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from alert4you.access.commands.consent import answer_consent, ask_consent
from alert4you.access.rules.consent import Terms
from alert4you.kernel.decision import Denied, NotVisible
from alert4you.kernel.models import AuditRecord
from alert4you.safety import commands, queries
from alert4you.safety.commands import appoint, name_member, open_concern, record
from alert4you.safety.models import Act, AppendOnly, Concern
from alert4you.safety.rules import Start, Told
from tests.cast import TODAY, Cast

FIVE = ("Ja.", "Ja, al lang.", "Deels.", "Nee.", "Nee.")
WHY = {"ground": "acute", "reason": "Het kind kan vanavond niet naar huis."}
BOTH = {"must_report": True, "gives_help": True}


@pytest.fixture
def concern(cast: Cast) -> Concern:
    appoint(cast.actor("marit"), cast.carla, "officer")
    return open_concern(cast.actor("fatima"), Start(cast.mila, "home", "Een blauwe plek."))


def put(cast: Cast, concern: Concern, *parts: str) -> None:
    told = {
        "advice": Told("Bel morgen.", party="colleague"),
        "talk": Told("Moeder schrok.", party="parents"),
        "weighing": Told(answers=FIVE),
        "decision": Told(**BOTH),
    }
    for part in parts:
        record(cast.actor("fatima"), concern, part, told[part])


def refused(cast: Cast, concern: Concern, part: str, told: Told, who: str = "fatima") -> str:
    with override("en"), pytest.raises(Denied) as no:
        record(cast.actor(who), concern, part, told)
    with override("en"):
        return f"{no.value.decision.reason} {no.value.decision.instead}"


def test_the_five_steps_in_their_order(cast: Cast, concern: Concern) -> None:
    put(cast, concern, "advice", "talk", "weighing", "decision")
    stands = queries.record_of(cast.actor("carla"), concern).stands
    assert [stand.state for stand in stands] == ["done"] * 5
    assert all(act.day == TODAY for stand in stands for act in stand.acts)


def test_a_decision_without_a_talk_only_with_a_reason(cast: Cast, concern: Concern) -> None:
    put(cast, concern, "advice")
    record(cast.actor("fatima"), concern, "weighing", Told(answers=FIVE, **WHY))
    assert "talk" in refused(cast, concern, "decision", Told(**BOTH))
    only_words = Told(**BOTH, reason="Het is niet veilig.")
    assert "talk" in refused(cast, concern, "decision", only_words)
    assert record(cast.actor("fatima"), concern, "decision", Told(**BOTH, **WHY)).reason


def test_a_step_left_out_with_a_reason_counts_as_there(cast: Cast, concern: Concern) -> None:
    put(cast, concern, "advice")
    refused(cast, concern, "talk", Told(left_out=True))
    refused(cast, concern, "talk", Told(left_out=True, ground="child"))
    left_out = Told(left_out=True, ground="child", reason="Vader dreigde eerder.")
    record(cast.actor("fatima"), concern, "talk", left_out)
    put(cast, concern, "weighing", "decision")
    refused(cast, concern, "signals", left_out)


@pytest.mark.parametrize("name", ["Mila", "mila", "Mila's", "Jansen", "Anna", "BRAM"])
def test_advice_of_veilig_thuis_names_nobody(cast: Cast, concern: Concern, name: str) -> None:
    told = Told(f"Bel bij {name} eerst met de ouders.", party="safe_home")
    assert name.rstrip("s").rstrip("'").lower() in refused(cast, concern, "advice", told).lower()
    assert not Act.objects.unrestricted(reason="test").filter(part="advice").exists()
    colleague = Told(told.text, party="colleague")
    assert record(cast.actor("fatima"), concern, "advice", colleague)
    assert record(cast.actor("fatima"), concern, "advice", Told("Het kind.", party="safe_home"))


def test_a_correction_names_nobody_either(cast: Cast, concern: Concern) -> None:
    act = record(cast.actor("fatima"), concern, "advice", Told("Het kind.", party="safe_home"))
    with pytest.raises(Denied):
        commands.correct(cast.actor("fatima"), act, "Mila sliep slecht.", "Vergeten.")


def test_a_report_asks_no_consent(cast: Cast, concern: Concern) -> None:
    no = ask_consent(cast.actor("carla"), cast.mila, cast.town, "support", Terms(["care"], "Hulp"))
    answer_consent(cast.actor("anna"), no, {"care": "refused"})
    put(cast, concern, "advice", "talk", "weighing", "decision")
    handed = Told("De tijdlijn.", with_whom="Veilig Thuis Oost")
    assert record(cast.actor("fatima"), concern, "handed", handed).with_whom


def test_handed_over_without_a_decision_only_with_a_reason(cast: Cast, concern: Concern) -> None:
    handed = {"text": "De tijdlijn.", "with_whom": "Veilig Thuis Oost"}
    refused(cast, concern, "handed", Told(**handed))
    refused(cast, concern, "handed", Told("De tijdlijn.", **WHY))
    assert record(cast.actor("fatima"), concern, "handed", Told(**handed, **WHY))


@pytest.mark.parametrize(
    ("must_report", "gives_help", "reason", "allowed"),
    [
        (False, False, "", False),
        (False, False, "Het bleek een val van de trap.", True),
        (True, False, "", True),
        (False, True, "", True),
        (None, True, "x", False),
        (True, None, "x", False),
    ],
)
def test_two_decisions(
    cast: Cast,
    concern: Concern,
    must_report: bool | None,
    gives_help: bool | None,
    reason: str,
    allowed: bool,
) -> None:
    put(cast, concern, "advice", "talk", "weighing")
    told = Told(must_report=must_report, gives_help=gives_help, reason=reason)
    if allowed:
        assert record(cast.actor("fatima"), concern, "decision", told)
    else:
        refused(cast, concern, "decision", told)


def test_weighing_answers_all_five_in_own_words(cast: Cast, concern: Concern) -> None:
    put(cast, concern, "advice", "talk")
    refused(cast, concern, "weighing", Told(answers=(*FIVE[:4], "  ")))
    put(cast, concern, "weighing")
    acts = queries.record_of(cast.actor("fatima"), concern).stands[3].acts
    assert [answer for _question, answer in acts[0].weighed] == list(FIVE)


def test_what_is_written_stays(cast: Cast, concern: Concern) -> None:
    fatima = cast.actor("fatima")
    act = record(fatima, concern, "advice", Told("Bel morgen.", party="colleague"))
    commands.correct(fatima, act, "Bel vandaag.", "Verkeerde dag.")
    acts = queries.record_of(fatima, concern).stands[1].acts
    assert [each.text for each in acts] == ["Bel morgen.", "Bel vandaag."]
    act.text = "Iets anders."
    with pytest.raises(AppendOnly):
        act.save()
    with pytest.raises(AppendOnly):
        Act.objects.unrestricted(reason="test").update(text="Iets anders.")


def test_a_day_to_come_and_an_empty_word_are_refused(cast: Cast, concern: Concern) -> None:
    tomorrow = TODAY + timedelta(days=1)
    refused(cast, concern, "advice", Told("Bel.", party="colleague", day=tomorrow))
    refused(cast, concern, "advice", Told("  ", party="colleague"))
    refused(cast, concern, "advice", Told("Bel.", party="parents"))
    refused(cast, concern, "police", Told("Aangifte."))
    for empty in ("", "  "):
        with pytest.raises(Denied):
            open_concern(cast.actor("fatima"), Start(cast.mila, "home", empty))


def test_closing_needs_the_steps_or_a_reason(cast: Cast, concern: Concern) -> None:
    refused(cast, concern, "closed", Told("Het was niets."))
    put(cast, concern, "advice", "talk", "weighing", "decision")
    record(cast.actor("carla"), concern, "closed", Told("Veilig Thuis heeft het nu."))
    assert [row.closed for row in queries.concerns(cast.actor("fatima"))] == [True]


@pytest.mark.parametrize(
    "who", ["sanne", "koen", "pieter", "gemma", "stranger", "olga", "anna", "oscar", "marit"]
)
def test_only_who_works_with_the_child_opens_one(cast: Cast, who: str) -> None:
    with pytest.raises(Denied):
        open_concern(cast.actor(who), Start(cast.mila, "home", "Een blauwe plek."))


def test_the_trail_keeps_it_apart_from_the_child(cast: Cast, concern: Concern) -> None:
    """Parents and reviewers read the trail by child: nothing of a concern stands there."""
    record(cast.actor("fatima"), concern, "advice", Told("Bel.", party="colleague"))
    refused(cast, concern, "decision", Told(**BOTH))
    with pytest.raises(Denied):
        open_concern(cast.actor("koen"), Start(cast.mila, "home", "Iets."))
    for page in ("", "advice/", "who/"):
        cast.client("fatima").get(f"/safety/{concern.pk}/{page}")
    cast.client("fatima").get(f"/safety/start/{cast.mila.pk}/?about=staff")
    cast.client("koen").get(f"/safety/start/{cast.mila.pk}/")
    trail = AuditRecord.objects.filter(name__startswith="safety")
    assert not trail.filter(subject_id=cast.mila.pk).exists()
    assert not AuditRecord.objects.filter(subject_id=cast.mila.pk, name__contains="safety").exists()
    assert trail.filter(subject_id=concern.pk, name="safety.record", outcome=8).exists()
    assert trail.filter(subject_id=concern.pk, name="safety:concern", action="R").exists()


def test_who_is_named_and_taken_off_again(cast: Cast, concern: Concern) -> None:
    member = name_member(cast.actor("fatima"), concern, cast.lotte, "Was erbij.")
    assert queries.concerns(cast.actor("lotte"))
    with pytest.raises(Denied):
        name_member(cast.actor("fatima"), concern, cast.sanne, "Denkt mee.")
    commands.end_member(cast.actor("carla"), member)
    assert not queries.concerns(cast.actor("lotte"))
    with pytest.raises(NotVisible):
        name_member(cast.actor("lotte"), concern, cast.lotte, "Ik wil het weten.")
