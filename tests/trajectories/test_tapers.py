"""Coming less and less often: planned against actual days, week by week; each step is decided."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.utils.translation import override

import alert4you.practices
from alert4you.practices.rules.reading import read
from alert4you.trajectories.rules import engine, tapers
from alert4you.trajectories.rules.chart import chart
from alert4you.trajectories.rules.facts import (
    ConsentChanged,
    Decided,
    Done,
    Fact,
    ParentContact,
    PlanMade,
    Started,
    TaperStep,
)
from alert4you.trajectories.rules.states import TaperWeek

LIBRARY = Path(alert4you.practices.__file__).parent / "library"
PRACTICE = read((LIBRARY / "lindenhout-variant-1.yaml").read_text("utf-8"))
MONDAY = date(2026, 3, 2)
STEPS = ((0, 2), (2, 1), (4, 0))


def week(number: int) -> date:
    return MONDAY + timedelta(weeks=number)


def taper(*steps: tuple[int, int]) -> tapers.Steps:
    return tuple(TaperStep(week(number), days) for number, days in steps)


def at(number: int, weekday: int = 0) -> datetime:
    day = week(number) + timedelta(days=weekday)
    return datetime(day.year, day.month, day.day, 9, tzinfo=UTC)


def begun(*steps: tuple[int, int]) -> list[Fact]:
    """A trajectory that comes less often from the first Monday on."""
    early = at(-2)
    return [
        ParentContact("contact", early),
        ConsentChanged("worker", early, "worker", "given"),
        Started("start", early),
        *(
            Done(f"p{n}", early + timedelta(hours=n), "preparing", key)
            for n, key in enumerate(("parent-talk", "search", "goals"), 1)
        ),
        PlanMade("plan", early + timedelta(hours=5), True, week(40), taper(*(steps or STEPS))),
        Decided("split", at(-1), "start-split", "go", "they are ready"),
        Decided("less", at(0), "first-step", "less", "it goes well"),
    ]


def visits(*days: tuple[int, int]) -> list[Fact]:
    return [
        Done(
            f"v{n}-{number}-{day}", at(number, day) + timedelta(minutes=n), "tapering", "visit-less"
        )
        for n, (number, day) in enumerate(days)
    ]


def visit(facts: list[Fact], today: date):
    state = engine.state(PRACTICE, facts, today)
    assert state.phase == "tapering"
    return next(each for each in state.progress if each.activity == "visit-less")


COUNTS = [
    # visits as (week, weekday), seen on week, then: done, needed, missed, over, complete
    ([], 0, (0, 6, 0, 0, False)),
    ([(0, 3), (0, 4)], 1, (2, 6, 0, 0, False)),
    ([(0, 3)], 1, (1, 6, 1, 0, False)),
    ([(0, 2), (0, 3), (0, 4)], 1, (2, 6, 0, 1, False)),
    ([(0, 3), (0, 3)], 1, (1, 6, 1, 1, False)),  # twice on one day is one day
    ([(0, 3), (0, 4), (1, 3), (1, 4), (2, 3), (3, 3)], 4, (6, 6, 0, 0, True)),
    ([(4, 3)], 5, (0, 6, 4, 1, True)),  # after the last week it is one more than planned
]


@pytest.mark.parametrize(("days", "seen", "expected"), COUNTS)
def test_what_was_planned_and_what_was_done(days, seen, expected):
    told = visit([*begun(), *visits(*days)], week(seen))
    shown = (told.done, told.needed, len(told.missed), told.over, told.complete)
    assert shown == expected
    assert len(told.extra) == told.over


def test_the_last_day_of_a_week_is_still_in_time_and_the_weeks_tell_both_numbers():
    told = visit([*begun(), *visits((0, 3))], week(0) + timedelta(days=6))
    assert told.missed == ()
    assert told.next_due == week(0) + timedelta(days=6)
    assert told.weeks == (
        TaperWeek(week(0), 2, 1),
        TaperWeek(week(1), 2, 0),
        TaperWeek(week(2), 1, 0),
        TaperWeek(week(3), 1, 0),
    )


def test_a_plan_that_does_not_come_to_zero_is_never_complete():
    told = visit(begun((0, 2), (2, 1)), week(30))
    assert (told.needed, told.complete) == (None, False)


def test_a_phase_that_tapers_waits_until_the_weeks_are_planned():
    without = [each for each in begun() if each.id != "plan"]
    plan = PlanMade("plan", at(-2) + timedelta(hours=5), True, week(40))
    state = engine.state(PRACTICE, [*without, plan], week(0))
    assert [each.requirement for each in state.blocks] == ["taper"]
    assert state.begun is None
    later = PlanMade("weeks", at(0, 1), True, week(40), taper(*STEPS))
    assert engine.state(PRACTICE, [*without, plan, later], week(1)).begun == week(0) + timedelta(1)


DUE = [
    # decided on (week, weekday): the Monday on which the next decision is due
    ((0, 0), 2),
    ((1, 3), 4),  # just before the step of week 2: that one is decided then
    ((2, 0), 4),
    ((2, 4), 4),
    ((3, 3), None),  # about week 4, the last
    ((4, 0), None),
]


@pytest.mark.parametrize(("decided", "due"), DUE)
def test_each_step_is_decided_in_its_own_week_or_just_before(decided, due):
    found = tapers.next_to_decide(taper(*STEPS), at(*decided).date())
    assert found == (None if due is None else week(due))


def test_the_decision_is_due_when_the_next_step_begins():
    assert engine.state(PRACTICE, begun(), week(1)).decision.due == week(2)
    early = engine.state(PRACTICE, begun(), week(2) - timedelta(days=1))
    assert not early.decision.ready
    assert engine.state(PRACTICE, begun(), week(2)).decision.ready


def test_the_count_goes_on_over_the_rounds_and_a_step_back_stands_in_the_picture():
    facts = [*begun(), *visits((0, 3), (0, 4), (1, 3), (1, 4))]
    facts += [Decided("next", at(2), "next-step", "less", "on we go")]
    facts += [Decided("back", at(2, 2), "next-step", "more", "too fast")]
    facts += [PlanMade("plan-2", at(2, 2), True, week(40), taper((2, 2), (4, 1), (6, 0)))]
    facts += visits((2, 3), (2, 4))
    state = engine.state(PRACTICE, facts, week(3))
    assert [each.planned for each in state.taper] == [2, 2, 2, 2, 1, 1]
    assert [each.actual for each in state.taper] == [2, 2, 2, 0, 0, 0]
    assert state.round == 3
    told = visit(facts, week(3))
    assert (told.done, told.missed) == (6, ())


def test_a_version_that_repeats_the_old_day_leaves_the_day_that_was_agreed_since():
    facts = [*begun(), Decided("next", at(2), "next-step", "less", "on we go", week(3))]
    assert engine.state(PRACTICE, facts, week(2)).agreed == week(3)
    weeks = PlanMade("weeks", at(2, 1), True, week(40), taper((2, 1), (4, 0)))
    tuesday = week(2) + timedelta(days=1)
    assert engine.state(PRACTICE, [*facts, weeks], tuesday).agreed == week(3)
    other = PlanMade("other", at(2, 1), True, week(9), taper((2, 1), (4, 0)))
    assert engine.state(PRACTICE, [*facts, other], tuesday).agreed == week(9)


def test_weeks_that_have_passed_stay_as_they_were_planned():
    before = taper(*STEPS)
    rewritten = tapers.planned_anew(before, taper((0, 5), (3, 0)), week(2) + timedelta(days=2))
    assert rewritten == taper((0, 2), (3, 0))
    assert tapers.planned_anew(before, (), week(2)) == before


MAY = [
    # planned before, planned now, today in week, decided back: the reason, or none
    ((), ((0, 2), (2, 1), (4, 0)), 0, False, ""),
    ((), (), 0, False, "from which week on"),
    ((), ((0, 1), (2, 2)), 0, False, "a taper goes down"),
    (STEPS, ((2, 1), (5, 0)), 2, False, ""),
    (STEPS, ((2, 2), (5, 0)), 2, False, "This is a step back"),
    (STEPS, ((2, 2), (5, 0)), 2, True, ""),
    (STEPS, ((2, 1), (3, 2)), 2, True, "a taper goes down"),
    (STEPS, ((0, 2),), 2, True, "from which week on"),
    (((3, 1),), ((3, 2), (5, 0)), 1, False, ""),  # nothing has begun yet
]


@pytest.mark.parametrize(("before", "now", "today", "back", "reason"), MAY)
def test_it_goes_down_and_a_step_back_is_decided_first(before, now, today, back, reason):
    decision = tapers.may_be_planned(taper(*before), taper(*now), week(today), back)
    with override("en"):
        assert reason in str(decision.reason)
    assert bool(decision) is (reason == "")
    assert bool(str(decision.instead)) is (reason != "")


def test_days_of_one_week_are_one_step_and_are_kept_as_they_are_stored():
    thursday = TaperStep(week(0) + timedelta(days=3), 2)
    steps = tapers.in_order([*taper((2, 1)), thursday])
    assert steps == taper((0, 2), (2, 1))
    assert tapers.taper_of(tapers.as_rows(steps)) == steps


def test_the_form_shows_what_runs_now_and_what_lies_ahead():
    assert tapers.from_now(taper(*STEPS), week(3)) == taper((3, 1), (4, 0))
    assert tapers.from_now((), week(3)) == ()


def test_the_picture_has_a_bar_per_week_and_a_dot_per_day():
    weeks = [TaperWeek(week(0), 2, 1), TaperWeek(week(1), 2, 2), TaperWeek(week(2), 1, 0)]
    drawn = chart(weeks, week(1) + timedelta(days=2))
    assert drawn is not None
    assert [each.mark for each in drawn.bars] == ["past", "now", "ahead"]
    assert [len(each.dots) for each in drawn.bars] == [1, 2, 0]
    assert [each.short for each in drawn.bars] == [True, False, False]
    assert drawn.bars[0].height == 2 * drawn.bars[2].height
    assert all(each.x + drawn.bar <= drawn.width for each in drawn.bars)
    assert chart([], week(0)) is None


def test_a_step_back_is_in_the_picture():
    weeks = [TaperWeek(week(number), days, 0) for number, days in enumerate((2, 1, 2, 2, 0))]
    drawn = chart(weeks, week(1))
    assert drawn is not None
    assert [each.week.start for each in drawn.steps_back] == [week(2)]
