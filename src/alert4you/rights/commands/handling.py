"""Who answers takes a request, asks for more time, and says yes or no."""

from alert4you.kernel.command import command
from alert4you.organisations.models import Actor
from alert4you.retention.commands.erasing import propose_erasure
from alert4you.rights.commands.limiting import close
from alert4you.rights.models import Outcome, Remark, Right, RightsRequest
from alert4you.rights.rules import handling, limiting

DECIDED = ["outcome", "ground", "answer", "facts", "decided_by", "decided_at", "mark"]


@command(handling.may_handle)
def take_request(actor: Actor, request: RightsRequest) -> RightsRequest:
    """From now on this hat has it."""
    request.taken_by_id = actor.membership_id
    request.save(update_fields=["taken_by"])
    return request


@command(handling.may_extend)
def extend_request(actor: Actor, request: RightsRequest, reason: str) -> RightsRequest:
    """Two months more; who asked reads why."""
    request.extended_at, request.extended_because = actor.at, reason.strip()
    request.told_at = None
    request.save(update_fields=["extended_at", "extended_because", "told_at"])
    return request


@command(limiting.may_limit)
def grant_request(
    actor: Actor, request: RightsRequest, answer: str, corrected: str = "", purpose: str = ""
) -> RightsRequest:
    """Yes. What is set right stands beside the entry, which keeps its words; what may go is put on the list
    of which two people let it go; what may not be used closes at the next read.
    """
    if request.right in limiting.LIMITS:
        request.mark = close(actor, request, purpose)
    if request.right == Right.ERASURE:
        chosen = [request.entry] if request.entry else None
        propose_erasure(actor, request.child, chosen, request.text[:300])
    if request.right == Right.CORRECTION and request.entry is not None:
        Remark.objects.create(
            entry=request.entry,
            request=request,
            right=request.right,
            text=corrected.strip(),
            by_id=actor.person_id,
            at=actor.at,
        )
    return _decide(actor, request, Outcome.GRANTED, "", answer)


@command(handling.may_refuse)
def refuse_request(
    actor: Actor, request: RightsRequest, ground: str, answer: str, facts: str = ""
) -> RightsRequest:
    """No, with the ground; ``facts``: what somebody without authority is told instead."""
    request.facts = facts.strip()
    return _decide(actor, request, Outcome.REFUSED, ground, answer)


def _decide(
    actor: Actor, request: RightsRequest, outcome: Outcome, ground: str, answer: str
) -> RightsRequest:
    request.outcome, request.ground, request.answer = outcome, ground, answer.strip()
    request.decided_by_id, request.decided_at, request.told_at = actor.membership_id, actor.at, None
    request.taken_by_id = request.taken_by_id or actor.membership_id
    request.save(update_fields=[*DECIDED, "taken_by", "told_at"])
    return request
