"""Whatever a parent does on a screen can be done in a talk or on paper: staff write it down, marked."""

import inspect
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from alert4you.access.models import Entry, Kind, LookQuestion
from alert4you.children.models import Guardian
from alert4you.coaching.commands.contacts import Details, log_contact
from alert4you.config import reference
from alert4you.kernel.command import COMMANDS
from alert4you.kernel.decision import Denied
from alert4you.notes.commands.writing import contest, write_look_question, write_parents_words
from alert4you.notes.rules.writing import Spoken
from alert4you.organisations.queries import system_actor
from alert4you.practices.commands.publishing import load_library
from alert4you.trajectories.commands.deciding import speak_about_decision
from alert4you.trajectories.commands.growth import (
    add_growth_words,
    approve_growth,
    gather_growth,
)
from alert4you.trajectories.commands.planning import add_goal, speak_about_plan
from alert4you.trajectories.models import Trajectory, Voice
from alert4you.trajectories.queries.papers import newest_plan
from alert4you.trajectories.rules.planning import Goal
from tests.architecture.world import make_trajectory
from tests.cast import NOW, TODAY, Cast

SAME = "the same command, by staff"
MARKS = {"is_guardian", "decides"}

# Every command whose rule asks whether somebody decides about the child, with what staff do instead.
ROUTE = {
    "access.ask_about_look": "notes.write_look_question",
    "access.answer_consent": "access.record_answer",
    "access.withdraw_consent": "access.record_answer",
    "coaching.keep_walk_in": "notes.write_parents_words",
    "funding.approve": SAME,
    "funding.fill": SAME,
    "funding.send": SAME,
    "funding.stop": SAME,
    "meetings.speak": SAME,
    "notes.add_parent_words": "notes.write_parents_words",
    "notes.agree_to_photos": "notes.write_photo_answer",
    "notes.carry": SAME,
    "notes.change_card": SAME,
    "notes.end_card": SAME,
    "notes.end_permission": SAME,
    "notes.make_card": SAME,
    "notes.note_involved": SAME,
    "notes.tell_answer": SAME,
    "referrals.revoke_referral": "referrals.close_referral",
    "rights.ask": "rights.record_request",
    "rights.hand_over": SAME,
    "trajectories.add_goal": SAME,
    "trajectories.add_growth_words": SAME,
    "trajectories.approve_growth": SAME,
    "trajectories.count_entry": SAME,
    "trajectories.do_activity": SAME,
    "trajectories.gather_growth": SAME,
    "trajectories.hand_growth": SAME,
    "trajectories.leave_out": SAME,
    "trajectories.pass_lead": SAME,
    "trajectories.plan_taper": SAME,
    "trajectories.record_indication": SAME,
    "trajectories.refuse_growth": SAME,
    "trajectories.release_indication": SAME,
    "trajectories.speak_about_decision": SAME,
    "trajectories.speak_about_entry": SAME,
    "trajectories.speak_about_plan": SAME,
    "trajectories.write_plan": SAME,
}

# What a parent may say about the record itself needs no other route: staff wrote that record.
NEEDS_NONE = {"notes.contest"}


def reached(rule: Callable[..., Any], deep: int = 4) -> Iterator[str]:
    """The names a rule uses, and those its own helpers use."""
    code = rule.__code__
    for name in code.co_names:
        yield name
        helper = rule.__globals__.get(name)
        ours = inspect.isfunction(helper) and helper.__module__.startswith("alert4you.")
        if deep and ours and helper.__name__ not in MARKS:
            yield from reached(helper, deep - 1)


def asked_of_parents() -> set[str]:
    reference.commands()  # imports every context's commands
    ours = {n: c for n, c in COMMANDS.items() if c.__module__.startswith("alert4you.")}
    return {name for name, each in ours.items() if MARKS & set(reached(each.rule))}


def test_every_command_of_parents_has_a_route_without_a_screen() -> None:
    assert asked_of_parents() == set(ROUTE) | NEEDS_NONE


@pytest.mark.parametrize("name", ROUTE)
def test_what_staff_do_instead_exists(name: str) -> None:
    assert ROUTE[name] == SAME or ROUTE[name] in COMMANDS


@pytest.fixture
def anna(cast: Cast) -> Guardian:
    return Guardian.objects.get(child=cast.mila, person=cast.anna)


