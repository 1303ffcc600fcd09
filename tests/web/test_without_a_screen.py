"""Whatever a parent does on a screen can be done in a talk or on paper: staff write it down, marked."""

import inspect
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from alert4you.access.models import Entry, Kind
from alert4you.children.models import Guardian
from alert4you.coaching.commands.contacts import Details, log_contact
from alert4you.config import reference
from alert4you.kernel.command import COMMANDS
from alert4you.kernel.decision import Denied
from alert4you.notes.commands import write_parents_words
from alert4you.organisations.queries import system_actor
from alert4you.practices.commands.publishing import load_library
from alert4you.trajectories.commands.growth import (
    add_growth_words,
    approve_growth,
    gather_growth,
)
from tests.architecture.world import make_trajectory
from tests.cast import NOW, TODAY, Cast

SAME = "the same command, by staff"
MARKS = {"is_guardian", "decides"}

# Every command whose rule asks whether somebody decides about the child, with what staff do instead.
ROUTE = {
    "access.answer_consent": "access.record_answer",
    "access.withdraw_consent": "access.record_answer",
    "coaching.keep_walk_in": "notes.write_parents_words",
    "meetings.speak": SAME,
    "notes.add_parent_words": "notes.write_parents_words",
    "notes.carry": SAME,
    "notes.change_card": SAME,
    "notes.end_card": SAME,
    "notes.make_card": SAME,
    "notes.note_involved": SAME,
    "notes.tell_answer": SAME,
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
    "trajectories.release_indication": SAME,
    "trajectories.speak_about_decision": "trajectories.decide",
    "trajectories.speak_about_entry": "notes.write_parents_words",
    "trajectories.speak_about_plan": "notes.write_parents_words",
    "trajectories.write_plan": SAME,
}

# Known and not there yet: for these a parent still needs a screen, or the paper document itself.
NOT_YET = {"access.ask_about_look"}


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
    assert asked_of_parents() == set(ROUTE) | NOT_YET


@pytest.mark.parametrize("name", ROUTE)
def test_what_staff_do_instead_exists(name: str) -> None:
    assert ROUTE[name] == SAME or ROUTE[name] in COMMANDS


@pytest.fixture
def anna(cast: Cast) -> Guardian:
    return Guardian.objects.get(child=cast.mila, person=cast.anna)


@pytest.mark.parametrize("who", ["fatima", "carla"])
def test_staff_write_down_what_a_parent_told(cast: Cast, anna: Guardian, who: str) -> None:
    told = write_parents_words(cast.actor(who), cast.mila, "Thuis slaapt ze goed.", anna, "paper")
    assert told.kind == Kind.PARENT_WORDS
    assert told.hat == cast.people[who], "who wrote it down stays visible"
    assert "Anna Jansen" in told.title
    assert Entry.objects.visible_to(cast.actor("bram")).filter(pk=told.pk).exists()


@pytest.mark.parametrize("who", ["koen", "sanne", "pieter", "stranger", "anna", "bram"])
def test_others_do_not_speak_for_a_parent(cast: Cast, anna: Guardian, who: str) -> None:
    with pytest.raises(Denied):
        write_parents_words(cast.actor(who), cast.mila, "Thuis slaapt ze goed.", anna, "talk")


def test_only_words_of_who_has_authority_now(cast: Cast, anna: Guardian) -> None:
    oscar = Guardian.objects.get(child=cast.mila, person=cast.oscar)
    with pytest.raises(Denied):
        write_parents_words(cast.actor("fatima"), cast.mila, "Woorden", oscar, "talk")
    Guardian.objects.filter(pk=anna.pk).update(ends=TODAY)
    anna.refresh_from_db()
    with pytest.raises(Denied):
        write_parents_words(cast.actor("fatima"), cast.mila, "Woorden", anna, "talk")


def test_the_page_for_it_is_on_the_line(cast: Cast, anna: Guardian) -> None:
    client = cast.client("fatima")
    page = f"/children/{cast.mila.pk}/words/"
    line = client.get(f"/children/{cast.mila.pk}/").content.decode()
    told = {"guardian": str(anna.pk), "how": "talk", "text": "Thuis slaapt ze goed."}
    assert page in line
    assert client.post(page, told).status_code == 302
    assert (
        "Thuis slaapt ze goed."
        in cast.client("bram").get(f"/children/{cast.mila.pk}/").content.decode()
    )


def test_a_growth_document_is_approved_on_paper(cast: Cast, anna: Guardian) -> None:
    load_library(system_actor(NOW))
    spoken = Details(parents_present=True)
    log_contact(cast.actor("carla"), "talk", "Besproken", cast.mila, details=spoken)
    trajectory = make_trajectory(cast, iter(["Doel", "Wat", "Einddoel"]))
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
