"""What each right is called, what it brings, and what one can do after a no; in words for parents."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alert4you.rights.models import Ground, Right

Text = str | Promise


@dataclass(frozen=True)
class Words:
    """``title`` names it as what one wants; ``more`` what it brings; ``question`` stands above the words."""

    title: Text
    more: Text
    icon: str
    question: Text


IN_YOUR_OWN_WORDS = _("What would you like to say about it?")
WORDS = {
    Right.ACCESS: Words(
        _("See everything, with a copy"),
        _("All you may see about your child, as one document to keep."),
        "eye",
        _("Is there something you look for especially?"),
    ),
    Right.CORRECTION: Words(
        _("Something is not right"),
        _("A name, a date, a fact. What is right comes beside it, for everybody who reads it."),
        "pencil",
        _("What is not right, and what should it be?"),
    ),
    Right.STATEMENT: Words(
        _("My own words beside it"),
        _("You see it in another way. Your words come beside it at once. Nobody has to agree."),
        "heart",
        _("How do you see this yourself?"),
    ),
    Right.PORTABILITY: Words(
        _("Take along what I gave"),
        _("Only what you wrote, said or agreed to yourself. Not what staff think of it."),
        "share",
        IN_YOUR_OWN_WORDS,
    ),
    Right.ERASURE: Words(
        _("Delete something"),
        _("Everything, or one thing. Some things must be kept; then you read why."),
        "cross",
        _("What would you like to have deleted, and why?"),
    ),
    Right.RESTRICTION: Words(
        _("Use it less for a while"),
        _(
            "For example while something is being looked into. It is only kept then: staff do not see it."
        ),
        "pause",
        _("What should not be used now, and why?"),
    ),
    Right.OBJECTION: Words(
        _("I do not agree with how it is used"),
        _("You tell why. Somebody looks at it again, and what you are right about stops."),
        "hand",
        _("What do you not agree with, and why?"),
    ),
}
LOOK_AGAIN = _("Ask who answered to look at it again; that can be in a talk.")
COMPLAIN = _("Complain at the organisation, or at the Autoriteit Persoonsgegevens.")
COURT = _("Go to court, within six weeks after this answer.")
OWN_WORDS = _("Put your own words beside it. That is always possible.")


def after_no(right: str, ground: str) -> list[Text]:
    """What one can do after a no, the lightest first."""
    own_words = [OWN_WORDS] if right == Right.CORRECTION and ground == Ground.NOT_WRONG else []
    return [*own_words, LOOK_AGAIN, COMPLAIN, COURT]
