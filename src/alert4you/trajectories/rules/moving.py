"""What another version of the practice would mean for one running trajectory, and who may move it. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.organisations.models import Actor
from alert4you.practices.rules.adopting import ADMINISTERS
from alert4you.practices.rules.comparing import Change, changes
from alert4you.practices.rules.language import Practice, Words
from alert4you.trajectories.models import Trajectory
from alert4you.trajectories.rules import engine
from alert4you.trajectories.rules.facts import Done, Fact, Moved
from alert4you.trajectories.rules.planning import ENDED, may_lead
from alert4you.trajectories.rules.states import State

CHOOSE = _("Choose in which phase it goes on.")


@dataclass(frozen=True)
class Deed:
    """Something that was done, as the version in which it was done calls it."""

    title: Words
    on: date


@dataclass(frozen=True)
class Preview:
    """A trajectory in two versions of its practice, from the same facts.

    ``counts``: how much of what was done counts in the new one; ``lost``: what counted and does not any
    more. ``fits``: whether it can be moved so, and if not why.
    """

    before: Practice
    after: Practice
    stands: State
    would_stand: State
    counts: int
    lost: tuple[Deed, ...]
    fits: Decision

    @property
    def changes(self) -> tuple[Change, ...]:
        return changes(self.before, self.after)

    @property
    def phase_now(self) -> str:
        return _title(self.before, self.stands)

    @property
    def phase_then(self) -> str:
        return _title(self.after, self.would_stand)


def _title(practice: Practice, state: State) -> str:
    phase = practice.phase(state.phase or "")
    return str(phase.title) if phase else ""


def preview(
    now: tuple[Practice, Sequence[Fact]],
    then: tuple[Practice, Sequence[Fact]],
    at: datetime,
    phase: str = "",
) -> Preview:
    """What a move at this moment means; ``phase``: where persons choose to go on ("": where it stands).

    ``now`` and ``then``: the version (adopted, with its numbers) and the facts as that version asks them.
    """
    moved = Moved("move", at, phase)
    stands = engine.state(*now, moved.day)
    would_stand = engine.state(then[0], (*then[1], *((moved,) if phase else ())), moved.day)
    done = [fact for fact in then[1] if isinstance(fact, Done)]
    counting = [each for each in done if _counts(would_stand, each)]
    lost = [each for each in done if _counts(stands, each) and each not in counting]
    return Preview(
        now[0],
        then[0],
        stands,
        would_stand,
        counts=len(counting),
        lost=tuple(_deeds(now[0], lost)),
        fits=_fits(now[0], then[0], (stands, would_stand), phase),
    )


def _counts(state: State, fact: Fact) -> bool:
    return all(each.fact != fact.id for each in state.uncounted)


def _deeds(practice: Practice, facts: Iterable[Done]) -> Iterable[Deed]:
    for each in facts:
        phase = practice.phase(each.phase)
        activity = phase.activity(each.activity) if phase else None
        if activity is not None:
            yield Deed(activity.title, each.day)


def _fits(before: Practice, after: Practice, states: tuple[State, State], phase: str) -> Decision:
    stands, would_stand = states
    if not stands.running:
        return ENDED
    if would_stand.phase is None:
        return _no(
            _("By what was decided before, it would have ended in this version."),
            _("Let it run on as it was agreed."),
        )
    if phase and after.phase(phase) is None:
        return _no(_("This version does not have that phase."), CHOOSE)
    if phase or would_stand.phase == stands.phase:
        return ALLOWED
    here = _title(before, stands)
    if after.phase(stands.phase or "") is None:
        return _no(
            format_lazy(_("The phase “{phase}” is not there in this version."), phase=here), CHOOSE
        )
    return _no(
        format_lazy(
            _("By what was done, it would stand in “{then}” and not in “{now}”."),
            then=_title(after, would_stand),
            now=here,
        ),
        CHOOSE,
    )


def _no(reason: object, instead: object) -> Decision:
    return Decision(cast(str, reason), cast(str, instead))


def may_see_move(actor: Actor, trajectory: Trajectory) -> Decision:
    """Whoever has the lead looks at it, and whoever administers the practices of the organisation."""
    if actor.role in ADMINISTERS and actor.organisation_id == trajectory.organisation_id:
        return ALLOWED
    return may_lead(actor, trajectory)


def may_move(actor: Actor, trajectory: Trajectory, reason: str) -> Decision:
    """Only who has the lead, or the cover, moves it; and says why."""
    if trajectory.ended_on is not None:
        return ENDED
    if not reason.strip():
        return Decision(_("Say why it goes on with another version."))
    return may_lead(actor, trajectory)
