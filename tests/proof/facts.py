"""The bridge: rows, written or not, as the plain facts that the oracle reads."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.db.models import Model

from alert4you.access.models import (
    CareTeamMember,
    CoachPost,
    Consent,
    ConsentRequest,
    Entry,
    NegativeMark,
    Opening,
    Signature,
)
from alert4you.children.models import Child, Guardian, Placement, PlacementDay
from alert4you.organisations.models import Absence, Actor, Group, Location, Membership, Roster
from tests.proof import plain
from tests.proof.plain import Facts, Hat, Seen
from tests.proof.worlds import World

Rows = Callable[[type[Model]], Iterable[Any]]
TOLD: dict[str, tuple[type[Model], type]] = {
    "memberships": (Membership, plain.Membership),
    "absences": (Absence, plain.Absence),
    "rosters": (Roster, plain.Roster),
    "guardians": (Guardian, plain.Guardian),
    "team": (CareTeamMember, plain.Named),
    "posts": (CoachPost, plain.Post),
    "marks": (NegativeMark, plain.Mark),
    "requests": (ConsentRequest, plain.Request),
    "consents": (Consent, plain.Consent),
    "signatures": (Signature, plain.Signature),
    "openings": (Opening, plain.Opening),
    "groups": (Group, plain.Group),
    "locations": (Location, plain.Location),
    "children": (Child, plain.Child),
    "entries": (Entry, plain.Entry),
}


def of_world(world: World) -> Facts:
    """The facts of a world that was made, without asking the database."""
    return _facts(lambda model: world.rows.get(model, ()))


def of_database() -> Facts:
    """The facts of everything that stands in the database now."""
    return _facts(lambda model: model._base_manager.order_by("pk"))


def hat_of(actor: Actor) -> Hat:
    return Hat(actor.person_id, None if actor.is_parent else actor.membership_id)


def shown(actor: Actor) -> Seen:
    """What the policy shows this hat."""
    return Seen(*(_ids(model.objects.visible_to(actor)) for model in (Child, Entry, Placement)))


def _ids(rows: Any) -> frozenset[UUID]:
    return frozenset(rows.values_list("pk", flat=True))


def _facts(rows: Rows) -> Facts:
    days = defaultdict(set)
    for day in rows(PlacementDay):
        days[day.placement_id].add(day.weekday)
    return Facts(
        placements=[
            plain.Placement(
                each.starts,
                each.ends,
                each.pk,
                each.child_id,
                each.group_id,
                frozenset(days[each.pk]),
            )
            for each in rows(Placement)
        ],
        **{name: [_fact(kind, row) for row in rows(model)] for name, (model, kind) in TOLD.items()},
    )


def _fact(kind: type, row: Any) -> Any:
    """A fact has the names of the row, foreign keys by id."""
    return kind(
        **{
            name: getattr(row, f"{name}_id")
            if hasattr(type(row), f"{name}_id")
            else getattr(row, name)
            for name in kind.__dataclass_fields__
        }
    )
