"""Deviation, who counts, and the day of a group: pure rules as tables."""

from datetime import date
from uuid import UUID, uuid4

import pytest

from alert4you.groups.rules import counting, deviation, telling
from alert4you.groups.rules.counting import Conditions, Counts, Standing
from alert4you.groups.rules.day import (
    Care,
    House,
    InRoom,
    Kid,
    Span,
    State,
    Worker,
    group_day,
)
from alert4you.groups.rules.deviation import Allowed, DayKind, Near, Stretch
from alert4you.groups.rules.picture import picture

DAY = date(2026, 11, 20)
GROUP, OTHER, ROOM = uuid4(), uuid4(), uuid4()
COUNTED = Standing(Counts.COUNTED, "")
NOT = Standing(Counts.NOT, "")
AFTERNOON = Span(900, 1080)
ALL = Conditions(True, True, True, True, "seen")


@pytest.mark.parametrize(
    ("kind", "open_minutes", "minutes"),
    [
        (DayKind.DAYCARE, 11 * 60, 180),
        (DayKind.DAYCARE, 10 * 60, 180),
        (DayKind.DAYCARE, 9 * 60 + 30, 0),
        (DayKind.SCHOOL_DAY, 3 * 60, 30),
        (DayKind.FREE_DAY, 10 * 60, 180),
        (DayKind.FREE_DAY, 9 * 60 + 30, 0),
    ],
)
def test_how_long_fewer_staff_may_be_there(kind: DayKind, open_minutes: int, minutes: int) -> None:
    assert deviation.allowed(kind, open_minutes, DAY).minutes == minutes


@pytest.mark.parametrize(("needed", "least"), [(1, 1), (2, 1), (3, 2), (4, 2)])
def test_at_least_half_stays(needed: int, least: int) -> None:
    assert deviation.least(needed) == least


@pytest.mark.parametrize(
    ("stretches", "right"),
    [
        ([(180, 2, 1)], True),
        ([(181, 2, 1)], False),
        ([(90, 2, 1), (300, 2, 2), (90, 2, 1)], True),
        ([(15, 3, 1)], False),
        ([(15, 1, 0)], False),
    ],
)
def test_use_of_the_three_hours(stretches: list[tuple[int, int, int]], right: bool) -> None:
    use = deviation.use([Stretch(*each) for each in stretches], Allowed(180, None))
    assert use.right is right
    assert use.used + use.left >= 180


@pytest.mark.parametrize(
    ("needed", "counted", "near"),
    [(1, 1, Near.ON_CALL), (2, 1, Near.IN_BUILDING), (2, 2, Near.NOBODY), (1, 2, Near.NOBODY)],
)
def test_who_is_near_when_somebody_is_alone(needed: int, counted: int, near: Near) -> None:
    assert deviation.near(needed, counted) is near


@pytest.mark.parametrize(
    ("role", "here", "counts"),
    [
        ("group_worker", True, Counts.COUNTED),
        ("group_worker", False, Counts.NOT),
        ("pedagogue", True, Counts.NOT),
        ("coach", False, Counts.NOT),
        ("partner", False, Counts.NOT),
        ("manager", True, Counts.NOT),
    ],
)
def test_who_counts_by_the_roster(role: str, here: bool, counts: Counts) -> None:
    assert counting.by_role(role, here).counts is counts


@pytest.mark.parametrize(
    ("told", "here", "counts"),
    [
        (ALL, False, Counts.COUNTED),
        (Conditions(True, True, True, True), True, Counts.COUNTED),
        (Conditions(True, True, True, True), False, Counts.UNCLEAR),
        (Conditions(True, True, None, True, "seen"), False, Counts.UNCLEAR),
        (Conditions(True, True, False, True, "seen"), False, Counts.NOT),
        (Conditions(True, True, True, False, "seen"), False, Counts.NOT),
        (Conditions(), False, Counts.UNCLEAR),
    ],
)
def test_all_four_conditions_with_evidence(told: Conditions, here: bool, counts: Counts) -> None:
    assert counting.by_conditions(told, False, here).counts is counts


@pytest.mark.parametrize(
    ("day", "most"),
    [(date(2017, 1, 1), None), (date(2021, 6, 1), 2), (date(2025, 1, 1), 3), (DAY, 3)],
)
def test_how_many_trainees(day: date, most: int | None) -> None:
    assert counting.most_trainees(6, day) == most


def kids(number: int, years: int, span: Span = AFTERNOON, rooms: int = 0) -> list[Kid]:
    stay = (InRoom(ROOM, Span(900, 930)),)
    return [
        Kid(uuid4(), GROUP, years, (span,), stay if place < rooms else ())
        for place in range(number)
    ]


def worker(standing: Standing = COUNTED, group: UUID = GROUP, **more: object) -> Worker:
    told = {"key": uuid4(), "spans": (Span(450, 1110),), **more}
    return Worker(group=group, name="Ans", task="", employer="", standing=standing, **told)  # type: ignore[arg-type]


def states(house: House) -> list[tuple[int, int, State]]:
    told = group_day(house, GROUP)
    return [(m.span.begins, m.span.until, m.state) for m in told.moments]


