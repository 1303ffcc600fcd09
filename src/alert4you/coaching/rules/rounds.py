"""Looking together whether all children can be received well at a location."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from alert4you.access.rules.names import no_child_named
from alert4you.coaching.models import MonitorRound
from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.organisations.models import Actor, Location
from alert4you.organisations.rules import RUNS_THE_PLACE, STAFF_OF_THE_PLACE


@dataclass(frozen=True)
class Told:
    """The words of the team: can all children be received well, where is the limit, what about the group."""

    answer: str
    limit: str
    effect: str = ""


def may_hold_round(actor: Actor, location: Location, told: Told, since: date) -> Decision:
    """Staff of the place, in words that name no child; a round begins where the last one was held."""
    if actor.role not in STAFF_OF_THE_PLACE or location.organisation_id != actor.organisation_id:
        return Decision(_("Only staff of this location write this down."))
    if not told.answer.strip() or not told.limit.strip():
        return Decision(
            _("Answer both: can all children be received well here, and where is the limit?")
        )
    last = MonitorRound.objects.filter(location=location).order_by("held_on").last()
    if since >= actor.today or (last and since < last.held_on):
        return Decision(
            _("A round begins after the last one, and before today."), _("Choose another day.")
        )
    return no_child_named(" ".join((told.answer, told.limit, told.effect)), location, actor.today)


def may_count_turned_away(actor: Actor, location: Location) -> Decision:
    """Who runs the place."""
    if actor.role in RUNS_THE_PLACE and location.organisation_id == actor.organisation_id:
        return ALLOWED
    return Decision(_("Only whoever runs the location writes this down."))
