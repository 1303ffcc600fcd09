"""Choosing people and organisations, also out of a whole country (see ``ui.finding``)."""

from collections.abc import Sequence
from copy import copy
from typing import Any

from django.db.models import Case, QuerySet, When
from django.utils.functional import SimpleLazyObject
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from alert4you.organisations.models import Actor, Membership, Organisation
from alert4you.organisations.queries import named, organisations_named
from alert4you.ui.finding import Likely, Option, Source


class People(Source):
    """Memberships: colleagues first, then people of other organisations."""

    def __init__(self, actor: Actor, offered: QuerySet[Membership], likely: Likely) -> None:
        super().__init__(offered.order_by("person__name", "pk"), likely)
        self.actor = actor

    def of(self, *roles: str, own: bool = False) -> "People":
        """Those with such a role, or only colleagues; the list is read once for all of them."""
        few = copy(self)
        few.is_whole, few.rows = self.is_whole, self.rows
        only: dict[str, Any] = {"role__in": roles} if roles else {}
        if roles:
            few.rows = [each for each in few.rows if each.role in roles]
        if own:
            only["organisation"] = self.actor.organisation_id
            few.rows = [each for each in few.rows if self._is_own(each)]
        few.offered = SimpleLazyObject(lambda: self.offered.filter(**only))
        return few

    def option(self, row: Membership) -> Option:
        more = row.task if self._is_own(row) else f"{row.task}, {row.organisation}"
        group = _("Colleagues") if self._is_own(row) else _("Other organisations")
        return Option(str(row.pk), row.person.name, more, group, row)

    def listed(self) -> list[Option]:
        return sorted(super().listed(), key=lambda each: not self._is_own(each.what))

    def named(self, words: Sequence[str]) -> QuerySet[Membership]:
        own = When(organisation=self.actor.organisation_id, then=0)
        return named(self.offered, words).order_by(
            Case(own, default=1), "person__name", "organisation__name", "pk"
        )

    def _is_own(self, row: Membership) -> bool:
        return row.organisation_id == self.actor.organisation_id


class Organisations(Source):
    """Organisations, by kind."""

    def option(self, row: Organisation) -> Option:
        kind = capfirst(row.get_kind_display())
        return Option(str(row.pk), row.name, getattr(row, "city", None) or "", kind, row)

    def listed(self) -> list[Option]:
        return sorted(super().listed(), key=lambda each: each.group)

    def named(self, words: Sequence[str]) -> QuerySet[Organisation]:
        return organisations_named(self.offered, words)
