"""The pages of a PDF, read in a process of its own: what somebody made to break the reader breaks only that.

A few kilobytes can unpack to gigabytes, and the library is not written in Python. So it gets little
memory and time, none of our secrets, and tells what it found as plain lines of JSON.
"""

import ctypes
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from statistics import median
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from alert4you.practices.rules.document.columns import Line, Word
from alert4you.practices.rules.document.grid import MOST_DRAWN, Rules
from alert4you.practices.rules.document.rows import Where

MOST_PAGES = 1_000
MOST_SIGNS = 100_000  # on one page
MOST_TEXT = 3_000_000  # signs in all pages together
MEMORY = 200_000_000  # bytes
SECONDS = 20  # of the processor
_WORD = re.compile(r"[^\s\ufffe\x02]+[\ufffe\x02]?")


class Fault(Exception):
    """What is the matter, in one word: `locked`, `damaged`, `pages`, `signs` or `text`."""


@dataclass
class Page:
    number: int
    lines: list[Line] = field(default_factory=list)
    rules: Rules = field(default_factory=Rules)
    picture: bool = False

    def told(self) -> dict[str, Any]:
        """This page as JSON can hold it."""
        lines = [
            [
                [[word.text, word.start, word.end] for word in line.words],
                [line.where.page, line.where.line],
                [line.top, line.bottom, line.wide, line.narrow, line.weight],
            ]
            for line in self.lines
        ]
        return {
            "number": self.number,
            "lines": lines,
            "across": self.rules.across,
            "down": self.rules.down,
            "picture": self.picture,
        }

    @classmethod
    def heard(cls, told: dict[str, Any]) -> "Page":
        """The same page again."""
        lines = [
            Line([Word(*word) for word in words], Where(*where), *numbers)
            for words, where, numbers in told["lines"]
        ]
        across, down = ([tuple(each) for each in told[way]] for way in ("across", "down"))
        return cls(told["number"], lines, Rules(across, down), told["picture"])


def read_pages(data: bytes) -> Iterator[Page]:
    """One page after the other. Fault when there is something the matter."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise Fault("locked" if "password" in str(error).lower() else "damaged") from error
    if len(document) > MOST_PAGES:
        raise Fault("pages")
    signs = 0
    for number in range(len(document)):
        try:
            page = _page(document, number)
        except pypdfium2.PdfiumError as error:
            raise Fault("damaged") from error
        signs += sum(len(line.text) for line in page.lines)
        if signs > MOST_TEXT:
            raise Fault("text")
        yield page


def _page(document: Any, number: int) -> Page:
    page = document[number]
    text = page.get_textpage()
    try:
        if text.count_chars() > MOST_SIGNS:
            raise Fault("signs")
        read = Page(number + 1, _lines(text, number + 1, page.get_height()))
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


def _limit() -> None:
    """Little memory and time; where the platform cannot (Windows), only the time of who waits."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """A PDF comes in; a line of JSON goes out for each page, or one with the fault."""
    data = sys.stdin.buffer.read()
    _limit()
    try:
        for page in read_pages(data):
            print(json.dumps(page.told()))
    except Fault as fault:
        print(json.dumps({"fault": str(fault)}))


if __name__ == "__main__":
    main()
