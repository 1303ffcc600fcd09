"""What somebody sees who looks at a recognised document: per element, and the original beside it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from alert4you.practices.rules.document.found import (
    HEAD,
    LOOSE,
    UNRECOGNISED,
    FoundCard,
    FoundElement,
    Recognised,
)
from alert4you.practices.rules.document.rows import Where
from alert4you.practices.rules.document.telling import place, removed_kinds
from alert4you.practices.rules.elements import ELEMENTS


@dataclass(frozen=True)
class Side:
    """An element of a card: what was found, or nothing."""

    key: str
    title: str
    found: FoundElement | None


@dataclass(frozen=True)
class Stretch:
    """Words of the original with where they went. ``kind``: element, head, unrecognised or beside."""

    kind: str
    title: str
    text: str
    place: str
    anchor: str = ""


def sides(card: FoundCard) -> list[Side]:
    """The ten elements of a card, found or missing."""
    return [Side(key, str(title), card.elements.get(key)) for key, title in ELEMENTS.items()]


def stretches(found: Recognised, number: int | None) -> list[Stretch]:
    """The original of a card (None: of what is outside the cards), in its own order."""
    titles = _titles()
    told: list[Stretch] = []
    pieces: Counter[str] = Counter()
    for part in found.original:
        if part.card == number:
            told.append(
                Stretch(
                    _kind(part.went),
                    titles.get(part.went, ""),
                    part.text,
                    place(part.where),
                    f"{part.went}-{pieces[part.went]}",
                )
            )
            pieces[part.went] += 1
    return told


def _kind(went: str) -> str:
    if went in ELEMENTS:
        return "element"
    if went in HEAD:
        return "head"
    return "unrecognised" if went in {UNRECOGNISED, LOOSE} else "beside"


def _titles() -> Mapping[str, str]:
    return {key: str(title) for key, title in ELEMENTS.items()} | {
        "title": _("Title"),
        "described_by": _("Organisation"),
        "year": _("Year"),
        "region": _("Region or city"),
        "angle": _("Angle"),
        UNRECOGNISED: _("Not recognised"),
        LOOSE: _("Outside the cards"),
        "header": _("Header"),
        "footer": _("Footer"),
        "page number": _("Page number"),
        "columns": _("Heading of a column"),
        "note": _("Footnote"),
        "comment": _("Comment in the margin"),
        "deleted": _("Text that was crossed out"),
    }


def taken_out(found: Recognised, number: int | None = None) -> list[str]:
    """How many of each kind of contact data were taken out, in words; of one card or of all."""
    kinds = removed_kinds()
    places: dict[str, list[Where]] = {}
    for each in found.removed:
        if number is None or each.card in (number, None):
            places.setdefault(each.kind, []).append(each.where)
    return [
        _("{kind}, {count}× ({places})").format(
            kind=kinds[kind], count=len(where), places="; ".join(place(each) for each in where[:5])
        )
        for kind, where in places.items()
    ]


def pictures(found: Recognised) -> int:
    """How many pictures the document has; nobody read them."""
    return sum(1 for each in found.asides if not each.text)
