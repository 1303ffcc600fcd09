"""A parent or guardian of a child: with or without authority, and what was shown of it."""

from django.utils.translation import gettext as _

from alert4you.children.commands import name_guardian
from alert4you.children.models import Child, Guardian, GuardianKind, Standing
from alert4you.imports.commands.rows.book import Book, Told, child_key
from alert4you.imports.models import Row
from alert4you.imports.rules.cells import Cannot, need, relation, yes
from alert4you.organisations.commands import know_person
from alert4you.organisations.models import Organisation
from alert4you.organisations.queries import certified_institutions

Outcome = Row.Outcome
NEEDED = ("name", "authority")
SOUGHT = ()


def key(told: Told) -> str:
    need(told, *NEEDED)
    return f"{child_key(told, 'child_reference')}|{told.get('email') or told['name']}"


def carry(book: Book, told: Told, answer: str) -> str:
    child, kind = book.child(told), relation(told)
    institution = _institution(told, kind)
    standing = Standing(yes(told, "authority"), kind, institution, told.get("proof", ""))
    known = _known(book, child, told)
    if known is None:
        person = know_person(book.actor, told["name"], told.get("email", ""))
        name_guardian(book.actor, child, person, standing, book.actor.today)
        return Outcome.NEW
    if (known.has_authority, known.kind) != (standing.has_authority, standing.kind):
        raise Cannot(
            _("The authority or the relation of %(name)s is written down otherwise here.")
            % {"name": known.person}
            + " "
            + _("Change it by hand, with what was shown.")
        )
    return Outcome.SAME


def _known(book: Book, child: Child, told: Told) -> Guardian | None:
    running = Guardian.objects.on(book.actor.today).filter(child=child).select_related("person")
    by = {"email": told["email"]} if told.get("email") else {"name": told["name"]}
    field, value = next(iter(by.items()))
    return running.filter(**{f"person__{field}__iexact": value}).first()


def _institution(told: Told, kind: str) -> Organisation | None:
    name = told.get("institution", "")
    if kind not in (GuardianKind.INSTITUTION, GuardianKind.SUPERVISOR) or not name:
        return None
    found = certified_institutions().filter(name__iexact=name).first()
    if found is None:
        raise Cannot(_("We do not know certified institution “%(name)s”.") % {"name": name})
    return found
