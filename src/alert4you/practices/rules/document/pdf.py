"""PDF: words with their places, put together to lines, columns and cells, page by page."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median
from threading import Lock

from django.utils.translation import gettext as _

from alert4you.practices.rules.document import headers_and_footers, pages
from alert4you.practices.rules.document.grid import Sheet, find_columns, rows_of_page
from alert4you.practices.rules.document.pages import Page
from alert4you.practices.rules.document.rows import Aside, Row, Source, Unusable, Where, goes_on

HEADING = 1.12  # times the size of the text
LONGEST = 60  # seconds one waits for the reader
_ONE_BY_ONE = Lock()  # so that many documents at once cost no more memory than one
_SECRET = ("ALERT4YOU_", "DATABASE_URL")


def read_pdf(data: bytes) -> Source:
    """Rows of a PDF. Unusable when it is damaged, locked, or holds pictures of pages only."""
    with _ONE_BY_ONE:
        found = _read(data)
    if not any(page.lines for page in found):
        raise Unusable(
            _(
                "This PDF holds only pictures of pages, no text. Scan it with text recognition first."
            )
        )
    _weigh(found)
    kept, asides = headers_and_footers.take_off([page.lines for page in found])
    asides += [Aside("picture", "", Where(page.number, 1)) for page in found if page.picture]
    source = Source(asides=asides)
    sheets = [Sheet(lines, page.rules) for page, lines in zip(found, kept, strict=True)]
    find_columns(sheets)
    for sheet in sheets:
        _append(source.rows, rows_of_page(sheet, first_table=len(source.rows)))
    return source


def _read(data: bytes) -> list[Page]:
    """The pages, from a process of its own (see `pages`)."""
    there = {name: told for name, told in os.environ.items() if not name.startswith(_SECRET)}
    try:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-m", pages.__name__],
            input=data,
            capture_output=True,
            timeout=LONGEST,
            env=there,
        )
    except subprocess.TimeoutExpired as waiting:
        raise Unusable(_far_larger()) from waiting
    if done.returncode != 0:
        raise Unusable(_far_larger())
    told = [json.loads(line) for line in done.stdout.splitlines()]
    if told and "fault" in told[-1]:
        raise Unusable(_words_for(told[-1]["fault"]))
    return [Page.heard(each) for each in told]


def _far_larger() -> str:
    return _("This file is far larger inside than it looks. We do not open it. Split it up.")


def _words_for(fault: str) -> str:
    most = _("This PDF has more than {count} pages. Split it up.")
    return {
        "locked": _("This PDF is locked with a password. Save a copy without a password."),
        "pages": most.format(count=pages.MOST_PAGES),
        "signs": _("A page of this PDF holds more text than a page can. Split it up."),
        "text": _("This document holds more text than we can read at once. Split it up."),
    }.get(fault, _("This PDF is damaged. Make it again from the original."))


def _weigh(found: Sequence[Page]) -> None:
    """Tell headings by their size against that of most of the text."""
    lines = [line for page in found for line in page.lines]
    usual = median(line.bottom - line.top for line in lines)
    for line in lines:
        times = (line.bottom - line.top) / usual
        if times >= HEADING:
            line.weight = 2 + round(min(times, 5), 1)
    for page in found:
        for before, line in pairwise(page.lines):
            line.gap = line.top - before.bottom > 0.5 * (line.bottom - line.top)


def _append(rows: list[Row], page: list[Row]) -> None:
    """The rows of a next page, whose first may be the rest of a sentence."""
    if rows and page and goes_on(rows[-1].text, page[0].text):
        page[0] = replace(page[0], gap=False)
    rows += page
