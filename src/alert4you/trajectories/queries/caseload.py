"""Trajectories as a hat sees them: where each stands, what is next, who has it, by when."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, UUIDField
from django.utils.translation import gettext as _

from alert4you.access.models import Entry, Kind
from alert4you.access.queries.line import named, posted_locations
from alert4you.children.models import Child
from alert4you.kernel.among import Among
from alert4you.kernel.compiled import Condition
from alert4you.kernel.decision import NotVisible
from alert4you.kernel.gathered import Gathered
from alert4you.kernel.kept import kept
from alert4you.organisations.models import Absence, Actor, Membership
from alert4you.practices.models import Adoption
from alert4you.practices.queries.templates import practice_with
from alert4you.practices.rules.language import Practice
from alert4you.trajectories.models import Decision, Part, Trajectory
from alert4you.trajectories.queries.facts import AskedBefore, Party, facts_of
from alert4you.trajectories.rules import engine, planning
from alert4you.trajectories.rules.states import PARENTS, Block, NextStep, State, Taken

MOST = 500
PEOPLE = ("lead__person", "lead__organisation", "cover__person", "cover__organisation")


@dataclass(frozen=True)
class Case:
    """One trajectory with the practice it follows and where it stands today.

    ``covers``: who stands in for those of its people who are away today. ``verdict_is_seen``: whether
    the hat may see the last decision, and so with what result it ended.
    """

    trajectory: Trajectory
    practice: Practice
    state: State
    parts: dict[str, Membership] = field(default_factory=dict)
    covers: Mapping[UUID, Membership] = field(default_factory=dict)
    verdict_is_seen: bool = False

    def owner(self, step: NextStep) -> Membership | None:
        """Who has a step today: the person in that role, else the lead; None when it is the parents'."""
        if step.role == PARENTS or self.is_for_parents(step):
            return None
        return self.here(self.parts.get(step.role, self.trajectory.lead))

    def here(self, who: Membership) -> Membership:
        """This person, or who stands in today."""
        if who.pk not in self.covers:
            return who
        if who.pk == self.trajectory.lead_id:
            return self.trajectory.cover
        return self.covers[who.pk]

    def is_for_parents(self, step: NextStep) -> bool:
        role = self.practice.role(step.role)
        return role is not None and role.hat == "parent"

    def is_asked_of(self, actor: Actor) -> bool:
        """Whether the next step is this hat's."""
        if self.state.next is None:
            return False
        owner = self.next_owner
        if owner is None:
            return actor.is_parent
        return owner.pk == actor.membership_id

    def words(self, step: NextStep) -> str:
        """What a step asks, in a few words."""
        if step.kind == "need" and step.role == PARENTS:
            return _("The answer of the parents")
        return str(step.title)

    @property
    def next_words(self) -> str:
        return self.words(self.state.next) if self.state.next else ""

    @property
    def lead_today(self) -> Membership:
        return self.here(self.trajectory.lead)

    @property
    def lead_is_away(self) -> bool:
        return self.trajectory.lead_id in self.covers

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
    def consent_blocks(self) -> list[Block]:
        return [each for each in self.state.blocks if each.requirement.startswith("consent:")]

    @property
    def waits_for_consent(self) -> bool:
        """The parents were asked something, or must still be asked, and nobody said no."""
        return any(not each.refused for each in self.consent_blocks)

    @property
    def refused(self) -> bool:
        return any(each.refused for each in self.consent_blocks)

    @property
    def waits_for_parents(self) -> bool:
        """The next step is theirs, or something waits for their consent."""
        owner_is_parent = self.state.next is not None and self.next_owner is None
        return owner_is_parent or self.waits_for_consent

    @property
    def phase_title(self) -> str:
        phase = self.practice.phase(self.state.phase or "")
        return str(phase.title) if phase else ""

    @property
    def verdict(self) -> Taken | None:
        """The decision that ended it."""
        return self.state.decided[-1] if self.state.ended and self.state.decided else None

    @property
    def outcome(self) -> str:
        """What was decided at the end, in the words of the practice; "" when that is not to be seen."""
        last = self.verdict if self.verdict_is_seen else None
        gate = self.practice.gate(last.gate) if last else None
        return str(gate.option(last.choice).title) if gate and last else ""

    def seen_with(self, decisions: Collection[str]) -> "Case":
        """As somebody knows it who may see these decisions."""
        last = self.verdict
        return replace(self, verdict_is_seen=last is not None and last.id in decisions)


