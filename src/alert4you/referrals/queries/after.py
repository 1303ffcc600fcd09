"""Whom one asks when a trajectory has ended, and until when."""

from dataclasses import dataclass
from datetime import date

from alert4you.access.models import CoachPost
from alert4you.coaching.queries.questions import places_to_ask_for
from alert4you.kernel.decision import Decision
from alert4you.organisations.models import Actor, Location, Membership
from alert4you.referrals.rules.after import in_time, may_ask_after
from alert4you.trajectories.models import Trajectory
from alert4you.trajectories.queries.caseload import Case, case

HELPED = ("coach", "partner", "pedagogue", "care coordinator")


@dataclass(frozen=True)
class Afterwards:
    """Whether one may ask, who helped, and who answers: that person when she still comes here.

    ``answers`` is None when it goes to whoever answers questions at the location.
    """

    case: Case
    may: Decision
    until: date | None
    location: Location
    helped: Membership
    answers: Membership | None


def afterwards(actor: Actor, trajectory: Trajectory) -> Afterwards:
    """Raises NotVisible when the trajectory is not for this hat."""
    found = case(actor, trajectory.pk)
    until = found.state.after_until
    allowed = may_ask_after(actor, trajectory)
    location = _where(actor, trajectory)
    helped = _who_helped(found)
    return Afterwards(
        found,
        allowed and in_time(until, actor.today),
        until,
        location,
        helped,
        helped if _comes_here(actor, helped, location) else None,
    )


def _where(actor: Actor, trajectory: Trajectory) -> Location:
    if trajectory.location is not None:
        return trajectory.location
    places = places_to_ask_for(actor, trajectory.child) or places_to_ask_for(actor)
    return places[0]


def _who_helped(found: Case) -> Membership:
    """Who came from outside the group for it, in the order of the practice; else who had the lead."""
    players = (found.parts.get(each.key) for each in found.practice.roles if each.hat in HELPED)
    return next((who for who in players if who is not None), found.trajectory.lead)


def _comes_here(actor: Actor, who: Membership, location: Location) -> bool:
    """Still at work, and a colleague or posted at the location: then a question reaches her."""
    works = Membership.objects.on(actor.today).filter(pk=who.pk)
    posts = CoachPost.objects.on(actor.today).filter(membership=who, location=location)
    reached = who.organisation_id == actor.organisation_id or posts.exists()
    return who.pk != actor.membership_id and reached and works.exists()
