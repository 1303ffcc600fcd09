"""Each hour is on one line, or on none and then uncovered."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from alert4you.funding.commands.hours import book_hours, take_off_hours
from alert4you.funding.models import Booking, MoneyLine, Work
from alert4you.funding.rules.hours import Hour, fits
from alert4you.funding.rules.streams import streams
from alert4you.kernel.decision import Denied
from tests.cast import TODAY
from tests.funding.conftest import Purse


def test_hours_are_uncovered_until_they_are_on_a_line(purse: Purse) -> None:
    trajectory, carla = purse.running(), purse.cast.actor("carla")
    seen, helped = purse.spend(trajectory, 60), purse.guide(trajectory, 30)
    assert purse.money(trajectory).minutes == (0, 90)
    line = purse.line(trajectory)
    book_hours(carla, line, [seen])
    found = purse.money(trajectory)
    assert found.minutes == (60, 30)
    assert [each.entry for each in found.uncovered] == [helped]
    take_off_hours(carla, line, [seen])
    assert purse.money(trajectory).minutes == (0, 90)


def test_the_same_hour_is_never_on_two_lines(purse: Purse) -> None:
    trajectory, carla = purse.running(), purse.cast.actor("carla")
    hour = purse.spend(trajectory)
    one, other = purse.line(trajectory), purse.granted(trajectory)
    book_hours(carla, one, [hour])
    with pytest.raises(Denied, match="never on two sorts of money"):
        book_hours(carla, other, [hour])
    with pytest.raises(IntegrityError), transaction.atomic():
        Booking.objects.create(
            entry_id=hour, line=other, minutes=60, by=purse.cast.carla, at=carla.at
        )


def test_all_hours_or_none(purse: Purse) -> None:
    trajectory, carla = purse.running(), purse.cast.actor("carla")
    now, later = purse.spend(trajectory), purse.guide(trajectory)
    purse.days(later, 30)
    line = purse.line(trajectory, ends=TODAY + timedelta(days=10))
    with pytest.raises(Denied, match="outside the period"):
        book_hours(carla, line, [now, later])
    assert not Booking.objects.unrestricted(reason="test").exists()


def test_the_ceiling_is_to_the_minute(purse: Purse) -> None:
    trajectory, carla = purse.running(), purse.cast.actor("carla")
    first, second = purse.spend(trajectory, 60), purse.guide(trajectory, 1)
    line = purse.line(trajectory, hours=1)
    assert [each.minutes for each in purse.money(trajectory).lines[0].fitting] == [60]
    with pytest.raises(Denied, match="no room on this money"):
        book_hours(carla, line, [first, second])
    book_hours(carla, line, [first])
    assert purse.money(trajectory).lines[0].fitting == []


def test_only_who_writes_money_puts_hours_on_it(purse: Purse) -> None:
    trajectory = purse.running()
    hour, line = purse.spend(trajectory), purse.line(trajectory)
    for who in ("anna", "sanne", "fatima"):
        with pytest.raises(Denied):
            book_hours(purse.cast.actor(who), line, [hour])


def test_hours_of_another_trajectory_are_not_of_this_one(purse: Purse) -> None:
    trajectory, carla = purse.running(), purse.cast.actor("carla")
    talk = purse.talk()
    with pytest.raises(Denied, match="no hours of this trajectory"):
        book_hours(carla, purse.line(trajectory), [talk.pk])


HOURS = st.builds(
    Hour,
    entry=st.uuids(),
    day=st.dates(),
    what=st.just(""),
    minutes=st.integers(1, 600),
    work=st.sampled_from(Work),
)
LINES = st.builds(
    MoneyLine,
    stream=st.sampled_from(sorted(streams())),
    state=st.sampled_from(["asked", "granted", "refused", "ended"]),
    named=st.booleans(),
    starts=st.dates(),
    ends=st.none() | st.dates(),
)


@given(LINES, HOURS)
def test_what_does_not_fit_says_why_and_what_fits_is_paid_for_that_day(
    line: MoneyLine, hour: Hour
) -> None:
    if decision := fits(line, hour):
        assert line.state in ("granted", "ended") and line.stream != "none"
        assert line.starts <= hour.day and (line.ends is None or hour.day < line.ends)
        assert line.stream != "youth_individual" or line.named or not hour.of_group
    else:
        assert str(decision.reason)
