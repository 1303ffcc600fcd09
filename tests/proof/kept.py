"""What the parents asked to use less: all of it until a day, or one entry (AVG 18)."""

from typing import Any

from alert4you.access.models import Entry, Mark, NegativeMark
from alert4you.organisations.models import Membership


def only_keep(maker: Any) -> None:
    """R12 for the world of this maker; now and then who looks is the one who said yes."""
    random, rows = maker.random, maker.world.rows
    entry = random.choice(rows[Entry])
    whole = entry.child is None or random.random() < 0.5
    maker.world.add(
        NegativeMark,
        child=maker.child if whole else entry.child,
        entry=None if whole else entry,
        mark=Mark.ONLY_KEPT,
        made_by=random.choice((maker.who, *rows[Membership])),
        reason="reason",
        **maker.period(),
    )
