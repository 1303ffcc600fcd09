"""Whatever people write down, in whatever order: the engine stays exact. Over all templates."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from functools import cache, reduce
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import alert4you.practices
from alert4you.practices.rules.language import ENDED, Practice, Rhythm, Taper, Times, adopted
from alert4you.practices.rules.reading import read
from alert4you.trajectories.rules import engine
from alert4you.trajectories.rules.course import Course, add, fold
from alert4you.trajectories.rules.facts import (
    Born,
    ConsentChanged,
    Decided,
    Done,
    Fact,
    Indicated,
    ParentContact,
    PlanMade,
    Released,
    Retracted,
    Started,
    TaperStep,
)

LIBRARY = Path(alert4you.practices.__file__).parent / "library"
FILES = sorted(LIBRARY.glob("*.yaml"))
FIRST = datetime(2026, 1, 5, 9, tzinfo=UTC)
TAPER = (
    TaperStep(date(2026, 1, 5), 3),
    TaperStep(date(2026, 2, 2), 1),
    TaperStep(date(2026, 3, 2), 0),
)
EVERYDAY = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@cache
def practice_in(file: Path) -> Practice:
    raw = read(file.read_text("utf-8"), file.name)
    return adopted(raw, {choice.key: 3 for choice in raw.choices})


ALL = [pytest.param(practice_in(file), id=file.stem) for file in FILES]
every_practice = pytest.mark.parametrize("practice", ALL)


def moments() -> st.SearchStrategy[datetime]:
    hours = st.integers(0, 24 * 400)
    return hours.map(lambda each: FIRST + timedelta(hours=each))


def dones(practice: Practice) -> st.SearchStrategy[tuple[str, str]]:
    pairs = [(phase.key, each.key) for phase in practice.phases for each in phase.activities]
    return st.sampled_from(pairs)


def choices(practice: Practice) -> st.SearchStrategy[tuple[str, str]]:
    return st.sampled_from([(gate.key, key) for gate in practice.gates for key in gate.choices])


@cache
def plain_facts(practice: Practice) -> st.SearchStrategy[list[Fact]]:
    ids, at = st.integers(0, 10**6).map(lambda each: f"f{each}"), moments()
    day = st.dates(date(2026, 1, 1), date(2027, 6, 1))
    births = st.datetimes(datetime(2021, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))
    asks = [ask.key for ask in practice.asks] or ["none"]
    states = st.sampled_from(
        ["asked", "given", "given", "given", "refused", "withdrawn", "later", "expired"]
    )
    indications = st.sampled_from(["medical_daycare", "youth_care"])
    one = st.one_of(
        st.builds(Started, ids, at),
        st.builds(lambda i, a, d: Done(i, a, *d), ids, at, dones(practice)),
        st.builds(lambda i, a, d: Done(i, a, *d), ids, at, dones(practice)),
        st.builds(lambda i, a, d: Done(i, a, *d), ids, at, dones(practice)),
        st.builds(PlanMade, ids, at, st.booleans(), st.none() | day, planned_tapers()),
        st.builds(ParentContact, ids, at, st.booleans()),
        st.builds(Indicated, ids, at, indications, day, day),
        st.builds(Released, ids, at, ids),
        st.builds(Born, ids, births),
        st.builds(ConsentChanged, ids, at, st.sampled_from(asks), states),
        st.builds(
            lambda i, a, c, r, n: Decided(i, a, *c, r, n),
            ids,
            at,
            choices(practice),
            st.sampled_from(["", "because"]),
            st.none() | day,
        ),
    )
    return st.lists(one, max_size=25)


def planned_tapers() -> st.SearchStrategy[tuple[TaperStep, ...]]:
    """Any weeks, any number of days, in any order, also up: what people can come to write."""
    weeks = st.integers(0, 30).map(lambda each: date(2026, 1, 5) + timedelta(weeks=each))
    steps = st.builds(TaperStep, weeks, st.integers(0, 4))
    return st.just(()) | st.lists(steps, max_size=4).map(tuple)


def opening(practice: Practice, answer: str = "given") -> list[Fact]:
    """What lets a trajectory run, so that random facts have something to do."""
    begin = FIRST - timedelta(hours=1)
    consents = [ConsentChanged(f"a-{ask.key}", begin, ask.key, answer) for ask in practice.asks]
    plan = PlanMade("a-plan", begin, True, date(2026, 5, 1), TAPER)
    return [ParentContact("a-contact", begin), *consents, plan, Started("b-start", begin)]


@st.composite
def walks(draw: st.DrawFn, practice: Practice, answer: str = "given") -> list[Fact]:
    """Somebody who does what the running phase asks, often too often, and decides along the way."""
    facts = opening(practice, answer)
    for turn in range(draw(st.integers(0, 14))):
        at = FIRST + timedelta(days=draw(st.sampled_from([0, 1, 3])) + 4 * turn)
        state = engine.state(practice, facts, at.date())
        if not state.running:
            break
        keys = [each.activity for each in state.progress]
        if keys and draw(st.integers(0, 6)):
            facts.append(Done(f"w{turn}", at, state.phase, draw(st.sampled_from(keys))))
        elif turn > 4:
            gate = practice.gate(state.decision.gate)
            choice = draw(st.sampled_from(gate.choices))
            facts.append(Decided(f"w{turn}", at, gate.key, choice, "because"))
    return facts


@st.composite
def stories(draw: st.DrawFn, practice: Practice) -> list[Fact]:
    facts = draw(plain_facts(practice))
    if draw(st.booleans()):
        facts = draw(walks(practice)) + facts
    if facts and draw(st.booleans()):
        wrong = draw(st.sampled_from(facts))
        facts.append(Retracted(f"r-{wrong.id}", draw(moments()), wrong.id))
    return facts


def days() -> st.SearchStrategy[date]:
    return st.dates(date(2026, 1, 5), date(2027, 4, 1))


@every_practice
@EVERYDAY
@given(data=st.data())
def test_the_order_in_which_facts_arrive_does_not_matter(practice, data):
    facts = data.draw(stories(practice))
    shuffled = data.draw(st.permutations(facts))
    today = data.draw(days())
    assert engine.state(practice, facts, today) == engine.state(practice, shuffled, today)


@every_practice
@EVERYDAY
@given(data=st.data())
def test_step_by_step_equals_replay(practice, data):
    facts = data.draw(stories(practice))
    shuffled = data.draw(st.permutations(facts))
    step_by_step = reduce(add, shuffled, Course(practice))
    assert step_by_step == fold(practice, facts)


@every_practice
@EVERYDAY
@given(data=st.data())
def test_a_fact_told_twice_counts_once(practice, data):
    facts = data.draw(stories(practice))
    today = data.draw(days())
    again = data.draw(st.lists(st.sampled_from(facts), max_size=5)) if facts else []
    assert engine.state(practice, facts + again, today) == engine.state(practice, facts, today)


def turn_of(dose: Rhythm, begun: date, day: date) -> int:
    """Which window a day lies in, counted by hand; a short last one belongs to the one before."""
    turn = max(n for n in range(60) if dose.every.after(begun, n) <= day)
    if dose.lasting is None:
        return turn
    end, start = dose.lasting.after(begun), dose.every.after(begun, turn)
    length = dose.every.after(begun, turn + 1) - start
    return turn - 1 if 2 * (end - start) < length else turn


@every_practice
@EVERYDAY
@given(data=st.data())
def test_no_count_exceeds_its_dose_without_saying_so(practice, data):
    facts = data.draw(walks(practice))
    today = data.draw(st.dates(date(2026, 1, 20), date(2026, 4, 30)))
    state = engine.state(practice, facts, today)
    course = fold(practice, [fact for fact in facts if fact.day <= today])
    for each in state.progress:
        dose = practice.phase(state.phase).activity(each.activity).dose
        told = (*course.earlier, *course.done) if dose == Taper() else course.done
        own = [fact for fact in told if fact.activity == each.activity]
        assert each.over == len(each.extra)
        if isinstance(dose, Times):
            assert (each.done, each.over) == (len(own), max(0, len(own) - dose.count))
        elif isinstance(dose, Rhythm):
            turns = Counter(turn_of(dose, state.begun, fact.day) for fact in own)
            assert each.done == sum(min(many, dose.most) for many in turns.values())
            assert each.done + each.over == len(own)
        elif isinstance(dose, Taper):
            assert each.done == sum(min(week.actual, week.planned) for week in each.weeks)
            assert each.done + each.over == len(own)


@every_practice
@EVERYDAY
@given(data=st.data())
def test_no_fact_gets_lost(practice, data):
    """Every activity told is in the count, extra, of an earlier round, or listed with a reason."""
    facts = data.draw(stories(practice))
    today = data.draw(days())
    course = fold(practice, [fact for fact in facts if fact.day <= today])
    state = engine.state(practice, facts, today)
    listed = {each.fact for each in (*state.uncounted, *state.ignored)}
    assert all(str(each.reason) for each in (*state.uncounted, *state.ignored))
    wrong = {fact.of for fact in course.facts if isinstance(fact, Retracted)}
    here = [each.id for each in (*course.earlier, *course.done)]
    counted = sum(each.done + (each.over if each.needed is None else 0) for each in state.progress)
    assert counted <= len(here)
    for fact in course.facts:
        if isinstance(fact, Done) and fact.id not in wrong | listed | set(here):
            assert any(past.since <= fact.day <= past.until for past in state.passed)


@every_practice
@EVERYDAY
@given(data=st.data())
def test_there_is_never_a_dead_end(practice, data):
    """While it runs there is a next step, and a person can always decide, if need be with a reason."""
    facts = data.draw(stories(practice))
    today = data.draw(days())
    state = engine.state(practice, facts, today)
    assume(state.running)
    assert state.next is not None
    assert state.decision is not None
    gate = practice.gate(state.decision.gate)
    ways = [
        engine.may_decide(practice, facts, today, gate.key, each, "why") for each in gate.choices
    ]
    spanned = state.net is not None and state.net.is_spanned
    for option, allowed in zip(gate.options, ways, strict=True):
        assert bool(allowed) != (spanned and option.to == ENDED), allowed.reason
        assert bool(allowed) or str(allowed.instead)
    assert any(ways)
    if not state.decision.ready:
        assert str(state.decision.why_not_ready)
        refusal = engine.may_decide(practice, facts, today, gate.key, gate.choices[0])
        assert not refusal
        assert str(refusal.reason)


@every_practice
@EVERYDAY
@given(data=st.data())
def test_a_decision_that_is_not_open_is_refused_with_the_reason_and_changes_nothing(practice, data):
    facts = data.draw(stories(practice))
    today = data.draw(days())
    state = engine.state(practice, facts, today)
    gate, choice = data.draw(choices(practice) | st.just(("review", "nonsense")))
    open_gate = state.decision.gate if state.decision else None
    known = practice.gate(gate)
    assume(gate != open_gate or known is None or choice not in known.choices)
    refusal = engine.may_decide(practice, facts, today, gate, choice, "we want to")
    assert not refusal
    assert str(refusal.reason)
    at = datetime(today.year, today.month, today.day, 22, 59, 59, tzinfo=UTC)
    at = min(at, datetime.combine(today, datetime.max.time(), UTC) - timedelta(hours=3))
    assume(all(fact.at <= at for fact in facts if fact.day <= today))
    decided = Decided("zz", at, gate, choice, "we want to")
    after = engine.state(practice, [*facts, decided], today)
    assert [each.fact for each in after.ignored if each.fact == "zz"] == ["zz"]
    assert (after.phase, after.round, after.progress) == (state.phase, state.round, state.progress)


ASKING = [each for each in ALL if each.values[0].asks]


@pytest.mark.parametrize("practice", ASKING)
@EVERYDAY
@given(data=st.data())
def test_refusing_one_consent_never_blocks_what_does_not_need_it(practice, data):
    ask = data.draw(st.sampled_from([each.key for each in practice.asks]))
    done = data.draw(st.lists(dones(practice), max_size=6))
    days_ = enumerate(done)
    facts = opening(practice)
    facts += [Done(f"d{turn}", FIRST + timedelta(days=turn), *each) for turn, each in days_]
    today = date(2026, 2, 1)
    refused = [*facts, ConsentChanged("no", FIRST + timedelta(days=20), ask, "refused")]
    before = engine.state(practice, facts, today)
    after = engine.state(practice, refused, today)
    assert (after.phase, after.round) == (before.phase, before.round)
    assert before.begun is not None
    for each in practice.phase(after.phase).activities:
        allowed = engine.may_log(practice, refused, today, each.key)
        assert bool(allowed) == (each.consent != ask), allowed.reason
    others = {each.activity: each for each in before.progress}
    for each in after.progress:
        same = others[each.activity]
        assert each == same or each.blocked_by == f"consent:{ask}"
        assert each.done == same.done


@pytest.mark.parametrize("practice", ASKING)
@EVERYDAY
@given(data=st.data())
def test_refusing_everything_opens_the_decision_or_leaves_work(practice, data):
    """A refusal is never a dead end: what remains can be done, or persons can decide at once."""
    facts = data.draw(walks(practice, data.draw(st.sampled_from(["given", "refused"]))))
    at = FIRST + timedelta(days=70)
    facts += [ConsentChanged(f"no-{ask.key}", at, ask.key, "refused") for ask in practice.asks]
    state = engine.state(practice, facts, date(2026, 4, 1))
    if state.running:
        work = [step for step in state.steps if step.kind != "decision"]
        free = any(not each.refused for each in state.progress)
        agreed = state.decision.due is not None and free
        assert work or state.decision.ready or agreed


@every_practice
@EVERYDAY
@given(data=st.data())
def test_every_end_has_an_outcome_and_a_no_go_leads_somewhere(practice, data):
    facts = data.draw(stories(practice))
    today = data.draw(days())
    state = engine.state(practice, facts, today)
    if not state.running:
        return
    gate = practice.gate(state.decision.gate)
    option = gate.option(data.draw(st.sampled_from(gate.choices)))
    last = Decided("zz", FIRST + timedelta(days=500), gate.key, option.key, "it is time")
    known = [fact for fact in facts if fact.day <= today]
    after = engine.state(practice, [*known, last], date(2028, 1, 1))
    if not option.leaves:
        assert (after.decided[-1].choice, after.ended) == (option.key, None)
        return
    assert after.ended.outcome == option.outcome
    assert after.ended.on == last.day
    assert bool(after.ended.leads_to) or option.kind != "no-go"
    assert (after.phase, after.steps, after.decision) == (None, (), None)
    told = [*known, last]
    assert not engine.may_decide(practice, told, date(2028, 1, 1), gate.key, option.key, "again")
