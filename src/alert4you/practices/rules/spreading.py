"""How a practice spread from organisation to organisation, as a stain of oil: where each drop lies.

Pure geometry. The source lies in the middle; who saw it in the library lies around it, who saw it at
another lies one ring further out, on the side of that other. Lengths are units of the view box.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import cos, pi, sin
from uuid import UUID

WIDTH = 400
NEAR, FAR = 72, 168


@dataclass(frozen=True)
class Adopter:
    """An organisation that adopted it on a day, having seen it at ``seen_at`` (None: at the source)."""

    id: UUID
    name: str
    on: date
    seen_at: UUID | None = None
    changed: bool = False
    stopped: bool = False


@dataclass(frozen=True)
class Drop:
    """An adopter with its number and place; ``from_x``, ``from_y`` where it came from."""

    adopter: Adopter
    number: int
    ring: int
    x: int
    y: int
    from_x: int
    from_y: int
    seen_at: str = ""


@dataclass(frozen=True)
class Stain:
    """The picture: rings around the middle, the widest first, and the drops in the order of time."""

    size: int
    middle: int
    rings: tuple[int, ...]
    drops: tuple[Drop, ...]


def stain(adopters: Sequence[Adopter]) -> Stain:
    """Where everybody lies; each branch gets the part of the circle that its outermost drops need."""
    known = {each.id for each in adopters}
    below: dict[UUID | None, list[Adopter]] = {}
    for each in adopters:
        below.setdefault(each.seen_at if each.seen_at in known else None, []).append(each)
    rings: dict[UUID, int] = {}
    angles: dict[UUID, float] = {}
    _spread(below, None, (0.0, 2 * pi), 1, rings, angles)
    deepest = max(rings.values(), default=1)
    step = NEAR if deepest == 1 else (FAR - NEAR) // (deepest - 1)
    radius = {ring: NEAR + step * (ring - 1) for ring in range(1, deepest + 1)}
    middle = WIDTH // 2
    places = {
        key: (
            round(middle + radius[rings[key]] * sin(angle)),
            round(middle - radius[rings[key]] * cos(angle)),
        )
        for key, angle in angles.items()
    }
    names = {each.id: each.name for each in adopters}
    drops = tuple(
        Drop(
            each,
            number,
            rings[each.id],
            *places[each.id],
            *places.get(each.seen_at, (middle, middle)),  # type: ignore[arg-type]
            names.get(each.seen_at, ""),  # type: ignore[arg-type]
        )
        for number, each in enumerate(adopters, start=1)
    )
    widest = tuple(sorted((each + 22 for each in radius.values()), reverse=True))
    return Stain(WIDTH, middle, widest, drops)


def _spread(
    below: dict[UUID | None, list[Adopter]],
    above: UUID | None,
    part: tuple[float, float],
    ring: int,
    rings: dict[UUID, int],
    angles: dict[UUID, float],
) -> None:
    """Give everybody below somebody an angle within a part of the circle."""
    weights = [_weight(below, each.id) for each in below.get(above, [])]
    start, width = part[0], part[1] - part[0]
    for each, weight in zip(below.get(above, []), weights, strict=True):
        share = width * weight / sum(weights)
        rings[each.id], angles[each.id] = ring, start + share / 2
        _spread(below, each.id, (start, start + share), ring + 1, rings, angles)
        start += share


def _weight(below: dict[UUID | None, list[Adopter]], key: UUID) -> int:
    return max(1, sum(_weight(below, each.id) for each in below.get(key, [])))
