"""The sorts of money and the rules about them, as dated data (``library/``)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from alert4you.practices.rules.language import Words

LIBRARY = Path(__file__).parent.parent / "library"
NONE = "none"
OWN_MEANS = "own_means"
YOUTH_INDIVIDUAL = "youth_individual"
ASKERS = {
    "parents": _("the parents"),
    "childcare": _("the childcare"),
    "provider": _("the youth care"),
    "school": _("the school"),
}


class Sure(StrEnum):
    """How sure a rule is: read in the law, read elsewhere, or not confirmed."""

    LAW = "law"
    SECONDARY = "secondary"
    ASSUMED = "assumed"


@dataclass(frozen=True)
class Version:
    """Something that holds in ``[starts, ends)``, where a source gives these days."""

    starts: date | None
    ends: date | None
    sure: Sure
    source: str

    def holds(self, day: date) -> bool:
        begun = self.starts is None or self.starts <= day
        return begun and (self.ends is None or day < self.ends)


@dataclass(frozen=True)
class Term(Version):
    """Within so many weeks who decides must have decided."""

    weeks: int


@dataclass(frozen=True)
class Amount(Version):
    """A number of the source: ``cents`` (of an hourly price) or ``hours``; the other is None.

    ``key``: by what a rule finds it.
    """

    what: Words
    key: str = ""
    cents: int | None = None
    hours: int | None = None


@dataclass(frozen=True)
class Stream:
    """A sort of money: what it pays, who asks, who decides, on what ground, how one comes to it."""

    key: str
    title: Words
    pays: Words
    applicants: tuple[str, ...]
    decider: Words
    ground: Words
    how: Words | None = None
    terms: tuple[Term, ...] = ()
    amounts: tuple[Amount, ...] = ()

    def term(self, day: date) -> Term | None:
        """The legal term of a day; None: no source gives one."""
        return next((each for each in self.terms if each.holds(day)), None)

    def amounts_on(self, day: date) -> list[Amount]:
        return [each for each in self.amounts if each.holds(day)]

    @property
    def is_decided_elsewhere(self) -> bool:
        """Whether somebody must be asked first; own money and no money are one's own choice."""
        return self.key not in (OWN_MEANS, NONE)


@dataclass(frozen=True)
class Ground:
    """A rule that is quoted: its name, what it says and where it stands."""

    key: str
    says: Words
    source: str
    sure: Sure

    @property
    def where(self) -> str | Promise:
        """The source, and that it is not confirmed when nobody did."""
        if self.sure is Sure.ASSUMED:
            return format_lazy("{}, {}", self.source, _("not confirmed"))
        return self.source


@cache
def streams() -> Mapping[str, Stream]:
    """All sorts of money by key, in the order in which they are shown."""
    return {key: _stream(key, row) for key, row in _read("streams").items()}


@cache
def grounds() -> Mapping[str, Ground]:
    return {
        key: Ground(key, Words(**row["says"]), row["source"], Sure(row["sure"]))
        for key, row in _read("grounds").items()
    }


def _read(name: str) -> Mapping[str, Any]:
    return yaml.safe_load((LIBRARY / f"{name}.yaml").read_text(encoding="utf-8"))


def _stream(key: str, row: Mapping[str, Any]) -> Stream:
    return Stream(
        key,
        Words(**row["title"]),
        Words(**row["pays"]),
        tuple(row["applicants"]),
        Words(**row["decider"]),
        Words(**row["ground"]),
        Words(**row["how"]) if "how" in row else None,
        tuple(Term(*_dated(each), each["weeks"]) for each in _rows(row, "decides")),
        tuple(
            Amount(
                *_dated(each),
                Words(**each["what"]),
                each.get("key", ""),
                each.get("cents"),
                each.get("hours"),
            )
            for each in _rows(row, "amounts")
        ),
    )


def _rows(row: Mapping[str, Any], name: str) -> Iterable[Mapping[str, Any]]:
    return row.get(name, ())


def _dated(row: Mapping[str, Any]) -> tuple[date | None, date | None, Sure, str]:
    return row.get("from"), row.get("until"), Sure(row["sure"]), row["source"]
