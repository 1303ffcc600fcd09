"""The children a hat knows, as it looks for them: of the group today, of the team, of the place."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet, Value
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alert4you.access import policy
from alert4you.access.queries import line as lines
from alert4you.children.models import Child, Placement, PlacementDay
from alert4you.kernel import spelling
from alert4you.kernel.kept import Exactly, kept
from alert4you.organisations.models import Actor, Group, Roster
from alert4you.organisations.rules import RUNS_THE_PLACE

MOST = 100


@dataclass
class Known:
    """A child with where it is, and what this hat has with it."""

    child: Child
    groups: list[str] = field(default_factory=list)
    here_today: bool = False
    on_team: bool = False


@dataclass(frozen=True)
class Children:
    """``today``: groups of this hat with who is there; ``others``: everybody else it knows."""

    today: list[tuple[Group, list[Known]]]
    others: list[Known]
    may_search: bool
    more: bool

    @property
    def number(self) -> int:
        return len(self.others) + sum(len(there) for _group, there in self.today)


def children(actor: Actor, asked: str = "") -> Children:
    """Three queries for any number: whom it is about, those of them this hat knows, and where they are."""
    may_search = actor.role in RUNS_THE_PLACE
    first = _first(actor, spelling.words(asked) if may_search else [])
    known = {row.pk: Known(row, on_team=row.on_team) for row in _known(actor, first)}
    today: dict[UUID, tuple[Group, list[Known]]] = {}
    for place in _places(actor, list(known)):
        child = known[place.child_id]
        where = f"{place.group} · {place.group.location}"
        if where not in child.groups:
            child.groups.append(where)
        if place.with_me:
            child.here_today = True
            _group, there = today.setdefault(place.group_id, (place.group, []))
            there.append(child)
    others = [each for each in known.values() if not each.here_today]
    for _group, there in today.values():
        there.sort(key=lambda each: each.child.first_name)
    groups = sorted(today.values(), key=lambda each: each[0].name)
    return Children(groups, others[:MOST], may_search, len(first) > MOST)


def age_in_words(child: Child, day: date) -> str:
    """ "3 years and 6 months"; months alone under two, years alone from four on."""
    months = max(child.age_in_months(day), 0)
    years, rest = divmod(months, 12)
    in_months = ngettext("%(n)d month", "%(n)d months", rest if years >= 2 else months)
    in_years = ngettext("%(n)d year", "%(n)d years", years) % {"n": years}
    if years < 2:
        return in_months % {"n": months}
    if years >= 4 or not rest:
        return in_years
    return _("%(years)s and %(months)s") % {"years": in_years, "months": in_months % {"n": rest}}


@kept
def _first(actor: Actor, words: Collection[Exactly]) -> QuerySet[Any, Any]:
    """By name, with each of these words in it; one more than a page shows. The policy is asked about these
    only: to ask it about everybody first takes longer than all the rest.
    """
    found = Child.objects.unrestricted(reason="whom the policy is asked about")
    for word in words:
        found = found.filter(Q(first_name__iregex=word) | Q(last_name__iregex=word))
    near = found.filter(pk__in=lines.near(actor)).order_by("first_name", "last_name", "pk")
    return near.values_list("pk", flat=True)[: MOST + 1]


@kept
def _known(actor: Actor, first: Collection[UUID]) -> QuerySet[Any]:
    on_team = ExpressionWrapper(Q(Exists(policy.team(actor, "pk"))), BooleanField())
    return lines.seen(actor).filter(pk__in=first).annotate(on_team=on_team)


@kept
def _places(actor: Actor, children: Collection[UUID]) -> QuerySet[Any]:
    """Where they have a place; ``with_me``: today, on a group of this hat."""
    seen = Placement.objects.visible_to(actor).on(actor.today).filter(child__in=children)
    weekday = actor.today.weekday()
    mine = Roster.objects.on(actor.today).filter(
        membership=actor.membership_id, weekday=weekday, group=OuterRef("group")
    )
    comes = PlacementDay.objects.filter(placement=OuterRef("pk"), weekday=weekday)
    with_me = (
        Value(False)
        if actor.is_parent
        else ExpressionWrapper(Exists(comes) & Exists(mine), BooleanField())
    )
    return seen.select_related("group__location").annotate(with_me=with_me).order_by("starts", "pk")
