"""Where a card begins and which words belong to it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from alert4you.practices.rules.document.labels import ELEMENT_KEYS, letters
from alert4you.practices.rules.document.tokens import HEADING, LABEL, TEXT, UNKNOWN, Token

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_ORGANISATION = re.compile(r"(?i)^\W*organi[sz]ati(?:e|on)\W*$")


@dataclass
class Span:
    """The tokens of one card: those of its head, and from its first label on."""

    head: list[Token] = field(default_factory=list)
    body: list[Token] = field(default_factory=list)


@dataclass
class _Seen:
    """The labels of a card so far."""

    first: str = ""
    last: Token | None = None
    keys: set[str] = field(default_factory=set)

    def add(self, token: Token) -> None:
        self.first = self.first or token.key
        self.last = token
        self.keys.add(token.key)


def spans(found: Sequence[Token]) -> tuple[list[Span], list[Token]]:
    """The cards, and the tokens outside them."""
    found = _told_apart(found)
    starts, ranks = _starts(found)
    loose = list(found[: starts[0]]) if starts else list(found)
    cards = []
    for place, start in enumerate(starts):
        end = starts[place + 1] if place + 1 < len(starts) else len(found)
        span, outside = _span(found[start:end], ranks[place])
        cards.append(span)
        loose += outside
    return cards, loose


def _span(inside: Sequence[Token], rank: float) -> tuple[Span, list[Token]]:
    """A heading as large as the title of the card ends it: what follows is about something else."""
    first = next(place for place, token in enumerate(inside) if token.is_element)
    end = len(inside)
    for place in range(first, len(inside)):
        if rank >= 2 and inside[place].kind == HEADING and inside[place].row.weight >= rank:
            end = place
            break
    return Span(list(inside[:first]), list(inside[first:end])), list(inside[end:])


def _starts(found: Sequence[Token]) -> tuple[list[int], list[float]]:
    starts: list[int] = []
    ranks: list[float] = []
    seen = _Seen()
    last, rank = -1, 0.0
    for place, token in enumerate(found):
        if not token.is_element:
            continue
        head = _head(found, last + 1, place, rank)
        if not starts or _begins(found, place, head, (last, rank), seen):
            starts.append(head)
            heading = found[head].row.weight if found[head].kind == HEADING else 0
            rank = rank or heading
            ranks.append(heading)
            seen = _Seen()
        seen.add(token)
        last = place
    return starts, ranks


def _begins(
    found: Sequence[Token], place: int, head: int, before: tuple[int, float], seen: _Seen
) -> bool:
    """Whether another card begins with this label."""
    token = found[place]
    last, rank = before
    if any(_is_title(each, rank) for each in found[last + 1 : place]):
        return True
    if token.key not in seen.keys or token.again or seen.last is None:
        return False
    if token.key == seen.last.key and _goes_on(seen.last, token, head == place):
        return False
    next_key = _next_key(found, place + 1) or token.key
    return token.key == seen.first or head < place or next_key in seen.keys


def _next_key(found: Sequence[Token], start: int) -> str:
    """The element of the first label from here on; "" when there is none."""
    places = range(start, len(found))
    return next((found[place].key for place in places if found[place].is_element), "")


def _is_title(token: Token, rank: float) -> bool:
    told = token.kind == LABEL and token.key == "title"
    return told or (rank >= 2 and token.kind == HEADING and token.row.weight >= rank)


def _goes_on(before: Token, token: Token, untitled: bool) -> bool:
    """The same label again: a second name (obstacles, then solutions), or on the next page."""
    if letters(before.written) != letters(token.written):
        return True
    return untitled and before.row.where.page != token.row.where.page


def _head(found: Sequence[Token], floor: int, place: int, rank: float) -> int:
    """Where the head of the card begins whose first label stands at ``place``."""
    between = range(floor, place)
    told = [at for at in between if found[at].is_head and found[at].key == "title"]
    headings = [at for at in between if _is_heading(found[at])]
    if told:
        return _first_of_run(headings, told[0])
    if headings:
        return _title_among(found, headings, rank)
    return _title_without_heading(found, floor, place)


def _is_heading(token: Token) -> bool:
    return token.kind == HEADING and token.row.weight >= 2


def _first_of_run(headings: Sequence[int], at: int) -> int:
    return at - 1 if at - 1 in headings else at


def _title_among(found: Sequence[Token], headings: Sequence[int], rank: float) -> int:
    run = [headings[-1]]
    while run[0] - 1 in headings:
        run.insert(0, run[0] - 1)
    for at in run:
        if rank and found[at].row.weight == rank:
            return at
    if len(run) > 1 and is_origin(found[run[-1]].text):
        return run[-2]
    return run[-1]


def _title_without_heading(found: Sequence[Token], floor: int, place: int) -> int:
    """A short line above the label, perhaps with lines between that tell where and when."""
    at = start = place
    while at > floor:
        token = found[at - 1]
        if token.is_head or (_like_title(token) and is_origin(token.text)):
            at -= 1
            start = at
        else:
            return at - 1 if _like_title(token) else start
    return start


def _like_title(token: Token) -> bool:
    text = token.text or token.written
    if token.kind in {HEADING, UNKNOWN}:
        return not (token.kind == UNKNOWN and token.text)
    short = len(text) <= 100 and len(text.split()) <= 14
    ended = text.rstrip().endswith((".", ",", ";", ":", "!"))
    return token.kind == TEXT and short and not ended and token.row.gap and not token.row.bullet


def is_origin(text: str) -> bool:
    """A line that tells who did it, where and when: "De Zon, Utrecht, januari 2023"."""
    return bool(_YEAR.search(text)) and len(text.split()) <= 12 and not text.rstrip().endswith(".")


def year_in(text: str) -> int | None:
    found = _YEAR.search(text)
    return int(found.group()) if found else None


def _told_apart(found: Sequence[Token]) -> list[Token]:
    """ "Organisation" in the head of a card is who made it; further on it is how it is organised."""
    told = list(found)
    for place, token in enumerate(found):
        named = token.key == "organisation" and _ORGANISATION.match(token.written)
        if named and _names_who(found, place):
            told[place] = replace(token, key="described_by")
    return told


def _names_who(found: Sequence[Token], place: int) -> bool:
    words = found[place].text.split()
    behind = place + 1
    while behind < len(found) and found[behind].kind == TEXT:
        words += found[behind].text.split()
        behind += 1
    following = _next_key(found, behind)
    order = ELEMENT_KEYS.index
    if not following or order(following) > order("organisation") or len(words) > 8:
        return False
    for at in range(place - 1, -1, -1):
        before = found[at]
        if before.is_head or before.kind == HEADING:
            return True
        if before.is_element:
            return order(before.key) > order("organisation")
    return True
