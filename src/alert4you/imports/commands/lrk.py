"""Operators and locations out of the public register; all of a file or, when it breaks, nothing."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from alert4you.imports.commands.rows.book import digest
from alert4you.imports.models import Reference, Row
from alert4you.imports.rules.lrk import Entry
from alert4you.organisations.commands import register_location, register_operator
from alert4you.organisations.models import Actor, Location, Organisation, OrganisationKind

Outcome = Row.Outcome


@dataclass
class Filled:
    """How many locations had which outcome, and what is said about which row."""

    counts: Counter[str] = field(default_factory=Counter)
    said: list[tuple[int, str]] = field(default_factory=list)


class _OnlyLooked(Exception):
    """Ends a transaction of which nothing stays."""


def fill(actor: Actor, entries: Iterable[Entry], save: bool) -> Filled:
    """Look at the register, and save it when asked. Nothing is taken away that is not in it any more."""
    filled = Filled()
    try:
        with transaction.atomic():
            operators = _Operators(actor)
            known = {
                each.lrk_id: each
                for each in Location.objects.exclude(lrk_id="").select_related("organisation")
            }
            for entry in entries:
                here = known.get(entry.location.lrk_id)
                if entry.open or here:
                    filled.counts[_fill(actor, operators, here, entry, filled)] += 1
            if not save:
                raise _OnlyLooked
    except _OnlyLooked:
        pass
    return filled


def _fill(
    actor: Actor, operators: "_Operators", known: Location | None, entry: Entry, filled: Filled
) -> str:
    if not entry.open:
        filled.said.append((entry.number, _("%s is no longer in the register.") % known))
        return Outcome.CANNOT
    operator = operators.of(entry, known)
    if known is not None and known.organisation_id != operator.pk:
        told = {"name": known, "here": known.organisation, "there": entry.operator}
        said = _("%(name)s belongs to %(there)s now, and to %(here)s here. Move it by hand.")
        filled.said.append((entry.number, said % told))
        return Outcome.CANNOT
    told_here = known and {name: getattr(known, name) for name in vars(entry.location)}
    if told_here == vars(entry.location):
        return Outcome.SAME
    register_location(actor, operator, entry.location)
    return Outcome.CHANGED if known else Outcome.NEW


class _Operators:
    """The organisations behind the locations: by their number in the trade register.

    One that was written down by hand is known by a location it has in the register, or its exact name.
    """

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        rows = Reference.objects.filter(child=None, placement=None, membership=None, group=None)
        self.known = {each.key: each.organisation for each in rows.select_related("organisation")}
        taken = {each.pk for each in self.known.values()}
        own = Organisation.objects.filter(kind=OrganisationKind.CHILDCARE)
        self.named = {each.name: each for each in own if each.pk not in taken}

    def of(self, entry: Entry, known: Location | None) -> Organisation:
        key = digest("operator", entry.kvk or entry.operator)
        if key not in self.known:
            found = self.named.pop(entry.operator, None) or (known and self._free(known))
            operator = found or register_operator(self.actor, entry.operator)
            self.known[key] = operator
            Reference.objects.create(organisation=operator, key=key)
        return self.known[key]

    def _free(self, location: Location) -> Organisation | None:
        """The operator of a location that nobody else was found to be."""
        return self.named.pop(location.organisation.name, None)
