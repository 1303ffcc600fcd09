"""Why a child left, what is learnt from it, and looking back with the coach afterwards."""

from django.utils.translation import gettext_lazy as _

from alert4you.access.rules.relations import leads
from alert4you.children.models import Placement
from alert4you.coaching.models import Debrief, Leaving, WhyLeft
from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.organisations.models import Actor, Membership
from alert4you.organisations.rules import RUNS_THE_PLACE


def may_tell_why_left(
    actor: Actor, placement: Placement, why: str, worker: Membership | None
) -> Decision:
    """Who runs the place, once, when the end of the place is known."""
    own = placement.group.location.organisation_id == actor.organisation_id
    if actor.role not in RUNS_THE_PLACE or not own:
        return Decision(_("Only whoever runs the location writes this down."))
    if placement.ends is None:
        return Decision(_("This place has no end."), _("Write down the last day first."))
    if Leaving.objects.unrestricted(reason="rule").filter(placement=placement).exists():
        return Decision(_("The reason was written down already."))
    if why == WhyLeft.AFTER_TALK and worker is None:
        return Decision(
            _("Choose whose talk it was."),
            _("Not to blame anybody: so that she can be offered support."),
        )
    return ALLOWED


def may_add_learnt(actor: Actor, placement: Placement, text: str) -> Decision:
    """What the place learns from it: who runs the place, afterwards as well."""
    if not text.strip():
        return Decision(_("Write what you learn from it."))
    own = placement.group.location.organisation_id == actor.organisation_id
    if actor.role in RUNS_THE_PLACE and own:
        return ALLOWED
    return Decision(_("Only whoever runs the location writes this down."))


def is_offered(actor: Actor, debrief: Debrief) -> Decision:
    """The offer is hers; nobody else takes it or turns it down."""
    if not leads(actor, debrief.worker_id):
        return Decision(_("This was offered to somebody else."))
    if debrief.closed_at is not None:
        return Decision(_("You have answered this already."))
    return ALLOWED
