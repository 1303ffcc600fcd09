"""The numbers of a practice, each with the place where it stands."""

from django.utils.translation import override

from alert4you.practices.rules import wording
from alert4you.practices.rules.language import AtLeast, Phase, Practice, Taper, UntilAge


def numbers(practice: Practice) -> dict[str, str]:
    """Place -> number as a phrase, in English: doses and terms of activities, ages, figures.

    `at least 1 time`, `as needed` and `tapering` are no numbers: the source gives none.
    """
    with override("en"):
        found = {"ages": wording.ages(practice.ages)} if practice.ages else {}
        for phase in practice.phases:
            found |= _in_phase(practice, phase)
        found |= _around(practice)
    return found | {figure.key: figure.value for figure in practice.figures}


def _in_phase(practice: Practice, phase: Phase) -> dict[str, str]:
    found: dict[str, str] = {}
    if phase.lasts and not _is_upper_age(practice, phase):
        found[phase.key] = wording.lasting(phase.lasts)
    for activity in phase.activities:
        place = f"{phase.key}.{activity.key}"
        if activity.dose not in (AtLeast(0), AtLeast(1), Taper()):
            found[place] = wording.dose(activity.dose)
        if activity.within:
            found[f"{place} within"] = wording.duration(activity.within.duration)
    return found


def _around(practice: Practice) -> dict[str, str]:
    """What counts beside the phases: the safety net, when to think of it, and what comes after."""
    found: dict[str, str] = {}
    if practice.safety_net:
        found["safety-net"] = wording.duration(practice.safety_net.warn)
    if practice.offer_at and practice.offer_at != (practice.ages or (0, 0))[0]:
        found["offer-at"] = wording.age(practice.offer_at)
    if practice.after.lasting:
        found["after"] = wording.duration(practice.after.lasting)
    return found


def _is_upper_age(practice: Practice, phase: Phase) -> bool:
    """Whether the phase lasts until the age at which the practice stops; that is told already."""
    return practice.ages is not None and phase.lasts == UntilAge(practice.ages[1])
