"""The numbers of a practice, each with the place where it stands."""

from django.utils.translation import override

from alert4you.practices.rules import wording
from alert4you.practices.rules.language import Practice


def numbers(practice: Practice) -> dict[str, str]:
    """Place -> number as a phrase, in English: doses and terms of activities, ages, figures."""
    found: dict[str, str] = {}
    with override("en"):
        if practice.ages:
            found["ages"] = wording.ages(practice.ages)
        for phase in practice.phases:
            if phase.lasts:
                found[phase.key] = wording.duration(phase.lasts)
            for activity in phase.activities:
                place = f"{phase.key}.{activity.key}"
                found[place] = wording.dose(activity.dose)
                if activity.within:
                    found[f"{place} within"] = wording.duration(activity.within.duration)
    if practice.after.lasting:
        found["after"] = wording.duration(practice.after.lasting)
    return found | {figure.key: figure.value for figure in practice.figures}
