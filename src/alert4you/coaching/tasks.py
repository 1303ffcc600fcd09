"""Telling people that something waits for them, by a mail without content."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from alert4you.coaching.queries.questions import still_to_answer, unannounced
from alert4you.kernel.mailing import Notice, announce

NOTICE = Notice(
    _("A question waits for you in Alert4you"),
    _("Sign in to read it and to answer before the date that is shown there."),
)


def announce_questions(at: datetime) -> int:
    """Tell who must answer that a question waits; each question once, safe to repeat."""
    sent = 0
    for question in unannounced(at):
        if still_to_answer(question, at):
            waits = unannounced(at).filter(pk=question.pk)
            sent += announce(waits, NOTICE, [question.to.person.email], at, announced_at=at)
    return sent
