"""The short list of tags that can be tapped: the organisation's own, else those of the product."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from uuid import UUID

import yaml
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.notes.models import NotingWords

FILE = Path(__file__).parent.parent / "library" / "tags.yaml"
MOST_TAGS, LONGEST_TAG = 12, 40


def tags(words: NotingWords | None, about: str, language: str | None = None) -> list[str]:
    """``about``: "child" or "group"."""
    own = words and (words.tags if about == "child" else words.group_tags)
    table = _library()[about]
    return own or table.get(language or get_language() or "nl", table["nl"])


def known_tags(given: Iterable[str], organisation_id: UUID | None, about: str) -> Decision:
    """Only what is on the list, in whatever language: what is counted is the same for everybody."""
    if not list(given):
        return ALLOWED
    words = NotingWords.objects.filter(organisation=organisation_id).first()
    known = {tag for language in _library()[about] for tag in tags(words, about, language)}
    if set(given) <= known:
        return ALLOWED
    return Decision(_("This is not on the list (any more)."), _("Write it down in words."))


@cache
def _library() -> dict[str, dict[str, list[str]]]:
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))
