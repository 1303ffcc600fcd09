"""Translations without gettext: the source is English, every context keeps its own Dutch.

python tools/translations.py update [CONTEXT...]    new and changed messages into the catalogues
python tools/translations.py compile                catalogues into what Django reads
python tools/translations.py check                  1 when a message has no complete translation, or two
"""

import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.template.base import TemplateSyntaxError
from django.utils.translation.template import templatize

CONTEXTS = sorted(path.parent for path in Path("src/alert4you").glob("*/__init__.py"))
LANGUAGE = "nl"
KEYWORDS = {
    name: spec
    for base, spec in {
        "gettext": None,
        "ngettext": (1, 2),
        "pgettext": ((1, "c"), 2),
        "npgettext": ((1, "c"), 2, 3),
    }.items()
    for name in (base, f"{base}_lazy")
} | {"_": None, "gettext_noop": None}


def source_files(context: Path) -> Iterator[Path]:
    """What can hold a message: Python outside migrations, and every template."""
    for path in sorted(context.rglob("*")):
        shown = "templates" in path.parts and path.suffix in {".html", ".txt", ".svg", ".typ"}
        if shown or (path.suffix == ".py" and "migrations" not in path.parts):
            yield path


def messages(context: Path) -> Catalog:
    """Every message a context can show, with the files it stands in."""
    found = Catalog(locale=LANGUAGE, domain="django", fuzzy=False)
    for path in source_files(context):
        text = path.read_text()
        if path.suffix != ".py":
            try:
                text = without_indents(templatize(text, origin=str(path)))
            except TemplateSyntaxError as error:
                sys.exit(f"{path}: {error}")
        lines = extract(
            "python", io.BytesIO(text.encode()), KEYWORDS, comment_tags=["Translators:"]
        )
        for _line, message, comments, about in lines:
            found.add(message, None, [(str(path), None)], auto_comments=comments, context=about)
    return found


def without_indents(text: str) -> str:
    """A templatized page is read as Python, to which indents mean something."""
    return "\n".join(line.lstrip() for line in text.splitlines())


def catalogue_file(context: Path) -> Path:
    """Where a context keeps its Dutch."""
    return context / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"


def catalogue(context: Path) -> Catalog:
    """The Dutch of a context, empty when there is none yet."""
    path = catalogue_file(context)
    if not path.exists():
        return Catalog(locale=LANGUAGE, domain="django", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=LANGUAGE, domain="django")


def update(*names: str) -> int:
    """Bring these catalogues (all of them without a name) up to date; what was translated stays."""
    for context in CONTEXTS:
        if names and context.name not in names:
            continue
        found = messages(context)
        if not len(found):
            continue
        known = catalogue(context)
        known.update(found, no_fuzzy_matching=True, update_creation_date=False)
        known.obsolete.clear()
        path = catalogue_file(context)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, known, omit_header=False, sort_output=True, width=100)
    return 0


def compile_all() -> int:
    """Write the compiled catalogue beside each source one."""
    for path in Path("src/alert4you").glob("*/locale/*/LC_MESSAGES/*.po"):
        with path.open("rb") as source, path.with_suffix(".mo").open("wb") as target:
            write_mo(target, read_po(source))
    return 0


def check() -> int:
    """Name each message without a complete, certain translation."""
    missing = [
        f"{context.name}: {message.id!r} ({message.locations[0][0]})"
        for context in CONTEXTS
        for known in [catalogue(context)]
        for message in messages(context)
        if message.id and not _is_complete(known.get(message.id, message.context))
    ]
    wrong = missing + list(_said_twice())
    print("\n".join(wrong) or "every message has its Dutch")
    return bool(wrong)


def _said_twice() -> Iterator[str]:
    """Messages that two contexts translate differently: Django shows the words of one of them everywhere."""
    told: dict[tuple[str | None, object], dict[str, str]] = {}
    for context in CONTEXTS:
        for message in catalogue(context):
            if message.id and _is_complete(message):
                by_words = told.setdefault((message.context, message.id), {})
                by_words.setdefault(str(message.string), context.name)
    for (_about, words), said in told.items():
        if len(said) > 1:
            each = ", ".join(f"{dutch} ({name})" for dutch, name in said.items())
            yield f"{words!r} has more than one Dutch: {each}; say one, or give a message context"


def _is_complete(message: Message | None) -> bool:
    """Whether every form has its words, a person chose them, and no placeholder went missing."""
    if message is None or message.fuzzy:
        return False
    words = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return all(words) and not list(message.check())


if __name__ == "__main__":
    settings.configure()
    actions = {"update": update, "compile": compile_all, "check": check}
    action, *names = sys.argv[1:] or [""]
    if action not in actions or (names and action != "update"):
        sys.exit(__doc__)
    sys.exit(actions[action](*names))
