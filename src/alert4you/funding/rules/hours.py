"""Hours of a trajectory, and which line they can be on: each on one, or on none and then uncovered."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from alert4you.access.models import Entry
from alert4you.coaching.models import Contact
from alert4you.funding.models import BESIDE, Booking, MoneyLine, State, Work
from alert4you.funding.rules.beside import bookings
from alert4you.funding.rules.lines import may_write_money, quoted
from alert4you.funding.rules.streams import NONE, YOUTH_INDIVIDUAL, grounds
from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.organisations.models import Actor
from alert4you.practices.queries.templates import practice_of
from alert4you.practices.rules.language import THE_CHILD, THE_GROUP, Practice
from alert4you.referrals.models import Guidance
from alert4you.trajectories.models import Trajectory

PAYING = (State.GRANTED, State.ENDED)


@dataclass(frozen=True)
class Hour:
    """Minutes of work on a day, and what they were for. ``line``: on which line they are; None: uncovered."""

    entry: UUID
    day: date
    what: str
    minutes: int
    work: Work
    line: UUID | None = None

    @property
    def of_group(self) -> bool:
        """Coaching of the group, not of the child."""
        return self.work == Work.GROUP


def hours_in(
    trajectory: Trajectory, seen: QuerySet[Entry], booked: Mapping[UUID, UUID]
) -> list[Hour]:
    """The minutes of its activities and of help for the parents, of these entries; the newest first.

    ``booked``: on which line an entry is.
    """
    practice = practice_of(trajectory.template)
    steps = seen.filter(counted_as__trajectory=trajectory.pk, counted_as__minutes__gt=0)
    stepped = steps.order_by("-day", "pk").values_list(
        "pk", "day", "child", "counted_as__phase", "counted_as__activity", "counted_as__minutes"
    )
    found = [
        Hour(
            pk,
            day,
            _title(practice, phase, activity),
            minutes or 0,
            Work.CHILD if child and not _of_group(practice, phase, activity) else Work.GROUP,
            booked.get(pk),
        )
        for pk, day, child, phase, activity, minutes in stepped
    ]
    helped = _guidance(trajectory, seen, booked)
    return sorted([*found, *helped], key=lambda each: each.day, reverse=True)


def _guidance(
    trajectory: Trajectory, seen: QuerySet[Entry], booked: Mapping[UUID, UUID]
) -> Iterable[Hour]:
    helped = Guidance.objects.filter(trajectory=trajectory.pk, contact__in=seen.values("pk"))
    talks = Contact.objects.unrestricted(reason=BESIDE)
    talks = talks.filter(pk__in=helped.values("contact"), minutes__gt=0)
    for pk, day, title, minutes in talks.values_list("pk", "day", "title", "minutes"):
        yield Hour(pk, day, title, minutes or 0, Work.PARENTS, booked.get(pk))


def _title(practice: Practice, phase: str, activity: str) -> str:
    found = practice.phase(phase)
    of = found.activity(activity) if found else None
    return str(of.title) if of else activity


def _of_group(practice: Practice, phase: str, activity: str) -> bool:
    found = practice.phase(phase)
    of = found.activity(activity) if found else None
    return of is not None and THE_GROUP in of.with_ and THE_CHILD not in of.with_


def may_book(actor: Actor, line: MoneyLine, entries: Collection[UUID]) -> Decision:
    """All of these hours, or none of them."""
    if not entries:
        return Decision(_("Choose which hours."))
    rows = Entry.objects.unrestricted(reason="rule").filter(pk__in=entries)
    found = [each for each in hours_in(line.trajectory, rows, {}) if each.entry in {*entries}]
    if len(found) != len({*entries}):
        return Decision(_("These are no hours of this trajectory."))
    # Also when it is on a line of another trajectory: the same hour can count in two.
    taken = Booking.objects.unrestricted(reason="rule").filter(entry__in=entries).exists()
    return (
        may_write_money(actor, line.trajectory)
        and (Decision(_("The same hour is never on two sorts of money.")) if taken else ALLOWED)
        and may_hold(line, found, used(line))
    )


def may_hold(line: MoneyLine, hours: Sequence[Hour], minutes: int) -> Decision:
    """Whether all of these hours can be on the line, on which there are ``minutes`` already."""
    refusals = (fits(line, each) for each in hours)
    refused = next((each for each in refusals if not each), ALLOWED)
    total = minutes + sum(each.minutes for each in hours)
    if refused and line.hours is not None and total > line.hours * 60:
        return Decision(
            _("There is no room on this money for so many hours."),
            _("The rest stays uncovered, or goes on other money."),
        )
    return refused


def fits(line: MoneyLine, hour: Hour) -> Decision:
    """Pure: the line pays, on that day, for this kind of hour."""
    if line.stream == NONE:
        return Decision(_("Hours without money count as uncovered by themselves."))
    if line.state not in PAYING:
        return Decision(_("Nobody has granted this money yet."))
    if hour.day < line.starts or (line.ends is not None and hour.day >= line.ends):
        return Decision(_("This hour is outside the period of the money."))
    if line.stream == YOUTH_INDIVIDUAL and hour.of_group and not line.named:
        return Decision(quoted(grounds()["group_not_on_one_child"]))
    return ALLOWED


def may_take_off(actor: Actor, line: MoneyLine, entries: Collection[UUID]) -> Decision:
    """The hours are uncovered again."""
    if not bookings(line).filter(entry__in=entries).exists():
        return Decision(_("These hours are not on this line."))
    return may_write_money(actor, line.trajectory)


def used(line: MoneyLine) -> int:
    """The minutes that are on the line."""
    return sum(bookings(line).values_list("minutes", flat=True))
