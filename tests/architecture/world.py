"""One of everything about Mila, so that every page has something to show or to hide.

Every text holds a canary: a word that no page may show to who has no relation with her.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from alert4you.access.commands.consent import ask_consent
from alert4you.access.models import Entry
from alert4you.access.rules.consent import Terms
from alert4you.coaching.commands.contacts import Details, log_contact, plan_visit
from alert4you.coaching.commands.questions import ask_coach
from alert4you.coaching.commands.talks import Card, prepare_talk
from alert4you.coaching.models import Contact
from alert4you.notes.commands import write_group_note, write_note
from alert4you.organisations.queries import system_actor
from alert4you.practices.commands.publishing import load_library
from alert4you.practices.queries.templates import template
from alert4you.trajectories.commands.planning import write_plan
from alert4you.trajectories.commands.running import Setup, start_trajectory
from alert4you.trajectories.models import Trajectory
from alert4you.trajectories.rules.planning import Goal
from tests.cast import NOW, TODAY, Cast

CANARY = "kanarie"


@dataclass(frozen=True)
class World:
    """What the addresses of pages are made of, by the name of the argument."""

    arguments: dict[str, Any]
    entries: list[Entry]


def make_trajectory(cast: Cast, words: Iterator[str]) -> Trajectory:
    parts = {"observer": cast.sanne, "group-worker": cast.fatima}
    carla, practice = cast.actor("carla"), template("kansen-voor-kleintjes")
    trajectory = start_trajectory(carla, practice, cast.carla, cast.marit, cast.mila, Setup(parts))
    write_plan(carla, trajectory, 0, [Goal(next(words), "Carla", next(words))], next(words))
    return trajectory


def make_world(cast: Cast) -> World:
    words = (f"{CANARY}{number}" for number in range(100))
    load_library(system_actor(NOW))
    fatima, carla, sanne = (cast.actor(name) for name in ("fatima", "carla", "sanne"))
    note = write_note(fatima, cast.mila, next(words))
    write_note(carla, cast.mila, next(words), "care", internal=True)
    write_group_note(fatima, cast.group, next(words))
    question = ask_coach(
        fatima, cast.location, "child", "Een kind eet niet", cast.mila, next(words)
    )
    told = Details(parents_present=True)
    log_contact(carla, "talk", next(words), cast.mila, details=told)
    preparation = prepare_talk(
        carla, cast.mila, cast.carla, TODAY + timedelta(days=3), Card(next(words), 2, 2)
    )
    visit = plan_visit(sanne, cast.location, TODAY)
    contact: Contact = log_contact(sanne, "visit", next(words), location=cast.location)
    request = ask_consent(carla, cast.mila, cast.school, "education", Terms(["day"], next(words)))
    trajectory = make_trajectory(cast, words)
    return World(
        {
            "child_id": cast.mila.pk,
            "group_id": cast.group.pk,
            "question_id": question.pk,
            "preparation_id": preparation.pk,
            "visit_id": visit.pk,
            "contact_id": contact.pk,
            "request_id": request.pk,
            "entry_id": note.pk,
            "trajectory_id": trajectory.pk,
            "activity": "observation",
            "slug": "samsam",
            "uidb64": "MQ",
            "token": "set-password",
        },
        [note],
    )
