"""What is written on the card of somebody who works with children."""

from datetime import timedelta
from typing import Any

from alert4you.groups.commands.card import Proof, write_fact
from alert4you.groups.models import CardFact
from alert4you.groups.rules.card import POINTS
from alert4you.organisations.models import Actor, Membership
from alert4you.scenarios import kinds
from alert4you.scenarios.sentences import deed
from alert4you.scenarios.world import World

FACT = kinds.one_of(
    "a fact of a card", [(each.replace("_", " "), each) for each in CardFact.Kind.values]
)


@deed(
    "{who} writes on the card of {other}",
    must={"fact": FACT, "seen": kinds.TEXT},
    may={
        "months ago": kinds.NUMBER,
        "last day": kinds.DAY,
        "payer": kinds.ORGANISATION,
        **dict.fromkeys(POINTS, kinds.NUMBER),
    },
)
def card(world: World, who: Actor, other: Membership, fact: str, seen: str, **more: Any) -> None:
    """A fact that holds from today, or from so many months of thirty days ago, until a last day."""
    starts = who.today - timedelta(days=30 * more.get("months_ago", 0))
    last = more.get("last_day")
    points = {key: more[key] for key in POINTS if key in more}
    proof = Proof(seen, more.get("payer"), points)
    write_fact(who, other, fact, starts, last and last + timedelta(days=1), proof)
