"""What parents read before they decide: every kind, purpose and reason in one concrete sentence."""

from django.utils.translation import gettext_lazy as _

from alert4you.access.models import Category, Purpose
from alert4you.organisations.models import Role

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

NEVER_SHARED = (
    _("Notes that stay inside the organisation."),
    _("Worries about safety: they have rules of their own."),
    _("Your address, phone number and e-mail."),
    _("Anything you did not say yes to."),
)

LOOKED_BECAUSE = {
    Role.GROUP_WORKER: _("Works on the group of your child."),
    Role.PEDAGOGUE: _("Helps the staff of the group."),
    Role.CARE_COORDINATOR: _("Keeps an overview of all children who have a place here."),
    Role.MANAGER: _("Runs the place, and knows which children come here."),
    Role.COACH: _("You gave consent."),
    Role.PARTNER: _("You gave consent."),
}
NAME_ONLY = _("only the name")
ALSO_LOOKED_AT = {
    "placement": _("the days and the group"),
    "consent": _("what you agreed to share"),
}

# The rules of the policy by their names there, in words for who sees an entry.
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
