"""Where a trajectory stands: its phase, what is next, who has it, by when, what was decided."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import override

from alert4you.children.models import Child
from alert4you.organisations.models import Actor, Location, Membership, Organisation
from alert4you.practices.models import PracticeTemplate
from alert4you.scenarios import finding, kinds
from alert4you.scenarios.sentences import check
from alert4you.scenarios.world import PROOF, NotSo, World, plain
from alert4you.trajectories.models import Decision, Plan, Trajectory
from alert4you.trajectories.queries.caseload import Case, caseload, cases, with_parts
from alert4you.trajectories.rules.states import NextStep

IN = {"in": kinds.PRACTICE}
PARENTS = "parents"
WHO = kinds.Kind("a colleague, or `parents`", kinds.TEXT.read)
NEXT = {"who": WHO, "by": kinds.DAY, "any": kinds.FLAG, **IN}
COUNTED = kinds.record_of(
    "`done`, `of`, `missed`, `over`, `minutes`",
    {},
    {word: kinds.NUMBER for word in ("done", "of", "missed", "over", "minutes")},
)
TO_DECIDE = {"by": kinds.DAY, "ready": kinds.FLAG, "why not": kinds.TEXT, **IN}


@check("the phase for {child}", must={"phase": kinds.TEXT}, may=IN)
def phase(world: World, child: Child, phase: str, **more: Any) -> None:
    """By its name in the practice; `none` when it has ended."""
    _same_phase(_case(world, child, **more), phase)


@check("the phase at {location}", must={"phase": kinds.TEXT}, may=IN)
def phase_at(world: World, location: Location, phase: str, **more: Any) -> None:
    _same_phase(_case(world, location, **more), phase)


def _same_phase(found: Case, phase: str) -> None:
    if (found.state.phase or "none") != phase:
        raise NotSo(found.state.phase or "none: it has ended")


@check("next for {child}", must={"step": kinds.TEXT}, may=NEXT)
def next_for(world: World, child: Child, step: str, **more: Any) -> None:
    """`step` is the name of an activity or decision, or a piece of what must be done first; `any:
    yes` when it is one of the next steps and not the very first.
    """
    _is_next(world, _case(world, child, **more), step, more)


@check("next at {location}", must={"step": kinds.TEXT}, may=NEXT)
def next_at(world: World, location: Location, step: str, **more: Any) -> None:
    _is_next(world, _case(world, location, **more), step, more)


def _is_next(world: World, found: Case, step: str, more: Mapping[str, Any]) -> None:
    steps = found.state.steps if more.get("any") else found.state.steps[:1]
    meant = next((each for each in steps if _is(each, step)), None)
    listed = "; ".join(_spoken(world, found, each) for each in found.state.steps)
    if meant is None:
        raise NotSo(listed or "nothing: it has ended")
    if more.get("who_", _owner(world, found, meant)) != _owner(world, found, meant):
        raise NotSo(listed)
    if more.get("by", meant.due) != meant.due:
        raise NotSo(listed)


def _is(step: NextStep, words: str) -> bool:
    with override("nl"):
        dutch = plain(step.title)
    with override("en"):
        return words == step.key or plain(words) in dutch or plain(words) in plain(step.title)


def _spoken(world: World, found: Case, step: NextStep) -> str:
    return f"{step.key} ({_owner(world, found, step)}, {step.due or 'no date'})"


def _owner(world: World, found: Case, step: NextStep) -> str:
    owner = found.owner(step)
    return world.name_of(owner) if owner else PARENTS


@check(
    "counted for {child}",
    must={"activities": kinds.table_of(COUNTED, says="lines of an activity and its counts")},
    may=IN,
)
def counted(world: World, child: Child, activities: Mapping[str, Any], **more: Any) -> None:
    """What was done of the phase that runs: `{observation: {done: 1, of: 2}}`."""
    _same_counts(_case(world, child, **more), activities)


@check(
    "counted at {location}",
    must={"activities": kinds.table_of(COUNTED, says="lines of an activity and its counts")},
    may=IN,
)
def counted_at(
    world: World, location: Location, activities: Mapping[str, Any], **more: Any
) -> None:
    _same_counts(_case(world, location, **more), activities)


def _same_counts(found: Case, wanted: Mapping[str, Mapping[str, int]]) -> None:
    counts = {each.activity: each for each in found.state.progress}
    for activity, numbers in wanted.items():
        each = counts.get(activity)
        if each is None:
            raise NotSo(f"“{activity}” is not counted now; counted are: {', '.join(counts)}")
        shown = {
            "done": each.done,
            "of": each.needed,
            "missed": len(each.missed),
            "over": each.over,
            "minutes": each.minutes,
        }
        if any(shown[key] != value for key, value in numbers.items()):
            listed = ", ".join(f"{key}: {value}" for key, value in shown.items())
            raise NotSo(f"{activity}: {listed}")


@check("to decide for {child}", must={"decision": kinds.TEXT}, may=TO_DECIDE)
def to_decide(world: World, child: Child, decision: str, **more: Any) -> None:
    """The decision ahead: when, and whether it can be taken without saying why early."""
    _same_decision(_case(world, child, **more), decision, more)


@check("to decide at {location}", must={"decision": kinds.TEXT}, may=TO_DECIDE)
def to_decide_at(world: World, location: Location, decision: str, **more: Any) -> None:
    _same_decision(_case(world, location, **more), decision, more)


def _same_decision(found: Case, gate: str, more: Mapping[str, Any]) -> None:
    ahead = found.state.decision
    if ahead is None or ahead.gate != gate:
        raise NotSo(ahead.gate if ahead else "nothing: it has ended")
    if more.get("by", ahead.due) != ahead.due:
        raise NotSo(f"by {ahead.due}")
    if more.get("ready", ahead.ready) != ahead.ready:
        raise NotSo("ready" if ahead.ready else f"not ready: {_both(ahead.why_not_ready)}")
    if plain(more.get("why_not", "")) not in plain(_both(ahead.why_not_ready)):
        raise NotSo(str(ahead.why_not_ready))


@check("for {child} it waits for", must={"words": kinds.TEXTS}, may=IN)
def waits_for(world: World, child: Child, words: Sequence[str], **more: Any) -> None:
    """What keeps the phase, or an activity of it, from going on."""
    blocks = _case(world, child, **more).state.blocks
    reasons = [_both(each.reason) for each in blocks]
    for piece in words:
        if not any(plain(piece) in plain(reason) for reason in reasons):
            raise NotSo("; ".join(reasons) or "nothing")


@check("for {child} it waits for nothing", may=IN)
def waits_for_nothing(world: World, child: Child, **more: Any) -> None:
    blocks = _case(world, child, **more).state.blocks
    if blocks:
        raise NotSo("; ".join(_both(each.reason) for each in blocks))


@check("the lead for {child}", must={"lead": kinds.HAT, "cover": kinds.HAT}, may=IN)
def lead(world: World, child: Child, lead: Membership, cover: Membership, **more: Any) -> None:
    """Exactly one, with a cover."""
    found = _case(world, child, **more).trajectory
    if found.lead != lead or found.cover != cover:
        raise NotSo(f"{world.name_of(found.lead)}, cover {world.name_of(found.cover)}")


@check(
    "the trajectory of {child} has ended",
    must={"outcome": kinds.TEXT},
    may={"leads to": kinds.TEXT, **IN},
)
def ended(
    world: World, child: Child, outcome: str, leads_to: str | None = None, **more: Any
) -> None:
    """With this outcome; `leads to` is `practice:...`, `referral` or `nothing`."""
    found = _case(world, child, **more).state
    if found.ended is None:
        raise NotSo(f"it runs, in phase {found.phase}")
    further = found.ended.leads_to or "nothing"
    if found.ended.outcome != outcome or leads_to not in (None, further):
        raise NotSo(f"{found.ended.outcome}, leading to {further}")


@check("the number of trajectories of {child}", must={"number": kinds.NUMBER})
def number(world: World, child: Child, number: int) -> None:
    found = Trajectory.objects.unrestricted(reason=PROOF).filter(child=child)
    if found.count() != number:
        raise NotSo(", ".join(f"{each}" for each in found) or "none")


@check("the caseload of {who}", must={"children": kinds.TEXTS})
def has_caseload(world: World, who: Actor, children: Sequence[str]) -> None:
    """Among the running trajectories this person may see are those of these children."""
    found = [world.child_name(each.trajectory.child) for each in caseload(who)]
    if not set(children) <= set(found):
        raise NotSo(", ".join(found) or "none")


@check(
    "the plan for {child}",
    must={"version": kinds.NUMBER},
    may={
        "end goal": kinds.TEXT,
        "goals": kinds.TEXTS,
        "evaluation": kinds.DAY,
        "agree": kinds.several_of(kinds.NAME),
        "disagree": kinds.several_of(kinds.NAME),
        **IN,
    },
)
def plan(world: World, child: Child, version: int, **more: Any) -> None:
    """The newest version; `goals` are pieces of all of them, in order."""
    trajectory = _case(world, child, **more).trajectory
    plans = Plan.objects.unrestricted(reason=PROOF).filter(trajectory=trajectory)
    found = plans.order_by("number").last()
    if found is None or found.number != version:
        raise NotSo(f"version {found.number}" if found else "there is no plan")
    _same_plan(world, found, more)


def _same_plan(world: World, found: Plan, more: Mapping[str, Any]) -> None:
    goals = [row["goal"] for row in found.goals]
    evaluation: date | None = found.evaluation_on
    if plain(more.get("end_goal", "")) not in plain(found.end_goal):
        raise NotSo(f"end goal: {found.end_goal or 'none'}")
    if more.get("evaluation", evaluation) != evaluation:
        raise NotSo(f"evaluation on {evaluation}")
    wanted = more.get("goals", goals)
    if len(wanted) != len(goals) or any(
        plain(piece) not in plain(goal) for piece, goal in zip(wanted, goals, strict=True)
    ):
        raise NotSo(f"goals: {'; '.join(goals)}")
    for key, agrees in (("agree", True), ("disagree", False)):
        said = found.voices.unrestricted(reason=PROOF).filter(agrees=agrees)
        people = sorted(world.name_of(each.person) for each in said)
        if key in more and sorted(more[key]) != people:
            raise NotSo(f"{key}: {', '.join(people) or 'nobody'}")


@check(
    "the last decision for {child}",
    must={"choice": kinds.TEXT},
    may={
        "voices": kinds.table_of(kinds.TEXT, kinds.VOICE, says="lines of a voice and its words"),
        "early because": kinds.TEXT,
        **IN,
    },
)
def decided(world: World, child: Child, choice: str, **more: Any) -> None:
    """With each voice apart, in its own words."""
    trajectory = _case(world, child, **more).trajectory
    rows = Decision.objects.unrestricted(reason=PROOF).filter(trajectory=trajectory)
    found = rows.order_by("written_at").last()
    if found is None or found.choice != choice:
        raise NotSo(found.choice if found else "nothing was decided")
    if plain(more.get("early_because", "")) not in plain(found.early_reason):
        raise NotSo(f"early because: {found.early_reason or 'it was ready'}")
    said = [(voice.of, voice.words) for voice in found.voices.unrestricted(reason=PROOF)]
    for of, words in more.get("voices", {}).items():
        if not any(of == each and plain(words) in plain(text) for each, text in said):
            raise NotSo("; ".join(f"{each}: “{text}”" for each, text in said) or "no voices")


@check("minutes that nobody pays {organisation} for", must={"minutes": kinds.NUMBER})
def uncovered(world: World, organisation: Organisation, minutes: int) -> None:
    """All activities in its trajectories whose practice says that nobody pays."""
    rows = Trajectory.objects.unrestricted(reason=PROOF).filter(organisation=organisation)
    found = sum(
        step.minutes or 0
        for each in cases(world.nobody, with_parts(rows))
        if each.practice.money.covered == "no"
        for step in each.trajectory.steps.all()
    )
    if found != minutes:
        raise NotSo(str(found))


def _case(
    world: World, about: Child | Location, in_: PracticeTemplate | None = None, **more: Any
) -> Case:
    return finding.case_of(world, about, in_.slug if in_ else "")


def _both(text: object) -> str:
    """A text in both languages, so that a story may quote either."""
    with override("nl"):
        dutch = str(text)
    with override("en"):
        return str(text) if dutch == str(text) else f"{text} / {dutch}"
