"""Choosing people and organisations, also out of a whole country (see ``ui.finding``)."""

from collections.abc import Collection, Sequence
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Case, QuerySet, When
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
        """Those with such a role, or only colleagues; what is read is read once for all of them."""
        return Some(self, roles, own)

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


class Some(People):
    """A part of these people."""

    def __init__(self, whole: People, roles: Collection[str], own: bool) -> None:
        self.whole, self.roles, self.own = whole, roles, own
        self.actor, self.likely, self.sent = whole.actor, whole.likely, whole.sent

    @cached_property
    def offered(self) -> QuerySet[Membership]:
        only: dict[str, Any] = {"role__in": self.roles} if self.roles else {}
        if self.own:
            only["organisation"] = self.actor.organisation_id
        return self.whole.offered.filter(**only)

    @cached_property
    def is_whole(self) -> bool:
        return self.whole.is_whole

    @cached_property
    def rows(self) -> list[Membership]:
        return [each for each in self.whole.rows if self._is_one(each)]

    @cached_property
    def chosen(self) -> dict[UUID | None, Membership]:
        return {pk: each for pk, each in self.whole.chosen.items() if self._is_one(each)}

    def _is_one(self, row: Membership) -> bool:
        plays = not self.roles or row.role in self.roles
        return plays and (not self.own or self._is_own(row))


class Organisations(Source):
    """Organisations, by kind."""

    def option(self, row: Organisation) -> Option:
        kind = capfirst(row.get_kind_display())
        return Option(str(row.pk), row.name, getattr(row, "city", None) or "", kind, row)

    def listed(self) -> list[Option]:
        return sorted(super().listed(), key=lambda each: each.group)

    def named(self, words: Sequence[str]) -> QuerySet[Organisation]:
        return organisations_named(self.offered, words)
