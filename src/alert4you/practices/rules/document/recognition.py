"""From rows to cards: every word gets a place, and contact data is taken out."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from alert4you.practices.rules.document.cards import Span, is_origin, spans, year_in
from alert4you.practices.rules.document.contacts import kind_of_link, without_contacts
from alert4you.practices.rules.document.found import (
    HEAD,
    LEFT_OUT,
    LOOSE,
    UNRECOGNISED,
    FoundCard,
    FoundElement,
    Part,
    Piece,
    Recognised,
    Removed,
)
from alert4you.practices.rules.document.labels import CONTACT, ELEMENT_KEYS
from alert4you.practices.rules.document.rows import BREAK, Aside, Row, Source, Where, flowing
from alert4you.practices.rules.document.tokens import (
    COLUMN_HEADING,
    HEADING,
    LABEL,
    TEXT,
    UNKNOWN,
    Token,
    tokens,
)

_ANYWHERE = {"year", "angle"}  # may also stand at the end of a card
LONGEST_TITLE = 200
_BETWEEN = re.compile(r"[,;|()·•]|\s[–-]\s")


@dataclass
class _Slot:
    """Words that belong together, and where they go."""

    went: str
    where: Where
    label: str = ""
    sure: bool = True
    text: str = ""
    more: list[str] = field(default_factory=list)

    def add(self, text: str, row: Row) -> None:
        """Words below those that are there."""
        if not text:
            return
        if self.text:
            self.more += ["\n" if row.gap or row.bullet else BREAK, text]
        else:
            self.text = text

    @property
    def whole(self) -> str:
        return "".join([self.text, *self.more])


@dataclass
class _Reading:
    """What is collected while going through the document."""

    removed: list[Removed] = field(default_factory=list)
    original: list[Part] = field(default_factory=list)

    def cleaned(self, text: str, where: Where, card: int | None = None) -> str:
        """Text as one reads it, without contact data; what was taken out is noted."""
        text, kinds = without_contacts(text)
        self.removed += [Removed(kind, where, card) for kind in kinds]
        return flowing(text)

    def show(self, slot: _Slot, text: str, card: int | None) -> None:
        shown = "\n".join(each for each in (slot.label, text) if each)
        self.original.append(Part(shown, slot.where, slot.went, card))


def recognise(source: Source) -> Recognised:
    """The cards in a document, and every word that is in none."""
    reading = _Reading()
    told = tokens(source.rows)
    cards, outside = spans([token for token in told if token.kind != COLUMN_HEADING])
    found = tuple(_card(reading, span, number) for number, span in enumerate(cards))
    loose = tuple(_loose(reading, outside))
    asides = []
    columns = [
        Aside("columns", each.text, each.row.where) for each in told if each.kind == COLUMN_HEADING
    ]
    for aside in [*source.asides, *columns]:
        text = reading.cleaned(aside.text, aside.where)
        asides.append(Piece(aside.kind, text, aside.where))
        if text:
            reading.original.append(Part(text, aside.where, aside.kind))
    for address, where in source.links:
        if kind := kind_of_link(address):
            reading.removed.append(Removed(kind, where))
    ordered = sorted(reading.original, key=lambda part: (part.where.page, part.where.line))
    return Recognised(found, loose, tuple(reading.removed), tuple(asides), tuple(ordered))


def _loose(reading: _Reading, outside: Iterable[Token]) -> Iterable[Piece]:
    slots: list[_Slot] = []
    for token in outside:
        begins = not slots or token.kind != TEXT or token.row.apart
        if begins:
            slots.append(_Slot(LOOSE, token.row.where, token.written))
        slots[-1].add(token.text, token.row)
    for slot in slots:
        slot.label = reading.cleaned(slot.label, slot.where)
        text = reading.cleaned(slot.whole, slot.where)
        reading.show(slot, text, None)
        yield Piece(slot.label, text, slot.where)


def _card(reading: _Reading, span: Span, number: int) -> FoundCard:
    slots = [*_head(span), *_body(span)]
    for slot in slots:
        slot.label = reading.cleaned(slot.label, slot.where, number)
        slot.text = reading.cleaned(slot.whole, slot.where, number)
        if slot.went == LEFT_OUT:
            reading.removed.append(Removed("contact", slot.where, number))
            continue
        reading.show(slot, slot.text, number)
    told = {key: each for key in (*HEAD, *ELEMENT_KEYS) if (each := _element(slots, key))}
    head = {key: told[key] for key in HEAD if key in told}
    return FoundCard(
        title=_title(head),
        described_by=_part_of_origin(head, "described_by", 0),
        year=_year(head),
        region=_part_of_origin(head, "region", 1),
        angle=_angle(head),
        elements={key: told[key] for key in ELEMENT_KEYS if key in told},
        head=head,
        unrecognised=tuple(
            Piece(slot.label, slot.text, slot.where)
            for slot in slots
            if slot.went == UNRECOGNISED and (slot.text or slot.label)
        ),
        blank=tuple(
            Piece(slot.label, "", slot.where)
            for slot in slots
            if slot.went in (*HEAD, *ELEMENT_KEYS) and slot.went not in told
        ),
        where=slots[0].where,
    )


def _element(slots: Iterable[_Slot], key: str) -> FoundElement | None:
    """The answer, put together when it stands in more than one place."""
    same = [slot for slot in slots if slot.went == key]
    text = "\n".join(slot.text for slot in same if slot.text)
    if not text:
        return None
    written = " / ".join(slot.label for slot in same if slot.label)
    return FoundElement(text, written, same[0].where, all(slot.sure for slot in same))


# The head of a card ---------------------------------------------------------------------------


def _head(span: Span) -> list[_Slot]:
    """Its title, what it tells of itself, and what is left."""
    titled = any(token.is_head and token.key == "title" for token in span.head)
    slots: list[_Slot] = []
    for token in span.head:
        if slots and _belongs_to(slots[-1], token):
            slots[-1].add(token.text, token.row)
            continue
        slot = _in_head(token, titled)
        titled = titled or slot.went == "title"
        slots.append(slot)
    return slots


def _belongs_to(slot: _Slot, token: Token) -> bool:
    """Whether a line in the head goes on with what stands above it."""
    if token.kind != TEXT:
        return False
    waits = slot.label and not slot.text
    goes_on = slot.went == UNRECOGNISED and not token.row.apart
    return bool(waits or goes_on or slot.went == LEFT_OUT)


def _in_head(token: Token, titled: bool) -> _Slot:
    where, text = token.row.where, token.text or token.written
    if token.kind == LABEL:
        went = token.key if token.is_head else LEFT_OUT
        return _Slot(went, where, token.written, token.sure, token.text)
    if token.kind == UNKNOWN and token.text:
        return _Slot(UNRECOGNISED, where, token.written, text=token.text)
    if not titled:
        return _Slot("title", where, text=text)
    if token.kind != UNKNOWN and is_origin(text):
        return _Slot("described_by", where, sure=False, text=text)
    return _Slot(UNRECOGNISED, where, text=text)


def _title(head: dict[str, FoundElement]) -> str:
    return " ".join(head["title"].text.split())[:LONGEST_TITLE] if "title" in head else ""


def _year(head: dict[str, FoundElement]) -> int | None:
    places = [head[key].text for key in ("year", "described_by", "title") if key in head]
    return next((year for text in places if (year := year_in(text))), None)


def _angle(head: dict[str, FoundElement]) -> int | None:
    digit = re.search(r"[1-3]", head["angle"].text) if "angle" in head else None
    return int(digit.group()) if digit else None


def _part_of_origin(head: dict[str, FoundElement], key: str, place: int) -> str:
    """What the head says, or a part of a line like "De Zon, Utrecht, januari 2023"."""
    line = head.get("described_by")
    parts = [part for each in _BETWEEN.split(line.text) if (part := each.strip())] if line else []
    if line and not line.label and is_origin(line.text):
        named = parts[:-1] if len(parts) > 1 else []
        said = named[place] if place < len(named) else ""
        return said if key not in head or key == "described_by" else head[key].text[:200]
    return " ".join(head[key].text.split())[:200] if key in head else ""


# From the first label on ----------------------------------------------------------------------


def _body(span: Span) -> Iterable[_Slot]:
    slots: list[_Slot] = []
    seen: set[str] = set()
    for token in span.body:
        slot = _new_slot(token, seen)
        if slot is None:
            written = f"{token.written} " if token.written else ""
            slots[-1].add(f"{written}{token.text}", token.row)
            continue
        slot.add(token.text, token.row)
        slots.append(slot)
        seen.add(slot.went)
    return slots


def _new_slot(token: Token, seen: set[str]) -> _Slot | None:
    """A place of its own for what begins here; None when the words go on with what stands before."""
    where = token.row.where
    if token.is_element:
        return _Slot(token.key, where, token.written, token.sure)
    if token.kind == LABEL and token.key == CONTACT:
        return _Slot(LEFT_OUT, where, token.written)
    if token.kind == LABEL and (token.in_cell or token.key in _ANYWHERE) and token.key not in seen:
        return _Slot(token.key, where, token.written, token.sure)
    if token.kind == UNKNOWN:
        return _Slot(UNRECOGNISED, where, token.written)
    if token.kind == HEADING and token.row.weight >= 2:
        return _Slot(UNRECOGNISED, where)
    return None
