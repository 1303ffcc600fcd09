"""Whom and what a row points at: by its number in the own system, else by a name only one has.

A name that more than one has is never guessed.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import Any, TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from alert4you.children.models import Child, Placement
from alert4you.imports.models import Kind, Reference
from alert4you.imports.rules.cells import Cannot, day, need
from alert4you.organisations.models import Actor, Group, Location, Membership
from alert4you.organisations.queries import locations_of, own_groups

Told = Mapping[str, str]
Thing = TypeVar("Thing")
LINKED = ("child", "placement__group__location", "membership__person", "group__location")
NOTHING_MORE = Q()
OWN = "a file of the child's own organisation"


class Asks(Exception):
    """A row about which somebody has to say something first."""


def digest(kind: str, words: str) -> str:
    """What a row is known by in a later file."""
    return sha256(f"{kind}\n{words.casefold()}".encode()).hexdigest()


def full_name(told: Told) -> tuple[str, str]:
    """First name, and last name with its prefix before it."""
    last = " ".join(filter(None, (told.get("prefix", ""), told.get("last_name", ""))))
    return told.get("first_name", ""), last


def named(told: Told) -> str:
    """Somebody's whole name, in one cell or in three."""
    return told.get("name") or " ".join(filter(None, full_name(told)))


def child_key(told: Told, reference: str) -> str:
    """The number of a child, else its names and date of birth."""
    if told.get(reference):
        return f"nr {told[reference]}"
    return "|".join((*full_name(told), str(day(told, "born"))))


class Book:
    """Everything of one organisation that a row can point at; its places and groups are read once."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self._known: dict[str, Reference | None] = {}
        self._born: dict[date, list[Child]] = {}

    @cached_property
    def _locations(self) -> dict[str, list[Location]]:
        return _by_name(locations_of(self.actor))

    @cached_property
    def _groups(self) -> dict[str, list[Group]]:
        return _by_name(own_groups(self.actor))

    def location(self, told: Told) -> Location:
        """The location of a row; without a name the only one there is."""
        name = told.get("location", "")
        found = self._locations.get(name.casefold(), [])
        if not name:
            found = [each for some in self._locations.values() for each in some]
        return _only(found, _("location"), name)

    def group(self, told: Told) -> Group:
        need(told, "group")
        found = self._groups.get(told["group"].casefold(), [])
        if told.get("location"):
            place = self.location(told)
            found = [each for each in found if each.location_id == place.pk]
        return _only(found, _("group"), told["group"])

    def colleague(self, told: Told) -> Membership:
        """Who works here, by number, e-mail address or name."""
        known = self.known(Kind.STAFF, f"nr {told.get('staff_reference')}")
        if told.get("staff_reference") and known and known.membership:
            return known.membership
        here = Membership.objects.filter(organisation=self.actor.organisation_id)
        here = here.filter(Q(ends=None) | Q(ends__gt=self.actor.today))
        wanted = told.get("email") or told.get("name") or told.get("staff_reference", "")
        by = {"person__email__iexact" if told.get("email") else "person__name__iexact": wanted}
        return _only(list(here.filter(**by).select_related("person")), _("colleague"), wanted)

    def child(self, told: Told) -> Child:
        """A child that has or had a place here: by number, else by names and date of birth together."""
        known = self.known(Kind.CHILDREN, child_key(told, "child_reference"))
        if known and known.child:
            return known.child
        if not told.get("last_name"):
            raise Cannot(
                _("We do not know a child with number %(n)s. Load the children first.")
                % {"n": told["child_reference"]}
            )
        need(told, "first_name", "last_name", "born")
        first, last = full_name(told)
        same = self.children(*filter(None, [day(told, "born")])).filter(
            first_name__iexact=first, last_name__iexact=last
        )
        return _only(list(same), _("child"), f"{first} {last}")

    def children(self, *born: date, first: Any = NOTHING_MORE) -> QuerySet[Child]:
        """Who has or had a place here and was born on one of these days: sought by that day, so that
        it does not matter how many children there are. ``first``: what passes by most of them.
        """
        here = Placement.objects.unrestricted(reason=OWN).filter(
            child=OuterRef("pk"), group__location__organisation=self.actor.organisation_id
        )
        return Child.objects.unrestricted(reason=OWN).filter(first, Exists(here), born__in=born)

    def open_at(self, kind: str, key: Callable[[Told], str], rows: Sequence[Told]) -> None:
        """Read at once what these rows will be looked up by; forgets what was read before."""
        keys = {digest(*each) for told in rows for each in _looked_up(kind, key, told)}
        here = Reference.objects.filter(organisation=self.actor.organisation_id, key__in=keys)
        found = {each.key: each for each in here.select_related(*LINKED)}
        self._known = {each: found.get(each) for each in keys}
        self._born = defaultdict(list)
        if kind == Kind.CHILDREN:
            theirs = Reference.objects.filter(
                organisation=self.actor.organisation_id, child=OuterRef("pk")
            )
            days = {_day(told, "born") for told in rows}
            untold = self.children(*filter(None, days), first=~Exists(theirs))
            for child in untold.order_by("pk"):
                self._born[child.born].append(child)

    def alike(self, first: str, last: str, born: date) -> list[Child]:
        """Children born that day with one of these names, of whom no file told anything yet."""
        first, last = first.casefold(), last.casefold()
        return [
            each
            for each in self._born[born]
            if each.first_name.casefold() == first or each.last_name.casefold() == last
        ]

    def known(self, kind: str, words: str) -> Reference | None:
        """What a row about the same became here."""
        return self._known[digest(kind, words)]

    def remember(self, kind: str, words: str, **became: Any) -> None:
        key = digest(kind, words)
        known = self._known[key]
        if known is None:
            known = Reference.objects.create(
                organisation_id=self.actor.organisation_id, key=key, **became
            )
        elif any(getattr(known, name) != value for name, value in became.items()):
            for name, value in became.items():
                setattr(known, name, value)
            known.save()
        self._known[key] = known


def _looked_up(kind: str, key: Callable[[Told], str], told: Told) -> Iterator[tuple[str, str]]:
    """By which kind and words a row finds what it is about, and whom it points at."""
    with suppress(Cannot):
        yield kind, key(told)
    with suppress(Cannot):
        yield Kind.CHILDREN, child_key(told, "child_reference")
    yield Kind.STAFF, f"nr {told.get('staff_reference')}"


def _day(told: Told, field: str) -> date | None:
    with suppress(Cannot):
        return day(told, field)
    return None


def _by_name(rows: QuerySet[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for each in rows:
        found[each.name.casefold()].append(each)
    return found


def _only(found: Iterable[Thing], what: str, name: str) -> Thing:
    first, *more = [*found, None]
    if first is None:
        raise Cannot(_("We do not know %(what)s “%(name)s” here.") % {"what": what, "name": name})
    if len(more) > 1:
        raise Cannot(
            _("There is more than one %(what)s “%(name)s”. Say which with another column.")
            % {"what": what, "name": name}
        )
    return first
