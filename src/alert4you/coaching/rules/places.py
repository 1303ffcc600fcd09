"""How coaching works at a location: its rhythm, who answers first, and hours to walk in."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from alert4you.access.rules.names import no_child_named
from alert4you.access.rules.relations import is_guardian, leads
from alert4you.children.models import Child, Placement
from alert4you.coaching.models import Arrangement, WalkInHour
from alert4you.coaching.rules.contacts import coaches_at
from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.notes.rules.place import SETS_RULES
from alert4you.organisations.models import Actor, Location
from alert4you.organisations.queries import stands_in

NOT_HERS = Decision(_("This is the walk-in hour of somebody else."))


def may_arrange_coaching(
    actor: Actor, location: Location, arrangement: str, weeks_between: int | None, why: str
) -> Decision:
    """Whoever runs the place chooses, with the reason; a rhythm is chosen too, never taken from a source."""
    if actor.role not in SETS_RULES or location.organisation_id != actor.organisation_id:
        return Decision(
            _("Only the manager, the care coordinator or the pedagogue arranges this."),
            _("Ask one of them."),
        )
    if arrangement == Arrangement.STRUCTURAL and not weeks_between:
        return Decision(
            _("Choose every how many weeks the coach comes."),
            _("Every location chooses this itself; you can change it later."),
        )
    if not why.strip():
        return Decision(_("Write why this fits the location: its culture, habits, needs."))
    return no_child_named(why, location, actor.today)


class Round(StrEnum):
    """How one round of a rhythm went."""

    MET = "met"
    MISSED = "missed"
    NOW = "now"


@dataclass(frozen=True)
class Visited:
    """One round of the rhythm, both days included, and whether the coach was there in it."""

    first: date
    last: date
    how: Round


def rhythm(starts: date, weeks: int, visited: Collection[date], today: date) -> list[Visited]:
    """The rounds of ``weeks`` weeks since ``starts``, oldest first; the one that runs may still be met."""
    rounds: list[Visited] = []
    first = starts
    while first <= today:
        last = first + timedelta(weeks=weeks) - timedelta(days=1)
        met = any(first <= day <= last for day in visited)
        how = Round.MET if met else Round.NOW if last >= today else Round.MISSED
        rounds.append(Visited(first, last, how))
        first = last + timedelta(days=1)
    return rounds


def may_open_hour(
    actor: Actor, location: Location, day: date, begins: time, ends: time
) -> Decision:
    """A coach of the location, from today on; one hour a day."""
    if day < actor.today:
        return Decision(_("Choose today or a later day."))
    if ends <= begins:
        return Decision(_("The hour ends before it begins."), _("Choose a later end."))
    planned = WalkInHour.objects.filter(
        coach=actor.membership_id, location=location, day=day, cancelled_at=None
    )
    if planned.exists():
        return Decision(_("You are there already on that day."), _("Choose another day."))
    return coaches_at(actor, location)


def may_count(actor: Actor, hour: WalkInHour) -> Decision:
    """Whoever sits there counts who came, on the day itself or afterwards."""
    if not leads(actor, hour.coach_id, stands_in(hour.coach_id, actor.today)):
        return NOT_HERS
    if hour.cancelled_at is not None or hour.day > actor.today:
        return Decision(_("This hour has not been yet."))
    return ALLOWED


def may_cancel_hour(actor: Actor, hour: WalkInHour) -> Decision:
    if leads(actor, hour.coach_id, stands_in(hour.coach_id, actor.today)):
        return ALLOWED
    return NOT_HERS


def may_keep(actor: Actor, child: Child, hour: WalkInHour, text: str) -> Decision:
    """Only the parents turn a walk-in talk into something that is kept."""
    if not text.strip():
        return Decision(_("Write in a few words what you want to keep."))
    if hour.day > actor.today:
        return Decision(_("This hour has not been yet."))
    comes = Placement.objects.unrestricted(reason="rule").filter(
        child=child, group__location=hour.location_id
    )
    if not comes.exists():
        return Decision(_("This hour was at another location."))
    return is_guardian(actor, child)
