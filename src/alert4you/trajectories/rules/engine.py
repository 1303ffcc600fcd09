"""From a practice, its facts and today to where a trajectory stands and what may be done. Pure.

Time makes things due; only what people do moves a trajectory. Every practice handed in is `adopted`
with the numbers its location chose (ValueError otherwise, except in `may_start`, which says so).
"""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import cast

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from alert4you.kernel.changed import changed
from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.practices.rules.language import Activity, Phase, Practice, Taper
from alert4you.trajectories.rules import gates, needs, safety_net, tapers
from alert4you.trajectories.rules.course import (
    Course,
    fold,
    lacking,
    lacking_at_end,
    why_not_at_this_gate,
)
from alert4you.trajectories.rules.doses import due_after, progress
from alert4you.trajectories.rules.facts import HERE, Fact, Started
from alert4you.trajectories.rules.states import (
    PARENTS,
    Block,
    Net,
    NextStep,
    OpenDecision,
    Progress,
    State,
    Stray,
    TaperWeek,
    Text,
)


def state(practice: Practice, facts: Iterable[Fact], today: date) -> State:
    """Where the trajectory stands at the end of `today`; depends on the set of facts only.

    Facts dated after today do not count yet and are listed as uncounted.
    """
    known: list[Fact] = []
    future: set[str] = set()
    for fact in facts:
        if fact.day <= today:
            known.append(fact)
        else:
            future.add(fact.id)
    later = tuple(Stray(each, _("It is dated after this day.")) for each in sorted(future))
    seen = view(fold(practice, known), today)
    return changed(seen, uncounted=seen.uncounted + later) if later else seen


def view(course: Course, today: date) -> State:
    """A course (without facts after today) as it looks on `today`."""
    counts = all_progress(course, today)
    blocks = _blocks(course, counts)
    decision = gates.open_decision(course, counts, today)
    net = safety_net.net(course, today)
    return State(
        today=today,
        started=course.started,
        phase=course.phase.key if course.phase else None,
        since=course.since,
        begun=course.begun,
        round=course.round,
        progress=counts,
        blocks=blocks,
        decision=decision,
        steps=_steps(counts, blocks, net, decision, today),
        passed=course.passed,
        decided=course.decided,
        ended=course.ended,
        after_until=_after_until(course),
        uncounted=course.uncounted,
        ignored=course.ignored,
        considering=course.phase is not None and course.phase.considering,
        agreed=course.agreed,
        net=net,
        taper=_taper(course, today),
    )


def may_start(practice: Practice, facts_before: Iterable[Fact], today: date) -> Decision:
    """Whether every open number is chosen and all that must be there before the start is there."""
    if practice.open_choices:
        return _no(
            format_lazy(_("Still to choose: {choice}"), choice=practice.open_choices[0].title),
            _("Adopt this practice for your organisation and fill in its numbers."),
        )
    start = Started(id="start", at=datetime.combine(today, time.max, HERE))
    course = fold(practice, (*facts_before, start))
    if course.begun is not None or len(course.entered) > 1:
        return ALLOWED
    lacks = needs.block(course, "start", lacking(course)[0])
    return _no(lacks.reason, lacks.how)


def may_log(practice: Practice, facts: Iterable[Fact], today: date, activity: str) -> Decision:
    """Whether an activity of the current phase may be done; beyond its dose it may, and is over."""
    course = fold(practice, (fact for fact in facts if fact.day <= today))
    if course.phase is None:
        return _no(
            _("The trajectory has ended.") if course.ended else _("It has not started yet."),
            _("Ask a question instead: that needs no trajectory.") if course.ended else "",
        )
    wanted = course.phase.activity(activity)
    if wanted is None:
        return _no(
            format_lazy(_("This is not part of the phase “{phase}”."), phase=course.phase.title),
            _("Write it as a note: nothing is lost."),
        )
    return _unblocked(course, wanted)


def _unblocked(course: Course, activity: Activity) -> Decision:
    what = f"activity:{activity.key}"
    if course.begun is None:
        lacks = needs.block(course, what, lacking(course)[0])
    elif not course.given(activity.consent):
        lacks = needs.block(course, what, f"consent:{activity.consent}")
    else:
        return ALLOWED
    return _no(lacks.reason, lacks.how)


