"""How a line of money stands, in a badge; amounts as people say them."""

from datetime import date
from typing import Any

from django import template
from django.utils.translation import gettext as _

from alert4you.funding.models import State
from alert4you.funding.queries.money import Shown
from alert4you.funding.rules.streams import ASKERS, Amount, Stream
from alert4you.referrals.queries.ways import in_hours

register = template.Library()
register.filter("in_hours", in_hours)
LOOK = {
    State.ASKED: ("wait", "clock"),
    State.GRANTED: ("good", "check"),
    State.REFUSED: ("stop", "cross"),
    State.ENDED: ("calm", "leaf"),
}


@register.filter
def look(shown: Shown) -> dict[str, Any]:
    """Kind and icon of the badge, and its words; granted in the past is over."""
    state = State(shown.line.state)
    if state == State.GRANTED and not shown.pays:
        state = State.ENDED
    kind, icon = LOOK[state]
    return {"kind": kind, "icon": icon, "words": str(state.label)}


@register.filter
def asks(applicant: str) -> str:
    """Who asks for it, of the router."""
    return str(ASKERS[applicant])


@register.filter
def amount(of: Amount) -> str:
    """ "€ 11,23" or "960 uur"."""
    if of.cents is not None:
        return f"€ {of.cents // 100},{of.cents % 100:02}"
    return _("%(n)d hours") % {"n": of.hours}


@register.filter
def amounts(stream: Stream, day: date) -> list[Amount]:
    """What a source gives in numbers for a day."""
    return stream.amounts_on(day)
