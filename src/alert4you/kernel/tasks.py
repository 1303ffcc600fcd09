"""What has to be done every hour for the audit trail, and what mails forget."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q

from alert4you.kernel import roots
from alert4you.kernel.mailing import Notice, send_once
from alert4you.kernel.models import AuditRoot, Letter
from alert4you.kernel.rhythm import every
from alert4you.kernel.statistics import keep_statistics

A_WEEK = timedelta(days=7)
MONTHS = timedelta(days=90)


@every(hours=1)
def sign_audit_root(at: datetime) -> int:
    """Sign the ends of all chains."""
    return int(roots.sign_root(at) is not None)


def send_audit_roots(at: datetime) -> int:
    """Send the roots of this week to those who keep them elsewhere, each once, also after an outage."""
    sent = 0
    for root in AuditRoot.objects.filter(at__gt=at - A_WEEK, at__lte=at).order_by("at"):
        words = f"{root.at.isoformat()}\n{root.root}\n{root.signature}\n{roots.public_key()}\n"
        notice = Notice("Alert4you: audit root", words)
        for keeper in settings.AUDIT_MAIL:
            sent += send_once(f"kernel.AuditRoot:{root.pk}", notice, keeper, at) is True
    return sent


@every(hours=6)
def forget_letters(at: datetime) -> int:
    """What a row knows by itself after a while: that its mails went; and what nobody asks for any more."""
    over = Q(sent_at__lt=at - MONTHS) | Q(sent_at=None, next_at__lt=at - A_WEEK)
    gone, __ = Letter.objects.filter(over).delete()
    return gone


@every(hours=24)
def know_tables(at: datetime) -> int:
    """So that pages stay fast while the tables grow."""
    return keep_statistics(at)
