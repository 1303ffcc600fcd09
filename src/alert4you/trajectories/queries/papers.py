"""What was written down in a trajectory: the versions of its plan, its decisions, the voices on both."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Q

from alert4you.access.models import Entry, Kind
from alert4you.children.models import Guardian, GuardianKind
from alert4you.organisations.models import Actor, Organisation, OrganisationKind, Role
from alert4you.practices.rules.language import Gate, Practice
from alert4you.trajectories.models import Decision, Plan, Step, Trajectory, Voice, VoiceOf
from alert4you.trajectories.rules.planning import Goal, goals

NO_PARENTS = (GuardianKind.GUARDIAN, GuardianKind.INSTITUTION, GuardianKind.SUPERVISOR)
FROM_OUTSIDE = (VoiceOf.CARE, VoiceOf.SCHOOL)
FIND = "finding; what is shown is read for the actor"


@dataclass(frozen=True)
class Version:
    """One version of the plan, with what each party said of it, oldest first."""

    plan: Plan
    goals: list[Goal]
    voices: list[Voice]


@dataclass(frozen=True)
class Verdict:
    """A decision in words: what was asked, what was chosen, and what each party said."""

    decision: Decision
    question: str
    choice: str
    kind: str
    voices: list[Voice]


@dataclass(frozen=True)
class Papers:
    """Versions of the plan and decisions, newest first; ``ahead``: voices on the coming decision;
    ``seen``: what was observed, newest first, and ``beside``: the voices on it.
    """

    versions: list[Version] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)
    ahead: list[Voice] = field(default_factory=list)
    seen: list[Entry] = field(default_factory=list)
    beside: list[Voice] = field(default_factory=list)

    @property
    def plan(self) -> Version | None:
        """The version that counts."""
        return self.versions[0] if self.versions else None

    @property
    def number(self) -> int:
        """The number of the newest version; 0 when there is none."""
        return self.plan.plan.number if self.plan else 0

    def heard(self, gate: Gate) -> list[Voice]:
        return [each for each in self.ahead if each.gate == gate.key]


def papers(actor: Actor, trajectory: Trajectory, practice: Practice, ahead: bool = True) -> Papers:
    """All of it that this hat may see; ``ahead``: with the voices on what is still to be decided."""
    written = list(_written(actor, trajectory))
    voices = Voice.objects.visible_to(actor).filter(trajectory=trajectory)
    voices = voices.select_related("person", "recorded_by", "trajectory")
    said = list(voices.order_by("at", "pk"))
    plans = [each.as_plan for each in written if hasattr(each, "as_plan")]
    decisions = [each.as_decision for each in written if hasattr(each, "as_decision")]
    plans.sort(key=lambda plan: -plan.number)
    return Papers(
        [Version(each, goals(each.goals), _of(said, "plan_id", each)) for each in plans],
        [_verdict(practice, each, _of(said, "decision_id", each)) for each in decisions],
        [each for each in said if ahead and each.gate and not each.decision_id],
        [
            each
            for each in written
            if not (hasattr(each, "as_plan") or hasattr(each, "as_decision"))
        ],
        [each for each in said if each.entry_id],
    )


def heard(trajectory: Trajectory, gate: str) -> set[str]:
    """The parties that spoke about the coming decision at this gate."""
    voices = Voice.objects.unrestricted(reason="whether a party was heard, not what it said")
    ahead = voices.filter(trajectory=trajectory, gate=gate, decision=None)
    return set(ahead.values_list("of", flat=True))


def own_voice(actor: Actor, trajectory: Trajectory) -> str:
    """As which party this hat speaks about this trajectory."""
    if actor.is_parent:
        represents = Guardian.objects.on(actor.today).filter(
            child=trajectory.child_id, person=actor.person_id, kind__in=NO_PARENTS
        )
        return VoiceOf.GUARDIAN if represents.exists() else VoiceOf.PARENTS
    if actor.role == Role.GROUP_WORKER:
        return VoiceOf.GROUP_WORKER
    if actor.role == Role.MANAGER:
        return VoiceOf.MANAGER
    school = Organisation.objects.filter(pk=actor.organisation_id, kind=OrganisationKind.SCHOOL)
    return VoiceOf.SCHOOL if school.exists() else VoiceOf.CARE


def is_outside(actor: Actor, trajectory: Trajectory) -> bool:
    """Whether this hat works somewhere else than where the trajectory runs."""
    return not actor.is_parent and actor.organisation_id != trajectory.organisation_id


def newest_plan(actor: Actor, trajectory: Trajectory) -> Plan | None:
    """The version of the plan that counts, when this hat may see it."""
    seen = Plan.objects.visible_to(actor).filter(trajectory=trajectory)
    return seen.select_related("author", "hat").order_by("-number").first()


def _written(actor: Actor, trajectory: Trajectory) -> Sequence[Entry]:
    plans = Plan.objects.alongside(reason=FIND).filter(trajectory=trajectory)
    decisions = Decision.objects.alongside(reason=FIND).filter(trajectory=trajectory)
    steps = Step.objects.filter(trajectory=trajectory, entry__kind=Kind.OBSERVATION)
    voices = Voice.objects.alongside(reason=FIND)
    spoken = voices.filter(trajectory=trajectory, entry__isnull=False)
    papers_of_it = plans.values("pk").union(decisions.values("pk"))
    own = Q(pk__in=papers_of_it.union(steps.values("entry"), spoken.values("entry")))
    seen = Entry.objects.visible_to(actor).filter(own)
    related = seen.select_related("as_plan", "as_decision", "author", "hat__organisation")
    written: Sequence[Entry] = list(related.order_by("-at", "-written_at"))
    for each in written:
        paper = getattr(each, "as_plan", None) or getattr(each, "as_decision", None)
        if paper is not None:
            paper.author, paper.hat = each.author, each.hat
    return written


def _of(said: list[Voice], field_name: str, paper: Plan | Decision) -> list[Voice]:
    return [each for each in said if getattr(each, field_name) == paper.pk]


def _verdict(practice: Practice, decision: Decision, voices: list[Voice]) -> Verdict:
    gate = practice.gate(decision.gate)
    option = practice.option(decision.gate, decision.choice)
    order = {of: place for place, of in enumerate(gate.voices)} if gate else {}
    voices = sorted(voices, key=lambda each: order.get(each.of, len(order)))
    return Verdict(
        decision,
        str(gate.title) if gate else decision.title,
        str(option.title) if option else "",
        option.kind if option else "",
        voices,
    )
