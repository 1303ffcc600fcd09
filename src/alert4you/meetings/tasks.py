"""Telling who is invited that a meeting was planned, moved or cancelled, by a mail without content."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from alert4you.kernel.mailing import Notice, announce
from alert4you.meetings.queries.planning import still_invited, unannounced

NOTICE = Notice(
    _("A meeting in Alert4you was planned or changed"),
    _("Sign in to see when it is, and whether something is asked of you."),
)


def announce_meetings(at: datetime) -> int:
    """Each change of a meeting that is still to come once per person; safe to repeat."""
    sent = 0
    for seat in unannounced(at):
        if still_invited(seat, at):
            waits = unannounced(at).filter(pk=seat.pk)
            to = [seat.person.email] if seat.person else []
            sent += announce(waits, NOTICE, to, at, announced=seat.meeting.sequence)
    return sent
