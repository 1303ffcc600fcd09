"""What every kind of document is first turned into: rows, from top to bottom."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

BREAK = "\u2028"  # where a line was full and the sentence goes on
SOFT_HYPHEN = "\u00ad"  # a hyphen that is only there because the line was full
_KEPT_AFTER_HYPHEN = ("en ", "of ", "and ", "or ", "tot ", "/")
_BROKEN = re.compile(
    rf"(?<!\w)(\w*)([-{SOFT_HYPHEN}]?)[ ]{{0,3}}{BREAK}[ ]{{0,3}}(?=(\S{{1,20}} ?))"
)


class Unusable(Exception):
    """The document cannot be read; says why, and what one can do."""


@dataclass(frozen=True)
class Where:
    """A place in the document: line (or paragraph) from 1; page from 1, 0 where there are none."""

    page: int
    line: int


@dataclass(frozen=True)
class Row:
    """A line, a paragraph, or the cells of a table beside each other.

    ``weight``: 0 plain, 1 bold, from 2 a heading, more is larger. ``gap``: a paragraph begins;
    without it the words go on from the last row. ``apart``: white space stands before it.
    ``table``: which table it is in, 0 for none.
    """

    cells: tuple[str, ...]
    where: Where
    weight: float = 0
    gap: bool = True
    apart: bool = True
    table: int = 0
    bullet: bool = False

    @property
    def text(self) -> str:
        return " ".join(cell for cell in self.cells if cell)


@dataclass(frozen=True)
class Aside:
    """Words of the document that are no part of a practice, such as a header. See ``found.Kind``."""

    kind: str
    text: str
    where: Where


@dataclass
class Source:
    """A document as rows, and what stands beside them."""

    rows: list[Row] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    links: list[tuple[str, Where]] = field(default_factory=list)


def joined(parts: Iterable[Row]) -> str:
    """The text of rows below each other; full lines are only marked, see ``flowing``."""
    text = ""
    for part in parts:
        if text:
            text += "\n" if part.gap or part.bullet else BREAK
        text += part.text
    return text


def flowing(text: str) -> str:
    """Text without the line ends that were only there because the paper was full."""
    return _BROKEN.sub(_mended, text).replace(SOFT_HYPHEN, "").replace(BREAK, " ").strip()


def _mended(broken: re.Match[str]) -> str:
    before, hyphen, after = broken.groups()
    if not hyphen:
        return f"{before} "
    if hyphen == SOFT_HYPHEN:
        return before
    if after.startswith(_KEPT_AFTER_HYPHEN) or not before:
        return f"{before}- "
    belongs_to_word = before[-1:].islower() and after[:1].islower()
    return before if belongs_to_word else f"{before}-"


def goes_on(before: str, after: str) -> bool:
    """Whether words on a next page are the rest of the sentence at the end of the last one."""
    ended = before.rstrip()[-1:] in {".", "!", "?", ":", ";", ""}
    return not ended and not re.match(r"\s*[-•*▪●◦‣–]\s", after) and not after[:1].isupper()