def trajectories(actor: Actor) -> QuerySet[Trajectory]:
    """Trajectories this hat may see, the soonest due first; ``cases`` tells who their people are."""
    seen = with_parts(Trajectory.objects.visible_to(actor))
    return seen.order_by(F("next_due").asc(nulls_last=True), "pk")


def with_parts(rows: QuerySet[Trajectory]) -> QuerySet[Trajectory]:
    """With what ``cases`` asks of its rows; ``told``: who plays which role, as ``[role, membership]``."""
    parts = Part.objects.filter(trajectory=OuterRef("pk")).values("trajectory")
    told = parts.annotate(told=Gathered("role", "membership")).values("told")
    return rows.select_related("template", "child", "location").annotate(told=Subquery(told))


def caseload(actor: Actor, asked: AskedBefore = None) -> list[Case]:
    """The running trajectories (at most ``MOST``), soonest due first; ``asked``: see ``facts_of``."""
    soonest = sorted(_running(actor), key=lambda each: (each.next_due or date.max, str(each.pk)))
    running = cases(actor, soonest[:MOST], asked)
    return sorted((each for each in running if each.state.running), key=_soonest)


@kept
def _running(actor: Actor) -> QuerySet[Trajectory]:
    """Found from this hat: of its own organisation; else of whom it is named, or where it coaches a group."""
    running = trajectories(actor).filter(ended_on=None, kind=Kind.TRAJECTORY).order_by()
    own = Q(organisation=actor.organisation_id)
    others = Trajectory.objects.visible_to(actor).filter(kind=Kind.TRAJECTORY).exclude(own)
    others_ids = others.order_by().values("pk")
    posts = posted_locations(actor).order_by().values("pk")
    about, there = Among("child", named(actor)), Among("location", posts)
    elsewhere = others_ids.filter(about).union(others_ids.filter(there))
    return running.filter(own).union(running.filter(Among("pk", elsewhere)), all=True)


def _soonest(case: Case) -> tuple[date, str]:
    due = case.state.next.due if case.state.next else None
    return due or date.max, str(case.trajectory.pk)


def ended(actor: Actor) -> list[Case]:
    """What ended, latest first."""
    past = trajectories(actor).filter(ended_on__isnull=False).order_by("-ended_on", "pk")
    found = cases(actor, past[:MOST])
    last = [each.verdict.id for each in found if each.verdict]
    seen = {str(each.pk) for each in Decision.objects.visible_to(actor).filter(pk__in=last)}
    return [each.seen_with(seen) for each in found]


def cases_of(actor: Actor, child: Child, asked: AskedBefore = None) -> list[Case]:
    """All trajectories of a child that this hat may see, the running ones first."""
    return cases(actor, _about(actor, child.pk), asked)


@kept
def _about(actor: Actor, child_id: UUID) -> QuerySet[Trajectory]:
    about = trajectories(actor).filter(child=child_id)
    return about.order_by(F("ended_on").desc(nulls_first=True), "pk")


def case(actor: Actor, trajectory_id: UUID) -> Case:
    """One trajectory; raises NotVisible when it is not there or not for this hat."""
    return cases(actor, [_found(_one(actor, trajectory_id, False))])[0]


def trajectory(actor: Actor, trajectory_id: UUID) -> Trajectory:
    """One trajectory without where it stands; ``plans_known``: may this hat see the plan too; ``has_newer``.

    Raises NotVisible.
    """
    return _found(_one(actor, trajectory_id, True))


@kept
def _one(actor: Actor, trajectory_id: UUID, with_people: bool) -> QuerySet[Trajectory]:
    told = {"plans_known": Condition(Entry, planning.plans_known, actor), "has_newer": has_newer()}
    found = trajectories(actor).annotate(**told).filter(pk=trajectory_id)
    return found.select_related(*PEOPLE) if with_people else found