def may_decide(
    practice: Practice,
    facts: Iterable[Fact],
    today: date,
    gate: str,
    choice: str,
    early_reason: str = "",
) -> Decision:
    """Whether this choice may be made today; before the gate is ready only with a reason."""
    course = fold(practice, (fact for fact in facts if fact.day <= today))
    why = why_not_at_this_gate(course, gate, choice)
    if why:
        return _no(why, _("Look at the trajectory for what can be decided now."))
    open_now = gates.open_decision(course, all_progress(course, today), today)
    if open_now and not open_now.ready and not early_reason.strip():
        return _no(open_now.why_not_ready, _("You may decide early: say why."))
    gate_now = practice.gate(gate)
    if gate_now is None:
        return ALLOWED
    return safety_net.may_close(safety_net.net(course, today), gate_now.option(choice))


def _no(reason: Text, instead: Text = "") -> Decision:
    """A refusal; texts stay lazy, so that they are read in the language of whom it concerns."""
    return Decision(cast(str, reason), cast(str, instead))


def all_progress(course: Course, today: date) -> tuple[Progress, ...]:
    """The progress of each activity of the phase, with what blocks it; () before it began."""
    if course.phase is None or course.begun is None:
        return ()
    plain = [_counted(course, each, course.begun, today) for each in course.phase.activities]
    return tuple(
        _with_links(course, activity, count, plain)
        for activity, count in zip(course.phase.activities, plain, strict=True)
    )


def _counted(course: Course, activity: Activity, begun: date, today: date) -> Progress:
    """A taper is counted through all rounds of its phase: its weeks stand in the plan."""
    if not isinstance(activity.dose, Taper) or course.phase is None:
        return progress(activity, course.done, begun, today)
    return _tapered(course, course.phase, activity, [(begun, date.max)], today)


def _tapered(
    course: Course, phase: Phase, activity: Activity, now: list[tuple[date, date]], today: date
) -> Progress:
    """`now`: since when the phase runs, if it does."""
    ran = [(each.since, each.until) for each in course.passed if each.phase == phase.key]
    dones = [each for each in (*course.earlier, *course.done) if each.phase == phase.key]
    return tapers.progress(activity, course.taper, dones, [*ran, *now], today)


def _taper(course: Course, today: date) -> tuple[TaperWeek, ...]:
    """What the plan says week by week; before its phase has run, all of it as planned."""
    for phase in course.practice.phases:
        for activity in phase.activities:
            if isinstance(activity.dose, Taper):
                is_now = course.phase is not None and course.phase.key == phase.key
                ran = is_now or any(each.phase == phase.key for each in course.passed)
                since = course.since if is_now else None
                now = [(since or date.min, date.max)] if is_now or not ran else []
                return _tapered(course, phase, activity, now, today).weeks
    return ()


def _with_links(
    course: Course, activity: Activity, count: Progress, others: list[Progress]
) -> Progress:
    due = count.next_due or (None if count.complete else due_after(activity, others))
    if course.given(activity.consent):
        return count if due == count.next_due else changed(count, next_due=due)
    return changed(
        count, blocked_by=f"consent:{activity.consent}", refused=course.refused(activity.consent)
    )


def _blocks(course: Course, counts: tuple[Progress, ...]) -> tuple[Block, ...]:
    if course.phase is None:
        return ()
    here = f"phase:{course.phase.key}"
    at_start = [] if course.begun else lacking(course)
    at_end = lacking_at_end(course) if course.begun else ()
    found = (
        *(needs.block(course, here, need) for need in at_start),
        *(
            needs.block(course, f"activity:{each.activity}", each.blocked_by)
            for each in counts
            if each.blocked_by
        ),
        *(needs.block(course, here, need) for need in at_end),
    )
    considering = course.phase.considering
    return tuple(
        changed(each, rests=each.rests or (considering and each.who == PARENTS)) for each in found
    )


def _steps(
    counts: tuple[Progress, ...],
    blocks: tuple[Block, ...],
    net: Net | None,
    decision: OpenDecision | None,
    today: date,
) -> tuple[NextStep, ...]:
    steps = [needs.step(each) for each in blocks if each.asks]
    steps += [
        NextStep("activity", each.activity, each.title, each.by, each.next_due)
        for each in counts
        if not each.complete and not each.blocked_by
    ]
    if decision:
        steps += [*safety_net.steps(net), gates.step(decision, today)]
    once_each = {(each.kind, each.key): each for each in steps}
    return tuple(sorted(once_each.values(), key=_urgency))


def _urgency(step: NextStep) -> tuple[bool, date]:
    """What blocks comes first, then by date; what has no date comes last."""
    return step.kind not in ("need", "indication"), step.due or date.max


def _after_until(course: Course) -> date | None:
    lasting = course.practice.after.lasting
    return lasting.after(course.ended.on) if course.ended and lasting else None