def test_a_coach_who_looks_does_not_fill_the_place_of_a_colleague() -> None:
    day = Span(900, 960)
    here = [*kids(2, 1, day), *kids(5, 2, day), *kids(2, 3, day)]
    with_two = House(DAY, {GROUP: Care.DAYCARE}, here, [worker(), worker(), worker(NOT)])
    with_one = House(DAY, {GROUP: Care.DAYCARE}, here, [worker(), worker(NOT)])
    assert states(with_two) == [(900, 960, State.RIGHT)]
    assert states(with_one) == [(900, 960, State.SHORT)]


def test_the_group_is_looked_at_while_a_child_lands_in_a_room() -> None:
    in_room = worker(rooms=(InRoom(ROOM, Span(900, 930)),))
    house = House(DAY, {GROUP: Care.BSO}, kids(12, 5, rooms=1), [worker(), in_room])
    assert states(house) == [(900, 930, State.TIGHT), (930, 1080, State.RIGHT)]
    enough = House(DAY, {GROUP: Care.BSO}, kids(12, 5, rooms=3), [worker(), in_room, worker()])
    assert states(enough) == [(900, 930, State.RIGHT), (930, 1080, State.RIGHT)]


def test_out_of_school_care_is_counted_for_the_whole_location() -> None:
    elsewhere = [Kid(uuid4(), OTHER, 5, (Span(900, 1080),)) for _ in range(5)]
    groups = {GROUP: Care.BSO, OTHER: Care.BSO}
    house = House(DAY, groups, [*kids(6, 5), *elsewhere], [worker()])
    moment = group_day(house, GROUP).moments[-1]
    assert (moment.answer.staff, moment.counted, moment.state) == (2, 1, State.SHORT)
    old = House(date(2024, 6, 28), groups, house.kids, house.workers)
    assert group_day(old, GROUP).moments[-1].answer.staff == 1


def test_the_half_hour_is_used_first_and_then_it_is_short() -> None:
    house = House(DAY, {GROUP: Care.BSO}, kids(11, 5), [worker()])
    assert states(house) == [(900, 930, State.DEVIATION), (930, 1080, State.SHORT)]
    told = group_day(house, GROUP)
    assert (told.use.used, told.use.allowed, told.right) == (180, 30, False)


def test_who_is_on_two_groups_at_once_counts_on_neither() -> None:
    twice = uuid4()
    workers = [worker(key=twice), worker(key=twice, group=OTHER)]
    house = House(DAY, {GROUP: Care.DAYCARE, OTHER: Care.DAYCARE}, kids(3, 3), workers)
    assert group_day(house, GROUP).moments[0].counted == 0


def test_trainees_count_up_to_their_share() -> None:
    trainees = [worker(trainee=True) for _ in range(2)]
    house = House(DAY, {GROUP: Care.DAYCARE}, kids(9, 3), trainees)
    assert group_day(house, GROUP).moments[0].counted == 1


def test_a_group_that_is_too_large_has_no_solution() -> None:
    house = House(DAY, {GROUP: Care.DAYCARE}, kids(17, 3), [worker() for _ in range(5)])
    told = group_day(house, GROUP)
    assert {m.state for m in told.moments} == {State.NO_SOLUTION}
    assert not told.right
    limit, instead = telling.advice(told)
    assert "16" in limit
    assert telling.between(AFTERNOON) in instead
    assert telling.answer(told) == f"De groep is te groot {telling.between(AFTERNOON)}."


def test_a_group_outside_childcare_has_no_ratio() -> None:
    house = House(DAY, {GROUP: Care.OTHER}, kids(9, 5), [])
    assert group_day(house, GROUP).moments == ()


def test_the_answer_names_the_hours() -> None:
    late = [*kids(8, 3, Span(480, 1080)), *kids(1, 3, Span(900, 915))]
    told = group_day(House(DAY, {GROUP: Care.DAYCARE}, late, [worker(NOT), worker()]), GROUP)
    assert [m.state for m in told.moments] == [State.RIGHT, State.DEVIATION, State.RIGHT]
    short = [*kids(8, 3, Span(840, 1080)), *kids(1, 3, Span(900, 915))]
    told = group_day(House(DAY, {GROUP: Care.DAYCARE}, short, [worker()]), GROUP)
    assert telling.times(told.of(State.SHORT)) == telling.between(Span(900, 915))
    assert "15:00" in telling.answer(told)
    assert "15:15" in telling.answer(told)
    assert telling.answer(told).startswith("Er zijn genoeg medewerkers, behalve")


def test_the_answer_does_not_begin_with_enough_when_it_never_is() -> None:
    told = group_day(House(DAY, {GROUP: Care.DAYCARE}, kids(3, 3), [worker(NOT)]), GROUP)
    assert telling.answer(told) == f"Er zijn te weinig medewerkers {telling.between(AFTERNOON)}."


def test_the_picture_covers_the_day() -> None:
    told = group_day(House(DAY, {GROUP: Care.BSO}, kids(12, 5, rooms=1), [worker()]), GROUP)
    drawn = picture(told, {ROOM: "Stille kamer"})
    assert drawn is not None
    assert drawn.bars[0].x == 6.0
    assert all(tick.words.endswith(":00") for tick in drawn.ticks), "as every hour is written"
    assert round(drawn.bars[-1].x + drawn.bars[-1].width, 1) == 98.0
    assert [stay.name for stay in drawn.stays] == ["Stille kamer"]
    assert picture(group_day(House(DAY, {GROUP: Care.BSO}, [], []), GROUP), {}) is None