def _found(rows: Sequence[Trajectory]) -> Trajectory:
    if not rows:
        raise NotVisible
    return rows[0]


def has_newer() -> Exists:
    """Whether the organisation adopted another version than the one that a trajectory follows."""
    here = Adoption.objects.filter(
        organisation=OuterRef("organisation"), slug=OuterRef("template__slug"), ended_at=None
    )
    return Exists(here.exclude(template=OuterRef("template"), chosen=OuterRef("chosen")))


def cases(actor: Actor, rows: Iterable[Trajectory], asked: AskedBefore = None) -> list[Case]:
    """Rows with their state today; the number of queries does not depend on the number of rows."""
    rows = list(rows)
    practices = _practices(rows)
    parts, covers = _people(actor, rows)
    organisations = {
        (trajectory, role): who.organisation_id
        for trajectory, roles in parts.items()
        for role, who in roles.items()
    }
    facts = facts_of(actor, rows, practices, organisations, asked)
    return [
        Case(
            each,
            practices[each.pk],
            engine.state(practices[each.pk], facts[each.pk], actor.today),
            parts.get(each.pk, {}),
            covers,
        )
        for each in rows
    ]


def step_by_step(actor: Actor, trajectory: Trajectory, today: date | None = None) -> State:
    """Where one trajectory stands, from its facts alone."""
    practice = practice_in(trajectory)
    facts = facts_of(actor, [trajectory], {trajectory.pk: practice})
    return engine.state(practice, facts[trajectory.pk], today or actor.today)


def states(
    actor: Actor, rows: Sequence[Trajectory], parties: Mapping[Party, UUID] | None = None
) -> Iterator[tuple[Trajectory, State]]:
    """Where each of many stands today, from its facts alone (``parties``: as `facts_of`)."""
    practices = _practices(rows)
    facts = facts_of(actor, rows, practices, parties)
    for each in rows:
        yield each, engine.state(practices[each.pk], facts[each.pk], actor.today)


def practice_in(trajectory: Trajectory) -> Practice:
    """The version this trajectory stays on, with the numbers that were chosen for it."""
    return practice_with(trajectory.template, trajectory.chosen)


def _practices(rows: Sequence[Trajectory]) -> dict[UUID, Practice]:
    return {each.pk: practice_in(each) for each in rows}


def _people(
    actor: Actor, rows: list[Any]
) -> tuple[dict[UUID, dict[str, Membership]], dict[UUID, Membership]]:
    """Who plays which role in each, and for those who are away today who stands in; somebody with many parts
    is read once. Lead and cover are filled in.
    """
    if not rows:
        return {}, {}
    parts: list[tuple[UUID, str, UUID]] = [
        (each.pk, role, UUID(who)) for each in rows for role, who in each.told or ()
    ]
    ids = {who for _trajectory, _role, who in parts}
    ids |= {who for each in rows for who in (each.lead_id, each.cover_id)}
    people = {each.pk: each for each in _memberships(actor, ids)}
    for each in rows:
        each.lead, each.cover = people[each.lead_id], people[each.cover_id]
    runs = {each.pk: each.lead_id for each in rows if each.ended_on is None}
    at_work = {*runs.values(), *(who for trajectory, _role, who in parts if trajectory in runs)}
    by_trajectory: dict[UUID, dict[str, Membership]] = {}
    for trajectory, role, who in parts:
        by_trajectory.setdefault(trajectory, {})[role] = people[who]
    away = ((each, people[each].stands_in) for each in at_work)
    return by_trajectory, {each: people[instead] for each, instead in away if instead}


@kept
def _memberships(actor: Actor, ids: Collection[UUID]) -> QuerySet[Any]:
    """These, and who stands in for those who are away today (``stands_in``)."""
    away = Absence.objects.on(actor.today)
    covers = away.filter(membership__in=ids).order_by().values("cover")
    these = Membership.objects.filter(pk__in=ids).order_by().values("pk").union(covers)
    first = away.filter(membership=OuterRef("pk")).order_by("starts", "-pk").values("cover")[:1]
    instead = Subquery(first, output_field=UUIDField())
    found = Membership.objects.filter(Among("pk", these)).annotate(stands_in=instead)
    return found.select_related("person", "organisation")
