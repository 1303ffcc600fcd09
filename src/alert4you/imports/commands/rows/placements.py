"""A place of a child on a group."""

from datetime import date

from django.utils.translation import gettext as _

from alert4you.access.commands.places import place_child
from alert4you.children.commands import end_placement
from alert4you.children.models import Child, Placement, Terms
from alert4you.imports.commands.rows.book import Book, Told, child_key
from alert4you.imports.models import Kind, Row
from alert4you.imports.rules.cells import Cannot, basis, day, days, end, need, since
from alert4you.organisations.models import Group

Outcome = Row.Outcome
NEEDED = ("group", "starts", "days")
SOUGHT = (Book.group,)


def key(told: Told) -> str:
    need(told, *NEEDED)
    if told.get("reference"):
        return f"nr {told['reference']}"
    return f"{child_key(told, 'child_reference')}|{told['group']}|{since(told)}"


def carry(book: Book, told: Told, answer: str) -> str:
    group, period = book.group(told), (since(told), end(told))
    terms = Terms(
        days(told, group.location.setting),
        basis(told),
        told.get("purpose", ""),
        day(told, "review_on"),
    )
    child = book.child(told)
    known = book.known(Kind.PLACEMENTS, key(told))
    outcome = put(book, child, group, period, terms, known.placement if known else None)
    placed = _placed(child, group, period[0])
    book.remember(Kind.PLACEMENTS, key(told), placement=placed)
    return outcome


def put(
    book: Book,
    child: Child,
    group: Group,
    period: tuple[date, date | None],
    terms: Terms,
    known: Placement | None = None,
) -> str:
    """The place as the row tells it: given, or the last day of the one that is there changed."""
    starts, ends = period
    there = known or _placed(child, group, starts)
    if there is None:
        place_child(book.actor, child, group, starts, ends, terms)
        return Outcome.NEW
    days_there = set(there.days.values_list("weekday", "part"))
    if (there.group_id, there.starts, days_there) != (group.pk, starts, {*terms.days}):
        raise Cannot(
            _("This place has other days, another group or another first day here.")
            + " "
            + _("Give the place that was a last day, and the new one a row and number of its own.")
        )
    if ends is None or ends == there.ends:
        return Outcome.SAME
    end_placement(book.actor, there, ends)
    return Outcome.CHANGED


def _placed(child: Child, group: Group, starts: date) -> Placement | None:
    own = Placement.objects.unrestricted(reason="the place of a row")
    same = own.filter(child=child, group=group, starts=starts)
    return same.select_related("group__location", "child").first()
