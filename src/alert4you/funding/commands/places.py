"""Writing down what pays for a place, and for a colleague on a group."""

from alert4you.children.models import Placement
from alert4you.funding.models import PaidWorker
from alert4you.funding.rules import places
from alert4you.kernel.command import command
from alert4you.organisations.models import Actor, Group, Membership, Organisation


@command(places.may_write_ground)
def write_ground(actor: Actor, placement: Placement, basis: str) -> Placement:
    """On what ground the child is here, and so what pays for the place; each child its own."""
    placement.basis = basis
    placement.save(update_fields=["basis"])
    return placement


@command(places.may_say_who_pays)
def say_who_pays(
    actor: Actor,
    membership: Membership,
    group: Group,
    payer: Organisation,
    extra: int | None = None,
    scale: str = "",
) -> PaidWorker:
    """From today on ``payer`` pays for this colleague on the group; ``extra``: euros a month more."""
    before = PaidWorker.objects.filter(membership=membership, group=group, ends=None)
    before.filter(starts=actor.today).delete()
    before.update(ends=actor.today)
    return PaidWorker.objects.create(
        membership=membership,
        group=group,
        payer=payer,
        scale=scale,
        extra=extra,
        starts=actor.today,
    )
