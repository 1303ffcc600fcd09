"""Who may have an address for the own calendar."""

from django.utils.translation import gettext_lazy as _

from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.meetings.models import CalendarFeed
from alert4you.organisations.models import NOBODY, Actor


def may_make(actor: Actor) -> Decision:
    """Everybody who signs in, for the hat that is on."""
    return Decision() if actor.person_id != NOBODY else Decision(_("Sign in first."))


def may_revoke(actor: Actor, feed: CalendarFeed) -> Decision:
    own = feed.person_id == actor.person_id and (feed.membership_id or NOBODY) == (
        actor.membership_id
    )
    return ALLOWED if own else Decision(_("This calendar is of somebody else."))
