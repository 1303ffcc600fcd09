"""The picture of a line is a pure layout: everything inside it, in order, nothing on top of words."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alert4you.web.queries.line.picture import (
    LANES,
    LARGEST,
    LEFT,
    LOOK_AHEAD,
    MOST_TICKS,
    RIGHT,
    Event,
    Stay,
    picture,
)

TODAY = date(2026, 11, 20)
DAYS = st.dates(date(2022, 1, 1), date(2030, 1, 1))
EVENTS = st.lists(st.builds(Event, DAYS, st.sampled_from(LANES), st.booleans(), st.booleans()))
STAYS = st.lists(
    st.builds(
        lambda name, starts, days: Stay(name, starts, days and starts + timedelta(days=days)),
        st.sampled_from(["Vlinders", "Bijen"]),
        DAYS,
        st.sampled_from([None, 1, 30, 900]),
    ),
    max_size=6,
)


@given(events=EVENTS, stays=STAYS)
def test_everything_lies_within_the_frame(events: list[Event], stays: list[Stay]) -> None:
    drawn = picture(events, stays, TODAY)
    assert LEFT <= drawn.today <= RIGHT
    assert drawn.last - drawn.first >= timedelta(days=90)
    for mark in drawn.marks:
        assert LEFT - 1 <= mark.x <= RIGHT + 1
        assert 0 < mark.y < drawn.base
        assert mark.r <= LARGEST
    for band in drawn.bands:
        assert band.x >= LEFT
        assert band.x + band.width <= RIGHT + 1
        assert drawn.lanes[-1].y < band.y < drawn.base if drawn.lanes else True
    assert len(drawn.ticks) <= MOST_TICKS
    assert len({row.y for row in drawn.lanes}) == len(drawn.lanes)


@given(events=EVENTS)
def test_no_event_is_lost_but_those_too_far_ahead(events: list[Event]) -> None:
    shown = [each for each in events if each.day <= TODAY + LOOK_AHEAD]
    drawn = picture(events, [], TODAY)
    assert sum(mark.count for mark in drawn.marks) >= len(shown)
    assert {row.name for row in drawn.lanes} == {each.lane for each in events}


@given(events=EVENTS)
def test_later_lies_further_right(events: list[Event]) -> None:
    drawn = picture(events, [], TODAY)
    days = sorted({each.day for each in events if each.day <= drawn.last})
    places = [picture(events, [], TODAY).marks and day for day in days]
    assert places == sorted(places)
    assert [tick.x for tick in drawn.ticks] == sorted(tick.x for tick in drawn.ticks)


def test_what_falls_together_is_one_larger_dot() -> None:
    one = picture([Event(TODAY, "note")], [], TODAY).marks
    many = picture([Event(TODAY, "note")] * 8, [], TODAY).marks
    assert [mark.count for mark in one] == [1]
    assert [mark.count for mark in many] == [8]
    assert many[0].r > one[0].r


def test_only_lanes_in_use_take_room() -> None:
    few = picture([Event(TODAY, "note")], [], TODAY)
    more = picture([Event(TODAY, lane) for lane in LANES], [], TODAY)
    assert [row.name for row in few.lanes] == ["note"]
    assert [row.name for row in more.lanes] == list(LANES)
    assert few.height < more.height


@pytest.mark.parametrize(
    ("stays", "rows"),
    [
        ([Stay("a", TODAY - timedelta(60)), Stay("b", TODAY - timedelta(30))], 2),
        (
            [
                Stay("a", TODAY - timedelta(60), TODAY - timedelta(30)),
                Stay("b", TODAY - timedelta(30)),
            ],
            1,
        ),
        ([Stay("a", TODAY - timedelta(900), TODAY - timedelta(800))], 0),
    ],
)
def test_stays_side_by_side_lie_below_each_other(stays: list[Stay], rows: int) -> None:
    assert len({band.y for band in picture([], stays, TODAY).bands}) == rows


def test_a_stay_that_goes_on_is_open() -> None:
    long_ago, ended = (
        picture([], [stay], TODAY).bands[0]
        for stay in (Stay("a", TODAY - timedelta(900)), Stay("b", TODAY - timedelta(9), TODAY))
    )
    assert (long_ago.begins_here, long_ago.ends_here) == (False, False)
    assert (ended.begins_here, ended.ends_here) == (True, True)
