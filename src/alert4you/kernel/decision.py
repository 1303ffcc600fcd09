"""What a rule answers, and what stops a command."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Decision:
    """The answer of a rule: true when allowed, else why not and what can be done instead.

    Both texts are shown to the person who asked, so they are written for that person
    (lazily translated strings are fine). ``field``: what was filled in wrongly, where a form has it.
    """

    reason: str | Promise = ""
    instead: str | Promise = ""
    field: str = ""

    def __bool__(self) -> bool:
        return not self.reason


ALLOWED = Decision()


class Denied(Exception):
    """A rule said no; ``decision`` holds the words for the person who asked."""

    def __init__(self, decision: Decision) -> None:
        super().__init__(str(decision.reason))
        self.decision = decision


def require(decision: Decision) -> None:
    if not decision:
        raise Denied(decision)


class Conflict(Exception):
    """Somebody else changed the same thing in between; ``theirs`` is what stands now."""

    def __init__(self, theirs: object) -> None:
        super().__init__(str(theirs))
        self.theirs = theirs


class NotVisible(Exception):
    """Not there, or not for this actor: deliberately the same answer."""
