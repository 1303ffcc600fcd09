"""The rules of the ratio as dated data (`library/ratio.yaml`): which version holds on a day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import yaml

FILE = Path(__file__).parent.parent / "library" / "ratio.yaml"
ANY_NUMBER = 99

# For so many staff: the alternatives, each (most children, most of the youngest among them).
Cell = tuple[tuple[int, int], ...]
Row = tuple[Cell, ...]


class Sure(StrEnum):
    """How sure a rule is: read in the law, read elsewhere, or not confirmed."""

    LAW = "law"
    SECONDARY = "secondary"
    ASSUMED = "assumed"


class Level(StrEnum):
    """Whether children are counted together per group or for the whole location."""

    GROUP = "group"
    LOCATION = "location"


class Rounding(StrEnum):
    """How a part of a member of staff is counted."""

    UP = "up"
    NEAREST = "nearest"
    DOWN = "down"


@dataclass(frozen=True, eq=False)
class Version:
    """A rule as it holds during ``[starts, ends)``, and where it was read."""

    starts: date
    ends: date | None
    source: str
    url: str
    sure: Sure


@dataclass(frozen=True, eq=False)
class Daycare(Version):
    """Table 1 with the formula: ``weights`` per child of 0, 1, 2, 3 years, ``per`` one member of staff."""

    name: Mapping[str, str]
    table: Mapping[tuple[int, int], Row]
    most_babies_only: int
    most_mixed: int
    most_babies_in_mixed: int
    weights: tuple[int, ...]
    per: int
    undecided: frozenset[tuple[int, ...]]
    level: Level = Level.GROUP


@dataclass(frozen=True, eq=False)
class AfterSchool(Version):
    """Either a table per base group (``rows``) or a rate per child of a centre (``rates``)."""

    name: Mapping[str, str]
    level: Level
    rows: Mapping[str, Row]
    rates: tuple[int, int]
    per: int
    rounding: Rounding


@dataclass(frozen=True, eq=False)
class Leave(Version):
    """For how many minutes a day fewer staff may be there, when open at least so many minutes on end."""

    minutes: Mapping[str, int]
    open_at_least: Mapping[str, int]


@dataclass(frozen=True, eq=False)
class Share(Version):
    """Which part of the required staff may be in training."""

    part: int
    of: int


@dataclass(frozen=True, eq=False)
class OwnPeople(Version):
    """How many people a child has as its own, and in how many rooms of base groups it is in a week."""

    babies: int
    older: int
    one_more_from: int
    rooms: int


@dataclass(frozen=True, eq=False)
class EarlyEducation(Version):
    """So many children for one member of staff with the certificate; at most so many on a group."""

    per: int
    most: int


V = TypeVar("V", bound=Version)


def on(versions: Sequence[V], day: date) -> V | None:
    """The version that holds on a day; None before the first one we know."""
    held = (each for each in versions if each.starts <= day)
    return next((each for each in held if each.ends is None or day < each.ends), None)


@cache
def daycare() -> tuple[Daycare, ...]:
    return tuple(
        Daycare(
            **_version(row),
            name=row["name"],
            table={_ages(key): _row(cells) for key, cells in row["table"].items()},
            most_babies_only=row["most"]["only babies"],
            most_mixed=row["most"]["mixed"],
            most_babies_in_mixed=row["most"]["babies in mixed"],
            weights=tuple(row["formula"]["weights"]),
            per=row["formula"]["per"],
            undecided=frozenset(tuple(each) for each in row["undecided"]),
        )
        for row in _file()["daycare"]
    )


@cache
def after_school() -> tuple[AfterSchool, ...]:
    return tuple(map(_after_school, _file()["bso"]))


def _after_school(row: Mapping[str, Any]) -> AfterSchool:
    rates = row.get("per child", {"younger": 0, "older": 0, "per": 1})
    return AfterSchool(
        **_version(row),
        name=row["name"],
        level=Level(row["level"]),
        rows={key: _row(cells) for key, cells in row.get("table", {}).items()},
        rates=(rates["younger"], rates["older"]),
        per=rates["per"],
        rounding=Rounding(row.get("rounding", "up")),
    )


@cache
def leave(setting: str) -> tuple[Leave, ...]:
    """The permitted deviation in ``daycare`` or ``bso``."""
    return tuple(
        Leave(
            **_version(row),
            minutes={key: row[key]["minutes"] for key in DAYS if key in row},
            open_at_least={key: row[key]["open at least"] for key in DAYS if key in row},
        )
        for row in _file()["deviation"][setting]
    )


DAYS = ("every day", "school day", "free day")


@cache
def trainees() -> tuple[Share, ...]:
    return tuple(
        Share(**_version(row), part=row["part"], of=row["of"]) for row in _file()["trainees"]
    )


@cache
def beside_trainees() -> tuple[Version, ...]:
    return tuple(Version(**_version(row)) for row in _file()["beside trainees"])


@cache
def own_people() -> tuple[OwnPeople, ...]:
    return tuple(
        OwnPeople(
            **_version(row),
            babies=row["babies"],
            older=row["older"],
            one_more_from=row["one more from"],
            rooms=row["rooms"],
        )
        for row in _file()["own people"]
    )


@cache
def early_education() -> tuple[EarlyEducation, ...]:
    return tuple(
        EarlyEducation(**_version(row), per=row["per"], most=row["most"])
        for row in _file()["early education"]
    )


@cache
def _file() -> Any:
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))


def _version(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "starts": row["from"],
        "ends": row["until"],
        "source": row["source"],
        "url": row["url"],
        "sure": Sure(row["sure"]),
    }


def _ages(key: str) -> tuple[int, int]:
    youngest, oldest = key.split("-")
    return int(youngest), int(oldest)


def _row(cells: Sequence[Any]) -> Row:
    """Plain numbers become pairs without a limit on the youngest."""
    return tuple(
        ((cell, ANY_NUMBER),) if isinstance(cell, int) else tuple((most, few) for most, few in cell)
        for cell in cells
    )
