"""Telling other systems that something changed; forgetting tokens that open nothing any more."""

import json
from contextlib import suppress
from datetime import datetime
from functools import partial
from http.client import HTTPConnection, HTTPException
from socket import SHUT_RDWR, SOCK_STREAM, create_connection, gaierror, getaddrinfo, socket
from threading import Timer
from time import monotonic
from urllib.parse import quote, urlsplit

from cryptography.fernet import InvalidToken
from urllib3.util import create_urllib3_context

from alert4you.api.models import Webhook
from alert4you.api.queries import Change, changes_for, over_time, webhooks
from alert4you.api.rules import may_reach, signature
from alert4you.kernel.outbox import NotTakenError, once
from alert4you.kernel.rhythm import every

SECONDS = 10.0
SHARE = 30.0  # seconds a round, for one that takes everything but slowly
# Nobody there, an address that is none, or a secret of a key of before: whatever it is, the others hear.
UNREACHED = (HTTPException, OSError, ValueError, InvalidToken)
WRITTEN = "/?%!$&'()*+,;=:@-._~"  # in an address as it is


@every(hours=1)
def forget_tokens(at: datetime) -> int:
    gone, __ = over_time(at).delete()
    return gone


@every(minutes=1)
def tell_applications(at: datetime) -> int:
    """In the order of the trail; one that is not taken waits, and what came after it too."""
    return sum(_tell(webhook, at) for webhook in webhooks(at))


def _tell(webhook: Webhook, at: datetime) -> int:
    """As much as goes in its share of the time; the rest comes with the next round."""
    told, until = 0, monotonic() + SHARE
    for change in changes_for(webhook, at):
        send = partial(_send, webhook, change, at)
        gone = once("webhook", change.name, at, send) if change.may_hear else False
        if gone is None:
            break
        mine = Webhook.objects.filter(pk=webhook.pk, seq__lt=change.seq)
        mine.update(seq=change.seq, trouble="")
        told += gone
        if monotonic() > until:
            break
    return told


def _send(webhook: Webhook, change: Change, at: datetime) -> None:
    """Only what and which and when: whoever wants to know more asks for it, with its token."""
    body = json.dumps(
        {"kind": change.kind, "id": change.subject, "time": change.at.isoformat()},
        separators=(",", ":"),
    )
    try:
        status = _post(webhook.url, body, _headers(webhook.secret, change.name, at, body))
    except UNREACHED as lost:
        raise _not_taken(webhook, type(lost).__name__) from lost
    if not 200 <= status < 300:
        raise _not_taken(webhook, str(status))


def _headers(secret: str, name: str, at: datetime, body: str) -> dict[str, str]:
    timestamp = int(at.timestamp())
    return {
        "Content-Type": "application/json",
        "User-Agent": "Alert4you",
        "webhook-id": name,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signature(secret, name, timestamp, body),
    }


def _not_taken(webhook: Webhook, why: str) -> NotTakenError:
    """Who let the application in sees what is wrong at its end."""
    Webhook.objects.filter(pk=webhook.pk).update(trouble=why)
    return NotTakenError(why)


def _post(url: str, body: str, headers: dict[str, str]) -> int:
    """What is answered there. Who answers a byte at a time is hung up on: others wait for it."""
    to = urlsplit(url)
    host, is_safe = to.hostname or "", to.scheme == "https"
    path = (to.path or "/") + (f"?{to.query}" if to.query else "")
    with _line_to(host, to.port or (443 if is_safe else 80)) as line, line.dup() as held:
        end, asking = Timer(SECONDS, _hang_up, [held]), HTTPConnection(host, to.port)
        end.start()
        try:
            asking.sock = _sealed(line, host) if is_safe else line
            asking.request("POST", quote(path, safe=WRITTEN), body, headers)
            return asking.getresponse().status
        finally:
            end.cancel()
            asking.close()


def _line_to(host: str, port: int) -> socket:
    """To an address that was looked at, so that a name cannot point elsewhere in between."""
    found = [str(each[4][0]) for each in getaddrinfo(host, port, type=SOCK_STREAM)]
    if not all(map(may_reach, found)):
        raise gaierror("an address of our own network")
    for address in found:
        with suppress(OSError):
            return create_connection((address, port), SECONDS)
    raise ConnectionError


def _sealed(line: socket, host: str) -> socket:
    """Only with who has a certificate of that name; raises OSError."""
    seal = create_urllib3_context()
    seal.load_default_certs()
    return seal.wrap_socket(line, server_hostname=host)


def _hang_up(line: socket) -> None:
    with suppress(OSError):
        line.shutdown(SHUT_RDWR)
