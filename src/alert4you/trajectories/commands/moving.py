"""Moving a running trajectory to another version of its practice."""

from django.utils.translation import override

from alert4you.kernel.command import command
from alert4you.kernel.decision import require
from alert4you.organisations.models import Actor
from alert4you.practices.rules.comparing import changes
from alert4you.trajectories.commands.running import ask_parents, keep_apart, refresh
from alert4you.trajectories.models import Move, Trajectory
from alert4you.trajectories.queries.moving import Target, preview_of
from alert4you.trajectories.rules import moving
from alert4you.trajectories.rules.moving import Preview


@command(moving.may_move)
def move_trajectory(
    actor: Actor, trajectory: Trajectory, wanted: Target, reason: str, phase: str = ""
) -> Move:
    """Follow this version from now on; what was done stays what it is.

    Denied when the phase that runs is not there any more, or the facts lead elsewhere, and no ``phase``
    to go on in was chosen. The parents are asked what this version asks anew.
    """
    keep_apart(trajectory)
    found = preview_of(actor, trajectory, wanted, phase)
    require(found.fits)
    move = Move.by(
        actor,
        child=trajectory.child,
        location=trajectory.location,
        organisation_id=trajectory.organisation_id,
        category=trajectory.category,
        title=_title(found),
        text=_text(found, reason),
        trajectory=trajectory,
        before=trajectory.template,
        chosen_before=trajectory.chosen,
        phase=phase,
    )
    trajectory.template, trajectory.chosen = wanted.template, dict(wanted.chosen)
    trajectory.save(update_fields=["template", "chosen"])
    _ask_anew(actor, trajectory, found)
    refresh(actor, trajectory)
    return move


def _title(found: Preview) -> str:
    """Kept in Dutch, as all that stands on the line."""
    return f"{found.after.title.nl}: verder in een andere versie"


def _text(found: Preview, reason: str) -> str:
    """Why, and then what changes, for whoever reads the line."""
    with override("nl"):
        told = [f"• {each}" for each in changes(found.before, found.after)]
    return "\n".join([reason, *told])


def _ask_anew(actor: Actor, trajectory: Trajectory, found: Preview) -> None:
    """What this version asks of the parents and the one before did not."""
    before = {(each.party, each.purpose): each.categories for each in found.before.asks}
    asks = [
        ask
        for ask in found.after.asks
        if not {*ask.categories} <= {*before.get((ask.party, ask.purpose), ())}
    ]
    parts = trajectory.parts.select_related("membership__organisation")
    playing = {each.role: each.membership for each in parts}
    ask_parents(actor, trajectory, found.after, asks, playing)
