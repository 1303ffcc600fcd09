"""Whether somebody on the group counts for the ratio: counted, not counted, or unclear, and why.

Source: Wko article 1.1 and Besluit kwaliteit kinderopvang article 7 and 16. Who works for another
organisation counts only when all four conditions are written down, with evidence.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alert4you.groups.rules import book
from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.organisations.models import Actor, Group, Role
from alert4you.organisations.rules import RUNS_THE_PLACE


class Counts(StrEnum):
    COUNTED = "counted"
    NOT = "not_counted"
    UNCLEAR = "unclear"


@dataclass(frozen=True)
class Standing:
    """Whether somebody counts, and why; both are shown."""

    counts: Counts
    why: str | Promise


@dataclass(frozen=True)
class Conditions:
    """What must all hold for whoever works elsewhere; None: nobody wrote it down. ``evidence``: where it
    was seen. ``for_group``: here for the whole group, not for one child, to coach or to observe.
    """

    deployed: bool | None = None
    qualified: bool | None = None
    registered: bool | None = None
    for_group: bool | None = None
    evidence: str = ""


LACKING = {
    "for_group": _("Is not here for the whole group, but for one child, to coach or to look."),
    "deployed": _("Does not work here under the responsibility of the childcare organisation."),
    "qualified": _("Has no diploma that counts for childcare."),
    "registered": _("Is not linked to this organisation in the childcare register of persons."),
}
UNKNOWN = {
    "for_group": _("for the whole group"),
    "deployed": _("deployed by the childcare organisation"),
    "qualified": _("diploma for childcare"),
    "registered": _("linked in the childcare register of persons"),
}


def by_role(role: str, works_here: bool) -> Standing:
    """How somebody on the roster counts as long as nothing else is written down."""
    if not works_here:
        return Standing(
            Counts.NOT, _("Works for another organisation; the conditions are not written down.")
        )
    if role == Role.GROUP_WORKER:
        return Standing(Counts.COUNTED, _("Works on the group for the childcare organisation."))
    if role in (Role.COACH, Role.PEDAGOGUE):
        return Standing(
            Counts.NOT, _("Is here to coach. Counts only while also caring for the group.")
        )
    return Standing(Counts.NOT, _("Does not work on the group."))


def by_conditions(told: Conditions, trainee: bool, works_here: bool) -> Standing:
    """How somebody counts by what was written down about being on this group."""
    for name, why in LACKING.items():
        if getattr(told, name) is False:
            return Standing(Counts.NOT, why)
    unknown = [str(word) for name, word in UNKNOWN.items() if getattr(told, name) is None]
    if unknown:
        return Standing(Counts.UNCLEAR, _("Not written down yet: %s.") % ", ".join(unknown))
    if not works_here and not told.evidence.strip():
        return Standing(
            Counts.UNCLEAR,
            _("The evidence of the conditions is not written down."),
        )
    if trainee:
        return Standing(
            Counts.COUNTED, _("In training; counts as far as the share of trainees allows.")
        )
    return Standing(Counts.COUNTED, _("All conditions hold and are written down."))


def most_trainees(needed: int, day: date) -> int | None:
    """How many of the staff a centre needs may be in training; None when we do not know the rule."""
    rule = book.on(book.trainees(), day)
    return None if rule is None else needed * rule.part // rule.of


def may_decide(actor: Actor, group: Group) -> Decision:
    """Whoever runs the place says who stands on a group, and what was seen of the conditions."""
    if actor.role in RUNS_THE_PLACE and group.location.organisation_id == actor.organisation_id:
        return ALLOWED
    return Decision(
        _("Only whoever runs this location decides who counts on a group."),
        _("Ask your location manager."),
    )
