"""Somebody works on a group: every such weekday in a period, or on one day."""

from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from alert4you.groups.commands.staffing import end_roster, put_on_roster
from alert4you.imports.commands.rows.book import Book, Told
from alert4you.imports.models import Row
from alert4you.imports.rules.cells import Cannot, day, end, need, since, weekdays
from alert4you.organisations.models import Group, Membership, Roster

Outcome = Row.Outcome
NEEDED = ("group",)
SOUGHT = (Book.group,)
Period = tuple[date, date | None]


def key(told: Told) -> str:
    need(told, *NEEDED)
    who = told.get("staff_reference") or told.get("email") or told.get("name", "")
    on = told.get("date") or f"{told.get('days')}|{told.get('starts')}"
    return f"{who}|{told.get('location', '')}|{told['group']}|{on}"


def carry(book: Book, told: Told, answer: str) -> str:
    membership, group = book.colleague(told), book.group(told)
    period, on = _when(told)
    outcomes = {_put(book, membership, group, weekday, period) for weekday in on}
    return next(each for each in (Outcome.NEW, Outcome.CHANGED, Outcome.SAME) if each in outcomes)


def _when(told: Told) -> tuple[Period, list[int]]:
    one = day(told, "date")
    if one is not None:
        return (one, one + timedelta(days=1)), [one.weekday()]
    need(told, "days")
    return (since(told), end(told)), weekdays(told)


def _put(book: Book, membership: Membership, group: Group, weekday: int, period: Period) -> str:
    starts, ends = period
    there = Roster.objects.filter(membership=membership, group=group, weekday=weekday)
    there = there.filter(Q(ends=None) | Q(ends__gt=starts))
    if ends is not None:
        there = there.filter(starts__lt=ends)
    known = there.select_related("membership", "group__location").order_by("starts").first()
    if known is None:
        put_on_roster(book.actor, membership, group, weekday, starts, ends)
        return Outcome.NEW
    if known.starts <= starts and (known.ends is None or ends is not None and ends <= known.ends):
        return _shortened(book, known, period)
    if known.starts == starts:
        end_roster(book.actor, known, ends)
        return Outcome.CHANGED
    raise Cannot(
        _("%(name)s works on %(group)s in part of this period already, from %(day)s.")
        % {"name": membership.person, "group": group, "day": f"{known.starts:%d-%m-%Y}"}
    )


def _shortened(book: Book, known: Roster, period: Period) -> str:
    """The same roster, now with another last day; a day within a longer one says nothing new."""
    starts, ends = period
    if known.starts != starts or ends in (known.ends, starts + timedelta(days=1)):
        return Outcome.SAME
    end_roster(book.actor, known, ends)
    return Outcome.CHANGED
