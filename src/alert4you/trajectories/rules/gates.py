"""When a decision is due and when it is ready. Deciding early is always possible, with a reason."""

from datetime import date

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from alert4you.practices.rules.language import (
    Activity,
    AtLeast,
    Phase,
    Rhythm,
    Taper,
    UntilAge,
)
from alert4you.trajectories.rules import needs, tapers
from alert4you.trajectories.rules.course import Course, lacking, lacking_at_end
from alert4you.trajectories.rules.doses import ends_on
from alert4you.trajectories.rules.states import LEAD, NextStep, OpenDecision, Progress, Text


def open_decision(course: Course, counts: tuple[Progress, ...], today: date) -> OpenDecision | None:
    """The gate ahead of the current phase with its due date and whether it is ready; None when none
    runs.
    """
    if course.phase is None:
        return None
    gate = course.practice.gate_ahead(course.phase)
    due = _due(course, course.phase)
    why = _why_not_ready(course, course.phase, counts, due is not None and due <= today)
    if why is None:
        return OpenDecision(gate.key, gate.title, due, ready=True)
    return OpenDecision(gate.key, gate.title, due, ready=False, why_not_ready=why)


def step(decision: OpenDecision, today: date) -> NextStep:
    """The decision as a next step; one that is ready without a date is due today."""
    due = decision.due or (today if decision.ready else None)
    return NextStep("decision", decision.gate, decision.title, LEAD, due)


def _due(course: Course, phase: Phase) -> date | None:
    """The day persons agreed on, else the day on which the phase is over by its own numbers.

    A birthday moves for nobody: the day agreed on counts only before it. So does the next step of a
    taper.
    """
    if isinstance(phase.lasts, UntilAge):
        birthday = phase.lasts.after(course.born) if course.born else None
        return min((day for day in (course.agreed, birthday) if day), default=None)
    if tapers.tapers(phase) and course.since:
        step = tapers.next_to_decide(course.taper, course.since)
        return min((day for day in (course.agreed, step) if day), default=None)
    if course.agreed or course.begun is None:
        return course.agreed
    if phase.lasts:
        return phase.lasts.after(course.begun)
    rhythms = [each.dose for each in phase.activities if isinstance(each.dose, Rhythm)]
    ends = [end for each in rhythms if (end := ends_on(each, course.begun)) is not None]
    return max(ends, default=None)


def _why_not_ready(
    course: Course, phase: Phase, counts: tuple[Progress, ...], time_is_up: bool
) -> Text | None:
    """None when it is ready; a text is not looked into: that would translate it."""
    if course.begun is None:
        return _waits_for(course, lacking(course))
    at_end = lacking_at_end(course)
    if at_end:
        return _waits_for(course, at_end)
    if time_is_up or _stuck(phase, counts):
        return None
    if any(_bounded(each) for each in phase.activities):
        return _still_to_do(counts)
    return _not_yet(_due(course, phase))


def _waits_for(course: Course, missing: tuple[str, ...]) -> Text | None:
    """The first thing that lacks; None when the parents refused one of them: then persons decide."""
    blocks = [needs.block(course, "phase", need) for need in missing]
    return None if any(each.refused for each in blocks) else blocks[0].reason


def _bounded(activity: Activity) -> bool:
    """Whether the dose can be full: `as needed` and rhythms without an end cannot.

    A taper is decided step by step, so it is its day that counts.
    """
    dose = activity.dose
    if isinstance(dose, Rhythm | Taper):
        return isinstance(dose, Rhythm) and dose.lasting is not None
    return not (isinstance(dose, AtLeast) and dose.count == 0)


def _stuck(phase: Phase, counts: tuple[Progress, ...]) -> bool:
    """Whether all that remains was refused by the parents."""
    if phase.lasts or not any(_bounded(each) for each in phase.activities):
        return bool(counts) and all(each.refused for each in counts)
    remaining = [each for each in counts if not each.complete and each.needed is not None]
    return bool(remaining) and all(each.refused for each in remaining)


def _still_to_do(counts: tuple[Progress, ...]) -> Text | None:
    """The first activity that is not complete, as the sentence that asks for it or for a reason."""
    for each in counts:
        if each.needed is not None and not each.complete and not each.refused:
            return format_lazy(
                _("{activity}: {done} of {needed}. First do what is left, or say why fewer."),
                activity=each.title,
                done=each.done,
                needed=each.needed,
            )
    return None


def _not_yet(due: date | None) -> Text | None:
    if due is None:
        return None
    return format_lazy(_("The day agreed for this is {day}."), day=due.strftime("%d-%m-%Y"))
