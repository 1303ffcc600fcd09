"""What leaves this installation leaves once: a mail, and what another system is told.

The row that caused it is the queue, written in the transaction of the cause; a job asks each time anew
whether it still may go, and to whom. Here is only remembered, by a digest, that it went.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db.models import F
from django.utils.crypto import salted_hmac

from alert4you.kernel.models import Letter

A_TRY_LASTS = timedelta(minutes=10)
LONGEST_PAUSE = timedelta(hours=6)


class NotTakenError(Exception):
    """The one it was meant for did not take it: only this one waits. Anything else stops the job."""


def key_of(about: str, to: str) -> str:
    """The same for the same thing to the same receiver, always; says nothing to whoever reads it."""
    return salted_hmac("alert4you.mail", f"{about}:{to}", algorithm="sha256").hexdigest()


def once(kind: str, key: str, at: datetime, send: Callable[[], object]) -> bool | None:
    """Whether it went now; False when it went before, None when it is to be tried again later.

    A sender that dies between sending and writing that down sends again after ten minutes: give what you
    send the key as its own (a Message-ID, an Idempotency-Key), so that the receiver has it once.
    Raises what ``send`` raises, except NotTakenError: that one waits, longer each time.
    """
    letter, __ = Letter.objects.get_or_create(
        key=key, defaults={"kind": kind, "made_at": at, "next_at": at}
    )
    mine = Letter.objects.filter(key=key, sent_at=None)
    if not mine.filter(next_at__lte=at).update(next_at=at + A_TRY_LASTS, tries=F("tries") + 1):
        return None if mine.exists() else False
    try:
        send()
    except NotTakenError:
        mine.update(next_at=at + pause(letter.tries + 1))
        return None
    except Exception:
        mine.update(next_at=at, tries=letter.tries)
        raise
    mine.update(sent_at=at)
    return True


def pause(tries: int, longest: timedelta = LONGEST_PAUSE) -> timedelta:
    """How long to wait after so many tries: a minute, and each time twice as long."""
    return min(timedelta(minutes=2 ** min(tries - 1, 20)), longest)
