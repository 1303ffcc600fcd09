"""Telling who is invited that a meeting was planned, moved or cancelled, by a mail without content."""

from datetime import datetime

from django.core.mail import send_mail
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from alert4you.meetings.models import Seat


def announce_meetings(at: datetime) -> int:
    """Each change of a meeting that is still to come once per person; safe to repeat."""
    sent = 0
    for seat in _unannounced(at):
        told = _unannounced(at).filter(pk=seat.pk).update(announced=seat.meeting.sequence)
        if told and seat.person and seat.person.email:
            with override("nl"):
                send_mail(
                    _("A meeting in Alert4you was planned or changed"),
                    _("Sign in to see when it is, and whether something is asked of you."),
                    None,
                    [seat.person.email],
                )
            sent += 1
    return sent


def _unannounced(at: datetime) -> QuerySet[Seat]:
    """Seats of people who had no mail yet about how their meeting is now."""
    behind = Q(announced=None) | Q(announced__lt=F("meeting__sequence"))
    taken = Q(membership__isnull=False) | Q(guardian__isnull=False)
    found = Seat.objects.filter(
        behind, taken, meeting__ends__gte=at, meeting__changed_at__lte=at, meeting__held_at=None
    )
    return found.select_related("meeting", "membership__person", "guardian__person")
