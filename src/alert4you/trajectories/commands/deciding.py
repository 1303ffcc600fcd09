"""Go, adjust, no-go, end: a decision of persons, with each voice apart."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from alert4you.access.models import Category, Entry
from alert4you.kernel.command import command
from alert4you.kernel.decision import require
from alert4you.notes.rules.writing import Spoken
from alert4you.organisations.models import Actor
from alert4you.practices.rules.language import Gate, Option
from alert4you.trajectories.commands.running import keep_apart, refresh
from alert4you.trajectories.commands.voicing import write_voice
from alert4you.trajectories.models import Decision, Trajectory, Voice
from alert4you.trajectories.queries.caseload import practice_in
from alert4you.trajectories.queries.facts import facts_of
from alert4you.trajectories.queries.papers import FROM_OUTSIDE, heard
from alert4you.trajectories.rules import deciding, engine, planning


@command(planning.may_voice)
def speak_about_decision(
    actor: Actor,
    trajectory: Trajectory,
    gate: str,
    words: str,
    agrees: bool | None = None,
    told: Spoken | None = None,
) -> Voice:
    """What one thinks of the decision that is coming; it is kept with the decision."""
    return write_voice(actor, trajectory, words, told, gate=gate, agrees=agrees)


@command(planning.may_voice_on_entry)
def speak_about_entry(
    actor: Actor, trajectory: Trajectory, entry: Entry, words: str, told: Spoken | None = None
) -> Voice:
    """How one sees what somebody else saw or did; it stands beside it, and nothing is overwritten."""
    return write_voice(actor, trajectory, words, told, entry=entry)


@dataclass(frozen=True)
class Why:
    """The reasons, what each party said that was not heard yet (party -> words), and the next date.

    ``early_reason``: why it is decided before all was done. ``round``: the round of the phase that was
    on the screen, when it was decided on a screen.
    """

    reasons: str
    voices: Mapping[str, str] = field(default_factory=dict)
    next_on: date | None = None
    early_reason: str = ""
    round: int | None = None


@command(planning.may_decide)
def decide(actor: Actor, trajectory: Trajectory, gate: str, choice: str, why: Why) -> Decision:
    """Record what was decided at a gate.

    Denied when the gate is not open, when a party was not heard, or when nothing is said about why.
    """
    keep_apart(trajectory)
    here, option = _open_choice(actor, trajectory, gate, choice, why)
    require(deciding.is_founded(why.reasons, why.next_on, option, actor.today))
    require(deciding.is_heard(here, why.voices, heard(trajectory, gate)))
    decision = Decision.by(
        actor,
        child=trajectory.child,
        location=trajectory.location,
        organisation_id=trajectory.organisation_id,
        category=Category.PLAN,
        title=f"{here.title.nl}: {option.title.nl}",
        text=why.reasons,
        trajectory=trajectory,
        gate=gate,
        choice=choice,
        early_reason=why.early_reason,
        next_on=None if option.leaves else why.next_on,
        leads_to=option.to if option.leaves else "",
    )
    _keep_voices(actor, trajectory, decision, why.voices)
    refresh(actor, trajectory)
    return decision


def _open_choice(
    actor: Actor, trajectory: Trajectory, gate: str, choice: str, why: Why
) -> tuple[Gate, Option]:
    """The gate and the option, when it may be decided today. Denied otherwise."""
    practice = practice_in(trajectory)
    facts = facts_of(actor, [trajectory], {trajectory.pk: practice})[trajectory.pk]
    state = engine.state(practice, facts, actor.today)
    require(deciding.is_same_round(why.round, state))
    require(engine.may_decide(practice, facts, actor.today, gate, choice, why.early_reason))
    here = practice.gate(gate)
    if here is None:
        raise LookupError(gate)
    return here, here.option(choice)


def _keep_voices(
    actor: Actor, trajectory: Trajectory, decision: Decision, voices: Mapping[str, str]
) -> None:
    said = Voice.objects.unrestricted(reason="what was said ahead of it belongs to it")
    ahead = said.filter(trajectory=trajectory, gate=decision.gate, decision=None)
    ahead.update(decision=decision)
    Voice.objects.bulk_create(
        Voice(
            trajectory=trajectory,
            decision=decision,
            gate=decision.gate,
            of=of,
            outside=of in FROM_OUTSIDE,
            words=words,
            at=actor.at,
        )
        for of, words in voices.items()
        if words.strip()
    )
