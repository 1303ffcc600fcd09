"""A taper: so many days in each week, going down; what was planned against who was there.

Weeks are calendar weeks and go by their Monday.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, TypeAlias

from django.utils.translation import gettext_lazy as _

from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.practices.rules.language import Activity, Phase, Practice, Taper
from alert4you.trajectories.rules.facts import Done, TaperStep
from alert4you.trajectories.rules.states import Progress, TaperWeek

Steps: TypeAlias = tuple[TaperStep, ...]
Stretch: TypeAlias = tuple[date, date]

A_WEEK = timedelta(weeks=1)


def tapers(phase: Phase) -> bool:
    """Whether something in this phase goes by the taper of the plan."""
    return any(isinstance(each.dose, Taper) for each in phase.activities)


def is_planned_in(practice: Practice) -> bool:
    """Whether the plan of this practice holds a taper."""
    return any(tapers(each) for each in practice.phases)


def monday(day: date) -> date:
    """The Monday of the week of this day."""
    return day - timedelta(days=day.weekday())


def in_order(steps: Iterable[TaperStep]) -> Steps:
    """One step per week, on its Monday, the earliest first; of two in one week the last told counts."""
    days = {monday(each.week): each.days for each in steps}
    return tuple(TaperStep(week, days[week]) for week in sorted(days))


def planned_anew(before: Steps, steps: Steps, on: date) -> Steps:
    """A next version of the taper made on a day: weeks that have passed stay as they were planned."""
    if not steps:
        return before
    this_week = monday(on)
    past = [each for each in before if each.week < this_week]
    return in_order([*past, *(each for each in steps if each.week >= this_week or not past)])


def taper_of(rows: Iterable[Sequence[Any]]) -> Steps:
    """The steps as they are stored in a plan: ``[[Monday, days], ...]``."""
    return in_order(TaperStep(date.fromisoformat(week), days) for week, days in rows)


def as_rows(steps: Steps) -> list[list[Any]]:
    """The other way round."""
    return [[each.week.isoformat(), each.days] for each in steps]


def from_now(steps: Steps, today: date) -> Steps:
    """What runs this week and what lies ahead; a step that began earlier runs from this week on."""
    this_week = monday(today)
    running = [each for each in steps if each.week <= this_week][-1:]
    ahead = [each for each in steps if each.week > this_week]
    return in_order([*(replace(each, week=this_week) for each in running), *ahead])


def may_be_planned(before: Steps, steps: Steps, on: date, decided_back: bool) -> Decision:
    """A taper goes down; a step back up only after persons decided it (``decided_back``)."""
    ahead = [each for each in in_order(steps) if not before or each.week >= monday(on)]
    if not ahead:
        return Decision(
            _("Write from which week on how many days a week."),
            _("Weeks that have passed stay as they were planned."),
        )
    if any(later.days > earlier.days for earlier, later in pairwise(ahead)):
        return Decision(
            _("Here somebody comes more often later on; a taper goes down."),
            _("Plan it going down. A step back is decided when it is needed."),
        )
    has_begun = bool(before) and before[0].week <= monday(on)
    if has_begun and ahead[0].days > days_in(before, monday(on)) and not decided_back:
        return Decision(
            _("This is a step back: somebody comes more often again."),
            _("Decide that first, together with the parents. Then change the plan."),
        )
    return ALLOWED


def days_in(steps: Steps, week: date) -> int:
    """How many days are planned in the week that begins on this Monday."""
    return next((each.days for each in reversed(steps) if each.week <= week), 0)


def reaches_zero(steps: Steps) -> bool:
    """Whether it is planned down to the week in which nobody comes any more."""
    return bool(steps) and steps[-1].days == 0


def next_to_decide(steps: Steps, decided_on: date) -> date | None:
    """The Monday of the first step that the last decision was not about.

    A decision is about the step that begins in its own week; where none does, about one that begins
    the Monday after.
    """
    week = monday(decided_on)
    last = week if any(each.week == week for each in steps) else week + A_WEEK
    return next((each.week for each in steps[1:] if each.week > last), None)


def progress(
    activity: Activity, steps: Steps, dones: Sequence[Done], ran: Sequence[Stretch], today: date
) -> Progress:
    """How far the activity is; `dones` are those of all rounds, `ran` when its phase has run.

    Two visits on one day are one day; the second is extra, as is every day beyond what was planned.
    """
    own = [each for each in dones if each.activity == activity.key]
    weeks = list(_weeks(steps, ran, today))
    counted = {week: _first_of_each_day(own, week) for week in weeks}
    fitting = {
        each.id for week, firsts in counted.items() for each in firsts[: days_in(steps, week)]
    }
    extra = tuple(each.id for each in own if each.id not in fitting)
    told = tuple(TaperWeek(each, days_in(steps, each), len(counted[each])) for each in weeks)
    short = [each for each in told if each.actual < each.planned]
    ahead = [each.start for each in short if each.start + A_WEEK > today]
    closed = reaches_zero(steps)
    complete = closed and steps[-1].week <= today
    return replace(
        Progress(activity.key, activity.title, activity.by, done=len(fitting), needed=None),
        needed=sum(each.planned for each in told) if closed else None,
        missed=tuple(each.start for each in short if each.start + A_WEEK <= today),
        over=len(extra),
        extra=extra,
        next_due=ahead[0] + timedelta(days=6) if ahead else None,
        complete=complete,
        completed_on=steps[-1].week if complete else None,
        minutes=sum(each.minutes or 0 for each in own),
        weeks=told,
    )


def _weeks(steps: Steps, ran: Sequence[Stretch], today: date) -> Iterator[date]:
    """The Mondays from the first step on: until nobody comes any more, or else until next week.

    Weeks in which the phase did not run are left out; it runs on after the last stretch.
    """
    if not steps:
        return
    next_week = monday(today) + A_WEEK
    beyond = steps[-1].week if steps[-1].days == 0 else max(steps[-1].week, next_week) + A_WEEK
    week = steps[0].week
    while week < beyond:
        if any(since < week + A_WEEK and week < until for since, until in ran):
            yield week
        week += A_WEEK


def _first_of_each_day(own: Sequence[Done], week: date) -> list[Done]:
    inside = [each for each in own if week <= each.day < week + A_WEEK]
    return list({each.day: each for each in reversed(inside)}.values())[::-1]
