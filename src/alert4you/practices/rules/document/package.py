"""The parts of a Word file, opened with care: it is a zip file that somebody sent."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from lxml.etree import XMLSyntaxError  # type: ignore[import-untyped]

from alert4you.practices.rules.document.rows import Unusable

MOST_UNPACKED = 25_000_000  # bytes of all the parts with words together
MOST_ENTRIES = 5_000
_MAIN, _STYLES, _LISTS = "word/document.xml", "word/styles.xml", "word/numbering.xml"
_RELATIONS = "word/_rels/document.xml.rels"
_HEADING = re.compile(r"heading (\d)")
_LEVEL = re.compile(r"[0-8]")
_WORDS = re.compile(r"word/(?:_rels/)?[\w.]+\.(?:xml|rels)")


class Package:
    """A Word file. Unusable when it is broken or a bomb."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError) as broken:
            raise Unusable(_broken()) from broken
        entries = self._zip.infolist()
        self.names = sorted(entry.filename for entry in entries)
        unpacked = sum(each.file_size for each in entries if _WORDS.fullmatch(each.filename))
        if unpacked > MOST_UNPACKED or len(entries) > MOST_ENTRIES:
            raise Unusable(
                _("This file is far larger inside than it looks. We do not open it. Split it up.")
            )
        self._styles = dict(self._read_styles())
        self._bulleted = set(self._read_bulleted())

    def body(self) -> Any:
        """Where the text of the document is."""
        if _MAIN not in self.names:
            raise Unusable(_("This is a zip file, but not a Word file. Save it as Word (.docx)."))
        body = self.xml(_MAIN).find(qn("w:body"))
        if body is None:
            raise Unusable(_broken())
        return body

    def xml(self, name: str) -> Any:
        """One part. Entities and a document type never occur in Word files, so they are refused."""
        try:
            with self._zip.open(name) as part:
                text = part.read(MOST_UNPACKED + 1)
            # `RuntimeError`: a zip with a password.
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError) as broken:
            raise Unusable(_broken()) from broken
        if len(text) > MOST_UNPACKED:
            raise Unusable(_broken())
        try:
            root = parse_xml(text)
        except (XMLSyntaxError, ValueError) as broken:
            raise Unusable(_broken()) from broken
        if root.getroottree().docinfo.internalDTD is not None:
            raise Unusable(_broken())
        return root

    def links(self) -> Iterator[str]:
        """The addresses of links."""
        if _RELATIONS in self.names:
            for relation in self.xml(_RELATIONS):
                if relation.get("Type", "").endswith("/hyperlink"):
                    yield relation.get("Target", "")

    def look(self, paragraph: Any) -> tuple[float, bool, bool]:
        """Weight as a heading (0 for none), whether its style is bold, whether it has a bullet."""
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        weight, bold, lists = self._styles.get(_value(style), (0.0, False, ""))
        numbering = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
        return weight, bold, (_value(numbering) or lists) in self._bulleted

    def _read_styles(self) -> Iterator[tuple[str, tuple[float, bool, str]]]:
        """The weight, boldness and list of each style; a style takes over what it is based on."""
        if _STYLES not in self.names:
            return
        styles = {each.get(qn("w:styleId")): each for each in self.xml(_STYLES).iter(qn("w:style"))}
        for name, style in styles.items():
            weight, bold, lists = 0.0, False, ""
            for _generation in range(10):
                weight = weight or _weight(style)
                bold = bold or style.find(f"{qn('w:rPr')}/{qn('w:b')}") is not None
                lists = lists or _value(
                    style.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
                )
                style = styles.get(_value(style.find(qn("w:basedOn"))))
                if style is None:
                    break
            yield name, (weight, bold, lists)

    def _read_bulleted(self) -> Iterator[str]:
        """The numbers of the lists that have bullets and no numbers."""
        if _LISTS not in self.names:
            return
        root = self.xml(_LISTS)
        kinds = {
            each.get(qn("w:abstractNumId")): _value(each.find(f"{qn('w:lvl')}/{qn('w:numFmt')}"))
            for each in root.iter(qn("w:abstractNum"))
        }
        for each in root.iter(qn("w:num")):
            if kinds.get(_value(each.find(qn("w:abstractNumId")))) == "bullet":
                yield each.get(qn("w:numId"))


def _value(element: Any) -> str:
    return "" if element is None else element.get(qn("w:val"), "")


def _weight(style: Any) -> float:
    name = _value(style.find(qn("w:name"))).lower()
    if name == "title":
        return 9
    if name == "subtitle":
        return 1
    if heading := _HEADING.fullmatch(name):
        return max(2, 8 - int(heading[1]))
    level = _value(style.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}"))
    return max(2, 7 - int(level)) if _LEVEL.fullmatch(level) else 0


def _broken() -> str:
    return _(
        "This Word file is damaged. Open it in Word, save it again as .docx and try once more."
    )
