"""Which rows go when some rows go: what hangs on them along, what only points at them cut loose."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.db.models import Model, QuerySet

from alert4you.access.models import Entry
from alert4you.retention.rules.records import Link, is_own, label, links

Rows = dict[type[Model], set[Any]]


@dataclass
class Going:
    """What goes: ``rows`` by model; ``cut``: links to it of rows that stay."""

    rows: Rows = field(default_factory=dict)
    cut: list[tuple[Link, set[Any]]] = field(default_factory=list)

    def digest(self, *more: str) -> str:
        """Tells these rows from any others, without telling what was in them."""
        told = [f"{label(model)}:{pk}" for model, pks in self.rows.items() for pk in pks]
        return sha256("\n".join([*sorted(told), *more]).encode()).hexdigest()

    def add(self, model: type[Model], pks: Iterable[Any]) -> set[Any]:
        """The ones among these that were not there yet."""
        there = self.rows.setdefault(model, set())
        new = set(pks) - there
        there |= new
        return new


def going_with(roots: Rows) -> Going:
    """The closure of rows that may go.

    What a record of another file, or of a kind that is not due, cannot do without stays with it.
    """
    roots = {model: set(pks) for model, pks in roots.items() if pks}
    while True:
        going, needed = _closure(roots)
        if not needed:
            return going
        roots = {model: pks - needed for model, pks in roots.items()}


def _closure(roots: Rows) -> tuple[Going, set[Any]]:
    """What goes with the roots, and which roots are needed by what stays."""
    going = Going()
    waiting = [(model, going.add(model, pks)) for model, pks in roots.items()]
    points: list[tuple[Link, set[Any]]] = []
    while waiting:
        model, pks = waiting.pop()
        for link in links().get(model, ()) if pks else ():
            part = link.field.remote_field.parent_link
            if not part and (is_own(link.model) or not link.goes_along):
                points.append((link, pks))
            else:
                waiting.append((link.model, going.add(link.model, _pointing(link, pks))))
    needed: set[Any] = set()
    for link, pks in points:
        staying = rows_of(link.model, exclude=going).filter(**{f"{link.field.name}__in": pks})
        if link.field.null:
            going.cut.append((link, pks))
        else:
            needed |= set(staying.values_list(link.field.attname, flat=True))
    return going, needed


def _pointing(link: Link, pks: set[Any]) -> QuerySet[Any, Any]:
    rows = link.model._base_manager.filter(**{f"{link.field.name}__in": pks})
    return rows.values_list("pk", flat=True)


def rows_of(model: type[Model], exclude: Going) -> QuerySet[Any]:
    """The rows of a model that stay."""
    base = Entry if issubclass(model, Entry) else model
    return model._base_manager.exclude(pk__in=exclude.rows.get(base, ()))


def take_away(going: Going) -> None:
    """Cut the links of what stays, then delete; the database checks all keys at the end.

    Straight from the tables: what is append-only for everybody goes here, and nowhere else.
    """
    for link, pks in going.cut:
        staying = rows_of(link.model, exclude=going).filter(**{f"{link.field.name}__in": pks})
        staying.update(**{link.field.name: None})
    for model, pks in reversed(going.rows.items()):
        rows = model._base_manager.filter(pk__in=pks)
        rows._raw_delete(rows.db)
