"""What went wrong, and who was told."""

from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from alert4you.access.models import Entry, Kind
from alert4you.access.queries.line import entries, placements
from alert4you.children.models import Child, Placement
from alert4you.notes.models import (
    Card,
    Incident,
)
from alert4you.notes.queries.rows import one
from alert4you.organisations.models import Actor, Group


def incident(actor: Actor, incident_id: UUID) -> Incident:
    seen = Incident.objects.visible_to(actor).select_related("child", "author", "hat")
    found = one(seen.filter(pk=incident_id))
    if found.agreement_id is not None:
        found.agreed = Card.objects.visible_to(actor).filter(pk=found.agreement_id).first()
    return found


def incidents(actor: Actor, child: Child) -> QuerySet[Incident]:
    return Incident.objects.visible_to(actor).filter(child=child).order_by("-at", "pk")


def told_to_others(actor: Actor, group: Group) -> QuerySet[Entry]:
    """What other parents of a group heard, the latest first."""
    return entries(actor).filter(group=group, child=None, kind=Kind.INCIDENT)


def groups_of(actor: Actor, child: Child) -> list[Group]:
    """The groups of the own organisation where the child has a place now."""
    groups = groups_now(actor, child)
    return [each for each in groups if each.location.organisation_id == actor.organisation_id]


def groups_now(actor: Actor, child: Child) -> list[Group]:
    known = placements(actor, child).prefetch_related(None)
    return [each.group for each in known if _runs(each, actor.today)]


def _runs(placement: Placement, day: date) -> bool:
    return placement.starts <= day and (placement.ends is None or day < placement.ends)
