"""Which other version a trajectory could follow, and what that would mean for it."""

from collections.abc import Mapping
from dataclasses import dataclass

from alert4you.organisations.models import Actor
from alert4you.practices.models import PracticeTemplate
from alert4you.practices.queries.adopting import adoption
from alert4you.practices.queries.templates import practice_of
from alert4you.practices.rules.language import Practice, adopted
from alert4you.trajectories.models import Trajectory
from alert4you.trajectories.queries.caseload import Case, practice_in
from alert4you.trajectories.queries.facts import facts_of
from alert4you.trajectories.rules.moving import Preview, may_see_move, preview


@dataclass(frozen=True)
class Target:
    """A version with the numbers that the organisation chose."""

    template: PracticeTemplate
    chosen: Mapping[str, int]

    @property
    def practice(self) -> Practice:
        return adopted(practice_of(self.template), self.chosen)


def target(trajectory: Trajectory) -> Target | None:
    """The version that its organisation works with now; None when it follows that already."""
    if trajectory.organisation_id is None:
        return None
    here = adoption(trajectory.organisation_id, trajectory.template.slug)
    if here is None:
        return None
    follows = (trajectory.template_id, trajectory.chosen)
    same = follows == (here.template_id, here.chosen)
    return None if same else Target(here.template, here.chosen)


def preview_of(actor: Actor, trajectory: Trajectory, wanted: Target, phase: str = "") -> Preview:
    """What following this version means for this trajectory now."""
    before, after = practice_in(trajectory), wanted.practice
    # The facts that either version asks for; consents are those of the version one reads it in.
    told = facts_of(actor, [trajectory], {trajectory.pk: before})[trajectory.pk]
    then = facts_of(actor, [trajectory], {trajectory.pk: after})[trajectory.pk]
    return preview((before, told), (after, then), actor.at, phase)


def has_newer_version(actor: Actor, case: Case) -> bool:
    """Whether a running trajectory could follow another version, for who has to do with that."""
    newer: bool = case.trajectory.has_newer  # type: ignore[attr-defined]
    return newer and case.state.running and bool(may_see_move(actor, case.trajectory))
