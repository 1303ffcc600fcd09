"""The pure rule and the database agree on every situation: who signed, when, at which age."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alert4you.access import policy
from alert4you.access.models import (
    Answer,
    Basis,
    CareTeamMember,
    Consent,
    ConsentRequest,
    Exemption,
    How,
    Signature,
)
from alert4you.access.queries import consent
from alert4you.access.queries.line import known_child
from alert4you.children.models import Child, Guardian
from alert4you.organisations.models import Person
from tests.cast import NOW, TODAY, Cast

# Weighted towards what can run: a consent needs everything to be right at once.
DAYS = st.sampled_from([-400, -400, -400, -1, 0, 1])
ENDS = st.sampled_from([None, None, None, -1, 0, 1])
ANSWERS = st.one_of(
    st.just(["given"]),
    st.just(["given"]),
    st.just(["refused", "given"]),
    st.just(["given", "refused"]),
    st.lists(st.sampled_from(Answer.values), max_size=2),
)
BIRTHDAYS = st.builds(
    lambda years, shift: date(TODAY.year - years, TODAY.month, TODAY.day) + timedelta(days=shift),
    st.sampled_from([3, 12, 12, 14, 16]),
    st.integers(-2, 2),
)
LEAP_DAYS = st.sampled_from([date(2012, 2, 29), date(2016, 2, 29), date(2024, 2, 29)])
GUARDIANS = st.lists(
    st.fixed_dictionaries(
        {
            "has_authority": st.sampled_from([True, True, True, False]),
            "starts": DAYS,
            "ends": ENDS,
            "answers": ANSWERS,
        }
    ),
    max_size=2,
)
REQUESTS = st.fixed_dictionaries(
    {
        "starts": st.sampled_from([-30, -30, -1, 0, 1]),
        "ends": st.sampled_from([30, 30, 1, 0]),
        "closed": st.sampled_from([False] * 7 + [True]),
        "basis": st.sampled_from([Basis.CONSENT] * 5 + [Basis.LAW]),
        "exempt": st.sampled_from([""] * 5 + Exemption.values),
        "confirmed": st.sampled_from([True, True, False, None]),
        "supervised_by": st.sampled_from(["", "youthcare", "youthcare", "town"]),
        "with_parents": st.booleans(),
    }
)


def day(shift: int | None) -> date | None:
    return None if shift is None else TODAY + timedelta(days=shift)


def sign(cast: Cast, line: Consent, guardian: Guardian | None, answers: list[str]) -> None:
    """One answer after the other, an hour apart; the last one stands."""
    moments = [NOW - timedelta(hours=len(answers) - n) for n in range(len(answers))]
    for n, answer in enumerate(answers):
        Signature.objects.create(
            consent=line,
            guardian=guardian,
            answer=answer,
            how=How.IN_APP,
            recorded_by=cast.anna,
            text_version="test",
            at=moments[n],
            ended_at=moments[n + 1] if n + 1 < len(moments) else None,
        )


def supervise(cast: Cast, child: Child, organisation: str) -> None:
    if organisation:
        Guardian.objects.create(
            child=child,
            person=Person.objects.create(name="Supervisor"),
            kind="supervisor",
            organisation=cast.people[organisation],
            has_authority=False,
            starts=TODAY,
        )


def situation(
    cast: Cast, born: date, guardians: list[dict], asked: dict, of_child: list[str]
) -> Consent:
    child = Child.objects.create(first_name="Noa", last_name="Test", born=born)
    CareTeamMember.objects.create(
        child=child, membership=cast.carla, why="test", starts=TODAY - timedelta(days=900)
    )
    request = ConsentRequest.objects.create(
        child=child,
        organisation=cast.youthcare,
        purpose="support",
        basis=asked["basis"],
        why="test",
        content_from=TODAY,
        starts=day(asked["starts"]),
        ends=day(max(asked["ends"], asked["starts"] + 1)),
        asked_by=cast.carla,
        asked_at=NOW - timedelta(days=1),
        text_version="test",
        closed_at=NOW if asked["closed"] else None,
        exempt=asked["exempt"],
        confirmed=asked["confirmed"],
    )
    supervise(cast, child, asked["supervised_by"])
    line = Consent.objects.create(request=request, category="day")
    for told in guardians:
        ends = told["ends"]
        guardian = Guardian.objects.create(
            child=child,
            person=Person.objects.create(name="Guardian"),
            kind="parent",
            has_authority=told["has_authority"],
            starts=day(told["starts"]),
            ends=day(None if ends is None else max(ends, told["starts"] + 1)),
        )
        sign(cast, line, guardian, told["answers"])
    sign(cast, line, None, of_child)
    line.signatures.filter(guardian=None).update(with_parents=asked["with_parents"])
    return line


@settings(
    max_examples=250,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    born=st.one_of(BIRTHDAYS, LEAP_DAYS),
    guardians=GUARDIANS,
    asked=REQUESTS,
    of_child=st.one_of(st.just([]), ANSWERS),
)
def test_the_rule_and_the_database_agree(
    cast: Cast, born: date, guardians: list[dict[str, Any]], asked: dict[str, Any], of_child: list
) -> None:
    with transaction.atomic():
        line = situation(cast, born, guardians, asked, of_child)
        in_database = policy.running_consents(NOW, TODAY).filter(pk=line.pk).exists()
        carla = cast.actor("carla")
        on_its_own = consent.agreement(carla, line.request_id)
        with_the_child = consent.agreements_of(carla, [known_child(carla, line.request.child_id)])
        assert [bool(each.running) for each in with_the_child] == [in_database]
        assert bool(on_its_own.running) == in_database
        transaction.set_rollback(True)
