"""What a yes to using less, or to an objection, closes; and opening it again, told before."""

from typing import Any

from django.db.models import Q

from alert4you.access.commands.consent import close_running
from alert4you.access.commands.marks import use_again, use_less
from alert4you.access.models import ConsentRequest, Mark, Purpose
from alert4you.kernel.command import command
from alert4you.organisations.models import Actor
from alert4you.rights.models import Right, RightsRequest
from alert4you.rights.rules import limiting

# Whoever runs the place reads the marks, and not what was asked: its words stay in the request.
GROUND: dict[str, str] = {Right.RESTRICTION: "AVG 18", Right.OBJECTION: "AVG 21"}


def close(actor: Actor, request: RightsRequest, purpose: str) -> Any:
    """Only kept from now on, or not shared for this purpose any more; None when no use was named."""
    if request.right == Right.OBJECTION:
        return _stop(actor, request, purpose) if purpose in Purpose.values else None
    return use_less(
        actor, request.child, GROUND[request.right], mark=Mark.ONLY_KEPT, entry=request.entry
    )


@command(limiting.may_lift)
def lift(actor: Actor, request: RightsRequest, reason: str) -> RightsRequest:
    """It ends in a week; who asked hears that now, with the reason."""
    mark = request.mark
    if mark is not None:
        use_again(actor, mark, actor.today + limiting.HEARS_BEFORE, GROUND[request.right])
    request.lifted_at, request.lifted_because, request.told_at = actor.at, reason.strip(), None
    request.save(update_fields=["lifted_at", "lifted_because", "told_at"])
    return request


def _stop(actor: Actor, request: RightsRequest, purpose: str) -> Any:
    here = request.organisation_id
    shared = ConsentRequest.objects.filter(child=request.child, purpose=purpose, closed_at=None)
    close_running(actor, shared.filter(Q(asked_by__organisation=here) | Q(organisation=here)))
    ground = GROUND[request.right]
    return use_less(actor, request.child, ground, mark=Mark.OBJECTION, purpose=purpose)
