"""Headers, footers and page numbers: what stands at the edge of pages and belongs to no practice."""

import re
from collections import Counter
from collections.abc import Sequence

from alert4you.practices.rules.document import labels
from alert4you.practices.rules.document.columns import Line, stretches
from alert4you.practices.rules.document.rows import Aside

DEEP = 3  # lines from the edge
_NUMBERED = re.compile(
    r"(?i)^\W*(?:pagina|page|pag\.?|blz\.?|bladzijde|p\.)\s*(\d{1,4})(?:\s*(?:/|van|of|-)\s*\d{1,4})?\W*$"
)
_BARE = re.compile(r"^\W*(\d{1,4})(?:\s*(?:/|van|of)\s*\d{1,4})?\W*$")


def is_page_number(text: str) -> bool:
    """A line that says of itself that it is a page number."""
    return bool(_NUMBERED.match(text))


def take_off(
    pages: Sequence[list[Line]],
) -> tuple[list[list[Line]], list[Aside]]:
    """The pages without what repeats at their edges, and what that was."""
    edges = _Edges(pages)
    kept: list[list[Line]] = []
    asides: list[Aside] = []
    for number, page in enumerate(pages):
        first = edges.depth(number, page)
        last = edges.depth(number, page[first:][::-1])
        end = len(page) - last
        asides += [_aside("header", line) for line in page[:first]]
        asides += [_aside("footer", line) for line in page[end:]]
        kept.append(page[first:end])
        edges.seen |= {line.text for line in page}
    return kept, asides


class _Edges:
    """What stands at the edges of more than one page. A line counts once on a page."""

    def __init__(self, pages: Sequence[Sequence[Line]]) -> None:
        edges = [[*page[:DEEP], *page[DEEP:][-DEEP:]] for page in pages]
        places = Counter(place for lines in edges for place in {_place(line) for line in lines})
        offsets = Counter(
            offset
            for number, lines in enumerate(edges)
            for offset in {_offset(number, line) for line in lines}
        )
        self.seen: set[str] = set()
        self._repeated = {place for place, times in places.items() if times >= 2}
        self._steady = {offset for offset, times in offsets.items() if times >= 2} - {None}

    def depth(self, number: int, page: Sequence[Line]) -> int:
        """How many lines from the edge inward belong to the page and not to the text."""
        count = 0
        while count < min(DEEP, len(page)) and self._belongs_to_page(number, page[count]):
            count += 1
        return count

    def _belongs_to_page(self, number: int, line: Line) -> bool:
        if is_page_number(line.text) or _offset(number, line) in self._steady:
            return True
        if _place(line) not in self._repeated:
            return False
        if line.weight >= 2:  # the first time it is a title
            return line.text in self.seen
        return not _is_label(line)


def _place(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text), round(line.top)


def _offset(page: int, line: Line) -> int | None:
    bare = _BARE.match(line.text)
    return int(bare.group(1)) - page if bare else None


def _is_label(line: Line) -> bool:
    """Whether it is or begins with a label, so that it must stay however often it repeats."""
    first = stretches(line)[0]
    return bool(labels.whole(line.text) or labels.whole(first) or labels.inline(line.text))


def _aside(kind: str, line: Line) -> Aside:
    kind = "page number" if is_page_number(line.text) or _BARE.match(line.text) else kind
    return Aside(kind, line.text, line.where)
