"""The documented practices, told as facts, with what must then be so."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils.translation import override

from alert4you.practices.queries.library import library
from alert4you.practices.rules.language import Duration, Rhythm, adopted
from alert4you.trajectories.rules import engine
from alert4you.trajectories.rules.doses import windows
from alert4you.trajectories.rules.facts import (
    Born,
    ConsentChanged,
    Decided,
    Done,
    ParentContact,
    PlanMade,
    Retracted,
    Started,
)

PRACTICES = {each.slug: each for each in library()}
SAMSAM = PRACTICES["samsam"]
VARIANT_3 = PRACTICES["lindenhout-variant-3"]
KANSEN = PRACTICES["kansen-voor-kleintjes"]
COACHING = adopted(
    PRACTICES["structural-coaching"], {"weeks-between-visits": 2, "months-until-review": 6}
)
LEARNING_PLACE = PRACTICES["peuterleerplek-plus"]
START = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


def on(day: int, hour: int = 0) -> datetime:
    """So many days and hours after Monday 2 March 2026, 10:00."""
    return START + timedelta(days=day, hours=hour)


def day(number: int) -> date:
    return on(number).date()


def observations(*days: int) -> list[Done]:
    return [Done(f"o{each}", on(each), "looking", "observation") for each in days]


def opened(ask: str = "observation") -> list:
    return [
        ParentContact("talk", on(-3)),
        ConsentChanged("yes", on(-1), ask, "given"),
        Started("start", on(0)),
    ]


def samsam_runs() -> list:
    return [
        *opened("support"),
        Done("g1", on(0, 1), "end-goal", "goal-talk-parents"),
        Done("g2", on(0, 2), "end-goal", "goal-talk-group-worker"),
        PlanMade("plan", on(0, 3), True, date(2026, 6, 2)),
    ]


def sessions(*days: int) -> list[Done]:
    return [Done(f"s{each}", on(each, 4), "one-to-one", "session") for each in days]


def test_a_child_trajectory_cannot_start_before_a_parent_contact():
    refusal = engine.may_start(VARIANT_3, [], day(0))
    assert "spoken with the parents" in str(refusal.reason)
    assert str(refusal.instead)
    assert engine.may_start(VARIANT_3, [ParentContact("talk", on(0))], day(0))


def test_a_practice_with_open_numbers_cannot_start():
    raw = PRACTICES["structural-coaching"]
    assert "Every how many weeks" in str(engine.may_start(raw, [], day(0)).reason)
    assert engine.may_start(COACHING, [], day(0))


def test_three_observations_and_then_a_conclusion():
    facts = [*opened(), *observations(1, 3)]
    state = engine.state(VARIANT_3, facts, day(3))
    (observed, tips) = state.progress
    assert (observed.done, observed.needed, observed.complete) == (2, 3, False)
    assert tips.complete
    assert not state.decision.ready
    refusal = engine.may_decide(VARIANT_3, facts, day(3), "conclusion", "tips-only")
    assert "2 of 3. First do what is left, or say why fewer." in str(refusal.reason)
    assert engine.may_decide(VARIANT_3, facts, day(3), "conclusion", "tips-only", "child moved")
    facts += observations(5)
    assert engine.may_decide(VARIANT_3, facts, day(5), "conclusion", "tips-only")
    facts.append(Decided("end", on(6), "conclusion", "tips-only"))
    state = engine.state(VARIANT_3, facts, day(6))
    assert (state.ended.outcome, state.ended.on, state.ended.leads_to) == ("tips-only", day(6), "")
    assert not engine.may_log(VARIANT_3, facts, day(7), "observation")


def test_a_fourth_observation_is_kept_and_called_over():
    state = engine.state(VARIANT_3, [*opened(), *observations(1, 2, 3, 4)], day(4))
    observed = state.progress[0]
    assert (observed.done, observed.over, observed.extra) == (4, 1, ("o4",))


def test_both_tips_come_after_two_observations():
    facts = [*opened(), *observations(1)]
    assert engine.state(KANSEN, facts, day(1)).phase == "looking"
    facts += observations(2)
    state = engine.state(KANSEN, facts, day(2))
    assert (state.phase, state.since) == ("tips", day(2))
    facts.append(Done("t1", on(3), "tips", "tips-parents"))
    assert not engine.state(KANSEN, facts, day(3)).decision.ready
    facts.append(Done("t2", on(3), "tips", "tips-group-worker"))
    assert engine.state(KANSEN, facts, day(3)).decision.ready
    facts.append(Decided("d", on(4), "enough", "samsam"))
    assert engine.state(KANSEN, facts, day(4)).ended.leads_to == "practice:samsam"


def test_a_late_observation_moves_the_trajectory_on_the_day_it_happened():
    facts = [*opened(), *observations(1)]
    tip = Done("t1", on(4), "tips", "tips-parents")
    early = engine.state(KANSEN, [*facts, tip], day(5))
    assert [each.fact for each in early.uncounted] == ["t1"]
    late = engine.state(KANSEN, [*facts, tip, *observations(2)], day(5))
    assert (late.uncounted, late.since) == ((), day(2))
    assert late.progress[1].done == 1


def test_samsam_waits_for_end_goal_and_evaluation_date():
    facts = samsam_runs()[:-1]
    state = engine.state(SAMSAM, facts, day(0))
    assert state.phase == "end-goal"
    assert [each.requirement for each in state.blocks] == ["plan_with_end_goal", "evaluation_date"]
    without = PlanMade("plan", on(0, 3), False, date(2026, 6, 2))
    assert engine.state(SAMSAM, [*facts, without], day(0)).phase == "end-goal"
    state = engine.state(SAMSAM, samsam_runs(), day(0))
    assert (state.phase, state.begun) == ("one-to-one", day(0))
    assert (state.progress[0].needed, state.progress[0].next_due) == (13, day(6))


def test_samsam_shows_the_week_that_was_missed_and_the_extra_one():
    facts = [*samsam_runs(), *sessions(0, 2, 15)]
    (count,) = engine.state(SAMSAM, facts, day(15)).progress
    assert count.done == 2
    assert count.missed == (day(7),)
    assert (count.over, count.extra) == (1, ("s2",))
    assert count.next_due == day(27)
    (before,) = engine.state(SAMSAM, [*samsam_runs(), *sessions(0)], day(13)).progress
    assert before.missed == ()


def test_samsam_ends_in_a_review_and_may_go_round_again():
    facts = [*samsam_runs(), *sessions(*range(0, 91, 7))]
    state = engine.state(SAMSAM, facts, date(2026, 6, 1))
    assert (state.progress[0].done, state.progress[0].over, state.decision.ready) == (13, 0, True)
    again = [*facts, Decided("d1", on(92), "review", "adjust", next_on=date(2026, 9, 2))]
    state = engine.state(SAMSAM, again, day(93))
    assert (state.phase, state.round, state.begun) == ("one-to-one", 2, day(92))
    assert (state.progress[0].done, state.decision.due) == (0, date(2026, 9, 2))
    assert state.passed[-1].phase == "one-to-one"
    gone = [*again, Decided("d2", on(100), "review", "no-go", "not working")]
    assert engine.state(SAMSAM, gone, day(100)).ended.leads_to == "referral"


@pytest.mark.parametrize("month", range(1, 13))
def test_three_months_of_weeks_are_thirteen_in_every_season(month):
    rhythm = Rhythm(Duration(1, "weeks"), Duration(3, "months"))
    for start in (1, 15, 28):
        frames = windows(rhythm, date(2026, month, start), date(2026, month, start))
        assert len(frames) == 13
        assert frames[-1].end == Duration(3, "months").after(date(2026, month, start))
        assert all(one.end == two.start for one, two in zip(frames, frames[1:], strict=False))


def test_months_are_calendar_months():
    assert Duration(1, "months").after(date(2026, 1, 31)) == date(2026, 2, 28)
    assert Duration(1, "months").after(date(2026, 1, 31), 2) == date(2026, 3, 31)
    assert Duration(12, "months").after(date(2028, 2, 29)) == date(2029, 2, 28)


def test_a_refusal_stops_only_what_needs_it_and_opens_the_decision():
    no = ConsentChanged("no", on(2), "observation", "refused")
    facts = [*opened(), *observations(1), no, *observations(3)]
    state = engine.state(VARIANT_3, facts, day(3))
    assert [each.fact for each in state.uncounted] == ["o3"]
    assert (state.progress[0].done, state.progress[0].blocked_by) == (1, "consent:observation")
    assert state.blocks[0].refused
    assert not engine.may_log(VARIANT_3, facts, day(3), "observation")
    assert engine.may_log(VARIANT_3, facts, day(3), "tips")
    assert state.decision.ready
    assert state.next.kind == "decision"
    back = [*facts, ConsentChanged("again", on(4), "observation", "given")]
    assert not engine.state(VARIANT_3, back, day(4)).decision.ready


def test_silence_of_the_parents_is_no_refusal():
    asked = ConsentChanged("ask", on(0, 1), "observation", "asked")
    facts = [ParentContact("talk", on(-3)), Started("start", on(0)), asked]
    state = engine.state(VARIANT_3, facts, day(1))
    assert (state.blocks[0].who, state.blocks[0].refused) == ("parents", False)
    assert not state.decision.ready
    assert [(each.kind, each.key) for each in state.steps] == [
        ("need", "consent:observation"),
        ("decision", "conclusion"),
    ]


def test_the_clock_of_a_phase_waits_for_its_consent():
    facts = [each for each in samsam_runs() if each.id != "yes"]
    state = engine.state(SAMSAM, facts, day(30))
    assert (state.phase, state.begun, state.progress) == ("one-to-one", None, ())
    facts.append(ConsentChanged("yes", on(30), "support", "given"))
    state = engine.state(SAMSAM, facts, day(30))
    assert (state.begun, state.progress[0].missed) == (day(30), ())


def test_a_refused_consent_before_a_phase_opens_the_decision():
    facts = [each for each in samsam_runs() if each.id != "yes"]
    facts.append(ConsentChanged("no", on(0, 1), "support", "refused"))
    state = engine.state(SAMSAM, facts, day(1))
    assert (state.phase, state.begun, state.decision.ready) == ("one-to-one", None, True)
    assert [step.kind for step in state.steps] == ["decision"]


def test_coaching_keeps_its_chosen_rhythm_and_is_reviewed():
    facts = [
        Started("start", on(0)),
        Done("a", on(0, 1), "introduction", "agreement"),
        Done("b", on(0, 2), "introduction", "tell-parents"),
        Done("v", on(1), "coaching", "visit"),
    ]
    state = engine.state(COACHING, facts, day(30))
    visits = state.progress[0]
    assert (visits.done, visits.needed, visits.missed) == (1, None, (day(14),))
    assert visits.next_due == day(41)
    assert (state.decision.due, state.decision.ready) == (date(2026, 9, 2), False)
    assert engine.state(COACHING, facts, date(2026, 9, 2)).decision.ready


def test_what_was_told_by_mistake_did_not_happen():
    facts = [*opened(), *observations(1, 2), Retracted("sorry", on(3), "o2")]
    state = engine.state(KANSEN, facts, day(3))
    assert (state.phase, state.progress[0].done) == ("looking", 1)


def test_the_future_does_not_count_yet():
    facts = [*opened(), *observations(1, 9)]
    state = engine.state(VARIANT_3, facts, day(2))
    assert state.progress[0].done == 1
    assert [each.fact for each in state.uncounted] == ["o9"]


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="no time zone"):
        engine.state(VARIANT_3, [Started("start", datetime(2026, 3, 2))], day(0))


def test_an_evening_belongs_to_the_dutch_day():
    evening = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
    assert Started("start", evening).day == date(2026, 3, 3)


def in_the_learning_place(*more) -> list:
    """A child of 3 years and 11 months on day 0: four on 2 April, 4;9 on 2 January."""
    return [
        Born("born", datetime(2022, 4, 2, tzinfo=UTC)),
        *opened("specialist"),
        Done("i", on(0, 1), "intake", "parent-talk"),
        PlanMade("plan", on(0, 2), True),
        Decided("in", on(0, 3), "place", "go"),
        *more,
    ]


def test_a_fourth_birthday_asks_for_a_decision():
    facts = in_the_learning_place()
    state = engine.state(LEARNING_PLACE, facts, day(30))
    assert (state.decision.due, state.decision.ready) == (date(2026, 4, 2), False)
    refusal = engine.may_decide(LEARNING_PLACE, facts, day(30), "turning-four", "stay")
    assert "02-04-2026" in str(refusal.reason)
    state = engine.state(LEARNING_PLACE, facts, date(2026, 4, 2))
    assert (state.phase, state.decision.ready) == ("here", True)


def test_the_extension_has_a_last_day_after_which_one_can_only_leave():
    agreed_later = Decided("more", on(31), "turning-four", "stay", next_on=date(2027, 6, 1))
    facts = in_the_learning_place(agreed_later)
    state = engine.state(LEARNING_PLACE, facts, date(2026, 12, 1))
    assert (state.decision.due, state.decision.ready) == (date(2027, 1, 2), False)
    state = engine.state(LEARNING_PLACE, facts, date(2027, 1, 2))
    assert state.decision.ready
    assert all(each.leaves for each in LEARNING_PLACE.gate(state.decision.gate).options)


def test_a_day_agreed_before_the_birthday_comes_first():
    agreed = PlanMade("again", on(1), True, day(10))
    state = engine.state(LEARNING_PLACE, in_the_learning_place(agreed), day(11))
    assert (state.decision.due, state.decision.ready) == (day(10), True)


def test_without_a_date_of_birth_persons_decide():
    facts = [each for each in in_the_learning_place() if each.id != "born"]
    assert engine.state(LEARNING_PLACE, facts, day(5)).decision.ready


def test_a_task_taken_over_is_given_back_within_the_chosen_time():
    raw = PRACTICES["take-over-agreement"]
    practice = adopted(raw, {"months-until-review": 6, "weeks-until-given-back": 2})
    facts = [
        Started("start", on(0)),
        Done("a", on(0, 1), "agreeing", "limits"),
        Decided("t", on(3), "next", "take-over", "a talk with an angry parent"),
        Done("taken", on(4), "taken-over", "take-over"),
    ]
    _, back = engine.state(practice, facts, day(4)).progress
    assert back.next_due == day(18)
    facts.append(Done("back", on(10), "taken-over", "give-back"))
    assert engine.state(practice, facts, day(10)).phase == "running"


def test_twice_a_year_is_two_in_each_year():
    practice = adopted(PRACTICES["jggv-talks"], {"months-until-review": 24})
    facts = [Started("start", on(0))]
    facts += [Done(f"t{each}", on(each), "talks", "talk") for each in (10, 100, 200, 380)]
    talk = engine.state(practice, facts, day(400)).progress[0]
    assert (talk.done, talk.extra, talk.missed) == (3, ("t200",), ())
    assert engine.state(practice, facts, day(740)).progress[0].missed == (date(2027, 3, 2),)


def test_refusing_one_party_leaves_the_rest_running():
    practice = PRACTICES["domino"]
    facts = [
        *opened("domino"),
        ConsentChanged("no", on(-1), "youth-team", "refused"),
        Done("t", on(1), "talking", "parent-talk"),
        Decided("d", on(2), "direction", "group", next_on=day(60)),
    ]
    assert engine.may_log(practice, facts, day(3), "day")
    assert engine.may_log(practice, facts, day(3), "guide-parents")
    assert not engine.may_log(practice, facts, day(3), "youth-team-helps")


def test_guidance_runs_on_until_the_next_place_has_started():
    practice = PRACTICES["spring-care-coordination"]
    facts = [
        *opened("next-place"),
        Done("t", on(0, 1), "signal", "parent-talk"),
        Decided("limit", on(1), "next-step", "limit"),
        Done("h", on(5), "until-next-place", "handover"),
    ]
    state = engine.state(practice, facts, day(20))
    assert (state.phase, state.decision.ready) == ("until-next-place", False)
    facts.append(Done("s", on(30), "until-next-place", "started"))
    assert engine.state(practice, facts, day(30)).decision.ready


def test_no_indication_leads_to_the_care_team():
    practice = PRACTICES["kleine-kapitein"]
    facts = [
        *opened("helper"),
        Done("seen", on(1), "indication", "see-indication"),
        Decided("no", on(1, 1), "eligible", "no-indication"),
    ]
    assert engine.state(practice, facts, day(2)).ended.leads_to == "practice:kober-zorgteam"


def test_parents_who_think_are_not_asked_anything():
    practice = PRACTICES["parents-need-time"]
    facts = [
        *opened("none"),
        Done("t", on(0, 1), "after-talk", "when-again"),
        Decided("w", on(0, 2), "how-on", "wait", next_on=day(40)),
    ]
    state = engine.state(practice, facts, day(20))
    assert (state.decision.due, state.decision.ready) == (day(40), False)
    assert "parents" not in {each.role for each in state.steps}
