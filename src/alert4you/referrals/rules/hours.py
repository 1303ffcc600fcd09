"""Hours besides the activities of a practice: with a route, so that who pays can be told."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from alert4you.access.rules.relations import works_here_with
from alert4you.children.models import Child
from alert4you.coaching.commands.contacts import Details
from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.organisations.models import Actor
from alert4you.organisations.rules import RUNS_THE_PLACE
from alert4you.referrals.models import Referral, Sort
from alert4you.trajectories.models import Trajectory


@dataclass(frozen=True)
class Route:
    """For what the minutes were: a referral, a trajectory, or neither."""

    referral: Referral | None = None
    trajectory: Trajectory | None = None


def may_log(
    actor: Actor, child: Child, sort: str, text: str, route: Route, details: Details
) -> Decision:
    """Who works with the child at its own place; with minutes, and on a route of this child."""
    if not text.strip():
        return Decision(_("Write in a few words what you did: the parents read it too."))
    if not details.minutes:
        return Decision(_("Write how many minutes it took: that is what is counted."))
    return _fits(child, sort, route) and works_here_with(actor, child)


def _fits(child: Child, sort: str, route: Route) -> Decision:
    others = [each for each in (route.referral, route.trajectory) if each is not None]
    if any(each.child_id != child.pk for each in others):
        return Decision(_("This belongs to another child."))
    if sort == Sort.MEANWHILE and (route.referral is None or route.referral.closed_on):
        return Decision(_("Support while waiting belongs to a referral that is open."))
    return ALLOWED


def may_set_team(actor: Actor) -> Decision:
    """Whoever runs a place says how big the team of its organisation is."""
    if actor.role in RUNS_THE_PLACE:
        return ALLOWED
    return Decision(
        _("Only the manager or the care coordinator sets how big the team is."),
        _("Ask your location manager."),
    )
