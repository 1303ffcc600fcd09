"""Copies of what was recorded: other identities, other names, and the same for the rest.

A recording becomes a pattern once: every cell is either the same in all copies, or pieces of text with
slots between them, for an identity (with or without dashes) or for a word that differs.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from random import Random
from typing import Any, TypeAlias

from alert4you.country.recording import Rows, Table
from alert4you.country.writing import Writer, canonical, text_of
from alert4you.kernel.audit import BETWEEN, SEALED

Pieces: TypeAlias = tuple[str | int, ...]
Row: TypeAlias = tuple[tuple[Any, ...], tuple[tuple[int, Pieces], ...], Pieces]

TRAIL, PEOPLE = "kernel_auditrecord", "organisations_person"
_IDENTITY = r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])"


@dataclass(frozen=True)
class Pattern:
    """``slots``: the text that stands there in the recording; ``own``: identities it made itself."""

    tables: tuple[tuple[Table, tuple[Row, ...]], ...]
    slots: tuple[str, ...]
    own: tuple[str, ...]
    mails: tuple[str, ...]

    def copy(self, to: Writer, chance: Random, told: Mapping[str, str]) -> dict[str, str]:
        """Write one copy. ``told``: what stands there instead of words, and of identities that are not
        its own (without dashes); answers its own identities, new by old.
        """
        fresh = {old: _identity(chance) for old in self.own}
        values = [_filled(slot, fresh, told) for slot in self.slots]
        for table, rows in self.tables:
            to.write(table, [_row(row, values) for row in rows])
        return fresh


def pattern_of(rows: Rows, words: Mapping[str, str]) -> Pattern:
    """``words``: those that differ in each copy, and the key under which a copy tells them."""
    mails = tuple(_mails(rows))
    cutter = _Cutter({**words, **dict(zip(mails, mails, strict=True))})
    tables = tuple(
        (table, tuple(cutter.row(table, row) for row in found)) for table, found in rows.tables
    )
    return Pattern(tables, tuple(cutter.slots), tuple(rows.ids), mails)


def _mails(rows: Rows) -> Iterator[str]:
    """The addresses people sign in with: no two have the same."""
    for table, found in rows.tables:
        if table.name == PEOPLE:
            place = table.columns.index("email")
            yield from (row[place] for row in found if row[place])


class _Cutter:
    def __init__(self, words: Mapping[str, str]) -> None:
        self.words = words
        self.slots: dict[str, int] = {}
        known = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
        self.found = re.compile(f"({_IDENTITY}" + r"|(?<!\w)(?:" + known + r")(?!\w))")

    def row(self, table: Table, row: tuple[Any, ...]) -> Row:
        told = dict(zip(table.columns, row, strict=True))
        cells = [text_of(value) for value in row]
        varying = []
        for place, cell in enumerate(cells):
            pieces = self.pieces(cell) if isinstance(cell, str) else ()
            if any(isinstance(piece, int) for piece in pieces):
                varying.append((place, pieces))
        sealed: Pieces = ()
        if table.name == TRAIL:
            sealed = self.pieces(BETWEEN.join(canonical(name, told[name]) for name in SEALED))
            varying.append((table.columns.index("digest"), ()))
        return tuple(cells), tuple(varying), sealed

    def pieces(self, text: str) -> Pieces:
        cut = self.found.split(text)
        return tuple(
            self._slot(piece) if odd % 2 else piece for odd, piece in enumerate(cut) if piece
        )

    def _slot(self, piece: str) -> int:
        return self.slots.setdefault(self.words.get(piece, piece), len(self.slots))


def _row(row: Row, values: list[str]) -> tuple[Any, ...]:
    cells, varying, sealed = row
    filled = list(cells)
    for place, pieces in varying:
        filled[place] = _joined(pieces, values)
    if sealed:
        place = varying[-1][0]
        filled[place] = sha256(_joined(sealed, values).encode()).hexdigest()
    return tuple(filled)


def _joined(pieces: Pieces, values: list[str]) -> str:
    if len(pieces) == 1:
        (only,) = pieces
        return values[only] if isinstance(only, int) else only
    return "".join([values[each] if isinstance(each, int) else each for each in pieces])


def _filled(slot: str, fresh: Mapping[str, str], told: Mapping[str, str]) -> str:
    if slot in told:
        return told[slot]
    plain = slot.replace("-", "")
    new = fresh.get(plain) or told.get(plain)
    if new is None:
        return slot
    return new if plain == slot else dashed(new)


def dashed(plain: str) -> str:
    return f"{plain[:8]}-{plain[8:12]}-{plain[12:16]}-{plain[16:20]}-{plain[20:]}"


def _identity(chance: Random) -> str:
    """A random one (version 4), without dashes."""
    made = f"{chance.getrandbits(128):032x}"
    return f"{made[:12]}4{made[13:16]}8{made[17:]}"
