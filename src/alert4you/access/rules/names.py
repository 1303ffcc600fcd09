"""Words that others may read name no child."""

import re
from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext_lazy as _

from alert4you.children.models import Child, Placement
from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.organisations.models import Location

# fmt: off
PARTICLES = {
    "al", "ben", "bin", "da", "de", "del", "den", "der", "di", "dos", "el", "en", "het", "ibn",
    "in", "la", "le", "mevrouw", "meneer", "moeder", "op", "ouder", "te", "ten", "ter", "und",
    "vader", "van", "voogd", "von",
}
EVERYDAY = {
    "an", "bakker", "beer", "berg", "boer", "bos", "bruin", "dam", "dijk", "door", "fee", "graaf",
    "groen", "groot", "haan", "hoek", "jager", "jong", "klein", "kok", "koning", "kort", "lang",
    "leeuw", "lief", "mei", "meer", "molenaar", "post", "prins", "ridder", "rood", "roos", "smit",
    "ster", "storm", "veen", "veld", "visser", "vos", "wal", "wil", "winter", "wit", "wolf",
    "zomer", "zwart",
}
# fmt: on


def no_other_child_named(text: str, child: Child, day: date) -> Decision:
    """What is written about one child tells nothing about another one of its places."""
    groups = Placement.objects.on(day).unrestricted(reason="no names of other children")
    here = groups.filter(child=child).values("group__location")
    others = groups.filter(group__location__in=here).exclude(child=child)
    own = {word.lower() for word in name_words([child.first_name, child.last_name])}
    names = others.values_list("child__first_name", flat=True).distinct()
    found = names_in(text, [word for word in name_words(names) if word.lower() not in own])
    if not found:
        return ALLOWED
    return Decision(
        _("This names another child: “%s”.") % found,
        _("Write “another child”: the parents read this."),
    )


def no_child_named(text: str, location: Location, day: date) -> Decision:
    """Words that others may read without consent name no child of the location, nor its parents."""
    if not text.strip():
        return ALLOWED
    here = Placement.objects.on(day).unrestricted(reason="no names in words about a group")
    told = here.filter(group__location=location).values_list(
        "child__first_name", "child__last_name", "child__guardians__person__name"
    )
    names = dict.fromkeys(name for row in told.distinct() for name in row if name)
    found = names_in(text, name_words(names))
    if not found:
        return ALLOWED
    return Decision(
        _("This tells which child it is about: “%s”.") % found,
        _("Write “a child” here; what is about one child belongs with that child."),
    )


def name_words(names: Iterable[str]) -> list[str]:
    """The words of names that can tell who somebody is; "van der" cannot."""
    words = [word for name in names for word in re.split(r"[\s-]+", name)]
    return [word for word in dict.fromkeys(words) if _tells(word)]


def _tells(word: str) -> bool:
    """Initials and particles tell nothing."""
    return len(word.rstrip(".")) > 1 and word.lower() not in PARTICLES


def names_in(text: str, words: Iterable[str]) -> str:
    """The first of the words that stands in the text as a whole word (also with a Dutch -s), or ''.

    Capitals do not matter, except for names that are everyday words as well ("De Jong", "Roos").
    """
    for word in words:
        capitals = 0 if word.lower() in EVERYDAY else re.IGNORECASE
        if re.search(rf"(?<!\w){re.escape(word)}(['’]?s)?(?!\w)", text, capitals):
            return word
    return ""
