"""The secret address of a calendar: made, shown once, revoked."""

from hashlib import sha256

from alert4you.kernel.command import command
from alert4you.meetings.models import CalendarFeed
from alert4you.meetings.rules import calendar as rules
from alert4you.organisations.models import NOBODY, Actor


@command(rules.may_make)
def make_feed(actor: Actor, token: str) -> CalendarFeed:
    """A new address for the hat that is on; the old one stops. Only the hash of the token is kept."""
    mine = None if actor.membership_id == NOBODY else actor.membership_id
    earlier = CalendarFeed.objects.filter(person=actor.person_id, membership=mine, revoked_at=None)
    earlier.update(revoked_at=actor.at)
    return CalendarFeed.objects.create(
        person_id=actor.person_id,
        membership_id=mine,
        token_hash=sha256(token.encode()).hexdigest(),
        made_at=actor.at,
    )


@command(rules.may_revoke)
def revoke_feed(actor: Actor, feed: CalendarFeed) -> CalendarFeed:
    """From now on nothing can be read at this address."""
    feed.revoked_at = actor.at
    feed.save(update_fields=["revoked_at"])
    return feed
