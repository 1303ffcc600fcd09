"""The lines of a PDF page as rows: which stand beside each other, and which are one cell."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from alert4you.practices.rules.document import columns, labels
from alert4you.practices.rules.document.columns import Cell, Line
from alert4you.practices.rules.document.rows import BREAK, Row

CLOSE = 3  # points: nearer than this is the same place
MOST_DRAWN = 2_000
_BULLET = re.compile(r"^[-–•*▪●◦‣·]\s*\S")


@dataclass
class Rules:
    """The lines drawn on a page: across as (height, left, right), down as (place, top, bottom)."""

    across: list[tuple[float, float, float]] = field(default_factory=list)
    down: list[tuple[float, float, float]] = field(default_factory=list)

    def add(self, bounds: tuple[float, float, float, float], width: float, height: float) -> None:
        """A drawn thing by (left, bottom, right, top): a line, or the sides of a box."""
        left, bottom, right, top = bounds
        top, bottom = height - top, height - bottom
        if right - left > width * 0.3:
            self.across += [(top, left, right), (bottom, left, right)]
        if bottom - top > 8:
            self.down += [(left, top, bottom), (right, top, bottom)]

    def settle(self) -> None:
        """In their order; a drawing of very many lines is a picture and no table."""
        if len(self.across) + len(self.down) > MOST_DRAWN:
            self.across, self.down = [], []
        self.across, self.down = sorted(set(self.across)), sorted(set(self.down))

    def columns(self, line: Line) -> list[float]:
        """The edges between columns that drawn lines give this line; [] when there are none."""
        middle = (line.top + line.bottom) / 2
        places: list[float] = []
        for place, top, bottom in self.down:
            if top <= middle <= bottom and (not places or place - places[-1] > CLOSE):
                places.append(place)
        inside = (
            len(places) >= 3 and places[0] <= line.words[0].start and line.end <= places[-1] + CLOSE
        )
        return places[1:-1] if inside else []

    def band(self, line: Line) -> int:
        """How many lines are drawn above this line."""
        return sum(height <= (line.top + line.bottom) / 2 for height, *__ in self.across)


@dataclass
class _Divided:
    line: Line
    cells: list[Cell]
    band: int
    table: int = 0
    gaps: dict[int, bool] = field(default_factory=dict)

    @property
    def gap(self) -> bool:
        """A paragraph begins in every cell that holds something."""
        return all(self.gaps.values())


@dataclass
class Sheet:
    """A page: its lines, what is drawn on it, and where columns start without a drawn line."""

    lines: Sequence[Line]
    rules: Rules
    starts: Sequence[float] = ()


def find_columns(sheets: Sequence[Sheet]) -> None:
    """Find where columns start; a page with one row of a table knows it from the other pages."""
    free = [[line for line in each.lines if not each.rules.columns(line)] for each in sheets]
    own = [columns.edges(lines, CLOSE) or _beside_a_label(lines) for lines in free]
    known = sorted({edge for edges in own for edge in edges})
    for sheet, lines, edges in zip(sheets, free, own, strict=True):
        sheet.starts = columns.edges_seen_before(lines, edges, known, CLOSE)


def _beside_a_label(lines: Sequence[Line]) -> list[float]:
    """Where the second column starts of a single row, known by the label in it."""
    for line in lines:
        first, *rest = columns.stretches(line)
        if len(rest) == 1 and any(
            (label := labels.whole(each)) and label.sure for each in (first, rest[0])
        ):
            return [line.words[len(first.split())].start]
    return []


def rows_of_page(sheet: Sheet, first_table: int) -> list[Row]:
    """The rows of one page; ``first_table`` keeps the numbers of tables apart from other pages'."""
    rules, starts = sheet.rules, sheet.starts
    divided: list[_Divided] = []
    table = first_table
    for line in sheet.lines:
        cells = _cells(line, rules.columns(line), starts, divided)
        table += not (divided and divided[-1].table and len(divided[-1].cells) == len(cells))
        number = table + 1 if len(cells) > 1 else 0
        divided.append(_Divided(line, cells, rules.band(line), number))
    _mark_gaps(divided)
    grouped = groupby(divided, key=lambda each: (each.table, each.band if each.table else id(each)))
    rows = [row for __, group in grouped for row in _rows(list(group), bool(rules.across))]
    return _with_whole_headings(rows)


def _cells(
    line: Line, drawn: Sequence[float], starts: Sequence[float], above: Sequence[_Divided]
) -> list[Cell]:
    if drawn:
        return columns.divide(line, drawn, CLOSE, drawn=True)
    if not starts:
        return columns.divide(line, (), CLOSE)
    cells = columns.divide(line, starts, CLOSE)
    beside = above and above[-1].table and not line.gap
    if len(cells) > 1 and not any(cell.text for cell in cells[1:]) and not beside:
        return columns.divide(line, (), CLOSE)
    return cells


def _mark_gaps(divided: Sequence[_Divided]) -> None:
    """A paragraph begins after white space, at a bullet, or where the last line ended early."""
    margins: dict[tuple[int, int], float] = {}
    for each in divided:
        for column, cell in enumerate(each.cells):
            place = (len(each.cells), column)
            margins[place] = max(margins.get(place, 0), cell.end)
    last: dict[tuple[int, int], Cell] = {}
    for each in divided:
        if each.table:
            last.pop((0, 0), None)
        for column, cell in enumerate(each.cells):
            before = last.get((each.table, column))
            if before and cell.text:
                room = margins[(len(each.cells), column)] - before.end
                fits = room > cell.first_word + each.line.narrow and not before.text.endswith("-")
                each.gaps[column] = each.line.gap or fits or bool(_BULLET.match(cell.text))
            if cell.text:
                last[(each.table, column)] = cell


def _rows(group: list[_Divided], has_rules: bool) -> list[Row]:
    """One row for lines between the same two drawn lines, else a row for every line."""
    if len(group) > 1 and has_rules and _is_one(group):
        first = group[0]
        texts = [""] * len(first.cells)
        for each in group:
            for column, cell in enumerate(each.cells):
                if cell.text:
                    between = (
                        ("\n" if each.gaps.get(column, True) else BREAK) if texts[column] else ""
                    )
                    texts[column] += between + cell.text
        return [Row(tuple(texts), first.line.where, 0, first.gap, True, first.table)]
    return [_row(each) for each in group]


def _is_one(group: Sequence[_Divided]) -> bool:
    """Between two lines far apart there can still be a whole table; then it has several labels."""
    for column in (0, -1):
        found = (labels.whole(each.cells[column].text) for each in group)
        if len({label.key for label in found if label}) > 1:
            return False
    return True


def _row(each: _Divided) -> Row:
    cells = tuple(cell.text for cell in each.cells)
    bullet = bool(_BULLET.match(next((text for text in reversed(cells) if text), "")))
    weight = 0 if each.table else each.line.weight
    return Row(cells, each.line.where, weight, each.gap, each.line.gap, each.table, bullet)


def _with_whole_headings(rows: Sequence[Row]) -> list[Row]:
    """A heading on two lines is one heading."""
    whole: list[Row] = []
    for row in rows:
        last = whole[-1] if whole else None
        if last and row.weight >= 2 and row.weight == last.weight and not row.apart:
            whole[-1] = replace(last, cells=(f"{last.text}{BREAK}{row.text}",))
        else:
            whole.append(row)
    return whole
