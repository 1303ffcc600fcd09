"""Where a child has its place, in words."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.dates import WEEKDAYS

from alert4you.children.models import DayPart
from alert4you.web.queries.line.rows import PLACE, Row

WHOLE_DAY = {DayPart.MORNING, DayPart.AFTERNOON}


@dataclass
class Place:
    """A place on a group, with its days: weekday -> parts of the day."""

    group: str
    location: str
    mentor: str
    starts: date
    ends: date | None
    ref: object = None
    on_plus: bool = False
    days: dict[int, set[str]] = field(default_factory=dict)

    @property
    def last_day(self) -> date | None:
        return self.ends - timedelta(days=1) if self.ends else None

    @property
    def in_words(self) -> str:
        """ "maandag, dinsdag (ochtend)": the part only when it is not the whole day."""
        return ", ".join(self._day(day) for day in sorted(self.days))

    def _day(self, weekday: int) -> str:
        name, parts = str(WEEKDAYS[weekday]), self.days[weekday]
        if not parts or parts >= WHOLE_DAY:
            return name
        return f"{name} ({', '.join(str(DayPart(part).label) for part in sorted(parts))})"


def all_of(rows: Iterable[Row]) -> list[Place]:
    """Every place there ever was, earliest first."""
    found: dict[object, Place] = {}
    for row in rows:
        if row.what != PLACE or row.starts is None:
            continue
        on_plus = row.owner is not None
        new = Place(row.name, row.more, row.place, row.starts, row.ends, row.ref, on_plus)
        place = found.setdefault(row.ref, new)
        if row.number is not None:
            place.days.setdefault(row.number, set()).update({row.kind} - {""})
    return sorted(found.values(), key=lambda each: (each.starts, each.group))


def places(rows: Iterable[Row], today: date) -> list[Place]:
    """Those that run today or are still to come."""
    return [each for each in all_of(rows) if each.ends is None or today < each.ends]
