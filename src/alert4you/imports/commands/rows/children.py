"""A child with a place: new, or known by its number; who looks like one we know is asked about."""

from datetime import date

from django.utils.translation import gettext as _

from alert4you.children.commands import correct_child, end_placement, register_child
from alert4you.children.models import Child, Placement, Terms
from alert4you.imports.commands.rows.book import Asks, Book, Told, child_key, full_name
from alert4you.imports.commands.rows.placements import put
from alert4you.imports.models import Kind, Row
from alert4you.imports.rules.cells import Cannot, basis, day, days, end, need, since

Outcome, Answer = Row.Outcome, Row.Answer
NEEDED = ("first_name", "last_name", "born", "group", "starts", "days")
SOUGHT = (Book.group,)


def key(told: Told) -> str:
    need(told, *NEEDED)
    return child_key(told, "reference")


def carry(book: Book, told: Told, answer: str) -> str:
    name, born = full_name(told), day(told, "born")
    assert born is not None  # noqa: S101 - the key needed it
    group, period = book.group(told), (since(told), end(told))
    terms = Terms(days(told, group.location.setting), basis(told))
    child = _known(book, told, answer)
    if child is None:
        child = register_child(book.actor, name, born, group, period[0], terms)
        book.remember(Kind.CHILDREN, key(told), child=child)
        if period[1] is not None:
            first = Placement.objects.unrestricted(reason="just given").get(child=child)
            end_placement(book.actor, first, period[1])
        return Outcome.NEW
    book.remember(Kind.CHILDREN, key(told), child=child)
    corrected = _correct(book, child, name, born)
    placed = put(book, child, group, period, terms)
    return Outcome.CHANGED if corrected or placed != Outcome.SAME else Outcome.SAME


def _correct(book: Book, child: Child, name: tuple[str, str], born: date) -> bool:
    if (child.first_name, child.last_name, child.born) == (*name, born):
        return False
    correct_child(book.actor, child, name, born)
    return True


def _known(book: Book, told: Told, answer: str) -> Child | None:
    """The child of this number; else the one somebody said it is. Nobody is taken for another."""
    known = book.known(Kind.CHILDREN, key(told))
    if known and known.child:
        return known.child
    name, born = full_name(told), day(told, "born")
    alike = book.alike(*name, born) if born else []
    if not alike or answer == Answer.OTHER_CHILD:
        return None
    if len(alike) > 1:
        raise Cannot(
            _("More than one child here looks like this one. Look them up, and add it by hand.")
        )
    if not answer:
        raise Asks(_asked(alike[0], *name))
    return alike[0]


def _asked(child: Child, first: str, last: str) -> str:
    """Tells nothing about the child here that the file does not tell."""
    same_first = child.first_name.casefold() == first.casefold()
    if same_first and child.last_name.casefold() == last.casefold():
        return _("A child with this name and date of birth is here already. Is it the same child?")
    if same_first:
        return _(
            "A child with this first name and date of birth, and another last name, is here already. "
            "Is it the same child?"
        )
    return _(
        "A child with this last name and date of birth, and another first name, is here already. "
        "Is it the same child?"
    )
