"""Finding a place among all groups of a thousand locations, for eight weeks ahead."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from time import process_time
from uuid import UUID

from alert4you.groups.rules import ratio
from alert4you.groups.rules.day import Care
from alert4you.planning.rules.finding import Offer, Shift, Slot, Stay, Wish, find

LOCATIONS = 1_000
GROUPS = 2  # of each location
WEEKS = 8
BUDGET = 2.0
MONDAY = date(2026, 11, 23)
SLOTS: tuple[Slot, ...] = tuple(
    (day, part) for day in (0, 1, 3) for part in ("morning", "afternoon")
)
PLACES = 16
OF_SCHOOL_AGE = 4  # one location in so many
STAFF = 3


def measure() -> float:
    """Seconds of one core, beginning with nothing remembered of the ratio."""
    chance = Random(1)  # noqa: S311
    offers = [_offer(number, chance) for number in range(LOCATIONS * GROUPS)]
    stays = [stay for offer in offers for stay in _stays(offer, chance)]
    shifts = [shift for offer in offers for shift in _shifts(offer, chance)]
    wish = Wish(date(2023, 12, 20), MONDAY, WEEKS, SLOTS, home=(52.09, 5.12))
    ratio._daycare.cache_clear()
    ratio._bso_by_rate.cache_clear()
    start = process_time()
    find(wish, offers, stays, shifts)
    return process_time() - start


def _offer(number: int, chance: Random) -> Offer:
    location = number // GROUPS
    care = Care.DAYCARE if location % OF_SCHOOL_AGE else Care.BSO
    at = chance.uniform(51.0, 53.0), chance.uniform(4.0, 6.5)
    return Offer(UUID(int=number), UUID(int=10**6 + location), care, PLACES, (0, 156), at)


def _stays(offer: Offer, chance: Random) -> Iterator[Stay]:
    """Most places are taken, on some of the days; some children come or go on the way."""
    youngest = 60 if offer.care is Care.DAYCARE else 1500
    for _child in range(PLACES + 8):
        born = MONDAY - timedelta(days=youngest + chance.randrange(1380))
        period = _period(chance)
        for slot in SLOTS:
            if chance.random() < 0.6:
                yield Stay(offer.group, slot, born, period)


def _shifts(offer: Offer, chance: Random) -> list[Shift]:
    return [
        Shift(offer.group, day, _period(chance))
        for day in {weekday for weekday, _part in SLOTS}
        for _worker in range(STAFF)
    ]


def _period(chance: Random) -> tuple[date, date | None]:
    starts = MONDAY + timedelta(days=chance.randrange(-400, 40))
    return starts, None if chance.random() < 0.5 else starts + timedelta(days=420)
