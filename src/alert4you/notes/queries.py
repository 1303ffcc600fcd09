"""What was written about a group, and last about a child."""

from uuid import UUID

from django.db.models import Q, QuerySet

from alert4you.access.models import Entry, Kind
from alert4you.access.policy import KNOWS_ALL_GROUPS
from alert4you.access.queries.line import entries, posted_locations
from alert4you.children.models import Child
from alert4you.kernel.decision import NotVisible
from alert4you.organisations.models import Actor, Group, Roster


def group(actor: Actor, group_id: UUID) -> Group:
    """A group where this hat works, which it coaches, or which it looks after."""
    rostered = Roster.objects.on(actor.today).filter(membership=actor.membership_id)
    known = Q(pk__in=rostered.values("group")) | Q(location__in=posted_locations(actor))
    if actor.role in KNOWS_ALL_GROUPS:
        known |= Q(location__organisation=actor.organisation_id)
    found = Group.objects.filter(known, pk=group_id).select_related("location").first()
    if found is None:
        raise NotVisible
    return found


def group_notes(actor: Actor, group: Group) -> QuerySet[Entry]:
    """What was written about the group without a child, newest first."""
    return entries(actor).filter(group=group, child=None, kind=Kind.NOTE)


def last_notes(actor: Actor, child: Child, most: int = 3) -> QuerySet[Entry]:
    """The newest notes about a child that this hat may see."""
    return entries(actor).filter(child=child, kind=Kind.NOTE)[:most]
