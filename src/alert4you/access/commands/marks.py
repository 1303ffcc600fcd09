"""Shutting somebody out, protecting a child or an address, and ending that again."""

from datetime import date
from typing import Any

from alert4you.access.models import Mark, NegativeMark
from alert4you.access.rules import marks
from alert4you.children.models import Child, Guardian
from alert4you.kernel.command import command
from alert4you.organisations.models import Actor, Person


@command(marks.may_forbid)
def forbid(actor: Actor, child: Child, person: Person, mark: Mark, reason: str) -> NegativeMark:
    """From today this person sees nothing of the child, whatever else holds."""
    return NegativeMark.objects.create(
        child=child,
        person=person,
        mark=mark,
        reason=reason,
        made_by_id=actor.membership_id,
        starts=actor.today,
    )


@command(marks.may_protect)
def protect(
    actor: Actor,
    child: Child,
    mark: Mark,
    reason: str,
    guardian: Guardian | None = None,
    ends: date | None = None,
) -> NegativeMark:
    """From today an address is secret, nothing is deleted, or the parents hear later (until ``ends``)."""
    return NegativeMark.objects.create(
        child=child,
        guardian=guardian if mark == Mark.SECRET_ADDRESS else None,
        mark=mark,
        reason=reason,
        made_by_id=actor.membership_id,
        starts=actor.today,
        ends=ends if mark == Mark.TELL_LATER else None,
    )


@command(marks.may_end_mark)
def end_mark(actor: Actor, mark: NegativeMark, reason: str) -> NegativeMark:
    """From today it holds no more; that it was there, and why it ended, is kept."""
    mark.ends, mark.end_reason, mark.ended_by_id = actor.today, reason, actor.membership_id
    mark.save(update_fields=["ends", "end_reason", "ended_by"])
    return mark


@command(marks.may_hold)
def hold_by_law(actor: Actor, child: Child, reason: str) -> NegativeMark:
    """Nothing about this child is deleted from today on, also when it has left."""
    return NegativeMark.objects.create(
        child=child,
        mark=Mark.LEGAL_HOLD,
        reason=reason,
        made_by_id=actor.membership_id,
        starts=actor.today,
    )


@command(marks.may_release)
def release_hold(actor: Actor, child: Child, reason: str) -> Child:
    """The legal hold of the own organisation ends today; that it was there, and why it ended, is kept."""
    marks.holds_of(actor, child).update(
        ends=actor.today, end_reason=reason, ended_by_id=actor.membership_id
    )
    return child


def use_less(actor: Actor, child: Child, reason: str, **what: Any) -> NegativeMark:
    """For the command that grants what parents asked (AVG 18 or 21): what is closed, from today."""
    return NegativeMark.objects.create(
        child=child, reason=reason, made_by_id=actor.membership_id, starts=actor.today, **what
    )


def use_again(actor: Actor, mark: NegativeMark, on: date, reason: str) -> None:
    """For the command that lifts that: open again from a day on."""
    mark.ends, mark.end_reason, mark.ended_by_id = on, reason, actor.membership_id
    mark.save(update_fields=["ends", "end_reason", "ended_by"])
