"""The numbers of a practice, each with the place where it stands."""

from django.utils.translation import override

from alert4you.practices.rules import wording
from alert4you.practices.rules.language import AtLeast, Phase, Practice, Taper, UntilAge


def numbers(practice: Practice) -> dict[str, str]:
    """Place -> number as a phrase, in English: doses and terms of activities, ages, figures.

    `at least 1 time`, `as needed` and `tapering` are no numbers: the source gives none.
    """
    found: dict[str, str] = {}
    with override("en"):
        if practice.ages:
            found["ages"] = wording.ages(practice.ages)
        for phase in practice.phases:
            if phase.lasts and not _is_upper_age(practice, phase):
                found[phase.key] = wording.lasting(phase.lasts)
            for activity in phase.activities:
                place = f"{phase.key}.{activity.key}"
                if activity.dose not in (AtLeast(0), AtLeast(1), Taper()):
                    found[place] = wording.dose(activity.dose)
                if activity.within:
                    found[f"{place} within"] = wording.duration(activity.within.duration)
    if practice.safety_net:
        found["safety-net"] = wording.duration(practice.safety_net.warn)
    if practice.offer_at and practice.offer_at != (practice.ages or (0, 0))[0]:
        found["offer-at"] = wording.age(practice.offer_at)
    if practice.after.lasting:
        found["after"] = wording.duration(practice.after.lasting)
    return found | {figure.key: figure.value for figure in practice.figures}


def _is_upper_age(practice: Practice, phase: Phase) -> bool:
    """Whether the phase lasts until the age at which the practice stops; that is told already."""
    return practice.ages is not None and phase.lasts == UntilAge(practice.ages[1])
