"""Telling other systems that something changed; forgetting tokens that open nothing any more."""

import json
from datetime import datetime
from functools import partial
from socket import gaierror, getaddrinfo
from urllib.parse import urlsplit

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, Retry, Timeout
from urllib3.exceptions import HTTPError

from alert4you.api.models import Webhook
from alert4you.api.queries import Change, changes_for, over_time, webhooks
from alert4you.api.rules import may_reach, signature
from alert4you.kernel.outbox import NotTakenError, once
from alert4you.kernel.rhythm import every

SECONDS = 10.0
NO_OTHER_WAY = Retry(0, redirect=False)


@every(hours=1)
def forget_tokens(at: datetime) -> int:
    gone, __ = over_time(at).delete()
    return gone


@every(minutes=1)
def tell_applications(at: datetime) -> int:
    """In the order of the trail; one that is not taken waits, and what came after it too."""
    return sum(_tell(webhook, at) for webhook in webhooks(at))


def _tell(webhook: Webhook, at: datetime) -> int:
    told = 0
    for change in changes_for(webhook, at):
        send = partial(_send, webhook, change, at)
        gone = once("webhook", change.name, at, send) if change.may_hear else False
        if gone is None:
            break
        mine = Webhook.objects.filter(pk=webhook.pk, seq__lt=change.seq)
        mine.update(seq=change.seq, trouble="")
        told += gone
    return told


def _send(webhook: Webhook, change: Change, at: datetime) -> None:
    """Only what and which and when: whoever wants to know more asks for it, with its token."""
    body = json.dumps(
        {"kind": change.kind, "id": change.subject, "time": change.at.isoformat()},
        separators=(",", ":"),
    )
    timestamp = int(at.timestamp())
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Alert4you",
        "webhook-id": change.name,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signature(webhook.secret, change.name, timestamp, body),
    }
    try:
        status = _post(webhook.url, body, headers)
    except (HTTPError, gaierror, UnicodeError) as lost:
        raise _not_taken(webhook, type(lost).__name__) from lost
    if not 200 <= status < 300:
        raise _not_taken(webhook, str(status))


def _not_taken(webhook: Webhook, why: str) -> NotTakenError:
    """Who let the application in sees what is wrong at its end."""
    Webhook.objects.filter(pk=webhook.pk).update(trouble=why)
    return NotTakenError(why)


def _post(url: str, body: str, headers: dict[str, str]) -> int:
    """To the address that was looked at, so that a name cannot point elsewhere in between."""
    to = urlsplit(url)
    host = to.hostname or ""
    port = to.port or (443 if to.scheme == "https" else 80)
    found = {str(each[4][0]) for each in getaddrinfo(host, port)}
    if not all(map(may_reach, found)):
        raise gaierror("an address of our own network")
    address = sorted(found)[0]
    if to.scheme == "https":
        pool: HTTPConnectionPool = HTTPSConnectionPool(
            address, port, server_hostname=host, assert_hostname=host
        )
    else:
        pool = HTTPConnectionPool(address, port)
    path = (to.path or "/") + (f"?{to.query}" if to.query else "")
    with pool:
        answer = pool.request(
            "POST",
            path,
            body=body,
            headers={**headers, "Host": to.netloc},
            retries=NO_OTHER_WAY,
            timeout=Timeout(total=SECONDS),
            redirect=False,
            preload_content=False,
        )
        return answer.status
