"""What may be written down, and where; and that words about a group name no child."""

import re
from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext_lazy as _

from alert4you.access.models import Category
from alert4you.access.rules.relations import is_guardian, works_with
from alert4you.children.models import Child, Placement
from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.organisations.models import Actor, Group, Location, Roster

NOTHING_WRITTEN = Decision(_("Write down what you saw, in a few words."))
NOTHING_SAID = Decision(_("Write in a few words what you want to tell."))
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


def may_write(actor: Actor, child: Child, text: str, category: str) -> Decision:
    """Who works with the child writes; safety has its own record."""
    if not text.strip():
        return NOTHING_WRITTEN
    if category == Category.SAFETY:
        return Decision(_("Safety concerns do not belong in the notebook."))
    return works_with(actor, child)


def may_write_about_group(actor: Actor, group: Group, text: str) -> Decision:
    """Who works on the group writes about it, without a child: the coach reads it too."""
    if not text.strip():
        return NOTHING_WRITTEN
    works_there = works_on(actor, group)
    return no_child_named(text, group.location, actor.today) if works_there else works_there


def works_on(actor: Actor, group: Group) -> Decision:
    """Rostered on the group, on whatever weekday."""
    on_group = Roster.objects.on(actor.today).filter(membership=actor.membership_id, group=group)
    if on_group.exists():
        return ALLOWED
    return Decision(_("Only who works on this group may write about it."))


def may_say(actor: Actor, child: Child, text: str) -> Decision:
    """A parent with authority adds own words."""
    return is_guardian(actor, child) if text.strip() else NOTHING_SAID


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
