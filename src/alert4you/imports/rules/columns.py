"""What a column can hold, per kind of file, and by which names planning systems call it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from rapidfuzz import fuzz, process

from alert4you.imports.models import Kind

FILE = Path(__file__).parent.parent / "library" / "columns.yaml"
CLOSE = 88  # of 100: from here on two names are one, spelled otherwise

WORDS: Mapping[str, str | Promise] = {
    "reference": _("number in your own system"),
    "child_reference": _("number of the child"),
    "staff_reference": _("number of the colleague"),
    "first_name": _("first name"),
    "prefix": _("prefix of the last name"),
    "last_name": _("last name"),
    "born": _("date of birth"),
    "location": _("location"),
    "group": _("group"),
    "starts": _("from"),
    "last_day": _("until and including"),
    "date": _("on one day"),
    "days": _("days of the week"),
    "basis": _("on what ground"),
    "purpose": _("why this place"),
    "review_on": _("looked at again on"),
    "name": _("name"),
    "email": _("e-mail"),
    "relation": _("who this is of the child"),
    "authority": _("has authority (yes or no)"),
    "proof": _("what was shown of the authority, and to whom"),
    "institution": _("certified institution"),
    "role": _("role"),
    "profession": _("profession"),
    "places": _("places"),
    "age_from": _("from which age, in years"),
    "age_to": _("to which age, in years"),
}


def called(field: str) -> str:
    """What a field is called, at the beginning of a sentence."""
    return capfirst(str(WORDS[field]))


@dataclass(frozen=True)
class Shape:
    """The fields of a kind of file: all of them, and of each row one of ``needed`` per set."""

    fields: Sequence[str]
    needed: Sequence[Sequence[str]]


@cache
def _table() -> Mapping[str, Mapping[str, Any]]:
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))


@cache
def shape(kind: str) -> Shape:
    told = _table()["kinds"][kind]
    needed = [each.split("|") for each in told["needed"]]
    return Shape(told["fields"], needed)


def guess(kind: str, header: Sequence[str], known: Mapping[str, str]) -> dict[str, int]:
    """Which column holds which field: as the organisation said before, else by its name."""
    found: dict[str, int] = {}
    asked = set(shape(kind).fields)
    for at, name in enumerate(header):
        field = known.get(simple(name)) or _by_name(kind, name)
        if field in asked and field not in found:
            found[field] = at
    return found


def with_names(kind: str, first: Sequence[Sequence[str]], known: Mapping[str, str]) -> int:
    """Which of these rows has the names of the columns; planning systems put titles above it."""
    found = [len(guess(kind, cells, known)) for cells in first]
    return next((at for at, fields in enumerate(found) if fields > 1), 0)


def simple(name: str) -> str:
    """A header without capitals, marks and spaces."""
    return re.sub(r"[^a-z0-9]+", " ", name.lower().replace("-", "")).strip()


@cache
def _names(kind: str) -> Mapping[str, str]:
    """Every name that is known for a field of this kind; a name means one thing in a file."""
    told = _table()["names"]
    own = [field for field in shape(kind).fields if field in told]
    return {simple(name): field for field in own for name in told[field]}


def _by_name(kind: str, name: str) -> str | None:
    told = simple(name)
    names = _names(kind)
    if told in names or not told:
        return names.get(told)
    best = process.extractOne(told, list(names), scorer=fuzz.ratio, score_cutoff=CLOSE)
    return names[best[0]] if best else None


def lacking(kind: str, columns: Mapping[str, int]) -> list[str]:
    """The fields this kind of file needs one of and has none of; in words."""
    missing = [each for each in shape(kind).needed if not set(each) & set(columns)]
    return [str(WORDS[each[0]]) for each in missing]


def by_field(columns: Mapping[str, int], cells: Sequence[str]) -> dict[str, str]:
    """What a row says, by field; a cell that is not there is empty."""
    return {field: cells[at] if at < len(cells) else "" for field, at in columns.items()}


def kinds() -> list[tuple[str, str]]:
    return [(str(value), str(label)) for value, label in Kind.choices]
