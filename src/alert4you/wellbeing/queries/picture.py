"""One person's ratings of one child as four quiet lines; coordinates in the units of a 320 x 132 drawing."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from alert4you.wellbeing.models import RELATIONS, STEPS, Aspect, Notice, Rating, step_of
from alert4you.wellbeing.rules.noticing import Rule, usual

SHOWN = 24
ENOUGH_FOR_USUAL = 5
LEFT, RIGHT, TOP, BETWEEN = 34, 306, 14, 22


@dataclass(frozen=True)
class Dot:
    """``noticed``: here the rule asked to look again."""

    x: float
    y: float
    day: date
    words: str
    noticed: bool


@dataclass(frozen=True)
class Lane:
    """One thing that is looked at. ``path``: strokes between ratings that follow each other; a gap stays one.

    ``low``: the height of the band the rule counts (0: none); ``usual``: the height of what is usual.
    """

    aspect: Aspect
    dots: Sequence[Dot]
    path: str
    low: float
    usual: float | None
    told: str

    @property
    def low_top(self) -> float:
        return _y(1) + BETWEEN / 2 - self.low

    @property
    def heights(self) -> list[float]:
        return [_y(step) for step in STEPS]


@dataclass(frozen=True)
class Series:
    """Ratings of one person, the oldest first; never mixed with those of somebody else."""

    who: str
    task: str
    ratings: Sequence[Rating]
    lanes: Sequence[Lane]


def series(ratings: Sequence[Rating], notices: Collection[Notice], rule: Rule) -> list[Series]:
    """Per person, whoever looked last first."""
    of: dict[UUID, list[Rating]] = {}
    for each in ratings:
        of.setdefault(each.author_id, []).append(each)
    last_first = sorted(of.values(), key=lambda rows: rows[-1].at, reverse=True)
    return [_series(rows, notices, rule) for rows in last_first]


def _series(rows: list[Rating], notices: Collection[Notice], rule: Rule) -> Series:
    last, asked = rows[-1], {(each.rating_id, each.aspect) for each in notices}
    lanes = [lane for aspect in Aspect if (lane := _lane(aspect, rows, asked, rule))]
    return Series(last.author.name, last.author_task, rows[-SHOWN:], lanes)


def _lane(
    aspect: Aspect, rows: list[Rating], asked: Collection[tuple[UUID | None, str]], rule: Rule
) -> Lane | None:
    shown = rows[-SHOWN:]
    dots, path, before = [], [], False
    for at, row in enumerate(shown):
        if (step := row.step(aspect)) is not None:
            x, y = _x(at, len(shown)), _y(step)
            words, noticed = str(step_of(aspect, step).label), (row.pk, aspect.value) in asked
            dots.append(Dot(x, y, row.day, words, noticed))
            path.append(f"{'L' if before else 'M'}{x:.1f} {y}")
        before = row.step(aspect) is not None
    if not dots:
        return None
    steps = [step for row in rows if (step := row.step(aspect)) is not None]
    first = steps[: rule.learns or len(steps)]
    own = _y(usual(first)) if len(first) >= ENOUGH_FOR_USUAL else None
    counts = rule.kind == "low" and aspect in RELATIONS
    return Lane(aspect, dots, "".join(path), _low(rule) if counts else 0, own, dots[-1].words)


def _low(rule: Rule) -> float:
    return _y(1) + BETWEEN / 2 - (_y(rule.level) - BETWEEN / 2)


def _x(at: int, number: int) -> float:
    return (LEFT + RIGHT) / 2 if number == 1 else LEFT + (RIGHT - LEFT) * at / (number - 1)


def _y(step: int) -> float:
    return TOP + (5 - step) * BETWEEN
