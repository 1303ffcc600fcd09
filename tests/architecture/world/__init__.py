"""One of everything about Mila, so that every page has something to show or to hide.

Every text holds a canary: a word that no page may show to whoever has no relation with her.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from alert4you.access.commands.line import hold_back
from alert4you.manifests.commands import hand_over
from alert4you.manifests.models import Manifest
from alert4you.manifests.models import Way as Handed
from alert4you.manifests.rules import Parcel
from alert4you.notes.commands.writing import write_note
from alert4you.organisations.queries import system_actor
from alert4you.practices.commands.publishing import load_library
from tests.architecture.world.attached import attach_all
from tests.architecture.world.care import (
    make_help,
    make_offline,
    make_retention,
    make_rights,
    make_safety,
)
from tests.architecture.world.habits import make_agreement, make_habits
from tests.architecture.world.house import make_house, make_versions
from tests.architecture.world.looks import make_looking
from tests.architecture.world.paths import (
    make_action,
    make_asked,
    make_money,
    make_need,
    make_papers,
    make_plus,
    make_referral,
    make_trajectory,
)
from tests.architecture.world.words import CANARY, HOUSE_WORD, lasting
from tests.cast import NOW, Cast

__all__ = [
    "CANARY",
    "HOUSE_WORD",
    "World",
    "make_action",
    "make_file",
    "make_trajectory",
    "make_world",
]


@dataclass(frozen=True)
class World:
    """What the addresses of pages are made of, by the name of the argument."""

    arguments: dict[str, Any]


def make_file(cast: Cast, words: Iterator[str]) -> dict[str, Any]:
    """Everything that can be kept about one child."""
    fatima, carla = cast.actor("fatima"), cast.actor("carla")
    note = write_note(fatima, cast.mila, next(words))
    write_note(carla, cast.mila, next(words), "care", internal=True)
    held = write_note(carla, cast.mila, next(words), "care")
    hold_back(carla, held, NOW + timedelta(days=7), next(words))
    asked = make_asked(cast, words)
    trajectory = make_trajectory(cast, words)
    action = make_action(cast, words)
    referral = make_referral(cast, words)
    parcel = Parcel(cast.school, next(lasting(Manifest)), Handed.REFERRAL, referral, ["handover"])
    ids = {
        **asked,
        "meeting_id": action.item.meeting_id,
        "item_id": action.item_id,
        "action_id": action.pk,
        "child_id": cast.mila.pk,
        "entry_id": note.pk,
        "note_id": note.pk,
        "trajectory_id": trajectory.pk,
        "referral_id": referral.pk,
        "manifest_id": hand_over(carla, cast.mila, parcel).pk,
        "need_id": make_need(cast, words).pk,
        **make_help(cast, words),
        **make_plus(cast, words),
        **make_looking(cast, words),
        **make_safety(cast, words),
        **make_papers(cast, trajectory, words),
        **make_rights(cast, words, note),
        **make_retention(cast, words),
        **make_offline(cast, words),
    }
    ids |= make_money(cast, trajectory, ids["seen_id"], words)
    attach_all(cast, ids, words)
    return ids


def make_world(cast: Cast) -> World:
    words = (f"{CANARY}{number}" for number in range(200))
    load_library(system_actor(NOW))
    house = make_house(cast, words)
    make_habits(cast)
    return World({**house, **make_agreement(cast), **make_file(cast, words), **make_versions(cast)})
