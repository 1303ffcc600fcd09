"""Trajectories as a hat sees them: where each stands, what is next, who has it, by when."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import F, Prefetch, QuerySet

from alert4you.children.models import Child
from alert4you.kernel.decision import NotVisible
from alert4you.organisations.models import Actor, Membership
from alert4you.practices.queries import practice_of
from alert4you.practices.rules.language import Practice, adopted
from alert4you.trajectories.models import Decision, Part, Plan, Trajectory, Voice
from alert4you.trajectories.queries.facts import facts_of
from alert4you.trajectories.rules import engine
from alert4you.trajectories.rules.states import LEAD, PARENTS, NextStep, State

PAGE = 50


@dataclass(frozen=True)
class Case:
    """One trajectory with the practice it follows and where it stands today."""

    trajectory: Trajectory
    practice: Practice
    state: State
    parts: dict[str, Membership] = field(default_factory=dict)

    def owner(self, step: NextStep) -> Membership | None:
        """Who has a step: the person in that role, else the lead; None when it is the parents'."""
        if step.role == PARENTS or self.is_for_parents(step):
            return None
        if step.role == LEAD:
            return self.trajectory.lead
        return self.parts.get(step.role, self.trajectory.lead)

    def is_for_parents(self, step: NextStep) -> bool:
        role = self.practice.role(step.role)
        return role is not None and role.hat == "parent"

    @property
    def next_owner(self) -> Membership | None:
        return self.owner(self.state.next) if self.state.next else None

    @property
    def is_late(self) -> bool:
        due = self.state.next.due if self.state.next else None
        return due is not None and due < self.state.today

    @property
    def decision_is_due(self) -> bool:
        decision = self.state.decision
        if decision is None:
            return False
        return decision.ready or (decision.due is not None and decision.due <= self.state.today)

    @property
    def lacks_evaluation_date(self) -> bool:
        return any(each.requirement == "evaluation_date" for each in self.state.blocks)

    @property
    def waits_for_consent(self) -> bool:
        return any(each.requirement.startswith("consent:") for each in self.state.blocks)


def trajectories(actor: Actor) -> QuerySet[Trajectory]:
    """Trajectories this hat may see, the soonest due first."""
    seen = Trajectory.objects.visible_to(actor).select_related(
        "template",
        "child",
        "location",
        "lead__person",
        "lead__organisation",
        "cover__person",
        "cover__organisation",
    )
    return seen.order_by(F("next_due").asc(nulls_last=True), "pk")


def caseload(actor: Actor, page: int = 0) -> list[Case]:
    """The running trajectories, soonest due first, at most ``PAGE`` on a page."""
    running = trajectories(actor).filter(ended_on=None)
    return cases(actor, running[page * PAGE : (page + 1) * PAGE])


def ended(actor: Actor) -> list[Case]:
    """What ended, latest first."""
    past = trajectories(actor).filter(ended_on__isnull=False).order_by("-ended_on", "pk")
    return cases(actor, past[:PAGE])


def cases_of(actor: Actor, child: Child) -> list[Case]:
    """All trajectories of a child that this hat may see, the running ones first."""
    about = trajectories(actor).filter(child=child)
    return cases(actor, about.order_by(F("ended_on").desc(nulls_first=True), "pk"))


def case(actor: Actor, trajectory_id: UUID) -> Case:
    """One trajectory; raises NotVisible when it is not there or not for this hat."""
    found = cases(actor, trajectories(actor).filter(pk=trajectory_id))
    if not found:
        raise NotVisible
    return found[0]


def cases(actor: Actor, rows: Sequence[Trajectory] | QuerySet[Trajectory]) -> list[Case]:
    """Rows with their state today; the number of queries does not depend on the number of rows."""
    rows = list(rows)
    practices = {each.pk: _practice(each) for each in rows}
    facts = facts_of(actor, rows, practices)
    parts = _parts(rows)
    return [
        Case(
            each,
            practices[each.pk],
            engine.state(practices[each.pk], facts[each.pk], actor.today),
            parts.get(each.pk, {}),
        )
        for each in rows
    ]


def step_by_step(actor: Actor, trajectory: Trajectory, today: date | None = None) -> State:
    """Where one trajectory stands, from its facts alone."""
    practice = _practice(trajectory)
    facts = facts_of(actor, [trajectory], {trajectory.pk: practice})
    return engine.state(practice, facts[trajectory.pk], today or actor.today)


def plans(actor: Actor, trajectory: Trajectory) -> QuerySet[Plan]:
    """The versions of the plan this hat may see, newest first, with the voices on each."""
    voices = Voice.objects.select_related("person").order_by("at")
    seen = Plan.objects.visible_to(actor).filter(trajectory=trajectory)
    return (
        seen.select_related("author", "hat__organisation")
        .prefetch_related(Prefetch("voices", voices))
        .order_by("-number")
    )


def decisions(actor: Actor, trajectory: Trajectory) -> QuerySet[Decision]:
    """What was decided, latest first, with the voices apart."""
    voices = Voice.objects.select_related("person").order_by("at")
    seen = Decision.objects.visible_to(actor).filter(trajectory=trajectory)
    return (
        seen.select_related("author", "hat__organisation")
        .prefetch_related(Prefetch("voices", voices))
        .order_by("-at")
    )


def voices_ahead(case: Case) -> QuerySet[Voice]:
    """What was said already about the decision that is coming."""
    gate = case.state.decision.gate if case.state.decision else ""
    ahead = Voice.objects.filter(trajectory=case.trajectory, gate=gate, decision=None, plan=None)
    return ahead.select_related("person").order_by("at")


def _practice(trajectory: Trajectory) -> Practice:
    return adopted(practice_of(trajectory.template), trajectory.chosen)


def _parts(rows: list[Trajectory]) -> dict[UUID, dict[str, Membership]]:
    parts = Part.objects.filter(trajectory__in=[each.pk for each in rows])
    by_trajectory: dict[UUID, dict[str, Membership]] = {}
    for part in parts.select_related("membership__person", "membership__organisation"):
        by_trajectory.setdefault(part.trajectory_id, {})[part.role] = part.membership
    return by_trajectory
