"""Telling people that something waits for them, by a mail without content."""

from datetime import datetime

from django.core.mail import send_mail
from django.utils.translation import gettext as _
from django.utils.translation import override

from alert4you.coaching.queries.questions import unannounced


def announce_questions(at: datetime) -> int:
    """Tell who must answer that a question waits; each question once, safe to repeat."""
    sent = 0
    for question in unannounced(at):
        claimed = unannounced(at).filter(pk=question.pk).update(announced_at=at)
        email = question.to.person.email
        if claimed and email:
            with override("nl"):
                send_mail(
                    _("A question waits for you in Alert4you"),
                    _("Sign in to read it and to answer before the date that is shown there."),
                    None,
                    [email],
                )
            sent += 1
    return sent
