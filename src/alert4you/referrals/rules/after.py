"""When a question is possible without a new file."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.organisations.models import Actor
from alert4you.organisations.rules import STAFF_OF_THE_PLACE
from alert4you.trajectories.models import Trajectory
from alert4you.ui.dates import written_day


def may_ask_after(actor: Actor, trajectory: Trajectory) -> Decision:
    """Staff of the own place ask afterwards; while it runs there are people on it."""
    own = trajectory.organisation_id == actor.organisation_id
    if not own or actor.role not in STAFF_OF_THE_PLACE:
        return Decision(
            _("Only staff of the place itself ask this."), _("Parents ask the staff of the group.")
        )
    if trajectory.ended_on is None:
        return Decision(
            _("This has not ended yet."), _("Ask who has the lead; the people are still there.")
        )
    return ALLOWED


def in_time(until: date | None, today: date) -> Decision:
    """``until``: the last day on which one may ask (None: always)."""
    if until is None or today <= until:
        return ALLOWED
    return Decision(
        _("A question without a new file was possible until %(day)s.")
        % {"day": written_day(until)},
        _("Ask the coach without the child, or speak with the parents and start anew."),
    )
