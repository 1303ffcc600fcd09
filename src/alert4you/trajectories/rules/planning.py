"""What a plan holds, and who may change what of a trajectory."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from alert4you.access.rules.relations import (
    is_guardian,
    leads,
    may_speak,
    on_own_team,
    works_here_with,
    works_with,
)
from alert4you.children.models import Child
from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.organisations.models import Actor, Location, Membership
from alert4you.organisations.rules import RUNS_THE_PLACE
from alert4you.practices.rules.language import Practice
from alert4you.trajectories.models import Trajectory


@dataclass(frozen=True)
class Goal:
    """Something to reach in observable words, who does what for it, and whose goal it is."""

    goal: str
    who: str = ""
    what: str = ""
    by_parents: bool = False

    def as_row(self) -> dict[str, Any]:
        return asdict(self)


def goals(rows: Iterable[dict[str, Any]]) -> list[Goal]:
    return [Goal(**row) for row in rows]


def may_begin(
    actor: Actor, about: Child | Location, lead: Membership, cover: Membership
) -> Decision:
    """Own staff begin; one lead and somebody else as cover."""
    if lead == cover:
        return Decision(
            _("The lead and the cover are the same person."),
            _("Choose somebody who has the lead when the first one is away."),
        )
    if isinstance(about, Child):
        return works_here_with(actor, about)
    if about.organisation_id == actor.organisation_id and actor.role in RUNS_THE_PLACE:
        return ALLOWED
    return Decision(_("Only who runs this location can start this."))


def fits(practice: Practice, child: Child | None, day: date) -> Decision:
    """Whether the practice is meant for this child: about a child, and for its age."""
    if (practice.about == "child") != (child is not None):
        return Decision(
            _("This practice is about a child: choose one.")
            if child is None
            else _("This practice is about a group, not about one child.")
        )
    if child is None or practice.ages is None:
        return ALLOWED
    first, beyond = practice.ages
    if first <= child.age_in_months(day) < beyond:
        return ALLOWED
    return Decision(
        _("This practice is meant for another age."),
        _("Look in the practices for one that fits the age of this child."),
    )


def may_work_on(actor: Actor, trajectory: Trajectory) -> Decision:
    """Who works with the child of the trajectory, or at its location."""
    if trajectory.child is not None:
        return works_with(actor, trajectory.child)
    own = trajectory.organisation_id == actor.organisation_id
    if own or leads(actor, trajectory.lead_id, trajectory.cover_id) or _plays_a_part(
        actor, trajectory
    ):
        return ALLOWED
    return Decision(_("Only who takes part in this trajectory may do this."))


def _plays_a_part(actor: Actor, trajectory: Trajectory) -> bool:
    return trajectory.parts.filter(membership=actor.membership_id).exists()


def may_plan(actor: Actor, trajectory: Trajectory) -> Decision:
    """The parents and who works with the child make the plan together, while the trajectory runs."""
    if trajectory.ended_on is not None:
        return Decision(_("This trajectory has ended; its plan stays as it was."))
    if actor.is_parent and trajectory.child is not None:
        return is_guardian(actor, trajectory.child)
    return may_work_on(actor, trajectory)


def may_voice(actor: Actor, trajectory: Trajectory, words: str, agrees: bool | None) -> Decision:
    if not words.strip() and agrees is None:
        return Decision(_("Write what you think, or choose whether you agree."))
    if trajectory.child is None:
        return may_work_on(actor, trajectory)
    return may_speak(actor, trajectory.child)


def may_lead(actor: Actor, trajectory: Trajectory) -> Decision:
    """A decision is taken down by who has the lead, or the cover."""
    if leads(actor, trajectory.lead_id, trajectory.cover_id):
        return ALLOWED
    return Decision(
        _("Only who has the lead, or the cover, records a decision."),
        _("Give your own view: it stands beside the decision."),
    )


def may_pass_lead(
    actor: Actor, trajectory: Trajectory, lead: Membership, cover: Membership
) -> Decision:
    if lead == cover:
        return Decision(_("The lead and the cover are the same person."))
    if may_lead(actor, trajectory):
        return ALLOWED
    in_charge = actor.role in RUNS_THE_PLACE
    if in_charge and trajectory.child is not None and on_own_team(actor, trajectory.child):
        return ALLOWED
    return Decision(_("Only who has the lead or runs the place can pass it on."))
