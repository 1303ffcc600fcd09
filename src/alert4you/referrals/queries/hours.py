"""What help besides a practice can be for."""

from alert4you.children.models import Child
from alert4you.organisations.models import Actor
from alert4you.referrals.models import Referral
from alert4you.referrals.queries.ways import open_referrals
from alert4you.trajectories.models import Trajectory
from alert4you.trajectories.queries.caseload import trajectories


def routes_for(actor: Actor, child: Child) -> tuple[list[Referral], list[Trajectory]]:
    """On which routes of a child guidance can land: its open referrals, its trajectories."""
    own = trajectories(actor).filter(child=child, ended_on=None)
    return list(open_referrals(actor).filter(child=child)), list(own)
