"""The course of a trajectory: its facts folded, one by one, in the order in which they happened.

`fold` reads a whole set; `add` takes one more fact, whenever it arrives. Both give the same course.
Only facts move a course; what time does to it (due, missed, ready) is for `engine` and `gates`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from alert4you.kernel.changed import changed
from alert4you.practices.rules.language import ENDED, Activity, Phase, Practice
from alert4you.trajectories.rules import facts as told
from alert4you.trajectories.rules.doses import progress
from alert4you.trajectories.rules.facts import Fact, Indicated, TaperStep
from alert4you.trajectories.rules.states import Ended, Passed, Stray, Taken, Text
from alert4you.trajectories.rules.tapers import planned_anew


@dataclass(frozen=True)
class Course:
    """What has happened so far. `agreed`: the day on which to look again, if it lies ahead;
    `earlier`: what was done in phases and rounds that are over; `released`: ids of indications.
    """

    practice: Practice
    facts: tuple[Fact, ...] = ()
    born: date | None = None
    started: date | None = None
    phase: Phase | None = None
    since: date | None = None
    begun: date | None = None
    done: tuple[told.Done, ...] = ()
    earlier: tuple[told.Done, ...] = ()
    contact: bool = False
    plan: told.PlanMade | None = None
    taper: tuple[TaperStep, ...] = ()
    agreed: date | None = None
    indications: tuple[Indicated, ...] = ()
    released: frozenset[str] = frozenset()
    consents: Mapping[str, told.ConsentState] = field(default_factory=dict)
    entered: tuple[str, ...] = ()
    passed: tuple[Passed, ...] = ()
    decided: tuple[Taken, ...] = ()
    ended: Ended | None = None
    uncounted: tuple[Stray, ...] = ()
    ignored: tuple[Stray, ...] = ()

    @property
    def round(self) -> int:
        """How often the current phase has been entered, this time included; 0 when none runs."""
        return self.entered.count(self.phase.key) if self.phase else 0

    def given(self, ask: str | None) -> bool:
        """Whether this consent stands; nothing asked is nothing lacking."""
        return ask is None or self.consents.get(ask) == "given"

    def refused(self, ask: str | None) -> bool:
        """Whether the parents said no to this, at once or later."""
        return ask is not None and self.consents.get(ask) in ("refused", "withdrawn")


def fold(practice: Practice, facts: Iterable[Fact]) -> Course:
    """The course of these facts; the order in which they are handed over does not matter."""
    ordered = _once_each(facts)
    mistakes = _mistakes(ordered)
    standing = [
        fact for fact in ordered if fact.id not in mistakes and not isinstance(fact, told.Retracted)
    ]
    return reduce(_apply, standing, Course(practice, ordered))


def add(course: Course, fact: Fact) -> Course:
    """The course with one more fact: a step when it is the newest, a replay when it is late."""
    newest = not course.facts or _moment(course.facts[-1]) < _moment(fact)
    known = any(fact.id == each.id for each in course.facts)
    plain = not isinstance(fact, told.Retracted) and fact.id not in _mistakes(course.facts)
    if newest and plain and not known:
        return changed(_apply(course, fact), facts=(*course.facts, fact))
    return fold(course.practice, (*course.facts, fact))


def _moment(fact: Fact) -> tuple[Any, str]:
    return fact.at, fact.id


def _once_each(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    first: dict[str, Fact] = {}
    for fact in sorted(facts, key=_moment):
        known = first.setdefault(fact.id, fact)
        if known is not fact and known.at == fact.at:
            first[fact.id] = min(known, fact, key=repr)
    return tuple(first.values())


def _mistakes(facts: Iterable[Fact]) -> frozenset[str]:
    """The ids that were taken back, also of facts that have not arrived yet."""
    return frozenset(fact.of for fact in facts if isinstance(fact, told.Retracted))


def _apply(course: Course, fact: Fact) -> Course:
    return _settle(_MOVES[type(fact)](course, fact), fact.day)


def _be_born(course: Course, fact: told.Born) -> Course:
    return changed(course, born=fact.day)


def _start(course: Course, fact: told.Started) -> Course:
    if course.started:
        return _stray(course, fact, _("The trajectory had already started."))
    return _enter(changed(course, started=fact.day), course.practice.phases[0].key, fact.day)


def _do(course: Course, fact: told.Done) -> Course:
    why = _why_not_counted(course, fact)
    if why:
        return _stray(course, fact, why)
    return changed(course, done=(*course.done, fact))


def _why_not_counted(course: Course, fact: told.Done) -> Text:
    if course.phase is None:
        if course.started is None:
            return _("It was before the start of the trajectory.")
        return _("The trajectory had ended.")
    activity = course.phase.activity(fact.activity)
    if fact.phase != course.phase.key or activity is None:
        return format_lazy(_("At that moment the phase was: {phase}."), phase=course.phase.title)
    if course.begun is None:
        return _("The phase was still waiting for what it needs.")
    if not course.given(activity.consent):
        return _("There was no consent for it on that day.")
    return ""


def _make_plan(course: Course, fact: told.PlanMade) -> Course:
    """A version that repeats the day of the one before leaves the day that was agreed since."""
    same = course.plan is not None and course.plan.evaluation_on == fact.evaluation_on
    agreed = course.agreed if same else fact.evaluation_on
    taper = planned_anew(course.taper, fact.taper, fact.day)
    return changed(course, plan=fact, agreed=agreed, taper=taper)


def _meet_parents(course: Course, fact: told.ParentContact) -> Course:
    """A talk that was prepared is the talk that the phase asks for."""
    wanted = _talk_wanted(course, fact.day) if fact.prepared else None
    if wanted is not None and course.phase is not None:
        held = told.Done(fact.id, fact.at, course.phase.key, wanted.key)
        course = changed(course, done=(*course.done, held))
    return changed(course, contact=True)


def _talk_wanted(course: Course, day: date) -> Activity | None:
    """The first talk with the parents of this phase that is still to be held."""
    if course.phase is None or course.begun is None:
        return None
    parents = {role.key for role in course.practice.roles if role.hat == "parent"}
    for each in course.phase.activities:
        is_theirs = each.kind == "talk" and parents & {*each.with_} and course.given(each.consent)
        if is_theirs and not progress(each, course.done, course.begun, day).complete:
            return each
    return None


def _indicate(course: Course, fact: told.Indicated) -> Course:
    return changed(course, indications=(*course.indications, fact))


def _release(course: Course, fact: told.Released) -> Course:
    return changed(course, released=course.released | {fact.of})


def _change_consent(course: Course, fact: told.ConsentChanged) -> Course:
    if course.practice.ask(fact.ask) is None:
        return _stray(course, fact, _("This practice does not ask for that consent."))
    return changed(course, consents={**course.consents, fact.ask: fact.state})


def _decide(course: Course, fact: told.Decided) -> Course:
    phase, why = course.phase, why_not_at_this_gate(course, fact.gate, fact.choice)
    if phase is None or why:
        return changed(course, ignored=(*course.ignored, Stray(fact.id, why)))
    option = course.practice.gate_ahead(phase).option(fact.choice)
    early = fact.reason_if_early
    taken = Taken(fact.id, fact.gate, option.key, fact.day, phase.key, early)
    agreed = fact.next_on or course.agreed
    course = changed(course, decided=(*course.decided, taken), agreed=agreed)
    if not option.leaves:
        return _enter(course, option.to, fact.day)
    end = Ended(option.outcome, fact.day, "" if option.to == ENDED else option.to)
    return changed(_leave(course, fact.day), ended=end, agreed=None)


def _go_on(course: Course, fact: told.Moved) -> Course:
    """In the phase that persons chose when they moved to another version."""
    if course.phase is None or course.practice.phase(fact.phase) is None:
        return _stray(course, fact, _("This version of the practice cannot go on there."))
    return _enter(course, fact.phase, fact.day)


def why_not_at_this_gate(course: Course, gate_key: str, choice: str) -> Text:
    """Why nobody can make this choice at this point of the course, or "" when persons may."""
    if course.started is None:
        return _("The trajectory has not started.")
    if course.phase is None:
        return _("The trajectory has ended; there is nothing left to decide.")
    gate = course.practice.gate_ahead(course.phase)
    if gate.key != gate_key:
        return format_lazy(_("This decision is not open now. Open is: {gate}."), gate=gate.title)
    if choice not in gate.choices:
        return format_lazy(_("“{gate}” does not have that choice."), gate=gate.title)
    return ""


def _stray(course: Course, fact: Fact, why: Text) -> Course:
    return changed(course, uncounted=(*course.uncounted, Stray(fact.id, why)))


_MOVES: dict[type, Callable[[Course, Any], Course]] = {
    told.Born: _be_born,
    told.Started: _start,
    told.Done: _do,
    told.PlanMade: _make_plan,
    told.ParentContact: _meet_parents,
    told.ConsentChanged: _change_consent,
    told.Indicated: _indicate,
    told.Released: _release,
    told.Decided: _decide,
    told.Moved: _go_on,
}


def _enter(course: Course, key: str, day: date) -> Course:
    course = _leave(course, day)
    return changed(
        course,
        phase=course.practice.phase(key),
        since=day,
        entered=(*course.entered, key),
        agreed=course.agreed if course.agreed and course.agreed > day else None,
    )


def _leave(course: Course, day: date) -> Course:
    if course.phase is None:
        return course
    left = Passed(course.phase.key, course.round, course.since or day, day)
    passed = (*course.passed, left)
    earlier = (*course.earlier, *course.done)
    return changed(
        course, phase=None, since=None, begun=None, done=(), earlier=earlier, passed=passed
    )


def _settle(course: Course, day: date) -> Course:
    """Begin the phase when nothing lacks, and walk on through phases that need no decision."""
    phase = course.phase
    if phase is None:
        return course
    if course.begun is None and not lacking(course):
        course = changed(course, begun=day)
    if not _passes(course, day):
        return course
    return _settle(_enter(course, phase.then, day), day)


def _passes(course: Course, day: date) -> bool:
    phase, begun = course.phase, course.begun
    if phase is None or begun is None or course.practice.phase(phase.then) is None:
        return False
    return not lacking_at_end(course) and all(
        progress(each, course.done, begun, day).complete for each in phase.activities
    )


def lacking(course: Course) -> tuple[str, ...]:
    """The requirements that keep the current phase from beginning."""
    if course.phase is None:
        return ()
    first = len(course.entered) == 1
    needs = (*(course.practice.needs if first else ()), *course.phase.needs)
    return tuple(dict.fromkeys(need for need in needs if not holds(course, need)))


def lacking_at_end(course: Course) -> tuple[str, ...]:
    """The requirements that keep the current phase from being finished."""
    needs = course.phase.needs_at_end if course.phase else ()
    return tuple(need for need in needs if not holds(course, need))


def holds(course: Course, need: str) -> bool:
    """Whether a requirement is met. KeyError for a word that is none."""
    if need.startswith("consent:"):
        return course.given(need.removeprefix("consent:"))
    return {
        "parent_contact": course.contact,
        "plan": course.plan is not None,
        "plan_with_end_goal": course.plan is not None and course.plan.end_goal,
        "evaluation_date": course.agreed is not None,
        "taper": bool(course.taper),
    }[need]
