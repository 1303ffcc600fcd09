"""What a session knows about how somebody came in, and when it is over.

A session that began elsewhere (no such facts in it) opens nothing.
"""

from collections.abc import MutableMapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Any, Self

LONGEST = timedelta(hours=12)
IDLE = timedelta(hours=2)
FRESH = timedelta(minutes=10)
BETWEEN_MARKS = timedelta(minutes=5)
KEY = "door"
# What stands in a User-Agent, the most telling sign first, and how people call it.
BROWSERS = {
    "Edg": "Edge",
    "OPR": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "Chrome": "Chrome",
    "CriOS": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Macintosh": "Mac",
    "CrOS": "Chromebook",
    "Linux": "Linux",
}


def browser_named(agent: str) -> str:
    """“Firefox, Windows”: enough to recognise one's own; empty when it says nothing that people know."""
    known = (
        next((name for sign, name in signs.items() if sign in agent), "")
        for signs in (BROWSERS, SYSTEMS)
    )
    return ", ".join(filter(None, known))


class Level(IntEnum):
    """How sure it is who somebody is."""

    DOOR = 0
    DAY = 1  # one proof: a code by mail, a password
    CARE = 2  # a passkey, or a second proof


@dataclass(frozen=True)
class Door:
    """How somebody came in: how sure, since when, last seen when, for which organisation only.

    ``enrols``: may set up a second proof, because the first was more than a mailbox.
    ``proved``: when the last proof was given that is more than a password or a mailbox.
    ``tablet``: on which shared tablet, that locks after ``idle`` minutes; ``hat``: whose PIN it was.
    ``browser``: in which, as its owner would call it.
    """

    level: int = Level.DOOR
    since: str = ""
    seen: str = ""
    staff: bool = False
    organisation: str = ""
    enrols: bool = False
    proved: str = ""
    tablet: str = ""
    idle: int = 0
    hat: str = ""
    browser: str = ""

    @classmethod
    def of(cls, session: MutableMapping[str, Any]) -> Self:
        return cls(**session.get(KEY, {}))

    def keep(self, session: MutableMapping[str, Any]) -> None:
        session[KEY] = asdict(self)

    def opened(self, at: datetime, level: Level) -> "Door":
        now = at.isoformat()
        proved = now if level >= Level.CARE else ""
        return replace(self, level=int(level), since=now, seen=now, proved=proved)

    def raised(self, at: datetime) -> "Door":
        """A second proof was given."""
        return replace(self, level=int(Level.CARE), enrols=False, hat="", proved=at.isoformat())

    def may_enrol(self, at: datetime) -> "Door":
        """A code was given by hand: with it one sets up a second proof."""
        return replace(self, enrols=True, proved=at.isoformat())

    def on_tablet(self, tablet: str, minutes: int) -> "Door":
        """Somebody came in on a shared tablet: however she did, it locks by itself."""
        return replace(self, tablet=tablet, idle=minutes)

    @property
    def is_own(self) -> bool:
        """Whether two proofs of her own were given: a shared tablet and a PIN open care, but are not that."""
        return self.level >= Level.CARE and not self.hat

    def is_fresh(self, at: datetime) -> bool:
        """Whether she proved it a moment ago; who has nothing but a password yet has nothing to prove."""
        if not self.is_own:
            return True
        return bool(self.proved) and at - datetime.fromisoformat(self.proved) < FRESH

    @property
    def longest_idle(self) -> timedelta:
        return timedelta(minutes=self.idle) if self.idle else IDLE

    def is_over(self, at: datetime) -> bool:
        """After twelve hours, too long without a page, or when the clock was set back."""
        if not self.since:
            return False
        idle = at - datetime.fromisoformat(self.seen)
        old = at - datetime.fromisoformat(self.since) >= LONGEST
        return old or idle >= self.longest_idle or idle <= -BETWEEN_MARKS

    def marked(self, at: datetime) -> "Door | None":
        """Seen again; None while the last mark is fresh enough (a mark costs a write)."""
        between = min(BETWEEN_MARKS, self.longest_idle / 10)
        if not self.seen or at - datetime.fromisoformat(self.seen) < between:
            return None
        return replace(self, seen=at.isoformat())
