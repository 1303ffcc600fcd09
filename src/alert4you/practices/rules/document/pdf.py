"""PDF: words with their places, put together to lines, columns and cells, page by page."""

import ctypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice, pairwise
from statistics import median
from threading import Lock
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]
from django.utils.translation import gettext as _

from alert4you.practices.rules.document import furniture
from alert4you.practices.rules.document.columns import Line, Word
from alert4you.practices.rules.document.grid import (
    MOST_DRAWN,
    Rules,
    Sheet,
    find_columns,
    rows_of_page,
)
from alert4you.practices.rules.document.rows import Aside, Row, Source, Unusable, Where, goes_on

MOST_PAGES = 1_000
MOST_SIGNS = 100_000  # on one page
HEADING = 1.12  # times the size of the text
_PDFIUM = Lock()  # the library may be used by one thread at a time
_WORD = re.compile(r"[^\s\ufffe\x02]+[\ufffe\x02]?")


@dataclass
class _Page:
    number: int
    lines: list[Line] = field(default_factory=list)
    rules: Rules = field(default_factory=Rules)
    picture: bool = False


def read_pdf(data: bytes) -> Source:
    """Rows of a PDF. Unusable when it is damaged, locked, or holds pictures of pages only."""
    with _PDFIUM:
        pages = _read(data)
    if not any(page.lines for page in pages):
        raise Unusable(
            _(
                "This PDF holds only pictures of pages, no text. Scan it with text recognition first."
            )
        )
    _weigh(pages)
    kept, asides = furniture.without_furniture([page.lines for page in pages])
    asides += [Aside("picture", "", Where(page.number, 1)) for page in pages if page.picture]
    source = Source(asides=asides)
    sheets = [Sheet(lines, page.rules) for page, lines in zip(pages, kept, strict=True)]
    find_columns(sheets)
    for sheet in sheets:
        _append(source.rows, rows_of_page(sheet, first_table=len(source.rows)))
    return source


def _read(data: bytes) -> list[_Page]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise Unusable(
                _("This PDF is locked with a password. Save a copy without a password.")
            ) from error
        raise Unusable(_("This PDF is damaged. Make it again from the original.")) from error
    try:
        if len(document) > MOST_PAGES:
            most = _("This PDF has more than {count} pages. Split it up.")
            raise Unusable(most.format(count=MOST_PAGES))
        return [_page(document, number) for number in range(len(document))]
    except pypdfium2.PdfiumError as error:
        raise Unusable(_("This PDF is damaged. Make it again from the original.")) from error
    finally:
        document.close()


def _page(document: Any, number: int) -> _Page:
    page = document[number]
    text = page.get_textpage()
    try:
        if text.count_chars() > MOST_SIGNS:
            raise Unusable(_("A page of this PDF holds more text than a page can. Split it up."))
        read = _Page(number + 1, _lines(text, number + 1, page.get_height()))
        kinds = [pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE]
        for each in islice(page.get_objects(filter=kinds, max_depth=2), MOST_DRAWN):
            if each.type == pdfium.FPDF_PAGEOBJ_IMAGE:
                read.picture = True
            else:
                read.rules.add(each.get_bounds(), *page.get_size())
        read.rules.settle()
        return read
    finally:
        text.close()
        page.close()


@dataclass
class _Placed(Word):
    top: float = 0
    bottom: float = 0
    index: int = 0

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def _lines(text: Any, page: int, height: float) -> list[Line]:
    """The words of a page by line, from the top; a line knows whether it is bold."""
    words = sorted(_words(text, height), key=lambda word: (word.middle, word.start))
    found: list[list[_Placed]] = []
    for word in words:
        same = found and abs(word.middle - found[-1][0].middle) < _height(found[-1][0]) * 0.5
        if same:
            found[-1].append(word)
        else:
            found.append([word])
    lines = []
    for number, row in enumerate(found, 1):
        row.sort(key=lambda word: word.start)
        top, bottom = min(word.top for word in row), max(word.bottom for word in row)
        size = median(_height(word) for word in row)
        bold = all(_is_bold(text, word.index) for word in (row[0], row[-1]))
        place = Where(page, number)
        lines.append(Line(list(row), place, top, bottom, size * 0.9, size * 0.4, float(bold)))
    return lines


def _height(word: _Placed) -> float:
    return max(word.bottom - word.top, 1)


def _words(text: Any, height: float) -> Iterator[_Placed]:
    signs = text.get_text_range()
    plain = len(signs) == text.count_chars()
    box = pdfium.FS_RECTF()
    for found in _WORD.finditer(signs):
        first, last = found.start(), found.end() - 1
        while last > first and signs[last] in "\ufffe\x02":
            last -= 1
        if not plain:
            first, last = (
                pdfium.FPDFText_GetCharIndexFromTextIndex(text, at) for at in (first, last)
            )
        pdfium.FPDFText_GetLooseCharBox(text, first, ctypes.byref(box))
        start, top, bottom = box.left, height - box.top, height - box.bottom
        pdfium.FPDFText_GetLooseCharBox(text, last, ctypes.byref(box))
        word = re.sub("[\ufffe\x02]$", "-", found.group())
        yield _Placed(word, start, max(box.right, start), top, bottom, first)


def _is_bold(text: Any, index: int) -> bool:
    name = ctypes.create_string_buffer(200)
    flags = ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(text, index, name, 200, ctypes.byref(flags))
    return bool(re.search(rb"(?i)bold|black|heavy|semibold", name.value))


def _weigh(pages: Sequence[_Page]) -> None:
    """Tell headings by their size against that of most of the text."""
    lines = [line for page in pages for line in page.lines]
    usual = median(line.bottom - line.top for line in lines)
    for line in lines:
        times = (line.bottom - line.top) / usual
        if times >= HEADING:
            line.weight = 2 + round(min(times, 5), 1)
    for page in pages:
        for before, line in pairwise(page.lines):
            line.gap = line.top - before.bottom > 0.5 * (line.bottom - line.top)


def _append(rows: list[Row], page: list[Row]) -> None:
    """The rows of a next page, whose first may be the rest of a sentence."""
    if rows and page and goes_on(rows[-1].text, page[0].text):
        page[0] = replace(page[0], gap=False)
    rows += page
