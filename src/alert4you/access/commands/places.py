"""Giving a known child one more place: with its parents' yes where it comes from elsewhere."""

from datetime import date

from alert4you.access.rules import relations
from alert4you.children.commands import Terms, put_in_place
from alert4you.children.models import Child, Placement
from alert4you.kernel.command import command
from alert4you.organisations.models import Actor, Group


@command(relations.may_place_child, counts_in="group")
def place_child(
    actor: Actor, child: Child, group: Group, starts: date, ends: date | None, terms: Terms
) -> Placement:
    """One more place during ``[starts, ends)``; places run side by side."""
    return put_in_place(child, group, (starts, ends), terms)
