"""Columns without lines between them: words that start at the same place on several lines."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from alert4you.practices.rules.document.rows import Where

MOST = 12  # columns side by side
BULLET = re.compile(r"^(?:[-–•*▪●◦‣·]|\(?\d{1,2}[.)]|\d{1,2})$")


@dataclass
class Word:
    """A word from ``start`` to ``end``, in points of a page or in signs of a line of text."""

    text: str
    start: float
    end: float


@dataclass
class Line:
    """Words beside each other.

    ``wide``: a gap between words from which it may be two columns; ``narrow``: and where a column
    is known to start.
    """

    words: list[Word]
    where: Where
    top: float = 0
    bottom: float = 0
    wide: float = 2
    narrow: float = 2
    weight: float = 0
    gap: bool = True
    raw: str = ""

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def end(self) -> float:
        return self.words[-1].end


@dataclass(frozen=True)
class Cell:
    """Words of a line in one column, where they end, and how wide the first of them is."""

    text: str
    end: float
    first_word: float


def edges(lines: Sequence[Line], tolerance: float) -> list[float]:
    """Where a second column starts: after a very wide gap on two lines, or a wide one on three."""
    starts = sorted(found for line in lines for found in _after_wide_gaps(line))
    clusters: list[list[tuple[float, int]]] = []
    for each in starts:
        if clusters and each[0] - clusters[-1][0][0] <= tolerance:
            clusters[-1].append(each)
        else:
            clusters.append([each])
    found = [same for same in clusters if sum(votes for __, votes in same) >= 6]
    return sorted(same[0][0] for same in sorted(found, key=len)[-MOST:])


def edges_seen_before(
    lines: Sequence[Line], own: Sequence[float], known: Iterable[float], tolerance: float
) -> list[float]:
    """The own edges of a page, and those of other pages that a very wide gap shows here too."""
    here = [start for line in lines for start, votes in _after_wide_gaps(line) if votes == 3]
    found = list(own)
    for edge in known:
        is_new = all(abs(each - edge) > tolerance for each in found)
        if is_new and any(abs(start - edge) <= tolerance for start in here):
            found.append(edge)
    return sorted(found)


def stretches(line: Line) -> list[str]:
    """The words of a line by the wide gaps between them."""
    found = [[line.words[0].text]]
    for before, word in zip(line.words, line.words[1:], strict=False):
        if word.start - before.end >= line.wide:
            found.append([])
        found[-1].append(word.text)
    return [" ".join(words) for words in found]


def _after_wide_gaps(line: Line) -> Iterator[tuple[float, int]]:
    """Where stretches start but the first, and its votes; a bullet belongs to the words behind it."""
    alone = True  # whether the last word stands alone so far
    for before, word in zip(line.words, line.words[1:], strict=False):
        gap = word.start - before.end
        is_wide = gap >= line.wide
        if is_wide and not (alone and BULLET.match(before.text)):
            yield word.start, 3 if gap >= 1.5 * line.wide or line.wide == line.narrow else 2
        alone = is_wide


def divide(
    line: Line, starts: Sequence[float], tolerance: float, *, drawn: bool = False
) -> list[Cell]:
    """The cells of a line, empty ones included; one cell when words run across an edge.

    ``drawn``: the edges are lines on the paper, so nothing runs across them.
    """
    cells: list[list[Word]] = [[] for __ in range(len(starts) + 1)]
    for word in line.words:
        cells[sum(word.start >= start - tolerance for start in starts)].append(word)
    for start, before, after in zip(starts, cells, cells[1:], strict=False):
        if drawn or not before:
            continue
        crosses = before[-1].end > start + tolerance
        if crosses or (after and _runs_on(before[-1], after[0], start, tolerance, line)):
            return [_cell(line.words)]
    return [_cell(words) for words in cells]


def _runs_on(before: Word, after: Word, start: float, tolerance: float, line: Line) -> bool:
    """Whether this is one sentence that only happens to pass the edge."""
    at_edge = abs(after.start - start) <= tolerance
    return after.start - before.end < (line.narrow if at_edge else line.wide)


def _cell(words: Sequence[Word]) -> Cell:
    if not words:
        return Cell("", 0, 0)
    first_word = words[0].end - words[0].start
    return Cell(" ".join(word.text for word in words), words[-1].end, first_word)
