"""Who must sign, and what follows from what they said (field rules 2.3, worked examples)."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from alert4you.access.commands.consent import (
    answer_consent,
    ask_consent,
    record_answer,
    withdraw_consent,
)
from alert4you.access.models import Basis, ConsentRequest
from alert4you.access.queries import consent
from alert4you.access.rules.consent import (
    State,
    Terms,
    birthday,
    by_law_on,
    must_sign,
    standing_of,
    standing_on,
)
from alert4you.children.models import Child, Guardian
from alert4you.kernel.decision import Denied
from tests.cast import NOW, TODAY, Cast, make_child

MOTHER, FATHER, CHILD = UUID(int=1), UUID(int=2), None
DAY = date(2026, 11, 20)
LATER = DAY + timedelta(days=30)


@pytest.mark.parametrize(
    ("born", "with_authority", "needed"),
    [
        (date(2023, 5, 1), [MOTHER, FATHER], {MOTHER, FATHER}),
        (date(2023, 5, 1), [MOTHER], {MOTHER}),
        (date(2023, 5, 1), [], set()),
        (date(2014, 11, 21), [MOTHER, FATHER], {MOTHER, FATHER}),  # 12 tomorrow
        (date(2014, 11, 20), [MOTHER, FATHER], {MOTHER, FATHER, CHILD}),  # 12 today
        (date(2010, 11, 21), [MOTHER], {MOTHER, CHILD}),  # 16 tomorrow
        (date(2010, 11, 20), [MOTHER, FATHER], {CHILD}),  # 16 today
        (date(2014, 11, 20), [], set()),  # 12, and nobody has authority: nobody can agree
    ],
)
def test_who_must_sign(born: date, with_authority: list, needed: set) -> None:
    assert must_sign(born, with_authority, DAY) == needed


@pytest.mark.parametrize(
    ("needed", "answers", "state", "missing"),
    [
        # the numbers are those of the worked examples
        ({MOTHER, FATHER}, {MOTHER: "given"}, State.WAITS, (FATHER,)),  # 1
        ({MOTHER, FATHER}, {MOTHER: "given", FATHER: "given"}, State.RUNS, ()),  # 2
        ({MOTHER, FATHER}, {MOTHER: "given", FATHER: "refused"}, State.DISPUTED, ()),  # 3
        ({MOTHER, FATHER}, {MOTHER: "refused"}, State.REFUSED, (FATHER,)),
        ({MOTHER, FATHER}, {MOTHER: "refused", FATHER: "later"}, State.REFUSED, ()),
        ({MOTHER}, {MOTHER: "given", FATHER: "refused"}, State.RUNS, ()),  # 4
        (
            {MOTHER, FATHER, CHILD},
            {MOTHER: "given", FATHER: "given"},
            State.WAITS,
            (CHILD,),
        ),  # 6, 10
        (
            {MOTHER, FATHER, CHILD},
            {MOTHER: "given", FATHER: "given", CHILD: "refused"},
            State.REFUSED,
            (),
        ),  # 6
        (
            {MOTHER, FATHER, CHILD},
            {MOTHER: "refused", FATHER: "refused", CHILD: "given"},
            State.REFUSED,
            (),
        ),  # 7
        ({CHILD}, {MOTHER: "refused", CHILD: "given"}, State.RUNS, ()),  # 16
        ({MOTHER, FATHER}, {MOTHER: "given", FATHER: "later"}, State.LATER, ()),
        ({MOTHER, FATHER}, {}, State.WAITS, (MOTHER, FATHER)),
        (set(), {}, State.WAITS, ()),
    ],
)
def test_how_it_stands(needed: set, answers: dict, state: State, missing: tuple) -> None:
    found = standing_of(needed, answers, LATER, DAY)
    assert (found.state, set(found.missing)) == (state, set(missing))
    assert bool(found) == (state is State.RUNS)


@pytest.mark.parametrize(
    ("changed", "state"),
    [
        ({}, State.RUNS),
        ({"ends": DAY}, State.ENDED),
        ({"closed_at": NOW}, State.ENDED),
        ({"starts": DAY + timedelta(days=1)}, State.AHEAD),
    ],
)
def test_a_request_has_a_period(changed: dict, state: State) -> None:
    request = ConsentRequest(**{"starts": DAY, "ends": LATER, **changed})
    assert standing_on(request, {MOTHER: "given"}, {MOTHER}, DAY).state is state


@pytest.mark.parametrize(
    ("changed", "supervises", "state"),
    [
        ({}, True, State.RUNS),
        ({"confirmed": None}, True, State.WAITS),
        ({"confirmed": False}, True, State.WAITS),
        ({}, False, State.ENDED),
        ({"ends": DAY}, True, State.ENDED),
        ({"starts": DAY + timedelta(days=1)}, True, State.AHEAD),
        ({"closed_at": NOW}, True, State.ENDED),
    ],
)
def test_by_law_it_runs_while_that_institution_supervises(
    changed: dict, supervises: bool, state: State
) -> None:
    told = {"starts": DAY, "ends": LATER, "basis": Basis.LAW, "confirmed": True}
    request = ConsentRequest(**told | changed)
    assert by_law_on(request, supervises, DAY).state is state


@pytest.mark.parametrize(
    ("years", "exempt", "needed"),
    [
        (3, "wish", {MOTHER, FATHER}),
        (13, "wish", {CHILD}),
        (13, "disadvantage", {CHILD}),
        (13, "not_capable", {MOTHER, FATHER}),
        (16, "not_capable", {MOTHER, FATHER}),
        (16, "wish", {CHILD}),
    ],
)
def test_who_signs_when_a_professional_decided(years: int, exempt: str, needed: set) -> None:
    born = DAY.replace(year=DAY.year - years)
    assert must_sign(born, [MOTHER, FATHER], DAY, exempt) == needed


@pytest.mark.parametrize(
    ("born", "age", "day"),
    [
        (date(2014, 5, 1), 12, date(2026, 5, 1)),
        (date(2012, 2, 29), 16, date(2028, 2, 29)),
        (date(2016, 2, 29), 12, date(2028, 2, 29)),
        (date(2008, 2, 29), 18, date(2026, 3, 1)),
    ],
)
def test_a_birthday(born: date, age: int, day: date) -> None:
    assert birthday(born, age) == day


def asked(cast: Cast, child: Child | None = None) -> ConsentRequest:
    terms = Terms(["day", "plan"], "We willen samen kijken.")
    who = cast.actor("fatima")
    return ask_consent(who, child or cast.mila, cast.youthcare, "support", terms)


def state_of(cast: Cast, request: ConsentRequest, **later: int) -> State:
    return consent.agreement(cast.actor("fatima", **later), request.pk).state


BOTH = {"day": "given", "plan": "given"}


def test_one_answer_is_not_enough_and_a_withdrawal_ends_it(cast: Cast) -> None:
    """Examples 1 to 3, in the database."""
    request = asked(cast)
    answer_consent(cast.actor("anna"), request, BOTH)
    found = consent.agreement(cast.actor("fatima"), request.pk)
    assert found.state is State.WAITS
    assert [each.person for each in found.missing if each] == [cast.bram]
    answer_consent(cast.actor("bram"), request, BOTH)
    assert state_of(cast, request) is State.RUNS
    withdraw_consent(cast.actor("bram", hours=1), request)
    assert state_of(cast, request, hours=2) is State.DISPUTED


def test_who_has_no_authority_does_not_count(cast: Cast) -> None:
    """Example 4: the other parent has no authority; what he thinks does not stop it."""
    request = asked(cast)
    with pytest.raises(Denied, match="gezag|authority"):
        answer_consent(cast.actor("oscar"), request, dict.fromkeys(BOTH, "refused"))
    for parent in ("anna", "bram"):
        answer_consent(cast.actor(parent), request, BOTH)
    assert state_of(cast, request) is State.RUNS


def test_the_guardian_signs_in_the_place_of_the_parents(cast: Cast) -> None:
    """Example 8: authority went to a guardian institution; the parents sign no more."""
    Guardian.objects.filter(child=cast.mila).update(ends=TODAY)
    voogd = Guardian.objects.create(
        child=cast.mila,
        person=cast.gemma.person,
        kind="institution",
        organisation=cast.town,
        has_authority=True,
        starts=TODAY,
    )
    request = asked(cast)
    with pytest.raises(Denied):
        answer_consent(cast.actor("anna"), request, BOTH)
    record_answer(cast.actor("fatima"), request, voogd, BOTH, "on_paper", "map van de groep")
    assert state_of(cast, request) is State.RUNS


def test_turning_twelve_asks_for_one_more_signature(cast: Cast) -> None:
    """Example 10: until the day before the birthday it runs; from that day the child must agree."""
    birthday = TODAY + timedelta(days=3)
    child = make_child(cast, "Noa", "Jansen", birthday.replace(year=birthday.year - 12))
    guardian = Guardian.objects.create(
        child=child, person=cast.anna, kind="parent", has_authority=True, starts=child.born
    )
    request = asked(cast, child)
    answer_consent(cast.actor("anna"), request, BOTH)
    assert state_of(cast, request) is State.RUNS
    found = consent.agreement(cast.actor("fatima", days=3), request.pk)
    assert (found.state, found.missing) == (State.WAITS, [None])
    on_the_day = cast.actor("fatima", days=3)
    record_answer(on_the_day, request, None, BOTH, "in_talk", "Lotte was erbij")
    assert state_of(cast, request, days=3) is State.RUNS
    assert not consent.agreement(on_the_day, request.pk).waits_for(guardian, birthday)


@pytest.mark.parametrize(("years", "who_may"), [(3, "anna"), (13, "anna"), (16, None)])
def test_from_sixteen_the_parents_answer_no_more(
    cast: Cast, years: int, who_may: str | None
) -> None:
    child = make_child(cast, "Noa", "Jansen", TODAY.replace(year=TODAY.year - years))
    Guardian.objects.create(
        child=child, person=cast.anna, kind="parent", has_authority=True, starts=child.born
    )
    request = asked(cast, child)
    if who_may:
        answer_consent(cast.actor(who_may), request, BOTH)
    else:
        with pytest.raises(Denied):
            answer_consent(cast.actor("anna"), request, BOTH)


def test_only_who_decides_is_written_down(cast: Cast) -> None:
    request, worker = asked(cast), cast.actor("fatima")
    without = Guardian.objects.get(person=cast.oscar)
    anna = Guardian.objects.get(person=cast.anna)
    for guardian, how, witness in (
        (without, "in_talk", "Lotte"),  # no authority
        (None, "in_talk", "Lotte"),  # a child of three
        (anna, "in_talk", " "),  # nobody else knows
        (anna, "in_app", "Lotte"),  # she did not answer here herself
    ):
        with pytest.raises(Denied):
            record_answer(worker, request, guardian, BOTH, how, witness)
    for outsider in ("stranger", "sanne", "anna"):
        with pytest.raises(Denied):
            record_answer(cast.actor(outsider), request, anna, BOTH, "in_talk", "Lotte")
    record_answer(worker, request, anna, BOTH, "in_talk", "Lotte")
    said = consent.agreement(worker, request.pk).signed[0].said
    assert said
    assert (said.how, said.witness, said.recorded_by) == ("in_talk", "Lotte", "Fatima")


def test_not_now_is_left_alone_until_its_date(cast: Cast) -> None:
    request = asked(cast)
    anna = Guardian.objects.get(person=cast.anna)
    answer_consent(cast.actor("anna"), request, dict.fromkeys(BOTH, "later"))
    found = consent.agreement(cast.actor("anna"), request.pk)
    again = TODAY + timedelta(weeks=4)
    assert found.revisit_on(anna) == again
    assert not found.waits_for(anna, TODAY)
    assert not found.waits_for(anna, again - timedelta(days=1))
    assert found.waits_for(anna, again)
    sooner = TODAY + timedelta(days=7)
    answer_consent(cast.actor("anna", hours=1), request, {"day": "later", "plan": "given"}, sooner)
    found = consent.agreement(cast.actor("anna", hours=2), request.pk)
    assert found.revisit_on(anna) == sooner
    assert [line.by(anna) for line in found.lines] == ["later", "given"]


def test_a_newer_answer_follows_an_older_one(cast: Cast) -> None:
    request = asked(cast)
    for hours, answer in enumerate(("refused", "later", "given")):
        answer_consent(cast.actor("anna", hours=hours), request, dict.fromkeys(BOTH, answer))
    found = consent.agreement(cast.actor("anna", hours=5), request.pk)
    day = found.lines[0]
    assert [each.answer for each in day.history] == ["refused", "later", "given"]
    assert [each.ended_at is None for each in day.history] == [False, False, True]
    assert [each.what for each in found.moments] == ["asked", "refused", "later", "given"]


def test_taking_back_is_told_as_taking_back(cast: Cast) -> None:
    request = asked(cast)
    answer_consent(cast.actor("anna"), request, BOTH)
    withdraw_consent(cast.actor("anna", hours=1), request)
    told = consent.agreement(cast.actor("anna", hours=2), request.pk).moments
    assert [(each.what, each.name) for each in told] == [
        ("asked", "Fatima"),
        ("given", "Anna Jansen"),
        ("withdrawn", "Anna Jansen"),
    ]
    assert told[-1].categories == ("day", "plan")


@pytest.mark.parametrize(
    "terms",
    [
        Terms([], "why"),
        Terms(["safety"], "why"),
        Terms(["day"], "why", ends=TODAY.replace(year=TODAY.year + 1) + timedelta(days=1)),
        Terms(["day"], "why", ends=TODAY),
    ],
)
def test_what_cannot_be_asked(cast: Cast, terms: Terms) -> None:
    with pytest.raises(Denied):
        ask_consent(cast.actor("fatima"), cast.mila, cast.youthcare, "support", terms)
