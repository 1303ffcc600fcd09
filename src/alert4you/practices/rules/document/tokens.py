"""Rows told apart: labels with what follows them, labels nobody knows, headings, and text."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from alert4you.practices.rules.document import labels
from alert4you.practices.rules.document.labels import (
    ELEMENT_KEYS,
    HEAD_KEYS,
    HEADINGS_OF_COLUMNS,
    LONGEST,
    Label,
)
from alert4you.practices.rules.document.rows import Row

LABEL, UNKNOWN, HEADING, TEXT, COLUMN_HEADING = "label", "unknown", "heading", "text", "columns"
_NUMBER = re.compile(r"^\(?(\d{1,2})[.):]?\)?\s")
_UNKNOWN_INLINE = re.compile(r"^([^\W\d_][^:.?!\n]{2,40}):\s+(\S.*)$", re.DOTALL)


@dataclass(frozen=True)
class Token:
    """A piece of a row; ``text`` is what stands behind the label, or all of it."""

    kind: str
    row: Row
    text: str = ""
    key: str = ""
    written: str = ""
    sure: bool = True
    again: bool = False
    in_cell: bool = False
    inline: bool = False

    @property
    def is_element(self) -> bool:
        return self.kind == LABEL and self.key in ELEMENT_KEYS

    @property
    def is_head(self) -> bool:
        return self.kind == LABEL and self.key in HEAD_KEYS


def tokens(rows: Sequence[Row]) -> list[Token]:
    """What each row is; a label that nobody knows is told by looking like those that are known."""
    found: list[Token] = []
    column, width = 0, 0
    for table, group in groupby(rows, key=lambda row: row.table if len(row.cells) > 1 else 0):
        inside = list(group)
        if not table:
            for row in inside:
                found += _of_line(row, found[-1].row if found else None)
            continue
        wide = max(len(row.cells) for row in inside)
        here = _label_column(inside)
        goes_on = here is None and wide == width and bool(found) and found[-1].in_cell
        if here is not None:
            column, width = here, wide
        found += _of_table(inside, column if here is not None or goes_on else None)
    return _with_unknown(found)


def _label(token_of: Label, row: Row, rest: str, *, in_cell: bool = False) -> Token:
    return Token(
        LABEL, row, rest, token_of.key, token_of.written, token_of.sure, token_of.again,
        in_cell, token_of.inline,
    )  # fmt: skip


# Lines ----------------------------------------------------------------------------------------


def _of_line(row: Row, before: Row | None) -> Iterator[Token]:
    text = row.text
    label = labels.whole(text)
    if label and _stands_alone(row, before) and _may_be_bare(label, row):
        yield _label(label, row, "")
    elif (label := labels.inline(text)) and (row.gap or not text[:1].islower()):
        yield _label(label, row, label.rest)
    elif row.weight >= 2 or (row.weight and row.gap and len(text) <= LONGEST):
        yield Token(HEADING, row, text)
    else:
        yield Token(TEXT, row, text)


def _stands_alone(row: Row, before: Row | None) -> bool:
    """Whether a line is more than the last word of a sentence, or one of a list."""
    text = row.text.rstrip()
    marked = row.weight >= 1 or text.endswith((":", "?"))
    if row.bullet and not text[:1].isdigit():
        return marked
    next_page = before is not None and before.where.page != row.where.page
    return marked or row.gap or (next_page and text[:1].isupper())


def _may_be_bare(label: Label, row: Row) -> bool:
    """Words like "project" are labels only when they look like one."""
    return label.key not in HEAD_KEYS or row.text.rstrip().endswith(":")


# Tables ---------------------------------------------------------------------------------------


def cell_label(text: str) -> Label | None:
    """The label in a cell; below it there may be a hint of what to write."""
    if not text or (label := labels.whole(text)):
        return label if text else None
    if labels.letters(text) in labels.TITLES_IN_TABLES:
        return Label("title", text)
    first, __, hint = text.partition("\n")
    label = labels.whole(first) if hint else labels.inline(text)
    return replace(label, written=text, rest="") if label else None


def _label_column(rows: Sequence[Row]) -> int | None:
    """The column with the most labels; the first of them when two have as many."""
    times: Counter[int] = Counter()
    for place, row in enumerate(rows):
        for column in range(len(row.cells)):
            label = _label_over_lines(rows, place, column)[1]
            times[column] += 0 if label is None else 2 if label.key in ELEMENT_KEYS else 1
    best = max(times, key=lambda column: (times[column], -column), default=0)
    return best if times[best] else None


def _of_table(rows: list[Row], column: int | None) -> Iterator[Token]:
    if column is None:
        for row in rows:
            yield Token(TEXT, row, row.text, in_cell=True)
    elif _labels_on_top(rows[0]):
        yield from _cards_below_each_other(rows)
    elif (titles := _titles_on_top(rows, column)) is not None:
        yield from _cards_beside_each_other(rows, column, titles)
    else:
        yield from _labels_beside(rows, column)


def _labels_on_top(row: Row) -> bool:
    found = {label.key for cell in row.cells if (label := cell_label(cell))}
    return len(found & set(ELEMENT_KEYS)) >= 3


def _cards_below_each_other(rows: list[Row]) -> Iterator[Token]:
    """A table whose first row names the elements: every next row is a card."""
    top = rows[0].cells
    for row in rows[1:]:
        for name, text in zip(top, row.cells, strict=False):
            label = cell_label(name)
            if label:
                yield _label(label, row, text, in_cell=True)
            elif name or text:
                yield Token(UNKNOWN, row, text, written=name, in_cell=True)
        if extra := " ".join(row.cells[len(top) :]).strip():
            yield Token(TEXT, row, extra, in_cell=True)


def _titles_on_top(rows: list[Row], column: int) -> list[str] | None:
    """The names of the cards when a table has one column for each of several cards."""
    first = rows[0].cells
    named = cell_label(first[column]) if column < len(first) else None
    titles = [cell for place, cell in enumerate(first) if place != column]
    is_title_row = named is None or named.key == "title"
    ordinary = any(labels.letters(title) in HEADINGS_OF_COLUMNS for title in titles)
    filled = all(sum(bool(cell) for cell in row.cells) >= 2 for row in rows)
    if (
        column == 0
        and is_title_row
        and len(titles) >= 2
        and all(titles)
        and not ordinary
        and filled
    ):
        return titles
    return None


def _cards_beside_each_other(rows: list[Row], column: int, titles: list[str]) -> Iterator[Token]:
    places = [place for place in range(len(rows[0].cells)) if place != column]
    for place, title in zip(places, titles, strict=True):
        yield Token(HEADING, replace(rows[0], weight=9), title, in_cell=True)
        for row in rows[1:]:
            text = row.cells[place] if place < len(row.cells) else ""
            label = cell_label(row.cells[column])
            if label:
                yield _label(label, row, text, in_cell=True)
            else:
                yield Token(UNKNOWN, row, text, written=row.cells[column], in_cell=True)


def _labels_beside(rows: list[Row], column: int) -> Iterator[Token]:
    place = 0
    while place < len(rows):
        row = rows[place]
        count, label = _label_over_lines(rows, place, column)
        cell = row.cells[column] if column < len(row.cells) else ""
        answers = [_answer(each, column) for each in rows[place : place + count]]
        if label:
            yield _label(label, row, answers[0], in_cell=True)
        elif not cell:
            yield Token(TEXT, row, answers[0], in_cell=True)
        elif all(labels.letters(each) in HEADINGS_OF_COLUMNS for each in row.cells if each):
            yield Token(COLUMN_HEADING, row, row.text, in_cell=True)
        elif not answers[0]:
            yield from _of_line(replace(row, cells=(cell,), table=0), None)
        else:
            yield Token(UNKNOWN, row, answers[0], written=cell, in_cell=True)
        for below, answer in zip(rows[place + 1 : place + count], answers[1:], strict=True):
            yield Token(TEXT, below, answer, in_cell=True)
        place += count


def _label_over_lines(rows: Sequence[Row], place: int, column: int) -> tuple[int, Label | None]:
    """The label that starts in this row, and how many rows its words take up."""
    lines: list[str] = []
    for row in rows[place : place + 4]:
        cell = row.cells[column] if column < len(row.cells) else ""
        if not cell or (lines and row.apart):
            break
        lines.append(cell)
    for count in range(len(lines), 1, -1):
        label = labels.whole(" ".join(lines[:count]))
        if label and label.sure and not _are_other_labels(lines[:count], label.key):
            return count, label
    return 1, cell_label(lines[0]) if lines else None


def _are_other_labels(lines: Sequence[str], key: str) -> bool:
    """Whether these are labels below each other, and not one on several lines."""
    found = [labels.whole(line) for line in lines]
    return all(found) and any(label.key != key for label in found if label)


def _answer(row: Row, column: int) -> str:
    cells = [cell for place, cell in enumerate(row.cells) if place != column and cell]
    if len(cells) > 1 and column and re.fullmatch(r"[\d.)]+", cells[0]):
        cells = cells[1:]  # the number of the element
    return "\n".join(cells) if row.apart and len(cells) > 1 else " ".join(cells)


# Labels nobody knows --------------------------------------------------------------------------


def _with_unknown(found: list[Token]) -> list[Token]:
    looks = Counter(_look(token) for token in found if token.is_element and not token.in_cell)
    common = {look for look, times in looks.items() if times >= 2}
    told: list[Token] = []
    number = 0
    for token in found:
        if token.kind == LABEL:
            number = _number(token.written) or number
        elif not token.in_cell and token.kind in {HEADING, TEXT}:
            token = _perhaps_unknown(token, common, number)
            number = _number(token.written) or number
        told.append(token)
    return told


def _look(token: Token) -> tuple[float, bool, bool]:
    return token.row.weight, bool(_number(token.written)), token.inline


def _number(text: str) -> int:
    number = _NUMBER.match(text)
    return int(number[1]) if number else 0


def _perhaps_unknown(token: Token, common: set[tuple[float, bool, bool]], number: int) -> Token:
    text, weight = token.text.strip(), token.row.weight
    numbered = _number(text)
    inline = _UNKNOWN_INLINE.match(text)
    if inline and (weight, False, True) in common and len(inline[1].split()) <= 4 and token.row.gap:
        return replace(token, kind=UNKNOWN, written=f"{inline[1]}:", text=inline[2], inline=True)
    short = len(text) <= LONGEST and not text.endswith((".", ",", ";")) and token.row.gap
    marked = weight >= 1 or (numbered and numbered == number + 1)
    if short and marked and (weight, bool(numbered), False) in common:
        return replace(token, kind=UNKNOWN, written=text, text="")
    return token
