"""Today for this hat."""

from dataclasses import dataclass

from alert4you.organisations.models import Actor


@dataclass(frozen=True)
class Today:
    """What the page shows."""


def today(actor: Actor) -> Today:
    return Today()
