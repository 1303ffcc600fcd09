"""Every night: show what came due. And what two people approved goes. Safe to repeat."""

from datetime import datetime, timedelta

from django.db.models import Count

from alert4you.children.models import Child
from alert4you.kernel import audit
from alert4you.kernel.models import AuditRecord
from alert4you.organisations.models import Organisation
from alert4you.organisations.queries import system_actor
from alert4you.retention.commands.erasing import carry_out, show_due
from alert4you.retention.models import Erasure
from alert4you.retention.queries.facts import files
from alert4you.retention.rules.due import APPROVALS

NIGHTLY = "retention.show_what_is_due"
A_NIGHT = timedelta(hours=20)


def erase_approved(at: datetime) -> int:
    """Carry out what two people approved, each in a transaction of its own; how many."""
    rows = Erasure.objects.unrestricted(reason="carrying out what was approved")
    approved = rows.filter(executed_at=None, stopped_at=None).annotate(yes=Count("approvals"))
    ready = approved.filter(yes__gte=APPROVALS).select_related("child", "organisation")
    return sum(carry_out(each, at) for each in ready.order_by("found_at", "pk"))


def show_what_is_due(at: datetime) -> int:
    """Once a night, for every organisation, list what the terms let go; how many are new."""
    actor = system_actor(at)
    done = AuditRecord.objects.filter(
        organisation_id=actor.organisation_id, at__gt=at - A_NIGHT, at__lte=at, name=NIGHTLY
    )
    if done.exists():
        return 0
    audit.append([AuditRecord.of(actor, AuditRecord.Action.EXECUTE, NIGHTLY)])
    places = Organisation.objects.in_bulk()
    rows = Child.objects.unrestricted(reason="how long it is kept")
    new = 0
    for child_id, organisation_id in files():
        new += show_due(places[organisation_id], rows.get(pk=child_id), at)
    return new + sum(show_due(place, None, at) for place in places.values())
