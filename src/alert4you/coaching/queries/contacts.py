"""Visits, what happened during them, and what still owes an answer."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from alert4you.access.models import Entry
from alert4you.access.queries.line import posted_locations
from alert4you.coaching.models import (
    Contact,
    Visit,
)
from alert4you.kernel.decision import NotVisible
from alert4you.organisations.models import (
    Absence,
    Actor,
    Location,
)


def visits(actor: Actor, first: date, last: date) -> QuerySet[Visit]:
    """Planned visits of this hat and of whom it stands in for, both days included."""
    covered = Absence.objects.on(actor.today).filter(cover=actor.membership_id)
    mine = Q(coach=actor.membership_id) | Q(coach__in=covered.values("membership"))
    planned = Visit.objects.filter(mine, day__range=(first, last), cancelled_at=None)
    return planned.select_related("location__organisation", "coach__person").order_by("day", "pk")


def visits_of_week(actor: Actor) -> QuerySet[Visit]:
    """Monday to Sunday of the actor's week."""
    monday = actor.today - timedelta(days=actor.today.weekday())
    return visits(actor, monday, monday + timedelta(days=6))


def coming_visits(actor: Actor, locations: Iterable[Location | UUID]) -> QuerySet[Visit]:
    """When a coach comes to one of these locations, from today on."""
    coming = Visit.objects.filter(location__in=locations, day__gte=actor.today, cancelled_at=None)
    return coming.select_related("coach__person", "location").order_by("day", "pk")


def visit(actor: Actor, visit_id: UUID) -> Visit:
    known = Visit.objects.filter(pk=visit_id, location__in=posted_locations(actor))
    found = known.select_related("location__organisation", "coach__person").first()
    if found is None:
        raise NotVisible
    return found


def contacts_of_visit(actor: Actor, visit: Visit) -> QuerySet[Contact]:
    """What happened during a visit, oldest first."""
    seen = Contact.objects.visible_to(actor).filter(visit=visit)
    return seen.select_related("child", "author", "hat").order_by("at", "pk")


def owes_generalising(actor: Actor) -> QuerySet[Contact]:
    """Own contacts that do not yet say what helps the other children too."""
    mine = Contact.objects.visible_to(actor).filter(
        hat=actor.membership_id, helps_others="", parents_present=False
    )
    return mine.select_related("child", "location").order_by("at")


def contact(actor: Actor, contact_id: UUID) -> Contact:
    seen = Contact.objects.visible_to(actor).select_related("child", "location")
    found = seen.filter(pk=contact_id).first()
    if found is None:
        raise NotVisible
    return found


def must_know(actor: Actor, children: Iterable[UUID]) -> QuerySet[Entry]:
    """What everybody on the group must know about these children, newest first."""
    seen = Entry.objects.visible_to(actor).filter(must_know=True, child__in=children)
    return seen.select_related("child", "author", "hat").order_by("-at", "pk")


def group_entries(actor: Actor) -> QuerySet[Entry]:
    """What was written about the groups without a child, newest first."""
    seen = Entry.objects.visible_to(actor).filter(child=None)
    return seen.select_related("author", "hat__organisation", "group", "location").order_by("-at")
