"""One trajectory as its page shows it: where we are, what is next, how far, what is in the way."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from alert4you.organisations.models import Actor, Membership
from alert4you.practices.rules import wording
from alert4you.practices.rules.cards import leads_to, parts
from alert4you.practices.rules.language import PRACTICE, REFERRAL, THE_GROUP, Gate, Role
from alert4you.practices.rules.route import Route, route
from alert4you.trajectories.models import Trajectory, Voice
from alert4you.trajectories.queries import caseload
from alert4you.trajectories.queries.beside import Differing, seen_by_each
from alert4you.trajectories.queries.caseload import Case
from alert4you.trajectories.queries.papers import Papers, papers
from alert4you.trajectories.rules.beads import Bead, beads
from alert4you.trajectories.rules.chart import Chart, chart
from alert4you.trajectories.rules.planning import Powers, is_of_parents, powers
from alert4you.trajectories.rules.states import LEAD, Block, NextStep, Progress, Text


@dataclass(frozen=True)
class Ahead:
    """A next step: what, who has it (None: the parents), by when; where one does it (``link``)."""

    step: NextStep
    words: str
    owner: Membership | None
    mine: bool
    late: bool
    link: str

    @property
    def due(self) -> date | None:
        return self.step.due


@dataclass(frozen=True)
class Strand:
    """One activity of the phase: how often it should be, and how far it is."""

    progress: Progress
    often: str
    beads: tuple[Bead, ...]
    owner: str
    may_log: bool

    @property
    def in_words(self) -> str:
        """The beads told in words, for whoever does not see them."""
        told = _("%(done)d done") % {"done": self.progress.done}
        if self.progress.needed:
            told = _("%(done)d of %(needed)d done") % {
                "done": self.progress.done,
                "needed": self.progress.needed,
            }
        missed = len(self.progress.missed)
        return (
            _("%(told)s, %(missed)d missed") % {"told": told, "missed": missed} if missed else told
        )


@dataclass(frozen=True)
class Leg:
    """A phase or decision of the route: "done", "now" or "later"."""

    title: str
    state: str
    text: str = ""


@dataclass(frozen=True)
class Overview:
    """All that the page of one trajectory shows to one hat."""

    case: Case
    papers: Papers
    powers: Powers
    steps: list[Ahead]
    strands: list[Strand]
    seen: list[Differing]
    chart: Chart | None
    people: list[tuple[Role, Membership | None]]
    route: Route
    legs: list[Leg]
    goes_on: bool
    may_grow: bool

    @property
    def gate(self) -> Gate | None:
        return gate_ahead(self.case)

    @property
    def net_name(self) -> str:
        """The indication that is the safety net, in words."""
        net = self.case.state.net
        return capfirst(wording.word(net.indication)) if net else ""

    @property
    def heard(self) -> list[Voice]:
        """What was said until now about the decision that is coming."""
        return self.papers.heard(self.gate) if self.gate else []

    @property
    def meanwhile(self) -> list[str]:
        """What the group simply does while the parents think."""
        phase = self.case.practice.phase(self.case.state.phase or "")
        deeds = phase.activities if phase and phase.considering else ()
        return [str(each.title) for each in deeds if THE_GROUP in each.with_]

    @property
    def support_question(self) -> str:
        """The question with which somebody supports the group worker who waits."""
        phase = self.case.practice.phase(self.case.state.phase or "")
        deeds = phase.activities if phase and phase.considering else ()
        return next((str(each.closing_question) for each in deeds if each.closing_question), "")

    @property
    def refusals(self) -> list[Block]:
        """What the parents said no to: an answer, not a task."""
        return [each for each in self.case.state.blocks if each.refused]

    @property
    def uncounted(self) -> list[Text]:
        return list(dict.fromkeys(each.reason for each in self.case.state.uncounted))

    @property
    def onward(self) -> str:
        """The practice that the last decision led to, by its slug; "" otherwise."""
        leads = self._leads_to
        return leads.removeprefix(PRACTICE) if leads.startswith(PRACTICE) else ""

    @property
    def referred(self) -> bool:
        return self._leads_to == REFERRAL

    @property
    def _leads_to(self) -> str:
        end = self.case.state.ended if self.case.verdict_is_seen else None
        return end.leads_to if end else ""

    @property
    def onward_in_words(self) -> str:
        last = self.case.verdict if self.case.verdict_is_seen else None
        gate = self.case.practice.gate(last.gate) if last else None
        return leads_to(self.case.practice, gate.option(last.choice)) if gate and last else ""


def overview(actor: Actor, trajectory_id: UUID) -> Overview:
    """One trajectory for its page; raises NotVisible."""
    case = caseload.case(actor, trajectory_id)
    knows_plans = case.trajectory.plans_known  # type: ignore[attr-defined]
    may = powers(actor, case.trajectory, knows_plans)
    written = papers(actor, case.trajectory, case.practice, knows_plans)
    case = case.seen_with({str(each.decision.pk) for each in written.verdicts})
    return Overview(
        case,
        written,
        may,
        list(_steps(actor, case, may)),
        list(_strands(actor, case, may)),
        seen_by_each(case, written),
        chart(case.state.taper, actor.today),
        [
            (role, case.parts.get(role.key))
            for role in case.practice.roles
            if role.hat != "parent" and role.key in case.parts
        ],
        route(case.practice, *_place(case)),
        _legs(case),
        _goes_on(case),
        case.trajectory.child_id is not None and (actor.is_parent or bool(may.begin)),
    )


def gate_ahead(case: Case) -> Gate | None:
    """The decision that is coming, as the practice tells it."""
    decision = case.state.decision
    return case.practice.gate(decision.gate) if decision else None


def _steps(actor: Actor, case: Case, may: Powers) -> Iterator[Ahead]:
    for step in case.state.steps:
        owner = case.owner(step)
        mine = actor.is_parent if owner is None else owner.pk == actor.membership_id
        late = step.due is not None and step.due < case.state.today
        yield Ahead(step, case.words(step), owner, mine, late, _link(actor, case, may, step))


def _link(actor: Actor, case: Case, may: Powers, step: NextStep) -> str:
    """What one can do about it here: "log", "decide", "plan", "taper", "indication", "talk", "answer",
    "ask" or "".
    """
    if step.kind == "need" and step.key.startswith("consent:"):
        return _about_consent(actor, case, may, step)
    about_child = case.trajectory.child_id is not None
    ways = {
        "decision": ("decide", bool(may.decide)),
        "activity": ("log", bool(may.work)),
        "indication": ("indication", about_child),
        "parent_contact": ("talk", bool(may.work) and about_child),
        "taper": ("taper", bool(may.plan)),
        "need": ("plan", bool(may.plan)),
    }
    way, allowed = ways[step.key if step.kind == "need" and step.key in ways else step.kind]
    return way if allowed else ""


def _about_consent(actor: Actor, case: Case, may: Powers, step: NextStep) -> str:
    if actor.is_parent:
        return "answer"
    return "ask" if may.begin and step.role == LEAD and case.trajectory.child_id else ""


def _may_log(actor: Actor, case: Case, may: Powers, told: Progress) -> bool:
    """Staff log what is done, also what the parents told; the parents what they do themselves."""
    if told.blocked_by:
        return False
    if actor.is_parent:
        return bool(may.tell) and is_of_parents(case.practice, told.activity)
    return bool(may.work)


def _strands(actor: Actor, case: Case, may: Powers) -> Iterator[Strand]:
    phase = case.practice.phase(case.state.phase or "")
    for told in case.state.progress:
        activity = phase.activity(told.activity) if phase else None
        if activity is None:
            continue
        who = case.parts.get(told.by)
        role = case.practice.role(told.by)
        yield Strand(
            told,
            wording.dose(activity.dose),
            beads(activity, told, case.state.begun, case.state.today),
            case.here(who).person.name if who else str(role.title if role else ""),
            _may_log(actor, case, may, told),
        )


def _place(case: Case) -> tuple[str | None, set[str]]:
    """Where we are on the route, and what lies behind."""
    state = case.state
    passed = {each.phase for each in state.passed} | {each.gate for each in state.decided}
    here = state.phase
    if here and state.decision and state.decision.ready and state.begun:
        if all(each.complete for each in state.progress):
            passed.add(here)
        here = state.decision.gate
    return here, passed - {here}


def _legs(case: Case) -> list[Leg]:
    here, passed = _place(case)
    return [
        Leg(
            str(part.title),
            "now" if part.key == here else "done" if part.key in passed else "later",
        )
        for part in parts(case.practice)
    ]


def _goes_on(case: Case) -> bool:
    """Whether the practice that the last decision led to was started since."""
    end, about = case.state.ended, case.trajectory
    if end is None or not end.leads_to.startswith(PRACTICE):
        return False
    later = Trajectory.objects.unrestricted(reason="whether the next one was started").filter(
        child=about.child_id,
        location=about.location_id,
        template__slug=end.leads_to.removeprefix(PRACTICE),
        day__gte=end.on,
    )
    return later.exists()
