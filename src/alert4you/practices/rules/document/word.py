"""Word files (.docx): paragraphs and tables in their order, and what stands beside the text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from docx.oxml.ns import qn

from alert4you.practices.rules.document import labels
from alert4you.practices.rules.document.package import Package
from alert4you.practices.rules.document.rows import Aside, Row, Source, Unusable, Where

BESIDE = {
    "header": re.compile(r"word/header\d*\.xml"),
    "footer": re.compile(r"word/footer\d*\.xml"),
    "note": re.compile(r"word/(?:foot|end)notes\.xml"),
    "comment": re.compile(r"word/comments\.xml"),
}
_P, _TABLE, _ROW, _CELL = (qn(f"w:{name}") for name in ("p", "tbl", "tr", "tc"))
_RUN, _TEXT, _BOX = qn("w:r"), qn("w:t"), qn("w:txbxContent")
_GONE = {qn("w:del"), qn("w:moveFrom")}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SIGNS = {
    **{qn(f"w:{name}"): "\t" for name in ("tab", "ptab")},
    **{qn(f"w:{name}"): "\n" for name in ("br", "cr")},
    qn("w:noBreakHyphen"): "-",
    qn("w:softHyphen"): "\u00ad",
}
_PICTURES = {qn("a:blip"), "{urn:schemas-microsoft-com:vml}imagedata"}
_NO = {"0", "false", "off", "none"}


def read_word(data: bytes) -> Source:
    """Rows of a Word file. Unusable when it is broken, or larger inside than we dare to open."""
    package = Package(data)
    walk = _Walk(package)
    try:
        walk.blocks(package.body())
    except RecursionError as deep:
        raise Unusable(
            _("The tables in this Word file stand too deep inside each other. Make it simpler.")
        ) from deep
    walk.source.links += [(address, Where(0, 1)) for address in package.links()]
    for kind, names in BESIDE.items():
        for name in filter(names.fullmatch, package.names):
            for paragraph in package.xml(name).iter(_P):
                if text := "".join(text for text, __ in _pieces(paragraph, [])).strip():
                    walk.source.asides.append(Aside(kind, text, Where(0, 1)))
    return walk.source


@dataclass
class _Stretch:
    """One line of a paragraph: its words, and those in bold at its beginning."""

    text: str = ""
    lead: str = ""
    bold: bool = True

    def add(self, text: str, bold: bool) -> None:
        if text.strip():
            self.bold = self.bold and bold
        self.text += text
        if self.bold:
            self.lead = self.text


@dataclass
class _Walk:
    """Goes down the text and writes rows; counts paragraphs."""

    package: Package
    source: Source = field(default_factory=Source)
    paragraphs: int = 0
    tables: int = 0
    in_tabs: bool = False

    def blocks(self, parent: Any) -> None:
        """Everything inside a body, a cell, a text box or a control."""
        for child in parent:
            if child.tag == _P:
                self.paragraph(child)
            elif child.tag == _TABLE:
                self.table(child)
            elif child.tag in _GONE:
                self._deleted(child)
            elif child.tag not in {_FALLBACK, qn("w:tcPr")}:
                self.blocks(child)

    def paragraph(self, paragraph: Any) -> None:
        self.paragraphs += 1
        boxes: list[Any] = []
        weight, bold, bullet = self.package.look(paragraph)
        for stretch in self._stretches(paragraph, boxes, bold):
            self._line(stretch, weight, bullet)
        for box in boxes:
            self.blocks(box)

    def _stretches(self, paragraph: Any, boxes: list[Any], bold: bool) -> list[_Stretch]:
        stretches = [_Stretch()]
        for text, run in _pieces(paragraph, boxes):
            heavy = _is_bold(run, bold)
            first, *more = text.split("\n")
            stretches[-1].add(first, heavy)
            for line in more:
                stretches.append(_Stretch())
                stretches[-1].add(line, heavy)
        self._beside(paragraph)
        return [stretch for stretch in stretches if stretch.text.strip()]

    def _line(self, stretch: _Stretch, weight: float, bullet: bool) -> None:
        text = stretch.text.strip()
        where = Where(0, self.paragraphs)
        cells = tuple(cell.strip() for cell in re.split(r"\t+", stretch.text.rstrip()))
        lead = stretch.lead.strip()
        if len(cells) == 1 and lead != text and not bullet and labels.whole(lead):
            cells = (lead, text.removeprefix(lead).strip(" :"))
        if len(cells) == 1 or weight >= 2:
            text = re.sub(r"\s*\t+\s*", " ", text)
            heavy = weight or (1 if stretch.bold else 0)
            self.in_tabs = False
            self.source.rows.append(
                Row((f"- {text}" if bullet else text,), where, heavy, bullet=bullet)
            )
            return
        self.tables += not self.in_tabs
        self.in_tabs = True
        self.source.rows.append(Row(cells, where, table=self.tables))

    def table(self, table: Any) -> None:
        """The rows of a table; a row of one cell is read as if it stood in the text."""
        self.in_tabs = False
        self.tables += 1
        number = self.tables
        for row in _inside(table, _ROW):
            cells = list(_inside(row, _CELL))
            if row.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None:
                self._deleted(row)
            elif len(cells) == 1 or any(_holds_labels(cell) for cell in cells):
                for cell in cells:
                    self.blocks(cell)
            else:
                self.paragraphs += 1
                where = Where(0, self.paragraphs)
                texts = tuple(self._cell(cell) for cell in cells)
                if any(texts):
                    self.source.rows.append(Row(texts, where, table=number))
        self.in_tabs = False

    def _cell(self, cell: Any) -> str:
        """The words of a cell, each paragraph on its own line."""
        inside = _Walk(self.package, paragraphs=self.paragraphs)
        inside.blocks(cell)
        self.source.asides += inside.source.asides
        self.source.links += inside.source.links
        return "\n".join(row.text for row in inside.source.rows)

    def _beside(self, paragraph: Any) -> None:
        where = Where(0, self.paragraphs)
        for part in paragraph.iter():
            if part.tag in _GONE:
                self._deleted(part)
            elif part.tag in _PICTURES:
                self.source.asides.append(Aside("picture", "", where))
            elif part.tag == qn("w:instrText") and "HYPERLINK" in (part.text or ""):
                self.source.links.append((part.text.partition('"')[2], where))

    def _deleted(self, part: Any) -> None:
        texts = part.iter(qn("w:delText"), _TEXT)
        if text := "".join(each.text or "" for each in texts).strip():
            self.source.asides.append(Aside("deleted", text, Where(0, self.paragraphs)))


def _pieces(part: Any, boxes: list[Any]) -> Iterator[tuple[str, Any]]:
    """The words of a paragraph with the run they are in; text boxes are put aside."""
    for child in part:
        if child.tag == _BOX:
            boxes.append(child)
        elif child.tag == _TEXT:
            yield child.text or "", part
        elif child.tag in _SIGNS and part.tag == _RUN:
            yield _SIGNS[child.tag], part
        elif child.tag not in _GONE and child.tag not in {_FALLBACK, qn("w:pPr"), qn("w:rPr")}:
            yield from _pieces(child, boxes)


def _is_bold(run: Any, otherwise: bool) -> bool:
    mark = run.find(f"{qn('w:rPr')}/{qn('w:b')}")
    return otherwise if mark is None else mark.get(qn("w:val"), "1") not in _NO


def _inside(parent: Any, tag: str) -> Iterator[Any]:
    """The rows of a table or cells of a row, also inside controls, but not of tables in it."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag not in {_TABLE, _P, _ROW, _CELL}:
            yield from _inside(child, tag)


def _holds_labels(cell: Any) -> bool:
    """Whether a table inside this cell has labels of its own, so that its rows count and not its text."""
    firsts = [
        "".join(each.text or "" for each in next(_inside(row, _CELL)).iter(_TEXT))
        for table in cell.iter(_TABLE)
        for row in _inside(table, _ROW)
        if next(_inside(row, _CELL), None) is not None
    ]
    return sum(labels.whole(first) is not None for first in firsts) >= 2
