"""What was found in a document: cards, what was not recognised, and what was taken out."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from alert4you.practices.rules.document.rows import Where
from alert4you.practices.rules.elements import ELEMENTS

# Where words of the original went, besides the key of an element or of the head of a card.
UNRECOGNISED = "unrecognised"
LOOSE = "loose"
LEFT_OUT = "left_out"

HEAD = ("title", "described_by", "year", "region", "angle")


@dataclass(frozen=True)
class FoundElement:
    """An answer; ``label`` as it was written; not ``sure``: the label was not quite one we know."""

    text: str
    label: str
    where: Where
    sure: bool = True


@dataclass(frozen=True)
class Piece:
    """Words nobody knows the place of yet; ``label`` is what stood before or above them."""

    label: str
    text: str
    where: Where


@dataclass(frozen=True)
class Removed:
    """Contact data that was taken out; never the address itself."""

    kind: str  # email, phone, contact
    where: Where
    card: int | None = None


@dataclass(frozen=True)
class Part:
    """A stretch of the original, and where it went: a key, or one of the words above."""

    text: str
    where: Where
    went: str
    card: int | None = None


@dataclass(frozen=True)
class FoundCard:
    """One practice. ``head``: what it says about itself, in its own words; ``blank``: labels without
    an answer.
    """

    title: str
    described_by: str = ""
    year: int | None = None
    region: str = ""
    angle: int | None = None
    elements: Mapping[str, FoundElement] = field(default_factory=dict)
    head: Mapping[str, FoundElement] = field(default_factory=dict)
    unrecognised: tuple[Piece, ...] = ()
    blank: tuple[Piece, ...] = ()
    where: Where = Where(0, 1)

    @property
    def missing(self) -> tuple[str, ...]:
        """The elements it does not tell about, in their order."""
        return tuple(key for key in ELEMENTS if key not in self.elements)

    @property
    def empty(self) -> bool:
        """Labels without one answer: a form nobody filled in."""
        return not self.elements


@dataclass(frozen=True)
class Recognised:
    """A whole document. Every word of it is in a card, in ``loose`` or in ``asides``, or was removed."""

    cards: tuple[FoundCard, ...] = ()
    loose: tuple[Piece, ...] = ()
    removed: tuple[Removed, ...] = ()
    asides: tuple[Piece, ...] = ()  # label: header, footer, page number, picture, deleted, comment
    original: tuple[Part, ...] = ()


def plain(recognised: Recognised) -> dict[str, Any]:
    """As JSON can hold it."""
    return asdict(recognised)


def restored(told: dict[str, Any]) -> Recognised:
    """The other way round."""
    return Recognised(
        cards=tuple(_card(each) for each in told["cards"]),
        loose=tuple(_piece(each) for each in told["loose"]),
        removed=tuple(
            Removed(**{**each, "where": Where(**each["where"])}) for each in told["removed"]
        ),
        asides=tuple(_piece(each) for each in told["asides"]),
        original=tuple(
            Part(**{**each, "where": Where(**each["where"])}) for each in told["original"]
        ),
    )


def _piece(told: dict[str, Any]) -> Piece:
    return Piece(told["label"], told["text"], Where(**told["where"]))


def _element(told: dict[str, Any]) -> FoundElement:
    return FoundElement(told["text"], told["label"], Where(**told["where"]), told["sure"])


def _card(told: dict[str, Any]) -> FoundCard:
    return FoundCard(
        **{key: told[key] for key in HEAD},
        elements={key: _element(each) for key, each in told["elements"].items()},
        head={key: _element(each) for key, each in told["head"].items()},
        unrecognised=tuple(_piece(each) for each in told["unrecognised"]),
        blank=tuple(_piece(each) for each in told["blank"]),
        where=Where(**told["where"]),
    )
