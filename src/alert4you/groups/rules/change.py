"""What a change of a day would mean for the ratio, before anything is written down. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from uuid import UUID

from alert4you.groups.rules.counting import Standing
from alert4you.groups.rules.day import Care, GroupDay, House, group_day


@dataclass(frozen=True)
class Difference:
    """The day of one group before and after."""

    group: UUID
    before: GroupDay
    after: GroupDay


def without(house: House, worker: UUID, why: Standing) -> House:
    """This worker does not count that day, on no group."""
    workers = [
        replace(each, standing=why, rooms=()) if each.key == worker else each
        for each in house.workers
    ]
    return replace(house, workers=workers)


def moved(house: House, who: UUID, to: UUID) -> House:
    """This child or worker is on another group all day, in none of the rooms."""
    kids = [replace(e, group=to, rooms=()) if e.key == who else e for e in house.kids]
    workers = [replace(e, group=to, rooms=()) if e.key == who else e for e in house.workers]
    return replace(house, kids=kids, workers=workers)


def differences(before: House, after: House) -> Iterator[Difference]:
    """The groups whose day changes, and how."""
    for group, care in before.groups.items():
        days = group_day(before, group), group_day(after, group)
        if care is not Care.OTHER and days[0].moments != days[1].moments:
            yield Difference(group, *days)