@pytest.mark.parametrize("who", ["fatima", "carla"])
def test_staff_write_down_what_a_parent_told(cast: Cast, anna: Guardian, who: str) -> None:
    told = write_parents_words(
        cast.actor(who), cast.mila, "Thuis slaapt ze goed.", Spoken(anna, "paper", "map van Mila")
    )
    assert told.kind == Kind.PARENT_WORDS
    assert told.hat == cast.people[who], "who wrote it down stays visible"
    assert "Anna Jansen" in told.title
    assert Entry.objects.visible_to(cast.actor("bram")).filter(pk=told.pk).exists()


@pytest.mark.parametrize("who", ["koen", "sanne", "pieter", "stranger", "anna", "bram"])
def test_others_do_not_speak_for_a_parent(cast: Cast, anna: Guardian, who: str) -> None:
    with pytest.raises(Denied):
        write_parents_words(
            cast.actor(who), cast.mila, "Thuis slaapt ze goed.", Spoken(anna, "talk", "Lotte")
        )


def test_only_words_of_who_has_authority_now(cast: Cast, anna: Guardian) -> None:
    oscar = Guardian.objects.get(child=cast.mila, person=cast.oscar)
    with pytest.raises(Denied):
        write_parents_words(
            cast.actor("fatima"), cast.mila, "Woorden", Spoken(oscar, "talk", "Lotte")
        )
    Guardian.objects.filter(pk=anna.pk).update(ends=TODAY)
    anna.refresh_from_db()
    with pytest.raises(Denied):
        write_parents_words(
            cast.actor("fatima"), cast.mila, "Woorden", Spoken(anna, "talk", "Lotte")
        )


def test_the_page_for_it_is_on_the_line(cast: Cast, anna: Guardian) -> None:
    client = cast.client("fatima")
    page = f"/children/{cast.mila.pk}/words/"
    line = client.get(f"/children/{cast.mila.pk}/").content.decode()
    told = {
        "guardian": str(anna.pk),
        "how": "talk",
        "present": "Lotte",
        "text": "Thuis slaapt ze goed.",
    }
    assert page in line
    assert client.post(page, told).status_code == 302
    assert (
        "Thuis slaapt ze goed."
        in cast.client("bram").get(f"/children/{cast.mila.pk}/").content.decode()
    )


@pytest.fixture
def begun(cast: Cast) -> Trajectory:
    """Mila's trajectory, with a plan."""
    load_library(system_actor(NOW))
    spoken = Details(parents_present=True)
    log_contact(cast.actor("carla"), "talk", "Besproken", cast.mila, details=spoken)
    return make_trajectory(cast, iter(["Doel", "Wat", "Einddoel"]))


def test_it_says_who_was_there(cast: Cast, anna: Guardian) -> None:
    with pytest.raises(Denied):
        write_parents_words(cast.actor("carla"), cast.mila, "Goed.", Spoken(anna, "talk", " "))
    told = write_parents_words(
        cast.actor("carla"), cast.mila, "Goed.", Spoken(anna, "talk", "Lotte")
    )
    assert told.title == "Anna Jansen, in een gesprek (Lotte)"


def test_whose_words_they_are_says_that_it_was_not_said_like_this(
    cast: Cast, anna: Guardian
) -> None:
    told = write_parents_words(
        cast.actor("carla"), cast.mila, "Graag!", Spoken(anna, "talk", "Lotte")
    )
    for who in ("bram", "carla", "oscar"):
        with pytest.raises(Denied):
            contest(cast.actor(who), told, "Nee hoor.")
    address = f"/told/{told.pk}/"
    assert address in cast.client("anna").get(f"/children/{cast.mila.pk}/").content.decode()
    assert cast.client("bram").post(address, {"words": "Nee"}).status_code == 200
    assert cast.client("anna").post(address, {"words": "Ik zei: misschien."}).status_code == 302
    told.refresh_from_db()
    assert (told.contested, told.text) == ("Ik zei: misschien.", "Graag!")
    for who in ("bram", "carla"):
        assert "Ik zei: misschien." in cast.client(who).get(address).content.decode()
        line = cast.client(who).get(f"/children/{cast.mila.pk}/").content.decode()
        assert "Ik zei: misschien." in line, (
            "who works with the child sees it without looking for it"
        )
    assert cast.client("pieter").get(address).status_code == 404
    with pytest.raises(Denied):
        contest(cast.actor("anna"), told, "Nog eens.")


