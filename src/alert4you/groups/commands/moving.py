"""A child or a colleague is on another group for some days."""

from datetime import date
from typing import Any
from uuid import uuid4

from django.db.models import Q, QuerySet

from alert4you.access.models import Category
from alert4you.children.commands import put_in_place
from alert4you.children.models import Child, Placement, Terms
from alert4you.groups.models import Guest, Helping, Presence
from alert4you.groups.rules import moving
from alert4you.kernel.command import command
from alert4you.organisations.models import Actor, Group, Membership, Roster

MOVED = "goes along with the move"


@command(moving.may_move_child, counts_in="to")
def move_child(
    actor: Actor,
    child: Child,
    group: Group,
    to: Group,
    period: tuple[date, date],
    words: tuple[str, str],
) -> Guest:
    """During ``[from, until)`` the child is on the other group. ``words``: why, how the parents agreed."""
    during = moving.overlaps(period)
    own = Placement.objects.unrestricted(reason=MOVED).filter(during, child=child, group=group)
    place = own.select_related("mentor").earliest("starts")
    days = moving.days_there(child, group, period)
    terms = Terms(days, place.basis, words[0][:200], None, place.mentor)
    put_in_place(child, to, period, terms)
    return Guest.by(
        actor,
        child=child,
        group=group,
        location=group.location,
        organisation_id=group.location.organisation_id,
        category=Category.DAY,
        title=to.name,
        text=words[0],
        agreed=words[1],
        to=to,
        starts=period[0],
        ends=period[1],
    )


@command(moving.may_move_worker, counts_in="to")
def move_worker(
    actor: Actor,
    worker: Membership,
    group: Group,
    to: Group,
    period: tuple[date, date],
    why: str,
) -> Helping:
    """During ``[from, until)`` the colleague works on the other group, and counts there as here."""
    mine = moving.overlaps(period) & Q(membership=worker, group=group)
    rows: list[Any] = [*Roster.objects.filter(mine), *Presence.objects.filter(mine)]
    for row in rows:
        row.pk, row.group, row.starts, row.ends = uuid4(), to, *period
        if isinstance(row, Presence):
            row.duo = None
        row.save(force_insert=True)
    return Helping.objects.create(
        membership=worker,
        group=group,
        to=to,
        starts=period[0],
        ends=period[1],
        why=why,
        decided_by_id=actor.membership_id,
        written_at=actor.at,
    )


@command(moving.may_call_back)
def call_back(actor: Actor, move: Guest | Helping) -> Guest | Helping:
    """From today on the child or the colleague is on the own group again."""
    there = Q(group=move.to, starts=move.starts, ends=move.ends)
    for rows in _along(move, there):
        if move.starts < actor.today:
            rows.update(ends=actor.today)
        else:
            rows.delete()
    return move


def _along(move: Guest | Helping, there: Q) -> list[QuerySet[Any]]:
    """The move itself, and what was written with it."""
    if isinstance(move, Helping):
        mine = there & Q(membership=move.membership)
        own: QuerySet[Any] = Helping.objects.filter(pk=move.pk)
        return [Roster.objects.filter(mine), Presence.objects.filter(mine), own]
    placed = Placement.objects.unrestricted(reason=MOVED).filter(there, child=move.child)
    return [placed, Guest.objects.unrestricted(reason=MOVED).filter(pk=move.pk)]
