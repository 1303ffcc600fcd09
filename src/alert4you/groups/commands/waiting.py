"""A place in the line: asked, offered, taken or withdrawn."""

from alert4you.access.commands.places import place_child
from alert4you.access.models import Category
from alert4you.children.models import Child, Days, Terms
from alert4you.groups.models import WaitingPlace
from alert4you.groups.rules import placing
from alert4you.kernel.command import command
from alert4you.organisations.models import Actor, Group


@command(placing.may_ask_place)
def ask_place(actor: Actor, child: Child, group: Group, days: Days) -> WaitingPlace:
    """The child waits for a place on these days; first come, first served."""
    return WaitingPlace.by(
        actor,
        child=child,
        group=group,
        location=group.location,
        organisation_id=group.location.organisation_id,
        category=Category.PLAN,
        title=group.name,
        since=actor.today,
        wanted=sorted({(weekday, str(part)) for weekday, part in days}),
    )


@command(placing.may_offer)
def offer_place(actor: Actor, place: WaitingPlace, reason: str = "") -> WaitingPlace:
    """The days are free: the parents are offered the place. ``reason``: why not the first in line."""
    place.offered_on = actor.today
    place.text = reason
    place.save(update_fields=["offered_on", "text"])
    return place


@command(placing.may_take)
def take_place(actor: Actor, place: WaitingPlace, terms: Terms) -> WaitingPlace:
    """The parents said yes: the child has the place from today on."""
    place_child(actor, place.child, place.group, actor.today, None, terms)
    return _close(actor, place, WaitingPlace.Outcome.TAKEN)


@command(placing.may_close)
def withdraw_place(actor: Actor, place: WaitingPlace) -> WaitingPlace:
    """The parents no longer want it."""
    return _close(actor, place, WaitingPlace.Outcome.WITHDRAWN)


def _close(actor: Actor, place: WaitingPlace, outcome: str) -> WaitingPlace:
    place.closed_on, place.outcome = actor.today, outcome
    place.save(update_fields=["closed_on", "outcome"])
    return place
