"""A round of looking together at a location, and counting who was not received."""

from datetime import date

from alert4you.coaching.models import MonitorRound, TurnedAway
from alert4you.coaching.rules import rounds as rules
from alert4you.coaching.rules.rounds import Told
from alert4you.kernel.command import command
from alert4you.organisations.models import Actor, Location


@command(rules.may_hold_round)
def hold_round(actor: Actor, location: Location, told: Told, since: date) -> MonitorRound:
    """The team answers today, about ``[since, today)``."""
    return MonitorRound.objects.create(
        location=location,
        starts=since,
        held_on=actor.today,
        held_by_id=actor.membership_id,
        **vars(told),
    )


@command(rules.may_count_turned_away)
def turn_away(actor: Actor, location: Location, why: str) -> TurnedAway:
    """A child that needs more was not received: one more, with the reason and without the child."""
    return TurnedAway.objects.create(location=location, day=actor.today, why=why)
