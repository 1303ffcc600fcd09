"""What parents read before they decide: every kind, purpose and reason in one concrete sentence.

Each version of the text as it was shown is kept beside this file's context, in ``wordings``. Change a
sentence here, and a new ``TEXT_VERSION`` with its own text is due: a test holds the two together.
"""

from collections.abc import Mapping
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alert4you.access.models import Category, Purpose
from alert4you.organisations.models import APPLICATION, Role

TEXT_VERSION = "2026-11"

CATEGORY_MEANS = {
    Category.DAY: _("What happens on the group: eating, sleeping, playing."),
    Category.DEVELOPMENT: _("What your child learns, and what the staff and the coach notice."),
    Category.CARE: _("Care or treatment your child gets: when, and what works."),
    Category.PLAN: _("What you agree together: the goals, who does what, what was decided."),
    Category.TALK: _("What you and the staff told each other in talks."),
}

PURPOSE_MEANS = {
    Purpose.COACHING: _("to help the staff with questions about your child"),
    Purpose.SUPPORT: _("to help your child on the group"),
    Purpose.TREATMENT: _("to work together with the treatment your child already has"),
    Purpose.HANDOVER: _("to hand over well to the next place"),
    Purpose.EDUCATION: _("to let your child start well at school"),
}

WORDS = {
    "free": _(
        "You may say no. It costs you nothing: the place of your child and the help on the group stay"
        " as they are. You need not say why."
    ),
    "all": _(
        "Everybody who decides has to say yes. One no, or one missing answer, and nothing is shared."
    ),
    "stop": _("After a yes you can stop it at any moment, with one tap or one word to the staff."),
    "ends": _("It ends by itself on the last day. Going on is a new question to you."),
}

NEVER_SHARED = (
    _("Notes that stay inside the organisation."),
    _("Worries about safety: they have rules of their own."),
    _("Your address, phone number and e-mail."),
    _("Anything you did not say yes to."),
)
NEVER_SHARED_BY_STAFF = (
    *NEVER_SHARED[:2],
    _("The address, phone number and e-mail of the parents."),
    _("Anything the parents did not say yes to."),
)

LOOKED_BECAUSE: Mapping[str, str | Promise] = {
    Role.GROUP_WORKER: _("Works on the group of your child."),
    Role.PEDAGOGUE: _("Helps the staff of the group."),
    Role.CARE_COORDINATOR: _("Keeps an overview of all children who have a place here."),
    Role.MANAGER: _("Runs the place, and knows which children come here."),
    Role.PRIVACY_OFFICER: _("Looks after privacy here, and answers what you ask about it."),
    Role.COACH: _("You gave consent."),
    Role.PARTNER: _("You gave consent."),
    APPLICATION: _("Keeps groups, rosters and places up to date; no person looked."),
}
NAME_ONLY = _("only the name")
ALSO_LOOKED_AT = {
    "placement": _("the days and the group"),
    "consent": _("what you agreed to share"),
    "rights_request": _("what was asked about the data"),
    "look_question": _("a question about who looked"),
    "erasure": _("how much there is, because it may be deleted"),
}

# The rules of the policy by their names there, in words for whoever sees an entry.
SEEN_BECAUSE = {
    "guardian": _("Parent or guardian with authority."),
    "group": _("Works on the group today: the day of the last two weeks, and what all must know."),
    "own": _("Wrote this, and works with the child today."),
    "team": _("Is named on the care team."),
    "consent": _("The parents agreed to share this kind of thing, for this purpose, until a date."),
    "group matter": _("Works on this group, or looks after all groups of the organisation."),
    "coach": _("Coaches this location; there is no child in it."),
    "opened": _("Opened the file for a while: everybody who must know was told."),
}

WORDINGS = Path(__file__).parent.parent / "wordings"


def text_of(version: str, language: str) -> str:
    """The text that parents read in this version ("" when it was never kept)."""
    kept = WORDINGS / f"{version}.{language}.txt"
    return kept.read_text(encoding="utf-8") if version and kept.is_file() else ""
