"""Mail that leaves beside the answer: how long a page takes tells nobody whether a mail went out."""

import logging
from functools import partial
from smtplib import SMTPException
from threading import Thread

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction

log = logging.getLogger(__name__)


def send_beside(subject: str, body: str, to: str) -> None:
    """Send after the transaction, in its own thread; tests wait for it.

    A mail that cannot be sent is logged without its address: who waited asks again.
    """
    send = partial(_send, subject, body, to)
    if settings.MODE == "test":
        send()
    else:
        transaction.on_commit(Thread(target=send, daemon=True).start)


def _send(subject: str, body: str, to: str) -> None:
    try:
        send_mail(subject, body, None, [to])
    except (SMTPException, OSError):
        log.error("a mail of the door could not be sent")
