"""How coaching works at a location, and hours to walk in."""

from dataclasses import dataclass
from datetime import date, time

from alert4you.access.models import Category, Kind
from alert4you.access.queries.line import file_of
from alert4you.children.models import Child
from alert4you.coaching.models import Arrangement, CoachingHere, Contact, WalkIn, WalkInHour
from alert4you.coaching.rules import places as rules
from alert4you.kernel.command import command
from alert4you.organisations.models import Actor, Location


@dataclass(frozen=True)
class FirstTo:
    """Who is asked first: the coach, or the own pedagogue who calls her in."""

    pedagogue: bool = False


@command(rules.may_arrange_coaching)
def arrange_coaching(
    actor: Actor,
    location: Location,
    arrangement: str,
    why: str,
    weeks_between: int | None = None,
    first: FirstTo = FirstTo(),
) -> CoachingHere:
    """In a rhythm or on request, with the reason; from today on instead of what was agreed before."""
    CoachingHere.objects.filter(location=location, ends=None).update(ends=actor.today)
    return CoachingHere.objects.create(
        location=location,
        arrangement=arrangement,
        weeks_between=weeks_between if arrangement == Arrangement.STRUCTURAL else None,
        pedagogue_first=first.pedagogue,
        why=why,
        starts=actor.today,
    )


@command(rules.may_open_hour)
def open_hour(actor: Actor, location: Location, day: date, begins: time, ends: time) -> WalkInHour:
    """Parents and staff can walk in; they see when."""
    return WalkInHour.objects.create(
        coach_id=actor.membership_id, location=location, day=day, begins=begins, ends=ends
    )


@command(rules.may_cancel_hour)
def cancel_hour(actor: Actor, hour: WalkInHour) -> WalkInHour:
    hour.cancelled_at = actor.at
    hour.save(update_fields=["cancelled_at"])
    return hour


@command(rules.may_count)
def count_walk_in(actor: Actor, hour: WalkInHour, who: str, theme: str = "") -> WalkIn:
    """Somebody came: one more, and nothing else."""
    return WalkIn.objects.create(hour=hour, who=who, theme=theme, at=actor.at)


@command(rules.may_keep)
def keep_walk_in(actor: Actor, child: Child, hour: WalkInHour, text: str) -> Contact:
    """The parents want it kept: their words about the talk come on the line of their child."""
    return Contact.by(
        actor,
        child=child,
        organisation_id=file_of(actor, child),
        kind=Kind.TALK,
        category=Category.TALK,
        text=text,
        parents_present=True,
    )
