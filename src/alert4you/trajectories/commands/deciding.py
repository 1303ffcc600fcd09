"""Go, adjust, no-go, end: a decision of persons, with each voice apart."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext_lazy as _

from alert4you.access.models import Category, Kind
from alert4you.kernel.command import command
from alert4you.kernel.decision import Decision as Answer
from alert4you.kernel.decision import Denied
from alert4you.organisations.models import Actor
from alert4you.practices.queries import practice_of
from alert4you.practices.rules.language import Gate, adopted
from alert4you.trajectories.commands.planning import own_voice
from alert4you.trajectories.commands.running import refresh
from alert4you.trajectories.models import Decision, Trajectory, Voice
from alert4you.trajectories.queries.facts import facts_of
from alert4you.trajectories.rules import engine, planning


@command(planning.may_voice)
def speak_about_decision(
    actor: Actor, trajectory: Trajectory, gate: str, words: str, agrees: bool | None = None
) -> Voice:
    """What one thinks of the decision that is coming; it is kept with the decision."""
    return Voice.objects.create(
        trajectory=trajectory,
        gate=gate,
        of=own_voice(actor),
        person_id=actor.person_id,
        words=words,
        agrees=agrees,
        at=actor.at,
    )


@dataclass(frozen=True)
class Why:
    """The reasons, what each party said that was not heard yet (party -> words), and the next date.

    ``early_reason``: why it is decided before all was done.
    """

    reasons: str
    voices: Mapping[str, str] = field(default_factory=dict)
    next_on: date | None = None
    early_reason: str = ""


@command(planning.may_lead)
def decide(
    actor: Actor,
    trajectory: Trajectory,
    gate: str,
    choice: str,
    why: Why,
) -> Decision:
    """Record what was decided at a gate.

    Denied when the gate is not open, when a party was not heard, or when nothing is said about why.
    """
    practice = adopted(practice_of(trajectory.template), trajectory.chosen)
    facts = facts_of(actor, [trajectory], {trajectory.pk: practice})[trajectory.pk]
    allowed = engine.may_decide(practice, facts, actor.today, gate, choice, why.early_reason)
    if not allowed:
        raise Denied(allowed)
    here = practice.gate(gate)
    option = here.option(choice) if here else None
    if here is None or option is None:
        raise LookupError(choice)
    _require_reasons(why.reasons)
    _require_voices(trajectory, here, why.voices)
    decision = Decision.by(
        actor,
        child=trajectory.child,
        location=trajectory.location,
        organisation_id=trajectory.organisation_id,
        kind=Kind.DECISION,
        category=Category.PLAN,
        title=f"{here.title.nl}: {option.title.nl}",
        text=why.reasons,
        trajectory=trajectory,
        gate=gate,
        choice=choice,
        early_reason=why.early_reason,
        next_on=why.next_on,
        leads_to=option.to if option.leaves else "",
    )
    _keep_voices(actor, trajectory, decision, why.voices)
    refresh(actor, trajectory)
    return decision


def _heard(trajectory: Trajectory, gate: str) -> set[str]:
    ahead = Voice.objects.filter(trajectory=trajectory, gate=gate, decision=None)
    return set(ahead.values_list("of", flat=True))


def _require_reasons(reasons: str) -> None:
    if not reasons.strip():
        raise Denied(Answer(_("Write why: the parents and the group read it later.")))


def _require_voices(trajectory: Trajectory, gate: Gate, voices: Mapping[str, str]) -> None:
    given = {of for of, words in voices.items() if words.strip()}
    missing = [of for of in gate.voices if of not in given | _heard(trajectory, gate.key)]
    if missing:
        raise Denied(
            Answer(
                _("Not everyone has been heard yet."),
                _("Write what each of them said, also when they disagree or said nothing."),
            )
        )


def _keep_voices(
    actor: Actor, trajectory: Trajectory, decision: Decision, voices: Mapping[str, str]
) -> None:
    ahead = Voice.objects.filter(trajectory=trajectory, gate=decision.gate, decision=None)
    ahead.update(decision=decision)
    Voice.objects.bulk_create(
        Voice(
            trajectory=trajectory,
            decision=decision,
            gate=decision.gate,
            of=of,
            words=words,
            at=actor.at,
        )
        for of, words in voices.items()
        if words.strip()
    )
