"""Who may let a child or a colleague be on another group of the location for some days."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alert4you.children.models import Child, Days, Placement, PlacementQuerySet
from alert4you.children.rules import is_plus, room_for
from alert4you.groups.models import Guest, Helping, Presence
from alert4you.groups.rules import book, wording
from alert4you.groups.rules.card import CHILDCARE, DAY, may_be_on
from alert4you.groups.rules.counting import may_decide
from alert4you.groups.rules.day import Care, Kid, needed
from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.organisations.models import Actor, Group, Location, Membership, Roster, Setting

REASON = "rule"
SCHOOL_AGE_IN_MONTHS = 48
Period = tuple[date, date]  # half-open


def care_of(group: Group, location: Location) -> Care:
    """Which rule a group falls under: that of its setting, and in a plus group that of its ages."""
    if location.setting not in CHILDCARE:
        return Care.OTHER
    school_age = group.age_from_months >= SCHOOL_AGE_IN_MONTHS
    if location.setting == Setting.AFTER_SCHOOL_CARE or school_age:
        return Care.BSO
    return Care.DAYCARE


def may_move_child(
    actor: Actor, child: Child, group: Group, to: Group, period: Period, words: tuple[str, str]
) -> Decision:
    """Who runs the place; with the parents' yes on paper, and where there is room. ``words``: why, agreed."""
    allowed = _may_move(actor, group, to, period, words[0])
    if not allowed:
        return allowed
    days = days_there(child, group, period)
    if not days:
        return Decision(_("This child is not on the group on these days."))
    if is_plus(to):
        return Decision(
            _("A place on a plus group has a purpose and a way back."),
            _("Give the child a place there instead."),
        )
    if not words[1].strip():
        return Decision(
            _("The parents agree in writing before their child is on another group."),
            _("Ask them first, and write down how and when they agreed."),
        )
    room = room_for(to, period, days, actor.today, child)
    return room and _few_rooms(child, to, period) and _law_allows(child, to, period, days)


def may_move_worker(
    actor: Actor, worker: Membership, group: Group, to: Group, period: Period, why: str
) -> Decision:
    """Who runs the place, about somebody who works on the group and may be on the other one."""
    allowed = _may_move(actor, group, to, period, why)
    if not allowed:
        return allowed
    if not works_on(worker, group, period):
        return Decision(
            _("This colleague does not work on the group."), _("Choose somebody who does.")
        )
    return may_be_on(worker, to, *period)


def may_call_back(actor: Actor, move: Guest | Helping) -> Decision:
    """Who runs the place, as long as it lasts."""
    if move.group is None:
        raise LookupError("a move is away from a group")
    if move.ends <= actor.today:
        return Decision(_("This is over already."))
    return may_decide(actor, move.group)


def days_there(child: Child, group: Group, period: Period) -> Days:
    """When the child comes to a group, of the days that lie in the period."""
    weekdays = {day.weekday() for day in _days(period)}
    placed = _places(child, period).filter(group=group, days__weekday__in=weekdays)
    return set(placed.values_list("days__weekday", "days__part"))


def works_on(worker: Membership, group: Group, period: Period) -> bool:
    """Whether somebody is on the roster of a group on one of the days, or written down as present."""
    weekdays = {day.weekday() for day in _days(period)}
    mine = overlaps(period) & Q(membership=worker, group=group)
    return (
        Roster.objects.filter(mine, weekday__in=weekdays).exists()
        or Presence.objects.filter(mine).exists()
    )


def _may_move(actor: Actor, group: Group, to: Group, period: Period, why: str) -> Decision:
    if to == group or to.location_id != group.location_id:
        return Decision(_("Choose another group of the same location."))
    if period[1] <= period[0] or period[0] < actor.today:
        return Decision(_("Choose days from today on, the last one not before the first."))
    if not why.strip():
        return Decision(_("Write why: who reads it later understands it."))
    return may_decide(actor, group)


def _few_rooms(child: Child, to: Group, period: Period) -> Decision:
    """In day care a child is in so many rooms of base groups a week, and no more."""
    rule = book.on(book.own_people(), period[0])
    if rule is None or care_of(to, to.location) is not Care.DAYCARE:
        return ALLOWED
    for first in {day - timedelta(days=day.weekday()) for day in _days(period)}:
        week = first, first + timedelta(weeks=1)
        groups = set(_places(child, week).values_list("group", flat=True)) | {to.pk}
        if len(groups) > rule.rooms:
            return Decision(
                _("A child is on at most %(most)s groups a week.") % {"most": rule.rooms},
                _("Choose a group where it came this week already."),
            )
    return ALLOWED


def _law_allows(child: Child, to: Group, period: Period, days: Days) -> Decision:
    """No day on which the other group would be larger than the law knows an answer for."""
    care = care_of(to, to.location)
    there = Placement.objects.unrestricted(reason=REASON).exclude(child=child)
    for day in _days(period):
        for part in {part for weekday, part in days if weekday == day.weekday()}:
            here = there.on(day).filter(group=to, days__weekday=day.weekday(), days__part=part)
            born = [child.born, *here.values_list("child__born", flat=True)]
            kids = [Kid(child.pk, to.pk, Child(born=each).age_in_years(day), ()) for each in born]
            answer = needed(care, kids, day)
            if care is Care.DAYCARE and answer.lack:
                return Decision(wording.lacking(answer.lack, answer.rule))
    return ALLOWED


def _places(child: Child, period: Period) -> PlacementQuerySet:
    rows = Placement.objects.unrestricted(reason=REASON).filter(overlaps(period), child=child)
    return rows.filter(days__isnull=False)


def overlaps(period: Period) -> Q:
    return Q(starts__lt=period[1]) & (Q(ends=None) | Q(ends__gt=period[0]))


def _days(period: Period) -> Iterator[date]:
    day = period[0]
    while day < period[1]:
        yield day
        day += DAY
