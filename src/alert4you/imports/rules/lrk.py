"""The open data of the public register of childcare (LRK): one row per location."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from alert4you.imports.rules.files import Line, Unusable
from alert4you.organisations.models import Registered, Setting

# Childminders are persons at home: they are left out, and so are the agencies between them and parents.
SETTINGS = {
    "KDV": Setting.DAYCARE,
    "BSO": Setting.AFTER_SCHOOL_CARE,
    "PSZ": Setting.PRESCHOOL,
}
COLUMNS = {
    "type": "type_oko",
    "lrk_id": "lrk_id",
    "name": "actuele_naam_oko",
    "status": "status",
    "street": "opvanglocatie_adres",
    "postcode": "opvanglocatie_postcode",
    "city": "opvanglocatie_woonplaats",
    "operator": "naam_houder",
    "kvk": "kvk_nummer_houder",
}


@dataclass(frozen=True)
class Entry:
    """A row of the register about a place with groups; ``open`` while it is registered."""

    number: int
    open: bool
    operator: str
    kvk: str
    location: Registered


def entries(lines: Iterator[Line]) -> Iterator[Entry]:
    """The places with groups. Raises Unusable when it is not the register."""
    header = [each.lower() for each in next(lines, (0, []))[1]]
    missing = [name for name in COLUMNS.values() if name not in header]
    if missing:
        raise Unusable(
            _("This is not the open data of the LRK: it has no column %(names)s.")
            % {"names": ", ".join(missing)}
        )
    at = {field: header.index(name) for field, name in COLUMNS.items()}
    for number, cells in lines:
        told = {field: _cell(cells, place) for field, place in at.items()}
        if told["type"].upper() in SETTINGS and told["lrk_id"]:
            yield _entry(number, told)


def _cell(cells: Sequence[str], at: int) -> str:
    return cells[at] if at < len(cells) else ""


def _entry(number: int, told: dict[str, str]) -> Entry:
    location = Registered(
        lrk_id=told["lrk_id"],
        name=told["name"][:200],
        setting=SETTINGS[told["type"].upper()],
        street=told["street"][:200],
        postcode=told["postcode"][:7],
        city=told["city"][:100],
    )
    is_open = told["status"].lower() == "ingeschreven"
    return Entry(number, is_open, told["operator"][:200], told["kvk"], location)
