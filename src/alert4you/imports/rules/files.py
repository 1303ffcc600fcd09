"""The rows of an uploaded file: CSV in any usual encoding, or the first sheet of an XLSX; one by one."""

import csv
import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date, datetime, time
from itertools import islice
from typing import IO, Any
from xml.etree.ElementTree import ParseError
from xml.parsers import expat

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

MOST_BYTES = 20_000_000  # by the web; a request is not larger
MOST_ROWS = 250_000
MOST_COLUMNS = 60
MOST_EMPTY = 10_000  # rows below each other: a cell far away makes a million of them
MOST_WORDS = 1_000  # characters in one cell
MOST_UNPACKED = 200_000_000  # bytes
MOST_PARTS = 500
SAMPLE = 200_000  # bytes looked at to know the encoding
# `RuntimeError`: a password, or a way of packing that nobody knows.
BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError)
BROKEN = (*BROKEN_ZIP, InvalidFileException, ParseError, LookupError, ValueError, TypeError)
TURNING = (
    *range(0x202A, 0x202F),
    *range(0x2066, 0x206A),
)  # they turn the direction of what follows
NOT_TYPED = frozenset(map(chr, (*range(1, 9), *range(14, 26))))  # a picture or a program has these
NOT_KEPT = dict.fromkeys((0, *TURNING))
Line = tuple[int, list[str]]  # the number a spreadsheet shows beside it, and its cells


class Unusable(Exception):
    """A file that is not taken in, with the words for whoever chose it."""

    def __init__(self, words: str | Promise) -> None:
        super().__init__(str(words))


def lines(name: str, file: IO[bytes]) -> Iterator[Line]:
    """The rows that are not empty, the header first; never more in memory than a few.

    Raises Unusable, also half-way: what was read until then is not kept.
    """
    start = file.read(4)
    file.seek(0)
    found = _sheet(file) if start.startswith(b"PK") else _text(name, start, file)
    told = ((number, cells) for number, cells in found if any(cells))
    return _within(told)


def _within(found: Iterable[Line]) -> Iterator[Line]:
    for count, (number, cells) in enumerate(found):
        if count > MOST_ROWS:
            raise Unusable(
                _("More than %(n)s rows in one file. Split it up.") % {"n": _number(MOST_ROWS)}
            )
        if len(cells) > MOST_COLUMNS:
            raise Unusable(
                _("Row %(row)s has more than %(n)s columns.") % {"row": number, "n": MOST_COLUMNS}
            )
        if any(len(cell) > MOST_WORDS for cell in cells):
            raise Unusable(
                _("Row %(row)s holds a cell of more than %(n)s characters.")
                % {"row": number, "n": MOST_WORDS}
            )
        yield number, cells


def _text(name: str, start: bytes, file: IO[bytes]) -> Iterator[Line]:
    if start.startswith((b"\xd0\xcf\x11\xe0", b"%PDF")) or name.lower().endswith(".xls"):
        raise Unusable(_("We read CSV and XLSX. Open it in a spreadsheet, and save it as XLSX."))
    code = encoding(file.read(SAMPLE))
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=code, newline="")
    try:
        beginning = text.read(SAMPLE // 10)
        if not NOT_TYPED.isdisjoint(beginning):
            raise UnicodeError
        marks = separator(beginning)
        text.seek(0)
        for cells in (reader := csv.reader(text, delimiter=marks)):
            yield reader.line_num, [plain(cell) for cell in cells]
    except (csv.Error, UnicodeError):
        raise Unusable(
            _("This is not a table of text. Save it as CSV (UTF-8) or as XLSX, and try again.")
        ) from None
    finally:
        if not file.closed:
            text.detach()  # who opened the file closes it


def encoding(sample: bytes) -> str:
    """How a text was saved: by its mark, else UTF-8 when it can be that, else as Windows does."""
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf_16"
    try:
        sample.decode("utf_8")
    except UnicodeDecodeError as wrong:
        cut_in_two = wrong.end == len(sample) and "end of data" in wrong.reason
        return "utf_8_sig" if cut_in_two else "cp1252"
    return "utf_8_sig"


def separator(start: str) -> str:
    """What stands between cells: that of ``; , tab |`` which the first row has most of, under a title."""
    rows = [each for each in start.splitlines() if each.strip()] or [""]
    signs = [max(";,\t|", key=row.count) for row in rows]
    several = (sign for row, sign in zip(rows, signs, strict=True) if row.count(sign) > 1)
    return next(several, signs[0])


def plain(cell: str) -> str:
    """A cell without what a spreadsheet put around it; the mark that stops formulas included.

    And without signs that show what follows the other way round: a name is read as it is written.
    """
    told = " ".join(cell.translate(NOT_KEPT).split())
    return told[1:] if told[:1] == "'" and told[1:2] in set("=+-@") else told


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; ``plain`` takes the mark away again."""
    return f"'{cell}" if cell[:1] in set("=+-@") else cell


def is_formula(cell: str) -> bool:
    """Words that a spreadsheet would carry out."""
    return cell[:1] in ("=", "@")


# Spreadsheets -----------------------------------------------------------------------------------


def _sheet(file: IO[bytes]) -> Iterator[Line]:
    try:
        _no_bomb(file)
        book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        rows = book.worksheets[0].iter_rows(max_col=MOST_COLUMNS + 1, values_only=True)
        last = 0
        for number, cells in enumerate(islice(rows, 4 * MOST_ROWS), start=1):
            if any(cell is not None for cell in cells):
                last = number
            elif number - last > MOST_EMPTY:
                raise Unusable(
                    _(
                        "Below row %(row)s stand more than %(n)s empty rows. Delete them, and save again."
                    )
                    % {"row": last, "n": _number(MOST_EMPTY)}
                )
            yield number, _trimmed([_words(cell) for cell in cells])
    except BROKEN:
        raise Unusable(
            _("We cannot open this spreadsheet. Save it again as XLSX, without a password.")
        ) from None


def _number(number: int) -> str:
    """As it is written where it is read: "250.000" in Dutch."""
    return number_format(number, force_grouping=True)


def _no_bomb(file: IO[bytes]) -> None:
    """Not more than it seems, and no definitions that grow while they are read."""
    with zipfile.ZipFile(file) as parts:
        known = parts.infolist()
        if len(known) > MOST_PARTS or sum(each.file_size for each in known) > MOST_UNPACKED:
            raise Unusable(_("This spreadsheet is too large inside. Save the sheet itself as CSV."))
        for each in known:
            with parts.open(each) as part:
                _no_definitions(part)
    file.seek(0)


class _Begun(Exception):
    """The first element."""


def _no_definitions(part: IO[bytes]) -> None:
    """Asked of the parser that reads it later: bytes can be written so that we do not know them."""

    def refuse(*_told: object) -> None:
        raise ValueError

    def begun(*_told: object) -> None:
        raise _Begun

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler, parser.StartElementHandler = refuse, begun
    with suppress(_Begun, expat.ExpatError):
        parser.ParseFile(part)


def _trimmed(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _words(value: Any) -> str:
    """A cell as a person would have typed it; a day as 2026-11-27."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.date() if value.time() == time() else value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return plain(str(value))
