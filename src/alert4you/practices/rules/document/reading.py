"""Reading a document, whatever kind it is."""

from django.utils.translation import gettext as _

from alert4you.practices.rules.document.found import Recognised
from alert4you.practices.rules.document.pdf import read_pdf
from alert4you.practices.rules.document.plain import read_text
from alert4you.practices.rules.document.recognition import recognise
from alert4you.practices.rules.document.rows import Source, Unusable
from alert4you.practices.rules.document.word import read_word

MOST_BYTES = 20_000_000
MOST_TEXT = 5_000_000  # bytes: some thousand pages
_ZIP, _PDF, _OLD_WORD = b"PK\x03\x04", b"%PDF-", b"\xd0\xcf\x11\xe0"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_TEXTS = (".txt", ".md", ".markdown", ".text", ".tsv")


def read_document(name: str, data: bytes) -> Recognised:
    """The practice cards in a Word file, PDF or text; the kind is told by the content.

    Unusable, with what is wrong and what one can do, when there is nothing to recognise.
    """
    found = recognise(_source(name, data))
    if not found.cards:
        raise Unusable(
            _(
                "We found none of the ten elements (such as target group or funding) in this "
                "document. Put each element's name above or beside its text."
            )
        )
    return found


def _source(name: str, data: bytes) -> Source:
    if len(data) > MOST_BYTES:
        most = _("This file is larger than {count} MB. Split it up, or leave out the pictures.")
        raise Unusable(most.format(count=MOST_BYTES // 1_000_000))
    if not data.strip():
        raise Unusable(_("This file is empty."))
    if data.startswith(_ZIP):
        return read_word(data)
    if _PDF in data[:1024]:
        return read_pdf(data)
    if data.startswith(_OLD_WORD):
        raise Unusable(_of_old_word(data))
    if not name.lower().endswith(_TEXTS):
        raise Unusable(_unknown(name))
    if len(data) > MOST_TEXT:
        raise Unusable(_("This document holds more text than we can read at once. Split it up."))
    return read_text(data)


def _of_old_word(data: bytes) -> str:
    if _LOCKED in data:
        return _("This Word file is locked with a password. Save a copy without a password.")
    return _("This is a Word file of the old kind (.doc). Save it as .docx.")


def _unknown(name: str) -> str:
    if name.lower().endswith(".docx"):
        return _(
            "This Word file is damaged. Open it in Word, save it again as .docx and try once more."
        )
    if name.lower().endswith(".pdf"):
        return _("This PDF is damaged. Make it again from the original.")
    return _(
        "We can read Word files (.docx), PDF and plain text (.txt or .md). This is none of them."
    )
