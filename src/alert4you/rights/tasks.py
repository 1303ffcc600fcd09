"""Mails without content: somebody asks something, there is an answer. Each once; safe to repeat."""

from datetime import datetime

from django.core.mail import send_mail
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from alert4you.access.tasks import SIGN_IN
from alert4you.kernel.clock import day_of
from alert4you.organisations.models import Membership
from alert4you.organisations.rules import RUNS_THE_PLACE
from alert4you.rights.models import RightsRequest
from alert4you.rights.rules.asking import represents
from alert4you.rights.rules.handling import ANSWERS

SOMEBODY_ASKS = _("Somebody asks about their data in Alert4you")
AN_ANSWER = _("There is news about what you asked in Alert4you")


def announce_requests(at: datetime) -> int:
    """Who answers hears that something was asked."""
    waiting = RightsRequest.objects.filter(announced_at=None, decided_at=None, at__lte=at)
    sent = 0
    for request in waiting:
        if waiting.filter(pk=request.pk).update(announced_at=at):
            here = Membership.objects.on(day_of(at)).filter(organisation=request.organisation_id)
            hats = here.filter(role__in=ANSWERS) or here.filter(role__in=RUNS_THE_PLACE)
            sent += _mail(SOMEBODY_ASKS, hats.values_list("person__email", flat=True))
    return sent


def announce_answers(at: datetime) -> int:
    """Who asked here hears that there is an answer or that it takes longer, while the authority holds."""
    news = RightsRequest.objects.filter(told_at=None, recorded_by=None)
    news = news.filter(Q(decided_at__lte=at) | Q(extended_at__lte=at))
    sent = 0
    for request in news.select_related("asked_by"):
        if not news.filter(pk=request.pk).update(told_at=at):
            continue
        if represents(request.child, request.asked_by, day_of(at)):
            sent += _mail(AN_ANSWER, [request.asked_by and request.asked_by.email])
    return sent


def _mail(subject: str | Promise, addresses: object) -> int:
    """A mail without a name, a child or a reason in it; one per address."""
    there = sorted({each for each in addresses if each})  # type: ignore[attr-defined]
    with override("nl"):
        for address in there:
            send_mail(str(subject), str(SIGN_IN), None, [address])
    return len(there)
