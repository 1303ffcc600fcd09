"""Every night: show what came due. And what two people approved goes. Safe to repeat."""

from collections import Counter
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from alert4you.children.models import Child
from alert4you.kernel import audit
from alert4you.kernel.clock import day_of
from alert4you.kernel.mailing import Notice, send_once
from alert4you.kernel.models import AuditRecord
from alert4you.kernel.rhythm import nightly
from alert4you.organisations.models import Organisation, Role
from alert4you.organisations.queries import mail_to, system_actor
from alert4you.retention.commands.erasing import carry_out, show_due
from alert4you.retention.models import Erasure, Why
from alert4you.retention.queries.facts import files
from alert4you.retention.rules.due import APPROVALS

NIGHTLY = "retention.show_what_is_due"
DUE = Notice(
    _("Something in Alert4you need not be kept any longer"),
    _("Sign in to Alert4you to read it."),
)
A_NIGHT = timedelta(hours=20)
A_WEEK = timedelta(days=7)


def erase_approved(at: datetime) -> int:
    """Carry out what two people approved, each in a transaction of its own; how many."""
    rows = Erasure.objects.unrestricted(reason="carrying out what was approved")
    approved = rows.filter(executed_at=None, stopped_at=None).annotate(yes=Count("approvals"))
    ready = approved.filter(yes__gte=APPROVALS).order_by("found_at", "pk")
    return sum(carry_out(each, at) for each in ready)


@nightly
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
    new: Counter[UUID] = Counter()
    for child_id, organisation_id in files():
        new[organisation_id] += show_due(places[organisation_id], rows.get(pk=child_id), at)
    for organisation_id, place in places.items():
        new[organisation_id] += show_due(place, None, at)
        new[organisation_id] += show_due(place, None, at, Why.TRAIL)
    return new.total()


def announce_due(at: datetime) -> int:
    """Whoever looks after privacy hears once a day that something is due, else who runs the place."""
    rows = Erasure.objects.unrestricted(reason="who must hear that something is due")
    found = rows.filter(executed_at=None, stopped_at=None, proposed_by=None)
    found = found.filter(found_at__gt=at - A_WEEK, found_at__lte=at)
    days = {
        (place, day_of(moment)) for place, moment in found.values_list("organisation", "found_at")
    }
    return sum(
        send_once(f"retention.Erasure:{place}:{day}", DUE, address, at) is True
        for place, day in sorted(days)
        for address in sorted({each for each in mail_to(place, at, Role.PRIVACY_OFFICER) if each})
    )