def test_a_view_on_the_plan_and_the_decision_told_in_a_talk(
    cast: Cast, anna: Guardian, begun: Trajectory
) -> None:
    carla, spoken = cast.actor("carla"), Spoken(anna, "telephone", "Marit")
    plan = newest_plan(carla, begun)
    assert plan is not None
    speak_about_plan(carla, begun, plan, "Twee keer is genoeg.", False, spoken)
    speak_about_decision(carla, begun, "review", "Ga door.", None, spoken)
    for voice in Voice.objects.unrestricted(reason="test").filter(trajectory=begun):
        assert (voice.of, voice.person, voice.how) == ("parents", cast.anna, "telephone")
        assert voice.recorded_by == cast.carla.person
    told = Entry.objects.visible_to(cast.actor("bram")).filter(kind=Kind.PARENT_WORDS)
    assert {each.text for each in told} == {
        "Ik ben het er niet mee eens. Twee keer is genoeg.",
        "Ga door.",
    }
    assert {each.category for each in told} == {"plan"}
    page = cast.client("bram").get(f"/trajectories/{begun.pk}/plan/").content.decode()
    assert "opgeschreven door Carla" in page


def test_a_goal_of_a_parent_told_in_a_talk(cast: Cast, anna: Guardian, begun: Trajectory) -> None:
    carla = cast.actor("carla")
    plan = add_goal(carla, begun, Goal("Samen eten"), Spoken(anna, "paper", "map"))
    assert [(goal["goal"], goal["by_parents"]) for goal in plan.goals][-1] == ("Samen eten", True)


@pytest.mark.parametrize("who", ["sanne", "koen", "stranger", "anna"])
def test_only_the_own_place_tells_a_view(
    cast: Cast, anna: Guardian, begun: Trajectory, who: str
) -> None:
    plan = newest_plan(cast.actor("carla"), begun)
    assert plan is not None
    with pytest.raises(Denied):
        speak_about_plan(cast.actor(who), begun, plan, "Goed.", True, Spoken(anna, "talk", "Marit"))
    assert not Voice.objects.unrestricted(reason="test").filter(trajectory=begun).exists()


def test_on_the_pages_of_the_trajectory(cast: Cast, anna: Guardian, begun: Trajectory) -> None:
    told = {"told-guardian": str(anna.pk), "told-how": "talk", "told-present": "Marit"}
    carla, base = cast.client("carla"), f"/trajectories/{begun.pk}"
    assert "told=1" in carla.get(f"{base}/speak/").content.decode()
    assert "told=1" not in cast.client("anna").get(f"{base}/speak/").content.decode()
    missing = carla.post(f"{base}/speak/?told=1", {"words": "Goed zo.", "agrees": "yes"})
    assert missing.status_code == 200
    assert carla.post(f"{base}/speak/?told=1", {"words": "Goed zo.", **told}).status_code == 302
    assert carla.post(f"{base}/goal/?told=1", {"goal": "Buiten spelen", **told}).status_code == 302
    assert Voice.objects.unrestricted(reason="test").get(trajectory=begun).person == cast.anna


def test_a_question_about_who_looked_told_in_a_talk(cast: Cast, anna: Guardian) -> None:
    page = f"/children/{cast.mila.pk}/words/look/"
    carla = cast.client("carla")
    assert page in carla.get(f"/children/{cast.mila.pk}/words/").content.decode()
    told = {"guardian": str(anna.pk), "how": "talk", "present": "Marit", "on": TODAY.isoformat()}
    told |= {"who": str(cast.lotte.pk), "text": "Waarom keek Lotte?"}
    assert carla.post(page, told).status_code == 302
    asked = LookQuestion.objects.unrestricted(reason="test").get()
    assert (asked.person, asked.asked_by) == (cast.lotte.person, cast.anna)
    assert asked.due_at > NOW
    assert "Waarom keek Lotte?" in cast.client("anna").get("/looked/").content.decode()
    spoken = Spoken(anna, "talk", "Marit")
    for who, whom in (("koen", "lotte"), ("carla", "sanne"), ("anna", "lotte")):
        with pytest.raises(Denied):
            write_look_question(
                cast.actor(who), cast.mila, cast.people[whom], TODAY, "Waarom?", spoken
            )


def test_a_growth_document_is_approved_on_paper(
    cast: Cast, anna: Guardian, begun: Trajectory
) -> None:
    trajectory = begun
    document = gather_growth(cast.actor("carla"), trajectory)
    oscar = Guardian.objects.get(child=cast.mila, person=cast.oscar)
    for who, whose in (("carla", None), ("carla", oscar), ("koen", anna)):
        with pytest.raises(Denied):
            approve_growth(cast.actor(who), document, whose)
    approve_growth(cast.actor("carla"), document, anna)
    told = document.approvals.get()
    assert (told.person_id, told.recorded_by_id) == (cast.anna.pk, cast.carla.person_id)
    add_growth_words(cast.actor("carla"), document, "Trots op haar.", anna)
    assert document.words == "Trots op haar."
    assert not document.approvals.exists(), "who approved it before reads it again"
