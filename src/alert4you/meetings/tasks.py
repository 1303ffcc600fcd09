"""Telling who is invited that a meeting was planned, moved or cancelled, by a mail without content."""

from datetime import datetime

from django.core.mail import send_mail
from django.utils.translation import gettext as _
from django.utils.translation import override

from alert4you.meetings.queries.planning import unannounced


def announce_meetings(at: datetime) -> int:
    """Each change of a meeting that is still to come once per person; safe to repeat."""
    sent = 0
    for seat in unannounced(at):
        told = unannounced(at).filter(pk=seat.pk).update(announced=seat.meeting.sequence)
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
