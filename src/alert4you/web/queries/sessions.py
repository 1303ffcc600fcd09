"""Where somebody is signed in, and whether a browser is one she came in with before."""

from dataclasses import dataclass
from datetime import datetime

from django.core.signing import BadSignature, Signer
from django.utils.crypto import salted_hmac

from alert4you.organisations.models import Person
from alert4you.organisations.queries import sessions
from alert4you.web.rules.sessions import Door

KNOWN = "alert4you.known"
MOST = 30  # people who came in with one browser


@dataclass(frozen=True)
class SignedIn:
    """A session as its owner sees it; ``name`` tells it from the others and opens nothing."""

    name: str
    browser: str
    on_tablet: bool
    since: datetime
    seen: datetime
    is_here: bool


def signed_in(person: Person, at: datetime, here: str | None) -> list[SignedIn]:
    """This browser (session key ``here``) first, then where she was last."""
    found = [
        (each, door)
        for each in sessions(person)
        for door in [Door.of(each.get_decoded())]
        if door.since and not door.is_over(at)
    ]
    rows = [
        SignedIn(
            each.name,
            door.browser,
            bool(door.tablet),
            datetime.fromisoformat(door.since),
            datetime.fromisoformat(door.seen),
            each.session_key == here,
        )
        for each, door in found
    ]
    return sorted(rows, key=lambda row: (row.is_here, row.seen), reverse=True)


def came_before(cookie: str | None, person: Person) -> bool:
    """Whether this person came in with this browser before, by what it kept."""
    return _mark(person) in _kept(cookie)


def with_newcomer(cookie: str | None, person: Person) -> str:
    """What the browser keeps from now on; it tells nobody who they are."""
    return Signer(salt=KNOWN).sign(".".join([*_kept(cookie), _mark(person)][-MOST:]))


def _kept(cookie: str | None) -> list[str]:
    try:
        return Signer(salt=KNOWN).unsign(cookie or "").split(".")
    except BadSignature:
        return []


def _mark(person: Person) -> str:
    return salted_hmac(KNOWN, person.pk.hex, algorithm="sha256").hexdigest()[:16]
