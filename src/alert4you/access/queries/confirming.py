"""What was written down in the name of a professional, who says whether it is right."""

from uuid import UUID

from alert4you.access import policy
from alert4you.access.models import ConsentRequest
from alert4you.kernel import reading
from alert4you.kernel.decision import NotVisible
from alert4you.kernel.wall.standing import opened
from alert4you.organisations.models import Actor


def to_confirm(actor: Actor, **which: object) -> list[ConsentRequest]:
    """What waits for this hat, the oldest first; pages tell the first name of the child, no more."""
    rows = ConsentRequest.objects.filter(
        policy.hat_runs(actor),
        ~policy.forbidden(actor, "child"),
        rests_on=actor.membership_id,
        confirmed=None,
        closed_at=None,
        ends__gt=actor.today,
        **which,
    ).select_related("child", "organisation", "asked_by__person", "asked_by__organisation")
    with opened(reason="who confirms something about a child must know about which"):
        found = list(rows.prefetch_related("consents").order_by("asked_at", "pk"))
    reading.note(found)
    return found


def asked(actor: Actor, request_id: UUID) -> ConsentRequest:
    """One of these; NotVisible otherwise."""
    for each in to_confirm(actor, pk=request_id):
        return each
    raise NotVisible
