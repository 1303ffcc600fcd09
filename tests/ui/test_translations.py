"""Every sentence of the look exists in Dutch."""

import re
from io import BytesIO
from pathlib import Path

from babel.messages.extract import extract_python
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

from alert4you import ui

HERE = Path(ui.__file__).parent
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
}


def sentences() -> set[str]:
    sources = {path: path.read_text() for path in HERE.rglob("*.py")}
    sources |= {path: templatize(path.read_text()) for path in HERE.rglob("*.html")}
    found = set()
    for text in sources.values():
        cleaned = re.sub(r"^#.*coding.*$", "", text, flags=re.MULTILINE)
        for _line, _function, words, _comments in extract_python(
            BytesIO(cleaned.encode()), KEYWORDS, [], {}
        ):
            found.add(words if isinstance(words, str) else words[0])
    return found


def test_dutch_is_complete_and_has_nothing_left_over():
    with (HERE / "locale/nl/LC_MESSAGES/django.po").open("rb") as file:
        catalog = read_po(file)
    dutch = {
        message.id if isinstance(message.id, str) else message.id[0]: message.string
        for message in catalog
        if message.id
    }
    assert set(dutch) == sentences()
    assert [
        key for key, words in dutch.items() if not all([words] if isinstance(words, str) else words)
    ] == []
