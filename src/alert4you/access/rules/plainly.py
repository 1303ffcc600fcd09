"""The rules of the policy in plain words, and the table of decisions; held against it by a test."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alert4you.access.models import Category

YES, NO, PARTLY = "yes", "no", "partly"


@dataclass(frozen=True)
class Rule:
    """One rule by its number: who, what, and as long as what."""

    number: str
    who: Promise
    sees: Promise
    as_long: Promise | str = ""


@dataclass(frozen=True)
class Row:
    """One kind of reader and what it may see: per category of an entry, and what is internal."""

    who: Promise
    cells: tuple[str, ...]


RULES = (
    Rule(
        "R0",
        _("Everybody"),
        _(
            "Nothing, unless one of the lines below says so. What you may not see looks exactly "
            "like what does not exist."
        ),
    ),
    Rule(
        "R1",
        _("Every hat"),
        _("Counts only while somebody really works there."),
        _("as long as the work lasts"),
    ),
    Rule(
        "R2",
        _("Who works on the group today"),
        _(
            "Of the children who are there today: the day of the last two weeks, and what all "
            "must know."
        ),
        _("on the roster today"),
    ),
    Rule(
        "R3",
        _("The child's own care team"),
        _("The whole file of the own organisation, except safety."),
        _("as long as named"),
    ),
    Rule(
        "R4",
        _("Somebody of another organisation"),
        _(
            "Only the kinds of things the parents agreed to, for that purpose, from the agreed "
            "day. Nothing internal."
        ),
        _("as long as named and the consent runs"),
    ),
    Rule(
        "R5",
        _("The coach of a location"),
        _("Questions without a child."),
        _("as long as she coaches there"),
    ),
    Rule(
        "R6",
        _("Parents and guardians with authority"),
        _(
            "Everything that is not internal or about safety. Something can be held back for 28 "
            "days at most, by a named person, with a reason. Both parents alike."
        ),
        _("as long as the authority"),
    ),
    Rule(
        "R7",
        _("Who wrote it"),
        _("That alone gives nothing: one's own notes only while one works with the child."),
    ),
    Rule(
        "R8",
        _("The location manager"),
        _("The names of the children who have a place, and counts. No content."),
    ),
    Rule(
        "R9",
        _("Staff of the place, in an emergency"),
        _(
            "The file of one child, for sixty minutes, to read only. The parents, the team and "
            "the privacy officer are told at once."
        ),
        _("sixty minutes"),
    ),
    Rule(
        "R10",
        _("Who helps with the software"),
        _(
            "Nothing. The organisation can let one named person look along at one child, for "
            "hours; the parents see it."
        ),
        _("eight hours at most"),
    ),
    Rule("R11", _("Municipality and research"), _("Counts only. Small numbers are not shown.")),
    Rule(
        "R12",
        _("Whoever is family of the child, or has a restriction"),
        _(
            "Nothing at work, whatever else holds. What the parents asked to use less is there only for "
            "whoever said yes to that, in an emergency, or where the law asks for it."
        ),
        _("as long as the mark"),
    ),
)
COLUMNS = (*(category.label for category in Category), _("internal notes"))
TABLE = (
    Row(_("On the group today"), (YES, PARTLY, PARTLY, PARTLY, PARTLY, NO, NO)),
    Row(_("The child's own care team"), (YES, YES, YES, YES, YES, NO, YES)),
    Row(_("Another organisation, with consent for the day"), (YES, NO, NO, NO, NO, NO, NO)),
    Row(_("Another organisation, without consent"), (NO,) * 7),
    Row(_("The coach of the location, without consent"), (NO,) * 7),
    Row(_("Parent or guardian with authority"), (YES, YES, YES, YES, YES, NO, NO)),
    Row(_("Parent without authority"), (NO,) * 7),
    Row(_("The location manager"), (NO,) * 7),
    Row(_("Opened in an emergency"), (YES, YES, YES, YES, YES, NO, YES)),
    Row(_("The municipality"), (NO,) * 7),
)
