"""Somebody who works on the groups; comes in when invited."""

from django.utils.translation import gettext as _

from alert4you.imports.commands.rows.book import Book, Told, named
from alert4you.imports.models import Kind, Row
from alert4you.imports.rules.cells import Cannot, end, need, role, since
from alert4you.organisations.commands import change_work, know_person, take_on
from alert4you.organisations.models import Membership

Outcome = Row.Outcome
NEEDED, SOUGHT = (), ()


def key(told: Told) -> str:
    if told.get("reference"):
        return f"nr {told['reference']}"
    return told.get("email") or named(told)


def carry(book: Book, told: Told, answer: str) -> str:
    if not named(told):
        need(told, "name")
    location = book.location(told) if told.get("location") else None
    known = _known(book, told)
    if known is None:
        person = know_person(book.actor, named(told), told.get("email", ""))
        period = since(told), end(told)
        known = take_on(
            book.actor, person, role(told), location, period, told.get("profession", "")
        )
        book.remember(Kind.STAFF, key(told), membership=known)
        return Outcome.NEW
    if role(told) != known.role:
        raise Cannot(
            _("%(name)s has another role here. The administrator changes it.")
            % {"name": known.person}
        )
    book.remember(Kind.STAFF, key(told), membership=known)
    meant = (
        location or known.location,
        end(told) or known.ends,
        told.get("profession") or known.profession,
    )
    if meant == (known.location, known.ends, known.profession):
        return Outcome.SAME
    change_work(book.actor, known, *meant)
    return Outcome.CHANGED


def _known(book: Book, told: Told) -> Membership | None:
    """By number, e-mail address or, when only one has it, name."""
    known = book.known(Kind.STAFF, key(told))
    if known and known.membership:
        return known.membership
    here = Membership.objects.filter(organisation=book.actor.organisation_id, role=role(told))
    here = here.select_related("person", "location")
    if told.get("email"):
        return here.filter(person__email__iexact=told["email"]).order_by("-starts").first()
    same = list(here.filter(person__name__iexact=named(told))[:2])
    if len(same) > 1:
        raise Cannot(
            _("More than one colleague is called %(name)s. Add a column with e-mail addresses.")
            % {"name": named(told)}
        )
    return same[0] if same else None
