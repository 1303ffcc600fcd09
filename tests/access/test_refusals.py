"""After a no of the parents nobody turns to that party about their child; the rest goes on."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.utils.translation import override

from alert4you.access.commands.consent import (
    answer_consent,
    ask_consent,
    close_request,
    withdraw_consent,
)
from alert4you.access.commands.team import name_on_team
from alert4you.access.models import CareTeamMember, ConsentRequest
from alert4you.access.rules.consent import Terms
from alert4you.access.rules.refusals import may_address
from alert4you.kernel.decision import Denied
from alert4you.organisations.models import Actor
from tests.cast import NOW, Cast

NO = "do not want this party"


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Refusals are compared in the language of the source."""
    with override("en"):
        yield


def asked(cast: Cast, purpose: str = "support") -> ConsentRequest:
    terms = Terms(["day", "plan"], "Meedenken over het eten.")
    request: ConsentRequest = ask_consent(
        cast.actor("carla"), cast.mila, cast.youthcare, purpose, terms
    )
    return request


def said(cast: Cast, request: ConsentRequest, answer: str, who: str = "anna") -> None:
    answer_consent(cast.actor(who), request, {"day": answer, "plan": answer})


def carla_may(cast: Cast) -> bool:
    return bool(may_address(cast.actor("carla"), cast.mila, cast.youthcare.pk))


@pytest.mark.parametrize(
    "turn_to",
    [
        lambda cast, carla: ask_consent(
            carla, cast.mila, cast.youthcare, "coaching", Terms(["day"], "Toch vragen.")
        ),
        lambda cast, carla: name_on_team(carla, cast.mila, cast.koen, "kijkt mee", "support"),
    ],
    ids=["asking", "naming"],
)
def test_a_refused_party_cannot_be_addressed(
    cast: Cast, turn_to: Callable[[Cast, Actor], object]
) -> None:
    said(cast, asked(cast), "refused")
    with pytest.raises(Denied, match=NO) as denied:
        turn_to(cast, cast.actor("carla"))
    assert "Everything else goes on" in str(denied.value.decision.instead)
    assert not CareTeamMember.objects.filter(child=cast.mila, membership=cast.koen).exists()
    assert ConsentRequest.objects.count() == 1


def test_another_party_can_be_addressed(cast: Cast) -> None:
    said(cast, asked(cast), "refused")
    name_on_team(cast.actor("carla"), cast.mila, cast.pieter, "leerkracht", "education")
    assert CareTeamMember.objects.filter(child=cast.mila, membership=cast.pieter).exists()


@pytest.mark.parametrize(
    ("answers", "may"),
    [
        ([], True),
        ([("anna", "later")], True),
        ([("anna", "given")], True),
        ([("anna", "refused")], False),
        ([("anna", "given"), ("bram", "refused")], False),
        ([("anna", "refused"), ("anna", "later")], True),
        ([("anna", "refused"), ("anna", "given")], True),
    ],
)
def test_what_the_parents_last_said_counts(
    cast: Cast, answers: list[tuple[str, str]], may: bool
) -> None:
    request = asked(cast)
    for who, answer in answers:
        said(cast, request, answer, who)
    assert carla_may(cast) is may


def test_a_no_to_a_part_leaves_the_other_part(cast: Cast) -> None:
    request = asked(cast)
    for who in ("anna", "bram"):
        answer_consent(cast.actor(who), request, {"day": "given", "plan": "refused"})
    assert carla_may(cast)


def test_taken_back_is_a_no(cast: Cast) -> None:
    request = asked(cast)
    for who in ("anna", "bram"):
        said(cast, request, "given", who)
    withdraw_consent(cast.actor("bram"), request)
    assert not carla_may(cast)


def test_staff_cannot_put_a_no_away_and_ask_anew(cast: Cast) -> None:
    request = asked(cast)
    said(cast, request, "refused")
    with pytest.raises(Denied, match="their answer stays"):
        close_request(cast.actor("carla"), request)
    close_request(cast.actor("anna"), request)
    assert carla_may(cast)


def test_a_no_lasts_as_long_as_was_asked_for(cast: Cast) -> None:
    request = asked(cast)
    said(cast, request, "refused")
    cast.go_to(NOW + (request.ends - request.starts) - timedelta(days=1))
    assert not carla_may(cast)
    cast.go_to(NOW + (request.ends - request.starts))
    assert carla_may(cast)
