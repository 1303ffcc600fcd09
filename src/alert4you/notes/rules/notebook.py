"""The shared notebook of a child: whose turn it is to write."""

from collections.abc import Iterable
from dataclasses import dataclass

from alert4you.notes.models import Turn


@dataclass(frozen=True)
class Written:
    """Who wrote something, and whom it invites to write next (``Turn`` or empty)."""

    by: Turn
    invites: str = ""


def whose_turn(oldest_first: Iterable[Written]) -> Turn | None:
    """Who was invited and did not write yet; what parents write waits for the group. None: nobody must."""
    turn = None
    for each in oldest_first:
        if each.by == turn:
            turn = None
        if each.invites:
            turn = Turn(each.invites)
        elif each.by == Turn.PARENTS:
            turn = Turn.STAFF
    return turn
