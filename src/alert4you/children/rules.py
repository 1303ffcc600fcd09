"""Who may register children, their guardians and their places."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from dateutil.relativedelta import relativedelta
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alert4you.children.models import (
    Child,
    DayPart,
    Days,
    GuardianKind,
    Hold,
    Placement,
    PlusAgreement,
    Standing,
    Terms,
)
from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.organisations.models import Actor, Group, Person, Setting
from alert4you.organisations.rules import KEEPS_THE_BOOKS, RUNS_THE_PLACE

NOT_RUNNING_THE_PLACE = Decision(
    _("Only the manager or the care coordinator of the location can do this."),
    _("Ask your location manager."),
)
Period = tuple[date, date | None]  # half-open; None: without an end
Taken = dict[tuple[int, str], list[Period]]
OLDEST_IN_YEARS = 13
EARLIEST_IN_MONTHS = 9
REGULAR = (Setting.DAYCARE, Setting.PRESCHOOL, Setting.AFTER_SCHOOL_CARE)
WEEKDAYS = (
    _("Monday"),
    _("Tuesday"),
    _("Wednesday"),
    _("Thursday"),
    _("Friday"),
    _("Saturday"),
    _("Sunday"),
)


def may_place(actor: Actor, group: Group, starts: date, ends: date | None) -> Decision:
    """Who runs the place gives a child a place there, in a period that is one."""
    if actor.role not in KEEPS_THE_BOOKS or group.location.organisation_id != actor.organisation_id:
        return NOT_RUNNING_THE_PLACE
    if ends is not None and ends <= starts:
        return Decision(_("The last day lies before the first."), _("Choose a later last day."))
    return ALLOWED


def may_register(actor: Actor, born: date, group: Group, starts: date, terms: Terms) -> Decision:
    """A child that can exist, not yet grown out of childcare, where a place is left."""
    possible = can_be_born(born, actor.today, terms)
    placing = may_place(actor, group, starts, None) if possible else possible
    agreed = plus_agreed(group, starts, terms) if placing else placing
    return room_for(group, (starts, None), terms.days, actor.today) if agreed else agreed


def can_be_born(born: date, today: date, terms: Terms) -> Decision:
    """Whether a child of childcare can have this date of birth.

    One that is still to be born only when its parents ask for it; it comes on no day yet.
    """
    if born > today + relativedelta(months=EARLIEST_IN_MONTHS):
        return Decision(_("This date of birth is in the future."))
    if born > today and (terms.days or not terms.asked_by_parents):
        return Decision(
            _("This child is not born yet."),
            _("Only when its parents ask for it, and without days on the group yet."),
        )
    if born <= today - relativedelta(years=OLDEST_IN_YEARS + 1):
        return Decision(
            _("This date of birth is too long ago: childcare is for children of 0 to 13."),
            _("Look whether the year is right."),
        )
    return ALLOWED


def may_correct(actor: Actor, child: Child, name: tuple[str, str], born: date) -> Decision:
    """Whoever runs a place the child has or will have writes its name and date of birth as they should be."""
    if actor.role not in KEEPS_THE_BOOKS or not _has_place(actor, child):
        return NOT_RUNNING_THE_PLACE
    if not all(each.strip() for each in name):
        return Decision(_("A child has a first name and a last name."))
    return can_be_born(born, actor.today, Terms([]))


def no_overlap(child: Child, group: Group, period: Period, terms: Terms) -> Decision:
    """Nobody is on two regular groups at once, nor twice on one on the same ground.

    Beside a plus group or treatment the own place stays, for the way back; and a decision can run on
    beside the contract.
    """
    starts, ends = period
    there = Q(ends=None) | Q(ends__gt=starts)
    if ends is not None:
        there &= Q(starts__lt=ends)
    rows = Placement.objects.unrestricted(reason="rule").filter(there, child=child)
    twice = Q(group=group, basis=terms.basis)
    if group.location.setting in REGULAR:
        twice |= Q(group__location__setting__in=REGULAR) & ~Q(group=group)
    taken = rows.filter(twice).values_list(
        "days__weekday", "days__part", "starts", "ends", "group__name"
    )
    for weekday, part, begins, until, where in taken.order_by("starts", "days__weekday"):
        if (weekday, part) in terms.days:
            return _there_already(child, where, (weekday, part), (begins, until))
    return ALLOWED


def _there_already(child: Child, group: str, on: tuple[int, str], period: Period) -> Decision:
    told = {"child": child, "group": group, "day": WEEKDAYS[on[0]], "part": DayPart(on[1]).label}
    told |= {"from": f"{period[0]:%d-%m-%Y}", "until": period[1] and f"{period[1]:%d-%m-%Y}"}
    if period[1] is None:
        return Decision(
            _("%(child)s has a place on %(group)s already on %(day)s, %(part)s, from %(from)s on.")
            % told,
            _("First write the last day of that place, or choose other days."),
        )
    return Decision(
        _("%(child)s has a place on %(group)s already on %(day)s, %(part)s, until %(until)s.")
        % told,
        _("Choose other days, or begin when that place has ended."),
    )


def room_for(
    group: Group, period: Period, days: Days, today: date, child: Child | None = None
) -> Decision:
    """Whether a place is left on each of these days and parts, all through the period.

    A place that is held for another child is not left while it is held.
    """
    taken = _taken(group, period, child)
    _add_held(taken, group, today, child)
    for weekday, part in sorted(set(days)):
        if _most_at_once(taken[weekday, part], period[0]) >= group.places:
            told = {"group": group, "day": WEEKDAYS[weekday], "part": DayPart(part).label}
            return Full(
                _("%(group)s is full on %(day)s, %(part)s.") % told,
                _("Ask for a place on the waiting list, or choose another day."),
            )
    return ALLOWED


class Full(Decision):
    """No place is left; a waiting place can be asked."""


def _taken(group: Group, period: Period, child: Child | None) -> Taken:
    """By weekday and part: the periods of the places that others have in this period."""
    starts, ends = period
    there = Q(ends=None) | Q(ends__gt=starts)
    if ends is not None:
        there &= Q(starts__lt=ends)
    rows = Placement.objects.unrestricted(reason="rule").filter(there, group=group)
    rows = rows.filter(days__isnull=False)
    if child is not None:
        rows = rows.exclude(child=child)
    told = rows.values_list("days__weekday", "days__part", "starts", "ends")
    taken: Taken = defaultdict(list)
    for weekday, part, begins, until in told:
        taken[weekday, part].append((begins, until))
    return taken


def _add_held(taken: Taken, group: Group, today: date, child: Child | None) -> None:
    """Also those that are held for others today; from the day on which they would come."""
    held = Hold.objects.unrestricted(reason="rule").filter(group=group, until__gt=today)
    for each in held if child is None else held.exclude(child=child):
        for weekday, part in each.wanted:
            taken[weekday, part].append((each.starts, None))


def _most_at_once(periods: Collection[Period], first: date) -> int:
    """The largest number of half-open periods that run on one day, from ``first`` on."""
    begins = {max(start, first) for start, __ in periods}
    running = (
        sum(start <= day and (end is None or day < end) for start, end in periods) for day in begins
    )
    return max(running, default=0)


def is_plus(group: Group) -> bool:
    return group.location.setting == Setting.PLUS_GROUP


def came_from(child: Child, day: date) -> Group | None:
    """The regular group a child is on, or was on last, before it comes to a plus group on a day."""
    regular = Placement.objects.unrestricted(reason="which group the child comes from").filter(
        child=child, group__location__setting__in=REGULAR, starts__lte=day
    )
    rows = list(regular.select_related("group__location").order_by("starts", "pk"))
    last = max(rows, key=lambda each: (each.ends is None, each.ends or each.starts), default=None)
    return last.group if last else None


def plus_agreed(group: Group, starts: date, terms: Terms, child: Child | None = None) -> Decision:
    """A place on a plus group is for a time: why, until when people look again, and the way back.

    A group that sends a child on says what it tried; where the group is for special children only,
    the ground is written down. Anywhere else this asks nothing.
    """
    if not is_plus(group):
        return ALLOWED
    if not terms.purpose.strip():
        return Decision(
            _("A place on a plus group has a purpose."), _("Write why the child comes here.")
        )
    if terms.plus is None or not terms.plus.way_back.strip():
        return Decision(
            _("A place on a plus group has a way back."),
            _("Write where the child goes back to, and what must be so by then."),
        )
    chosen = PlusAgreement.objects.filter(group=group).first()
    dated = may_look_again(chosen, starts, terms.review_on)
    if not dated:
        return dated
    if chosen and chosen.by_design and not terms.plus.ground:
        return Decision(
            _("On this group each child has an entry ground."),
            _("Choose: a special school, or extra money of its own."),
        )
    return _tried(terms.plus.tried, came_from(child, starts) if child else None)


def may_look_again(chosen: PlusAgreement | None, since: date, day: date | None) -> Decision:
    """A day to look again, after ``since`` and within the months that the place chose itself."""
    if day is None or day <= since:
        return Decision(
            _("A place on a plus group is for a time."),
            _("Choose the day on which you look together whether the child can go back."),
        )
    if chosen and day > since + relativedelta(months=chosen.months):
        return Decision(
            _("On this group people look again within %(months)s months.")
            % {"months": chosen.months},
            _("Choose an earlier day."),
        )
    return ALLOWED


def _tried(tried: Collection[str], sent_by: Group | None) -> Decision:
    if sent_by is None or any(each.strip() for each in tried):
        return ALLOWED
    return Decision(
        _("First: what did %(group)s try already?") % {"group": sent_by},
        _("Write at least one thing that was tried there."),
    )


def may_name_guardian(actor: Actor, child: Child, person: Person, standing: Standing) -> Decision:
    """Who runs a place the child has or will have; never oneself, and authority only on what was shown."""
    if person.pk == actor.person_id:
        return Decision(
            _("Nobody writes herself down as a parent or guardian."),
            _("Ask a colleague to do it, with the proof."),
        )
    if standing.has_authority and not standing.proof.strip():
        return Decision(_("Write what was shown of the authority, and to whom."))
    fits = _fits(standing)
    if not fits:
        return fits
    if actor.role in RUNS_THE_PLACE and _has_place(actor, child):
        return ALLOWED
    return NOT_RUNNING_THE_PLACE


def _has_place(actor: Actor, child: Child) -> bool:
    """Whether the child has a place at the organisation of this hat, now or later."""
    placed = Placement.objects.unrestricted(reason="rule").filter(
        Q(ends=None) | Q(ends__gt=actor.today),
        child=child,
        group__location__organisation=actor.organisation_id,
    )
    return placed.exists()


def _fits(standing: Standing) -> Decision:
    """A supervision order leaves the authority with the parents; an institution is named."""
    if standing.kind == GuardianKind.SUPERVISOR and standing.has_authority:
        return Decision(
            _("With a supervision order the parents keep the authority."),
            _("Choose no authority: the family supervisor may read what is needed without it."),
        )
    of_institution = standing.kind in (GuardianKind.SUPERVISOR, GuardianKind.INSTITUTION)
    if of_institution and standing.organisation is None:
        return Decision(_("Choose for which certified institution this person works."))
    return ALLOWED


def may_end_place(actor: Actor, placement: Placement, ends: date) -> Decision:
    """Who runs the place ends it, after it began."""
    if ends <= placement.starts:
        return Decision(_("A place ends after it began."))
    placing = may_place(actor, placement.group, placement.starts, ends)
    if not placing or placement.ends is None or ends <= placement.ends:
        return placing
    days = list(placement.days.values_list("weekday", "part"))
    period = placement.ends, ends
    return room_for(placement.group, period, days, actor.today, placement.child)
