"""Keeping a place free for a child while people decide, and saying what a group has to offer."""

from collections.abc import Collection
from datetime import date

from alert4you.children.models import Child, Days, Hold
from alert4you.kernel.command import command
from alert4you.organisations.models import Actor, Group
from alert4you.planning.models import Profile
from alert4you.planning.rules import holding


@command(holding.may_hold, counts_in="group")
def hold_place(
    actor: Actor, child: Child, group: Group, starts: date, days: Days, until: date
) -> Hold:
    """Nobody else gets these days until then; a new hold for the same child comes instead of the old one."""
    held, _new = Hold.objects.unrestricted(reason="one for each child and group").update_or_create(
        child=child,
        group=group,
        defaults={
            "wanted": sorted({(weekday, str(part)) for weekday, part in days}),
            "starts": starts,
            "until": until,
            "held_by_id": actor.membership_id,
        },
    )
    return held


@command(holding.may_let_go, counts_in="hold.group")
def let_go(actor: Actor, hold: Hold) -> Hold:
    """The days are free again."""
    Hold.objects.unrestricted(reason="let go").filter(pk=hold.pk).delete()
    return hold


@command(holding.may_describe)
def describe_group(
    actor: Actor,
    group: Group,
    has: Collection[str],
    most: int | None,
    point: tuple[float, float] | None = None,
) -> Profile:
    """What a group has to offer, how many children with a trajectory it takes at most, and where it is."""
    if point is not None:
        group.location.latitude, group.location.longitude = point
        group.location.save(update_fields=["latitude", "longitude"])
    profile, _new = Profile.objects.update_or_create(
        group=group, defaults={"has": sorted(has), "most": most}
    )
    return profile
