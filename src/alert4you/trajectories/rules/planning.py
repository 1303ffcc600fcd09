"""What a plan holds, and who may change what of a trajectory."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Protocol

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from alert4you.access import policy
from alert4you.access.models import Category, Entry
from alert4you.access.rules.names import no_child_named
from alert4you.access.rules.relations import is_guardian, leads, works_with
from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.notes.rules.writing import Spoken, in_own_file, may_write_down
from alert4you.organisations.models import Actor, Membership
from alert4you.organisations.rules import RUNS_THE_PLACE
from alert4you.practices.queries.templates import practice_of
from alert4you.practices.rules.language import Practice
from alert4you.trajectories.models import Plan, Trajectory
from alert4you.trajectories.rules.beginning import SAME_PERSON
from alert4you.ui.dates import written_day


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


ENDED = Decision(
    _("This trajectory has ended; what was written stays as it was."),
    _("A question is always possible, also without a new trajectory."),
)
NOT_SHARED = Decision(
    _("The parents have not agreed that you know the plan."),
    _("Ask who has the lead; the parents decide."),
)
ASK_LEAD = _("Ask who has the lead about it.")
NOT_HERE = Decision(_("Only staff of the place itself start something new."))
NOT_FOR_PARENTS = Decision(
    _("Who works with the child writes down what was done."),
    _("Add your own words to the line of your child."),
)


def goals_of(written: Iterable[Goal], before: Iterable[Goal], by_parents: bool) -> list[Goal]:
    """Whose goal each is: the parents' as long as it stands in their words, and new ones of theirs."""
    earlier = {each.goal: each.by_parents for each in before}
    return [
        replace(each, by_parents=earlier.get(each.goal, each.by_parents or by_parents))
        for each in written
    ]


def may_do(actor: Actor, trajectory: Trajectory, activity: str) -> Decision:
    """Log an activity, while it runs: who works on it; and the parents what they do themselves."""
    may = powers(actor, trajectory)
    if actor.is_parent and is_of_parents(practice_of(trajectory.template), activity):
        return may.tell
    return may.work


def is_of_parents(practice: Practice, activity: str) -> bool:
    """Whether the parents do this themselves."""
    theirs = {role.key for role in practice.roles if role.hat == "parent"}
    found = (phase.activity(activity) for phase in practice.phases)
    return any(each is not None and each.by in theirs for each in found)


def may_work_on(actor: Actor, trajectory: Trajectory) -> Decision:
    """Who works with the child of the trajectory, or at its location."""
    if trajectory.child is not None:
        return works_with(actor, trajectory.child)
    own = trajectory.organisation_id == actor.organisation_id
    if (
        own
        or leads(actor, trajectory.lead_id, trajectory.cover_id)
        or _plays_a_part(actor, trajectory)
    ):
        return ALLOWED
    return Decision(_("Only whoever takes part in this trajectory may do this."))


def _plays_a_part(actor: Actor, trajectory: Trajectory) -> bool:
    return trajectory.parts.filter(membership=actor.membership_id).exists()


def plans_known(actor: Actor) -> Q:
    """Rows about a child whose plan this hat may know: the parents and the own organisation do.

    People of other organisations do when the parents agreed to it.
    """
    if actor.is_parent:
        return Q(pk__isnull=False)
    own = Q(organisation=actor.organisation_id) | Q(child=None)
    return own | policy.consent_covers(actor, category=Category.PLAN)


class Why(Protocol):
    """The words of a decision."""

    @property
    def reasons(self) -> str: ...

    @property
    def voices(self) -> Mapping[str, str]: ...

    @property
    def early_reason(self) -> str: ...


def may_plan(
    actor: Actor, trajectory: Trajectory, goals: Sequence[Goal], end_goal: str
) -> Decision:
    """The parents and who works with the child make the plan together, while the trajectory runs.

    A next version builds on the newest one, so only who can read that one writes it.
    """
    told = [word for each in goals for word in (each.goal, each.who, each.what)]
    return (
        _powers_of(actor, trajectory).plan
        and _reads_the_newest(actor, trajectory)
        and _names_nobody(actor, trajectory, end_goal, *told)
    )


def may_taper(actor: Actor, trajectory: Trajectory) -> Decision:
    """As ``may_plan``, for how somebody comes less and less often."""
    return may_plan(actor, trajectory, (), "")


def may_add(
    actor: Actor, trajectory: Trajectory, goal: Goal, told: Spoken | None = None
) -> Decision:
    """One goal more: as ``may_plan``."""
    return may_plan(actor, trajectory, [goal], "") and may_tell(actor, trajectory, told)


def may_tell(actor: Actor, trajectory: Trajectory, told: Spoken | None) -> Decision:
    """Whether these are words that a parent told and this hat may write down; None: its own."""
    if told is None:
        return ALLOWED
    own = in_own_file(actor, trajectory)
    return may_write_down(actor, trajectory.child, told) if own and trajectory.child else own


def _powers_of(actor: Actor, trajectory: Trajectory) -> "Powers":
    rows = Trajectory.objects.unrestricted(reason="rule").filter(pk=trajectory.pk)
    return powers(actor, trajectory, rows.filter(plans_known(actor)).exists())


