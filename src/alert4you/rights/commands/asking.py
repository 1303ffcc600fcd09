"""A request comes in: from a parent here, or written down by staff."""

from alert4you.children.models import Child
from alert4you.kernel.command import command
from alert4you.organisations.models import Actor
from alert4you.rights.models import Came, Outcome, Remark, Right, RightsRequest
from alert4you.rights.rules import asking
from alert4you.rights.rules.asking import AT_ONCE, Asked, Heard, represents


@command(asking.may_ask)
def ask(actor: Actor, child: Child, asked: Asked) -> RightsRequest:
    """A parent asks; its clock runs from today."""
    request = RightsRequest(asked_by_id=actor.person_id, came=Came.IN_APP, received_on=actor.today)
    return _receive(actor, child, asked, request)


@command(asking.may_record)
def record_request(actor: Actor, child: Child, asked: Asked, heard: Heard) -> RightsRequest:
    """Staff write down what was asked elsewhere; its clock runs from the day it was received."""
    request = RightsRequest(
        asked_by=heard.asker,
        came=heard.came,
        received_on=heard.received_on,
        recorded_by_id=actor.membership_id,
    )
    return _receive(actor, child, asked, request)


def _receive(actor: Actor, child: Child, asked: Asked, request: RightsRequest) -> RightsRequest:
    """What needs no weighing is done at once."""
    request.child, request.organisation, request.at = child, asked.organisation, actor.at
    request.right, request.entry, request.text = asked.right, asked.entry, asked.text.strip()
    at_once = asked.right in AT_ONCE and represents(child, request.asked_by, actor.today)
    if at_once:
        request.outcome, request.decided_at = Outcome.GRANTED, actor.at
        request.announced_at = request.told_at = actor.at
    request.save(force_insert=True)
    if at_once and asked.right == Right.STATEMENT and asked.entry:
        Remark.objects.create(
            entry=asked.entry,
            request=request,
            right=request.right,
            text=request.text,
            by_id=request.asked_by_id,
            at=actor.at,
        )
    return request
