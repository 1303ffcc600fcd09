"""Signals: what goes on at more places, without names, and becomes a training."""

from collections.abc import Sequence
from datetime import date

from alert4you.kernel.command import command
from alert4you.meetings.models import Action, Item, Sort
from alert4you.meetings.rules import planning as rules
from alert4you.organisations.models import Actor, Location, Membership


@command(rules.may_signal)
def write_signal(actor: Actor, location: Location, theme: str, words: str) -> Item:
    """A trend that is on no agenda yet."""
    return Item.objects.create(
        organisation_id=actor.organisation_id,
        location=location,
        sort=Sort.TREND,
        theme=theme.strip(),
        words=words,
        put_by_id=actor.membership_id,
        at=actor.at,
    )


@command(rules.may_train)
def arrange_training(
    actor: Actor, signals: Sequence[Item], what: str, owner: Membership, due: date
) -> Action:
    """One training for all these signals; ``due`` is the last day for it."""
    training = Action.objects.create(item=signals[0], what=what, owner=owner, due=due, at=actor.at)
    became = Item.objects.unrestricted(reason="what came of the signals that were handed here")
    became.filter(pk__in=[each.pk for each in signals]).update(training=training)
    return training
