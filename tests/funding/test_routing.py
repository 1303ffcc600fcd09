"""The money router: each rule once, and what always holds."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alert4you.funding.models import Work
from alert4you.funding.rules.routing import JUDGES, Facts, route, routes
from alert4you.funding.rules.streams import grounds, streams
from alert4you.organisations.models import Setting

GROUP = Facts(Work.GROUP, "daycare", months=None)
CHILD = Facts(Work.CHILD, "daycare", months=36)
TODDLER = Facts(Work.CHILD, "preschool", months=36, decision=True)
PLACE = Facts(Work.PLACE, "daycare", months=36, contract=True)
EARLY = Facts(Work.EARLY_EDUCATION, "preschool", months=36, early=True)
ALL = frozenset(streams())
NAMED = {"work": Work.GROUP, "decision": True, "named": True}

RULES: list[tuple[Facts, dict[str, Any], str, str, str]] = [
    # of                  but for                                stream              verdict    rule
    (TODDLER, {}, "youth_individual", "refused", "preschool_is_prevention"),
    (TODDLER, {"work": Work.GROUP}, "youth_individual", "refused", "preschool_is_prevention"),
    (TODDLER, {"work": Work.TREATMENT}, "youth_individual", "fits", "youth_decision_runs"),
    (TODDLER, {"setting": "daycare"}, "youth_individual", "fits", "youth_decision_runs"),
    (CHILD, {}, "youth_individual", "ask", "youth_needs_decision"),
    (GROUP, {}, "youth_individual", "refused", "group_not_on_one_child"),
    (CHILD, {"work": Work.GROUP}, "youth_individual", "refused", "group_not_on_one_child"),
    (GROUP, {"named": True}, "youth_individual", "refused", "group_not_on_one_child"),
    (CHILD, {"work": Work.GROUP, "decision": True}, "youth_individual", "refused", "group_not_on_one_child"),
    (CHILD, NAMED, "youth_individual", "fits", "named_in_decision"),
    (CHILD, {"work": Work.GROUP, "named": True}, "youth_individual", "ask", "youth_needs_decision"),
    (PLACE, {}, "youth_individual", "refused", "youth_act_no_place"),
    (CHILD, {"work": Work.PARENTS}, "youth_individual", "refused", "youth_act_under_18"),
    (EARLY, {}, "youth_individual", "refused", "early_is_own_money"),
    (GROUP, {}, "youth_prevention", "ask", "needs_agreement"),
    (GROUP, {"agreed": ALL}, "youth_prevention", "fits", "prevention_without_decision"),
    (TODDLER, {"agreed": ALL}, "youth_prevention", "fits", "prevention_without_decision"),
    (PLACE, {"agreed": ALL}, "youth_prevention", "refused", "prevention_is_not_care"),
    (CHILD, {"work": Work.TREATMENT}, "youth_prevention", "refused", "prevention_is_not_care"),
    (EARLY, {"agreed": ALL}, "youth_prevention", "refused", "early_is_own_money"),
    (PLACE, {}, "wko_contract", "fits", "contract_pays_place"),
    (PLACE, {"contract": None}, "wko_contract", "ask", "ask_contract"),
    (PLACE, {"contract": False}, "wko_contract", "refused", "no_contract"),
    (PLACE, {"setting": "medical_daycare"}, "wko_contract", "refused", "not_childcare"),
    (CHILD, {}, "wko_contract", "refused", "place_only"),
    (PLACE, {}, "smi", "ask", "ask_allowance"),
    (PLACE, {"allowance": True, "agreed": ALL}, "smi", "refused", "smi_no_allowance"),
    (PLACE, {"allowance": False}, "smi", "ask", "needs_agreement"),
    (PLACE, {"allowance": False, "agreed": ALL}, "smi", "fits", "smi_temporary"),
    (PLACE, {"allowance": False, "setting": "day_treatment"}, "smi", "refused", "not_childcare"),
    (GROUP, {"agreed": ALL}, "smi", "refused", "place_only"),
    (EARLY, {"agreed": ALL}, "early_education", "fits", "early_fits"),
    (EARLY, {}, "early_education", "ask", "needs_agreement"),
    (EARLY, {"months": 29}, "early_education", "refused", "early_age"),
    (EARLY, {"months": 30}, "early_education", "ask", "needs_agreement"),
    (EARLY, {"months": 48}, "early_education", "refused", "early_age"),
    (EARLY, {"early": False}, "early_education", "refused", "early_indication"),
    (EARLY, {"setting": "after_school_care"}, "early_education", "refused", "early_place"),
    (EARLY, {"work": Work.CHILD}, "early_education", "refused", "early_not_individual"),
    (EARLY, {"work": Work.CHILD, "agreed": ALL}, "early_education", "fits", "early_fits"),
    (EARLY, {"work": Work.GROUP, "months": None, "agreed": ALL}, "early_education", "fits", "agreed_here"),
    (CHILD, {}, "zvw", "refused", "zvw_not_on_group"),
    (CHILD, {"work": Work.TREATMENT}, "zvw", "ask", "zvw_referral"),
    (CHILD, {}, "wmo", "refused", "wmo_adult"),
    (CHILD, {"work": Work.PARENTS}, "wmo", "ask", "wmo_parent"),
    (CHILD, {"months": 47}, "partnership", "refused", "partnership_from_four"),
    (CHILD, {"months": 48}, "partnership", "ask", "partnership_school"),
    (CHILD, {"months": 47, "agreed": ALL}, "partnership", "fits", "agreed_here"),
    (CHILD, {"work": Work.TREATMENT}, "partnership", "refused", "partnership_education"),
    (GROUP, {}, "subsidy", "ask", "needs_agreement"),
    (GROUP, {"agreed": ALL}, "subsidy", "fits", "subsidy_activity"),
    (PLACE, {"agreed": ALL}, "subsidy", "refused", "no_subsidy_for_help"),
    (GROUP, {}, "own_means", "fits", "own_choice"),
    (GROUP, {}, "none", "fits", "none_is_legal"),
]  # fmt: skip


@pytest.mark.parametrize(("of", "but", "stream", "verdict", "ground"), RULES)
def test_each_rule(of: Facts, but: dict[str, Any], stream: str, verdict: str, ground: str) -> None:
    found = route(replace(of, **but), stream)
    assert (found.verdict, found.ground.key) == (verdict, ground)


def test_every_rule_is_told_somewhere_in_the_table() -> None:
    assert {each[4] for each in RULES} == {*grounds()}
    assert {*JUDGES} == {*streams()}


FACTS = st.builds(
    Facts,
    work=st.sampled_from(Work),
    setting=st.sampled_from([*Setting.values, ""]),
    months=st.none() | st.integers(0, 156),
    contract=st.none() | st.booleans(),
    allowance=st.none() | st.booleans(),
    decision=st.booleans(),
    named=st.booleans(),
    early=st.booleans(),
    agreed=st.frozensets(st.sampled_from(sorted(streams()))),
    asker=st.sampled_from(["parents", "childcare", "provider", "school"]),
)


@given(FACTS)
def test_every_answer_quotes_a_rule_and_its_source(facts: Facts) -> None:
    found = routes(facts)
    assert {each.stream.key for each in found} == {*streams()}
    assert all(str(each.ground.says) and each.ground.source for each in found)
    assert all(each.applicant in each.stream.applicants for each in found)


@given(FACTS)
def test_no_money_always_fits_and_comes_last_of_what_does(facts: Facts) -> None:
    fitting = [each.stream.key for each in routes(facts) if each.verdict == "fits"]
    assert fitting[-1] == "none"


@given(FACTS)
def test_a_preschool_never_gets_money_of_a_decision_for_its_group(facts: Facts) -> None:
    there = replace(facts, setting="preschool")
    if there.work in (Work.GROUP, Work.CHILD):
        assert route(there, "youth_individual").verdict == "refused"


@given(FACTS, st.frozensets(st.sampled_from(sorted(streams()))))
def test_an_agreement_more_never_takes_a_way_away(facts: Facts, more: frozenset[str]) -> None:
    best = ["fits", "ask", "refused"]
    wider = replace(facts, agreed=facts.agreed | more)
    for stream in streams():
        before, after = route(facts, stream).verdict, route(wider, stream).verdict
        assert best.index(after) <= best.index(before)


def test_what_nobody_confirmed_says_so_where_it_is_quoted() -> None:
    """A sentence of a source and a conclusion of ours must not look the same."""
    assert "not confirmed" in str(grounds()["group_not_on_one_child"].where)
    assert str(grounds()["youth_act_no_place"].where).endswith("art. 1.1 lid 2")


def test_a_number_begins_only_on_a_day_that_a_source_gives() -> None:
    dated = {
        each.starts for one in streams().values() for each in one.amounts + one.terms if each.starts
    }
    assert dated == {date(2026, 1, 1), date(2020, 8, 1), date(2022, 1, 1)}
