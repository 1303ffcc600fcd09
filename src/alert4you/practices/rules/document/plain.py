"""Text laid out as headed tables: pipes, tabs, columns of spaces, headings, "Label: answer"."""

import re
from dataclasses import replace

from django.utils.translation import gettext as _

from alert4you.practices.rules.document import columns, headers_and_footers, labels
from alert4you.practices.rules.document.columns import Line, Word
from alert4you.practices.rules.document.rows import Row, Source, Unusable, Where, goes_on

_RULE = re.compile(r"^\s*[-=_*~#+|: ]{3,}\s*$")
_HEADING = re.compile(r"^\s{0,3}(#{1,6})\s+(\S.*)$")
_BOLD = re.compile(r"^\s*(?:[-*]\s+)?(\*\*|__)(?=\S)([^*_]+?)\1\s*(:?)\s*$")
_MARKS = re.compile(r"(\*\*|__)(?=\S)([^*_]+?)(?<=\S)\1")
_BULLET = re.compile(r"^\s*(?:[-•*▪●◦‣·–+]|\d{1,2}[.)])\s+\S")
_PIPE = re.compile(r"(?<!\\)\|")
MOST_LINES = 100_000
UNDERLINED = {"=": 7, "-": 6}


def read_text(data: bytes) -> Source:
    """Rows of a text file in UTF-8, UTF-16 or the old Windows encoding."""
    text = _decoded(data)
    if text.count("\n") + text.count("\f") > MOST_LINES:
        raise Unusable(_("This document holds more text than we can read at once. Split it up."))
    pages, asides = headers_and_footers.take_off(_pages(text))
    lines = [line for page in pages for line in page]
    spaced = [line for line in lines if "\t" not in line.raw and not _is_piped(line.raw)]
    layout = _Layout(columns.edges(spaced, 0), max((line.end for line in lines), default=0))
    for page in pages:
        for place, line in enumerate(page):
            layout.add(line, page_top=place == 0)
    return Source(layout.rows, asides)


def _decoded(data: bytes) -> str:
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ["utf-16"] if wide else ["utf-8-sig", "cp1252"]:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text.replace("\r\n", "\n").replace("\r", "\n")
    raise Unusable(_("This is not a text we can read. Save it as Word (.docx), PDF or plain text."))


def _pages(text: str) -> list[list[Line]]:
    """Lines that hold something, by page: after a form feed or a line with a page number."""
    pages: list[list[Line]] = [[]]
    gap = True
    for number, raw in enumerate(text.split("\n"), 1):
        for part, after_feed in _fed(raw):
            if after_feed:
                pages.append([])
            if not part.strip():
                gap = True
                continue
            found = re.finditer(r"\S+", part)
            words = [Word(each.group(), each.start(), each.end()) for each in found]
            pages[-1].append(Line(words, Where(len(pages), number), gap=gap, raw=part))
            gap = False
            if headers_and_footers.is_page_number(part):
                pages.append([])
    full = [page for page in pages if page]
    if len(full) == 1:
        for line in full[0]:
            line.where = Where(0, line.where.line)
    return full


def _fed(raw: str) -> list[tuple[str, bool]]:
    """A line, divided where a new page begins."""
    return [(part, place > 0) for place, part in enumerate(raw.split("\f"))]


def _is_piped(raw: str) -> bool:
    return bool(_PIPE.search(raw))


class _Layout:
    """Turns lines into rows; knows the line before, because a sentence may go on."""

    def __init__(self, starts: list[float], width: float) -> None:
        self.rows: list[Row] = []
        self._starts, self._width = starts, width
        self._before: Line | None = None
        self._kind = ""
        self._table = 0

    def add(self, line: Line, *, page_top: bool) -> None:
        """A line below the last one."""
        if _RULE.match(line.raw):
            self._underline(line)
            return
        row = self._row(line)
        gap = line.gap or row.bullet or self._kind in {"pipes", "tabs"} or self._ended_early(line)
        wrapped = self._kind == "pipes" and not row.cells[0]
        if (page_top or wrapped) and self.rows and goes_on(self.rows[-1].text, row.text):
            gap = False
        self.rows.append(replace(row, gap=gap, apart=line.gap))
        self._before = line

    def _underline(self, line: Line) -> None:
        """A line of signs below a short line makes that a heading; alone it says nothing."""
        signs = line.raw.strip()
        last = self.rows[-1] if self.rows else None
        if last is None or line.gap or len(last.cells) > 1 or len(last.text) > labels.LONGEST:
            return
        if len(set(signs)) == 1 and signs[0] in UNDERLINED:
            self.rows[-1] = replace(last, weight=UNDERLINED[signs[0]])

    def _ended_early(self, line: Line) -> bool:
        """Whether the first word of this line would still have fitted on the line before."""
        if self._before is None:
            return True
        return self._before.end + 1 + len(line.words[0].text) <= self._width

    def _row(self, line: Line) -> Row:
        raw = line.raw
        if heading := _HEADING.match(raw):
            return Row(
                (_unmarked(heading[2].rstrip("# ")),), line.where, weight=8 - len(heading[1])
            )
        if bold := _BOLD.match(raw):
            return Row((bold[2].strip() + bold[3],), line.where, weight=1)
        cells, kind = self._cells(line)
        cells = tuple(_unmarked(cell).strip() for cell in cells)
        if len(cells) == 1:
            self._kind = ""
            return Row(cells, line.where, bullet=bool(_BULLET.match(raw)))
        if kind != self._kind or (kind == "pipes" and line.gap):
            self._table += 1
        self._kind = kind
        bulleted = cells[0] == "" and bool(_BULLET.match(raw))
        return Row(cells, line.where, table=self._table, bullet=bulleted)

    def _cells(self, line: Line) -> tuple[tuple[str, ...], str]:
        raw = line.raw
        if _is_piped(raw):
            inner = raw.strip().removeprefix("|").removesuffix("|")
            cells = tuple(each.replace("\\|", "|") for each in _PIPE.split(inner))
            return (cells, "pipes") if len(cells) > 1 else ((inner,), "")
        if "\t" in raw.rstrip():
            return tuple(re.split(r"\t+", raw.rstrip())), "tabs"
        if self._starts:
            divided = tuple(each.text for each in columns.divide(line, self._starts, 0))
            stands_alone = not any(divided[1:]) and (line.gap or self._kind != "spaces")
            if len(divided) > 1 and not stands_alone:
                return divided, "spaces"
        first, *rest = columns.stretches(line)
        if len(rest) == 1 and any(_is_surely_label(each) for each in (first, rest[0])):
            return (first, rest[0]), "spaces"
        return (raw.strip(),), ""


def _is_surely_label(text: str) -> bool:
    label = labels.whole(text)
    return label is not None and label.sure


def _unmarked(text: str) -> str:
    """Without the signs that make words bold."""
    return _MARKS.sub(r"\2", text).replace("<br>", "\n").replace("<br/>", "\n")
