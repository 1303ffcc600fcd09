"""The part of a form in which staff say that a parent told it, on paper or in a talk."""

from django.http import HttpRequest

from alert4you.access.queries.line import guardians
from alert4you.kernel.decision import require
from alert4you.notes.forms.noting import ToldForm
from alert4you.notes.rules.writing import Spoken, in_own_file
from alert4you.trajectories.models import Trajectory


def told_form(request: HttpRequest, trajectory: Trajectory) -> ToldForm | None:
    """With ``?told=1``: whose words these are; only for staff of the child's own place."""
    if "told" not in request.GET or request.actor.is_parent or trajectory.child is None:
        return None
    require(in_own_file(request.actor, trajectory))
    whose = guardians(request.actor, trajectory.child)
    return ToldForm(request.POST or None, guardians=whose, prefix="told")


def is_filled_in(told: ToldForm | None) -> bool:
    return told is None or told.is_valid()


def spoken(told: ToldForm | None) -> Spoken | None:
    return told.spoken if told else None
