"""Mail: beside the answer of a page, or once about a row, to whom it may go at the moment of sending.

No mail says about whom or what it is. Nothing waits with an address on it: the row itself is the queue,
and who asks for mail about it says each time anew to whom.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr
from functools import partial
from smtplib import SMTPException
from threading import Thread
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, send_mail
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from django.utils.translation import override

from alert4you.kernel.models import Letter

MAIL = "alert4you.mail"
A_TRY_LASTS = timedelta(minutes=10)
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Notice:
    """That there is something, and never what."""

    subject: str | Promise
    body: str | Promise


def announce(
    rows: QuerySet, notice: Notice, addresses: Iterable[str | None], at: datetime, **mark: Any
) -> int:
    """Mail about the row that waits in ``rows`` to each address; mark it once all mails went.

    Answers how many went now. What could not be sent waits for the next sweep; the row stays unmarked.
    """
    row = rows.order_by("pk").first()
    if row is None:
        return 0
    edition = [str(value) for value in mark.values() if value != at]
    about = ":".join([row._meta.label, str(row.pk), *mark, *edition])
    tries = [
        send_once(about, notice, to, at) for to in sorted({each for each in addresses if each})
    ]
    if None not in tries:
        rows.update(**mark)
    return sum(sent is True for sent in tries)


def send_once(about: str, notice: Notice, to: str, at: datetime) -> bool | None:
    """Whether it went now; False when it went before, None when it must be tried again.

    A sender that stops between sending and writing that down sends again with the same Message-ID, so
    that the one who gets it has one mail.
    """
    key = salted_hmac(MAIL, f"{about}:{to}", algorithm="sha256").hexdigest()
    Letter.objects.get_or_create(key=key)
    mine = Letter.objects.filter(key=key, sent_at=None)
    free = Q(tried_at=None) | Q(tried_at__lte=at - A_TRY_LASTS)
    if not mine.filter(free).update(tried_at=at):
        return None if mine.exists() else False
    with override("nl"):
        words = EmailMessage(str(notice.subject), str(notice.body), None, [to])
        words.extra_headers["Message-ID"] = f"<{key}@{_domain()}>"
        if not _went(words.send):
            mine.update(tried_at=None)
            return None
    mine.update(sent_at=at)
    return True


def send_beside(subject: str, body: str, to: str) -> None:
    """Send after the transaction, in its own thread; tests wait for it.

    A mail that cannot be sent is logged without its address, and never sent later: who waited asks
    again, and gets a code that still works.
    """
    send = partial(_went, partial(send_mail, subject, body, None, [to]))
    if settings.MODE == "test":
        send()
    else:
        transaction.on_commit(Thread(target=send, daemon=True).start)


def _domain() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"


def _went(send: Any) -> bool:
    try:
        send()
    except (SMTPException, OSError):
        log.error("a mail could not be sent")
        return False
    return True
