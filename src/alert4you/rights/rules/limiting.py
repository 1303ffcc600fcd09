"""Using less (AVG 18) and an objection (AVG 21), once granted: what closes, and when it opens again."""

from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from alert4you.access.models import Purpose
from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.organisations.models import Actor
from alert4you.rights.models import Right, RightsRequest
from alert4you.rights.rules.handling import answers, may_grant

LIMITS = {Right.RESTRICTION, Right.OBJECTION}
# Whoever asked hears it before it is lifted (AVG 18(3)); how long before is a product choice.
HEARS_BEFORE = timedelta(days=7)


def may_limit(
    actor: Actor, request: RightsRequest, answer: str, corrected: str = "", purpose: str = ""
) -> Decision:
    """As ``may_grant``; about what was written here, or about one use that is named."""
    decision = may_grant(actor, request, corrected)
    if not decision:
        return decision
    if request.entry and request.entry.organisation_id != request.organisation_id:
        return Decision(
            _("This was written at another organisation."),
            _("Say no, and tell who asked where to ask it."),
        )
    if request.right == Right.OBJECTION and purpose not in Purpose.values and not answer.strip():
        return Decision(_("Choose what stops, or write what changes."))
    return ALLOWED


def may_lift(actor: Actor, request: RightsRequest, reason: str) -> Decision:
    """Who answers for the organisation, once; with a reason that who asked reads before it is lifted."""
    if not answers(actor, request.organisation_id):
        return Decision(_("The privacy officer or the care coordinator answers this."))
    if request.asked_by_id == actor.person_id:
        return Decision(_("You asked this yourself: somebody else answers it."))
    if not can_lift(request):
        return Decision(_("There is nothing to lift, or that was told already."))
    return ALLOWED if reason.strip() else Decision(_("Write why this can end: they read it."))


def can_lift(request: RightsRequest) -> bool:
    return request.mark is not None and request.mark.ends is None


def is_limited(request: RightsRequest, day: date) -> bool:
    """Whether what was granted still keeps something closed on a day."""
    mark = request.mark
    return mark is not None and (mark.ends is None or day < mark.ends)