def _reads_the_newest(actor: Actor, trajectory: Trajectory) -> Decision:
    seen = Plan.objects.visible_to(actor).filter(pk=OuterRef("pk"))
    versions = Plan.objects.unrestricted(reason="rule").filter(trajectory=trajectory)
    newest = versions.annotate(seen=Exists(seen)).order_by("-number").first()
    if newest is None or newest.seen:
        return ALLOWED
    if newest.hold_until is None or newest.hold_until <= actor.at:
        return Decision(_("There is a newer version of the plan that you cannot read."), ASK_LEAD)
    return Decision(
        _("There is a newer version of the plan, which you can read from %(day)s.")
        % {"day": written_day(newest.hold_until)},
        ASK_LEAD,
    )


def _names_nobody(actor: Actor, trajectory: Trajectory, *words: str) -> Decision:
    """Words about a whole location are read without consent of parents."""
    if trajectory.child_id is not None or trajectory.location is None:
        return ALLOWED
    return no_child_named(" \n".join(words), trajectory.location, actor.today)


def may_voice(
    actor: Actor,
    trajectory: Trajectory,
    words: str,
    agrees: bool | None,
    told: Spoken | None = None,
) -> Decision:
    if not words.strip() and agrees is None:
        return Decision(_("Write what you think, or choose whether you agree."))
    speaks = _powers_of(actor, trajectory).speak
    may = speaks and _names_nobody(actor, trajectory, words)
    return may and may_tell(actor, trajectory, told)


def may_voice_on_plan(
    actor: Actor,
    trajectory: Trajectory,
    plan: Plan,
    words: str,
    agrees: bool | None,
    told: Spoken | None = None,
) -> Decision:
    """As ``may_voice``, about a version of the plan of this trajectory."""
    if plan.trajectory_id != trajectory.pk:
        return Decision(_("This is the plan of another trajectory."))
    return may_voice(actor, trajectory, words, agrees, told)


def may_voice_on_entry(
    actor: Actor, trajectory: Trajectory, entry: Entry, words: str, told: Spoken | None = None
) -> Decision:
    """Who takes part, about something of this trajectory that it may see, known plan or not."""
    seen = Entry.objects.visible_to(actor).filter(pk=entry.pk, counted_as__trajectory=trajectory)
    if not seen.exists():
        return Decision(_("This was not part of the trajectory."))
    if not words.strip():
        return Decision(_("Write what you think, or choose whether you agree."))
    may = powers(actor, trajectory).view and _names_nobody(actor, trajectory, words)
    return may and may_tell(actor, trajectory, told)


def may_lead(actor: Actor, trajectory: Trajectory) -> Decision:
    """A decision is taken down by whoever has the lead, or the cover, and works on it still."""
    return _has_the_lead(actor, trajectory) and may_work_on(actor, trajectory)


def may_decide(actor: Actor, trajectory: Trajectory, why: Why) -> Decision:
    words = (why.reasons, why.early_reason, *why.voices.values())
    return may_lead(actor, trajectory) and _names_nobody(actor, trajectory, *words)


def _has_the_lead(actor: Actor, trajectory: Trajectory) -> Decision:
    if leads(actor, trajectory.lead_id, trajectory.cover_id):
        return ALLOWED
    return Decision(
        _("Only whoever has the lead, or the cover, records a decision."),
        _("Give your own view: it stands beside the decision."),
    )


def may_pass_lead(
    actor: Actor, trajectory: Trajectory, lead: Membership, cover: Membership
) -> Decision:
    if lead == cover:
        return SAME_PERSON
    return powers(actor, trajectory).pass_lead


@dataclass(frozen=True)
class Powers:
    """What one hat may do with one trajectory now: the same answers for the page and the commands.

    ``tell``: write down what the parents do themselves; ``view``: say how one sees what was seen.
    """

    work: Decision
    tell: Decision
    plan: Decision
    speak: Decision
    view: Decision
    decide: Decision
    pass_lead: Decision
    begin: Decision


def powers(actor: Actor, trajectory: Trajectory, plans_are_known: bool = True) -> Powers:
    """All rules of a running trajectory at once; ``plans_are_known``: what ``plans_known`` says."""
    guardian = actor.is_parent and trajectory.child is not None
    takes_part = (
        is_guardian(actor, trajectory.child)  # type: ignore[arg-type]
        if guardian
        else may_work_on(actor, trajectory)
    )
    informed = takes_part if plans_are_known or not takes_part else NOT_SHARED
    open_still = ENDED if trajectory.ended_on else ALLOWED
    return Powers(
        work=open_still and (NOT_FOR_PARENTS if actor.is_parent else takes_part),
        tell=open_still and takes_part,
        plan=open_still and informed,
        speak=informed,
        view=takes_part,
        decide=open_still and _has_the_lead(actor, trajectory) and takes_part,
        pass_lead=open_still and _may_pass(actor, trajectory, takes_part),
        begin=takes_part if _is_own(actor, trajectory) else NOT_HERE,
    )


def _is_own(actor: Actor, trajectory: Trajectory) -> bool:
    return not actor.is_parent and trajectory.organisation_id == actor.organisation_id


def _may_pass(actor: Actor, trajectory: Trajectory, takes_part: Decision) -> Decision:
    if _has_the_lead(actor, trajectory) or actor.role in RUNS_THE_PLACE:
        return takes_part
    return Decision(_("Only whoever has the lead or runs the place can pass it on."))
