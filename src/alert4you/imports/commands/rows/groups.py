"""A group of a location: its name, ages and places."""

from alert4you.imports.commands.rows.book import Book, Told
from alert4you.imports.models import Kind, Row
from alert4you.imports.rules.cells import need, number
from alert4you.organisations.commands import open_group, shape_group
from alert4you.organisations.models import Group

Outcome = Row.Outcome
NEEDED = ("group",)
SOUGHT = (Book.location,)


def key(told: Told) -> str:
    return f"nr {told['reference']}" if told.get("reference") else _place_and_name(told)


def _place_and_name(told: Told) -> str:
    return f"{told.get('location', '')}|{told.get('group', '')}"


def carry(book: Book, told: Told, answer: str) -> str:
    need(told, *NEEDED)
    location = book.location(told)
    group = _known(book, told)
    outcome = Outcome.SAME if group else Outcome.NEW
    group = group or open_group(book.actor, location, told["group"])
    ages = (
        12 * number(told, "age_from", 0) if told.get("age_from") else group.age_from_months,
        12 * number(told, "age_to", 0) if told.get("age_to") else group.age_to_months,
    )
    places = number(told, "places", group.places)
    before = group.name, (group.age_from_months, group.age_to_months), group.places
    if before != (told["group"], ages, places):
        shape_group(book.actor, group, told["group"], ages, places)
        outcome = Outcome.CHANGED if outcome == Outcome.SAME else outcome
    book.remember(Kind.GROUPS, key(told), group=group)
    return outcome


def _known(book: Book, told: Told) -> Group | None:
    """By number, else by name: a location has no two groups of one name."""
    known = book.known(Kind.GROUPS, key(told))
    if known and known.group:
        return known.group
    here = Group.objects.filter(location=book.location(told), name__iexact=told["group"])
    return here.select_related("location").first()
