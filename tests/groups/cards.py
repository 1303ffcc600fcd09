"""What the tests write on cards."""

from datetime import date

from alert4you.groups.commands.card import Proof, write_fact
from alert4you.groups.models import CardFact
from tests.cast import Cast


def write(cast: Cast, whom: str, kind: str, starts: date, ends: date | None = None) -> CardFact:
    """Marit writes; each word a minute later than the one before."""
    actor = cast.actor("marit", minutes=CardFact.objects.count())
    return write_fact(actor, cast.people[whom], kind, starts, ends, Proof("Gezien op papier"))
