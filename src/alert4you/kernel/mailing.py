"""Mail: beside the answer of a page, or once about a row, to whom it may go at the moment of sending.

No mail says about whom or what it is. Nothing waits with an address on it: the row itself is the queue,
and who asks for mail about it says each time anew to whom.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr
from functools import partial
from smtplib import SMTPDataError, SMTPRecipientsRefused
from threading import Thread
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, send_mail
from django.db import transaction
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import override

from alert4you.kernel.outbox import NotTakenError, key_of, once

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

    Answers how many went now. What an address did not take waits; the row stays unmarked.
    Raises OSError when there is no mail server.
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
    """Whether it went now; False when it went before, None when this address did not take it now.

    Raises OSError when there is no mail server: the job stops, and is done again later.
    """
    key = key_of(about, to)
    return once(about.partition(":")[0], key, at, partial(_send, notice, to, key))


def _send(notice: Notice, to: str, key: str) -> None:
    with override("nl"):
        words = EmailMessage(str(notice.subject), str(notice.body), None, [to])
        words.extra_headers["Message-ID"] = f"<{key}@{_domain()}>"
        try:
            words.send()
        except (SMTPRecipientsRefused, SMTPDataError) as refused:
            raise NotTakenError from refused


def send_beside(subject: str, body: str, to: str) -> None:
    """Send after the transaction, in its own thread; tests wait for it.

    A mail that cannot be sent is logged without its address, and never sent later: who waited asks
    again, and gets a code that still works.
    """

    def send() -> None:
        try:
            send_mail(subject, body, None, [to])
        except OSError:
            log.error("a mail could not be sent")

    if settings.MODE == "test":
        send()
    else:
        transaction.on_commit(Thread(target=send, daemon=True).start)


def _domain() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
