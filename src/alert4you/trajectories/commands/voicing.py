"""A view of somebody, on a screen or told to staff; it stands beside what it is about."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from alert4you.access.models import Category
from alert4you.notes.commands.writing import put_on_line
from alert4you.notes.rules.writing import Spoken
from alert4you.organisations.models import Actor
from alert4you.organisations.queries import parent_actor
from alert4you.trajectories.models import Trajectory, Voice
from alert4you.trajectories.queries.papers import is_outside, own_voice


def write_voice(
    actor: Actor, trajectory: Trajectory, words: str, told: Spoken | None, **about: Any
) -> Voice:
    """``told``: the parent whose words staff write down; they come on the line as well, marked."""
    speaker = parent_actor(told.guardian.person, actor.at) if told else actor
    with override("nl"):
        stance = {True: _("I agree."), False: _("I do not agree."), None: ""}[about.get("agrees")]
    tell(actor, trajectory, f"{stance} {words}".strip(), told)
    return Voice.objects.create(
        trajectory=trajectory,
        of=own_voice(speaker, trajectory),
        outside=is_outside(speaker, trajectory),
        person_id=speaker.person_id,
        words=words,
        how=told.how if told else "",
        recorded_by_id=actor.person_id if told else None,
        at=actor.at,
        **about,
    )


def tell(actor: Actor, trajectory: Trajectory, words: str, told: Spoken | None) -> None:
    """On the line of the child, as words of this parent about the plan and its decisions."""
    if told is not None and trajectory.child is not None:
        put_on_line(actor, trajectory.child, words, told, Category.PLAN)
