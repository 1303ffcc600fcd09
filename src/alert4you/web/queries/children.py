"""The children a hat knows, as it looks for them: of the group today, of the team, of the place."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import BooleanField, Exists, ExpressionWrapper, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alert4you.access import policy
from alert4you.access.queries import line as lines
from alert4you.children.models import Child, Placement
from alert4you.kernel.kept import kept
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
    """Three queries for any number: the groups of today, the places, the children."""
    may_search = actor.role in RUNS_THE_PLACE
    named = _named(asked) if may_search else Q()
    on_team = ExpressionWrapper(Q(Exists(policy.team(actor, "pk"))), BooleanField())
    rows = lines.children(actor).filter(named).annotate(on_team=on_team)[: MOST + 1]
    known = {row.pk: Known(row, on_team=row.on_team) for row in rows}
    today: dict[UUID, tuple[Group, list[Known]]] = {}
    mine = set() if actor.is_parent else set(_own_groups(actor))
    for place in _places(actor, list(known)):
        child = known[place.child_id]
        where = f"{place.group} · {place.group.location}"
        if where not in child.groups:
            child.groups.append(where)
        if place.group_id in mine and _comes_on(place, actor.today.weekday()):
            child.here_today = True
            _group, there = today.setdefault(place.group_id, (place.group, []))
            there.append(child)
    others = [each for each in known.values() if not each.here_today]
    for _group, there in today.values():
        there.sort(key=lambda each: each.child.first_name)
    groups = sorted(today.values(), key=lambda each: each[0].name)
    return Children(groups, others[:MOST], may_search, len(known) > MOST)


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


def _named(asked: str) -> Q:
    """Every word stands in the first or the last name."""
    condition = Q()
    for word in asked.split():
        condition &= Q(first_name__icontains=word) | Q(last_name__icontains=word)
    return condition


def _own_groups(actor: Actor) -> Iterable[UUID]:
    mine = Roster.objects.on(actor.today).filter(
        membership=actor.membership_id, weekday=actor.today.weekday()
    )
    return mine.values_list("group", flat=True)


@kept
def _places(actor: Actor, children: Collection[UUID]) -> QuerySet[Placement]:
    seen = Placement.objects.visible_to(actor).on(actor.today).filter(child__in=children)
    return seen.select_related("group__location").prefetch_related("days").order_by("starts", "pk")


def _comes_on(place: Placement, weekday: int) -> bool:
    return any(day.weekday == weekday for day in place.days.all())
