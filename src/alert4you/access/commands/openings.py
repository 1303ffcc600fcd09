"""Opening a file in an emergency, letting support look along, and closing it again."""

from datetime import timedelta

from alert4you.access.models import OpenedFor, Opening
from alert4you.access.rules import openings
from alert4you.children.models import Child
from alert4you.kernel.command import command
from alert4you.organisations.models import Actor, Membership


@command(openings.may_break_glass)
def break_glass(actor: Actor, child: Child, reason: str) -> Opening:
    """The file of the own organisation is readable for an hour; everybody who must know is told."""
    return Opening.objects.create(
        child=child,
        membership_id=actor.membership_id,
        opened_for=OpenedFor.EMERGENCY,
        reason=reason.strip(),
        at=actor.at,
        ends=actor.at + openings.EMERGENCY,
    )


@command(openings.may_let_support_in)
def let_support_in(
    actor: Actor, child: Child, membership: Membership, reason: str, lasting: timedelta
) -> Opening:
    """A person of support reads the file of this one child with the organisation; parents see it."""
    return Opening.objects.create(
        child=child,
        membership=membership,
        opened_for=OpenedFor.SUPPORT,
        reason=reason.strip(),
        allowed_by_id=actor.membership_id,
        at=actor.at,
        ends=actor.at + lasting,
    )


@command(openings.may_close)
def close_opening(actor: Actor, opening: Opening) -> Opening:
    """It ends now instead of later."""
    if opening.ends > actor.at:
        opening.ends = max(actor.at, opening.at + timedelta(microseconds=1))
        opening.save(update_fields=["ends"])
    return opening
