"""Where there is room: the fast answer equals a slow one that looks at every day by itself."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alert4you.groups.rules import ratio
from alert4you.groups.rules.day import Care
from alert4you.planning.rules.finding import (
    Obstacle,
    Offer,
    Shift,
    Slot,
    Stay,
    Wish,
    find,
    kilometres,
)

MONDAY = date(2026, 11, 23)
WEEKS = 6
SLOTS: tuple[Slot, ...] = ((0, "morning"), (2, "morning"), (2, "afternoon"))
GROUPS = [UUID(int=number) for number in range(3)]
HOUSE = UUID(int=99)


@dataclass(frozen=True)
class House:
    """Everything there is."""

    offers: list[Offer]
    stays: list[Stay]
    shifts: list[Shift]


def slowly(wish: Wish, offer: Offer, house: House) -> list[dict[Slot, Obstacle]]:
    """Day by day: who is there, how old, who works, and what that needs."""
    told = []
    for week in range(wish.weeks):
        days = {each: MONDAY + timedelta(weeks=week, days=each[0]) for each in wish.slots}
        lacks = {slot: _lack(day, slot, wish, offer, house) for slot, day in days.items()}
        told.append({slot: lack for slot, lack in lacks.items() if lack})
    return told


def _lack(day: date, slot: Slot, wish: Wish, offer: Offer, house: House) -> Obstacle | None:
    months = relativedelta(day, wish.born)
    if not offer.ages[0] <= months.years * 12 + months.months < offer.ages[1]:
        return Obstacle.AGE
    there = [each for each in house.stays if each.slot == slot and _runs(each.period, day)]
    if sum(each.group == offer.group for each in there) >= offer.places:
        return Obstacle.PLACES
    together = {each.group for each in house.offers if each.unit == offer.unit}
    born = [wish.born, *(each.born for each in there if each.group in together)]
    needed = _needed(offer.care, [relativedelta(day, each).years for each in born], day)
    if needed is None:
        return Obstacle.NO_SOLUTION
    here = [each for each in house.shifts if each.group in together]
    staff = sum(each.weekday == slot[0] and _runs(each.period, day) for each in here)
    return Obstacle.STAFF if here and needed > staff else None


def _needed(care: Care, years: list[int], day: date) -> int | None:
    if care is Care.BSO:
        younger = sum(each < 7 for each in years)
        return ratio.bso(younger, len(years) - younger, day).staff
    zero, one, two = (years.count(each) for each in range(3))
    return ratio.daycare((zero, one, two, len(years) - zero - one - two), day).staff


def _runs(period: tuple[date, date | None], day: date) -> bool:
    return period[0] <= day and (period[1] is None or day < period[1])


days = st.dates(MONDAY - timedelta(days=40), MONDAY + timedelta(weeks=WEEKS + 2))
periods = st.tuples(days, st.none() | days).filter(
    lambda told: told[1] is None or told[0] < told[1]
)
babies = st.dates(MONDAY - timedelta(days=1300), MONDAY - timedelta(days=60))
pupils = st.dates(MONDAY - timedelta(days=3600), MONDAY - timedelta(days=1500))


@st.composite
def sought(draw: st.DrawFn) -> tuple[Wish, House]:
    care = draw(st.sampled_from([Care.DAYCARE, Care.BSO]))
    ages, born = ((0, 48), babies) if care is Care.DAYCARE else ((48, 156), pupils)
    offers = [Offer(group, HOUSE, care, draw(st.integers(1, 12)), ages) for group in GROUPS]
    stays = st.builds(Stay, st.sampled_from(GROUPS), st.sampled_from(SLOTS), born, periods)
    shifts = st.builds(Shift, st.sampled_from(GROUPS), st.sampled_from([0, 2]), periods)
    house = House(offers, draw(st.lists(stays, max_size=40)), draw(st.lists(shifts, max_size=8)))
    return Wish(draw(born), MONDAY, WEEKS, SLOTS), house


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(sought())
def test_the_fast_answer_is_the_slow_one(told: tuple[Wish, House]) -> None:
    wish, house = told
    found = find(wish, house.offers, house.stays, house.shifts)
    assert {each.offer.group: list(each.weeks) for each in found} == {
        each.group: slowly(wish, each, house) for each in house.offers
    }


def offer(number: int, **more: object) -> Offer:
    return Offer(
        **{
            "group": GROUPS[number],
            "location": HOUSE,
            "care": Care.DAYCARE,
            "places": 16,
            "ages": (0, 48),
        }
        | more
    )  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("more", "always"),
    [
        ({"has": frozenset({"calm_room"})}, ()),
        ({}, (Obstacle.NEED,)),
        ({"has": frozenset({"calm_room"}), "load": 2, "most": 3}, ()),
        ({"has": frozenset({"calm_room"}), "load": 3, "most": 3}, (Obstacle.LOAD,)),
    ],
)
def test_what_a_child_needs_and_what_a_group_carries(
    more: dict[str, object], always: tuple[Obstacle, ...]
) -> None:
    wish = Wish(date(2024, 1, 1), MONDAY, 2, SLOTS, frozenset({"calm_room"}))
    (found,) = find(wish, [offer(0, **more)], [], [])
    assert (found.always, found.fits) == (always, not always)


def test_the_nearest_that_fits_comes_first_and_what_is_not_on_the_map_after_it() -> None:
    wish = Wish(date(2024, 1, 1), MONDAY, 2, SLOTS, home=(52.2, 5.2))
    far, near = offer(0, at=(52.3, 5.2)), offer(1, at=(52.21, 5.2))
    full = offer(2, at=(52.2, 5.2), places=0)
    found = find(wish, [far, full, near, offer(0)], [], [])
    assert [each.offer for each in found] == [near, far, offer(0), full]


def test_a_degree_to_the_north_is_111_kilometres() -> None:
    assert kilometres((52.0, 5.0), (53.0, 5.0)) == pytest.approx(111.195, abs=0.001)
    assert kilometres((52.0, 5.0), (52.0, 5.0)) == 0


def test_a_birthday_on_the_way_can_make_a_group_fit_later() -> None:
    """Four babies and one member of staff: no fourth baby, until one of them is a year old."""
    turns = MONDAY + timedelta(weeks=3)
    babies = [date(2026, 5, 1)] * 2 + [turns.replace(year=2025)]
    stays = [Stay(GROUPS[0], (0, "morning"), born, (date(2026, 1, 1), None)) for born in babies]
    shifts = [Shift(GROUPS[0], 0, (date(2026, 1, 1), None))]
    wish = Wish(date(2026, 6, 1), MONDAY, WEEKS, ((0, "morning"),))
    (found,) = find(wish, [offer(0)], stays, shifts)
    staff = [ratio.daycare((4, 0, 0, 0), MONDAY).staff, ratio.daycare((3, 1, 0, 0), turns).staff]
    expected = [(staff[week >= 3] or 9) > 1 for week in range(WEEKS)]
    assert [bool(week) for week in found.weeks] == expected
