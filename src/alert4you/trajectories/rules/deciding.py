"""What a decision needs besides an open gate: reasons, and every party heard."""

from collections.abc import Collection, Mapping
from datetime import date

from django.utils.translation import gettext_lazy as _

from alert4you.kernel.decision import ALLOWED
from alert4you.kernel.decision import Decision as Answer
from alert4you.practices.rules.language import Gate, Option
from alert4you.trajectories.rules.states import State


def is_founded(reasons: str, next_on: date | None, option: Option, today: date) -> Answer:
    """Reasons in words; a date to look again lies ahead."""
    if not reasons.strip():
        return Answer(_("Write why: the parents and the group read it later."))
    if next_on is not None and not option.leaves and next_on <= today:
        return Answer(_("The date to look again lies ahead of today."))
    return ALLOWED


def is_heard(gate: Gate, told_now: Mapping[str, str], heard: Collection[str]) -> Answer:
    """Every voice that the practice asks for: given before, or written down now."""
    if not missing(gate, told_now, heard):
        return ALLOWED
    return Answer(
        _("Not everyone has been heard yet."),
        _("Write what each of them said, also when they disagree or said nothing."),
    )


def missing(gate: Gate, told_now: Mapping[str, str], heard: Collection[str]) -> list[str]:
    """The parties that still have to be heard, in the order of the practice."""
    given = {of for of, words in told_now.items() if words.strip()}
    return [of for of in gate.voices if of not in given and of not in heard]


def is_same_round(seen: int | None, state: State) -> Answer:
    """Nobody decided in between; ``seen`` is the round that was on the screen (None: no screen)."""
    if seen is None or seen == state.round:
        return ALLOWED
    return Answer(
        _("Somebody else has decided in the meantime."),
        _("Look at the trajectory: what was decided stands there with its reasons."),
    )
