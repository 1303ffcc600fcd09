"""Who answers what waits."""

from django.utils.translation import gettext_lazy as _

from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.offline.models import Kept
from alert4you.organisations.models import Actor, Role
from alert4you.organisations.rules import RUNS_THE_PLACE

ANSWERED = Decision(_("Somebody answered this already."))


def may_answer(actor: Actor, kept: Kept) -> Decision:
    """The care coordinator of whose file it is, once."""
    if actor.role != Role.CARE_COORDINATOR or kept.organisation_id != actor.organisation_id:
        return Decision(_("The care coordinator of this place decides about it."))
    return ANSWERED if kept.outcome else ALLOWED


def may_put(actor: Actor, kept: Kept) -> Decision:
    """Only what is about a child or a group that is known has a line to stand on."""
    if kept.child_id is None and kept.group_id is None:
        return Decision(
            _("It is not known about whom this is."), _("Ask who wrote it, and write it anew.")
        )
    return may_answer(actor, kept)


def may_set_aside(actor: Actor, kept: Kept, reason: str) -> Decision:
    if not reason.strip():
        return Decision(_("Write in a few words why it does not go on the line."))
    return may_answer(actor, kept)


def may_choose(actor: Actor) -> Decision:
    if actor.role in RUNS_THE_PLACE:
        return ALLOWED
    return Decision(_("The manager or the care coordinator chooses this."))
