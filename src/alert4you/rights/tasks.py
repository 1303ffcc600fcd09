"""Mails without content: somebody asks something, there is an answer. Each once; safe to repeat."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alert4you.access.tasks import SIGN_IN
from alert4you.kernel.mailing import Notice, announce
from alert4you.organisations.queries import mail_to, parent_actor
from alert4you.rights.models import RightsRequest
from alert4you.rights.rules.asking import may_see_request
from alert4you.rights.rules.handling import ANSWERS

SOMEBODY_ASKS = Notice(_("Somebody asks about their data in Alert4you"), SIGN_IN)
TOLD = "who must hear that something was asked or answered"
AN_ANSWER = Notice(_("There is news about what you asked in Alert4you"), SIGN_IN)


def announce_requests(at: datetime) -> int:
    """Who answers hears that something was asked."""
    waiting = RightsRequest.objects.unrestricted(reason=TOLD).filter(
        announced_at=None, decided_at=None, at__lte=at
    )
    sent = 0
    for request in waiting:
        to = mail_to(request.organisation_id, at, *ANSWERS)
        sent += announce(waiting.filter(pk=request.pk), SOMEBODY_ASKS, to, at, announced_at=at)
    return sent


def announce_answers(at: datetime) -> int:
    """Whoever asked here hears that there is an answer, that it takes longer or ends, while it may be read.

    ``told_at`` is the moment of the news: more time, the answer, and that it ends are three mails.
    """
    news = RightsRequest.objects.unrestricted(reason=TOLD)
    news = news.filter(told_at=None, recorded_by=None)
    news = news.filter(Q(decided_at__lte=at) | Q(extended_at__lte=at) | Q(lifted_at__lte=at))
    sent = 0
    for request in news.select_related("asked_by"):
        waits, since = news.filter(pk=request.pk), _since(request)
        sent += announce(waits, AN_ANSWER, _asked(request, at), at, told_at=since)
    return sent


def _since(request: RightsRequest) -> datetime | None:
    return request.lifted_at or request.decided_at or request.extended_at


def _asked(request: RightsRequest, at: datetime) -> list[str | None]:
    """Who asked, while this person may sign in and read the answer."""
    person = request.asked_by
    there = person and person.is_active and may_see_request(parent_actor(person, at), request)
    return [person.email] if person and there else []
