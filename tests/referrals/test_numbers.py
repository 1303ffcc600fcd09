"""Numbers without names, small ones hidden; help needs minutes."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from alert4you.coaching.commands.contacts import Details
from alert4you.kernel.decision import Denied, NotVisible
from alert4you.referrals.commands.hours import log_guidance, set_team
from alert4you.referrals.commands.needs import register_need
from alert4you.referrals.models import Guidance, Referral, TeamSize
from alert4you.referrals.queries import teams
from alert4you.referrals.queries.numbers import numbers
from alert4you.referrals.rules.hours import Route
from alert4you.referrals.rules.needs import Judged, Missing
from tests.cast import TODAY
from tests.referrals.conftest import Way

LATER = TODAY + timedelta(weeks=8)


def waiting(way: Way, number: int, weeks: int = 4, minutes: int = 0) -> None:
    for each in range(number):
        child = way.another(f"Kind{each}", each)
        referral = way.asked(child)
        asked_on = TODAY - timedelta(weeks=weeks + each)
        rows = Referral.objects.unrestricted(reason="test").filter(pk=referral.pk)
        rows.update(asked_on=asked_on)
        if minutes:
            route, spent = Route(referral), Details(minutes=minutes)
            log_guidance(way.cast.actor("carla"), child, "meanwhile", "Gespeeld.", route, spent)


@pytest.mark.parametrize(
    ("number", "who", "shown"),
    [
        (9, "marit", None),
        (9, "gemma", None),
        (11, "carla", (10, 9, 11)),
        (11, "gemma", (10, 9, 11)),
    ],
)
def test_few_are_hidden(way: Way, number: int, who: str, shown: Any) -> None:
    """Weeks: the middle one of 4, 5, 6 ...; an hour of support for each."""
    waiting(way, number, minutes=60)
    found = numbers(way.cast.actor(who)).waiting[0]
    assert found.party == "school organisation"
    assert found.number is None if shown is None else True
    told = (found.number, found.median_weeks, found.hours)
    assert told == (shown or (None, None, None))


def test_of_another_organisation_nothing_is_counted(way: Way) -> None:
    waiting(way, 5)
    assert numbers(way.cast.actor("stranger")).waiting == []


def test_a_party_in_words_is_not_named(way: Way) -> None:
    referral = way.refer(words="De logopedist van Mila")
    Referral.objects.unrestricted(reason="test").filter(pk=referral.pk).update(
        asked_on=TODAY, parents_agreed="ja"
    )
    found = numbers(way.cast.actor("marit")).waiting
    assert [each.party for each in found] == ["a party outside this system"]


@pytest.mark.parametrize(("number", "shown", "reasons"), [(9, None, 0), (11, 10, 1), (12, 10, 0)])
def test_what_is_missing_is_counted(way: Way, number: int, shown: int | None, reasons: int) -> None:
    """The twelfth has another reason: it is not told, nor given away by what is left."""
    for each in range(number):
        obstacle = "no_money" if each == 11 else "no_place"
        missing = Missing("day_treatment", "Een plek.", obstacle, LATER)
        child = way.another(f"Kind{each}", each)
        register_need(way.cast.actor("carla"), child, Judged(True, False, "Te weinig."), missing)
    found = numbers(way.cast.actor("marit")).lacking[0]
    assert (found.number, len(found.reasons)) == (shown, reasons)


# Hours ------------------------------------------------------------------------------------------


def helped(way: Way, route: Route, minutes: int | None = 30, sort: str = "forms") -> Guidance:
    carla, spent = way.cast.actor("carla"), Details(minutes=minutes)
    found: Guidance = log_guidance(carla, way.cast.mila, sort, "Ingevuld.", route, spent)
    return found


@pytest.mark.parametrize(
    ("route", "minutes", "sort", "says"),
    [
        (Route(), None, "forms", "how many minutes"),
        (Route(), 30, "meanwhile", "belongs to a referral"),
    ],
)
def test_hours_need_minutes_and_support_a_referral(
    way: Way, route: Route, minutes: int | None, sort: str, says: str
) -> None:
    with pytest.raises(Denied, match=says):
        helped(way, route, minutes, sort)
    assert not Guidance.objects.exists()


def test_the_database_wants_a_referral_for_support(way: Way) -> None:
    kept = helped(way, Route())
    with pytest.raises(IntegrityError), transaction.atomic():
        Guidance.objects.filter(pk=kept.pk).update(sort="meanwhile")


def test_a_referral_of_another_child_is_no_route(way: Way) -> None:
    other = way.asked(way.another("Noor", 1))
    with pytest.raises(Denied, match="another child"):
        helped(way, Route(other), 30, "meanwhile")


# Teams ------------------------------------------------------------------------------------------


def test_a_team_with_the_figure_of_the_source_and_of_its_own(way: Way) -> None:
    way.follow("kober-zorgteam", care_team=way.cast.sanne)
    with pytest.raises(Denied, match="Only the manager"):
        set_team(way.cast.actor("lotte"), "kober-zorgteam", Decimal("2.5"))
    for fte in ("2.5", "3"):
        set_team(way.cast.actor("marit"), "kober-zorgteam", Decimal(fte), "Plek voor twee.")
    board = teams.board(way.cast.actor("marit"), "kober-zorgteam")
    assert (board.source_fte, board.running) == ("4", 1)
    assert board.workers == [(way.cast.sanne, 1)]
    assert board.size and (board.size.fte, board.size.room) == (3, "Plek voor twee.")
    assert TeamSize.objects.count() == 1
    assert {each.slug for each in teams.teams()} == {"kober-zorgteam", "kleine-kapitein"}
    with pytest.raises(NotVisible):
        teams.board(way.cast.actor("marit"), "samsam")
