"""The operations of version 1: each calls one query or one command, as a page does."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Header, NinjaAPI, Query, Status
from ninja.operation import Operation
from pydantic.alias_generators import to_camel

from alert4you.api import commands, queries
from alert4you.api.models import Scope
from alert4you.api.views import file_rows, shapes
from alert4you.api.views.guarding import needs
from alert4you.api.views.problems import VERSION, answer_errors
from alert4you.children.models import Child, Placement
from alert4you.imports.models import Kind
from alert4you.kernel.decision import NotVisible
from alert4you.organisations.models import Group
from alert4you.organisations.queries import locations_of, own_groups

A_DAY = timedelta(days=1)
SAVED = {200: shapes.Saved, 201: shapes.Saved}
Once = Header(None, alias="Idempotency-Key")
After = Query(None)


class Api(NinjaAPI):
    def get_openapi_operation_id(self, operation: Operation) -> str:
        return to_camel(operation.view_func.__name__)


api = Api(
    title="Alert4you",
    version=VERSION,
    description="For planning systems of childcare: groups, rosters, children and their places. "
    "For municipalities: their numbers.",
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
)
answer_errors(api)


@api.get("/locations", response=shapes.Locations, by_alias=True)
@needs(Scope.READ_GROUPS)
def locations(request: HttpRequest, after: UUID | None = After) -> Any:
    """The locations of your organisation."""
    return _page(locations_of(request.actor), after)


@api.get("/groups", response=shapes.Groups, by_alias=True)
@needs(Scope.READ_GROUPS)
def groups(request: HttpRequest, after: UUID | None = After) -> Any:
    """The groups of your organisation."""
    return _page(own_groups(request.actor), after)


@api.get("/groups/{reference}", response=shapes.Group, by_alias=True)
@needs(Scope.READ_GROUPS)
def group(request: HttpRequest, reference: str) -> Group:
    """One group, by its number in your own system."""
    known = queries.known_as(request.actor, Kind.GROUPS, reference)
    return _there(own_groups(request.actor).filter(pk__in=[known and known.group_id]).first())


@api.put("/groups/{reference}", response=SAVED, by_alias=True)
@needs(Scope.WRITE_GROUPS)
def save_group(
    request: HttpRequest, reference: str, said: shapes.GroupToSave, once: UUID | None = Once
) -> Any:
    """Make a group, or bring it up to date; a group of this name on the location becomes it."""
    return _save(request, Kind.GROUPS, reference, file_rows.group(reference, said), once)


@api.get("/rosters", response=shapes.Rosters, by_alias=True)
@needs(Scope.READ_GROUPS)
def rosters(request: HttpRequest, after: UUID | None = After) -> Any:
    """Who works on which group, from today on."""
    found = _page(queries.rosters_of(request.actor), after)
    found["results"] = [
        {
            "staff": each.membership.person.name,
            "group_id": each.group_id,
            "weekday": each.weekday + 1,
            "first_day": each.starts,
            "last_day": _last_day(each.ends),
        }
        for each in found["results"]
    ]
    return found


@api.post("/rosters", response=SAVED, by_alias=True)
@needs(Scope.WRITE_ROSTERS)
def save_roster(request: HttpRequest, said: shapes.RosterToSave, once: UUID | None = Once) -> Any:
    """Put a colleague on the roster of a group, or change the last day; the same again changes nothing."""
    return _save(request, Kind.ROSTERS, "", file_rows.roster(said), once)


@api.get("/children", response=shapes.Children, by_alias=True)
@needs(Scope.READ_CHILDREN)
def children(request: HttpRequest, after: UUID | None = After) -> Any:
    """The children with a place here now. Their parents see that your application read this."""
    found = _page(Child.objects.visible_to(request.actor), after)
    found["results"] = _with_places(request, found["results"])
    return found


@api.get("/children/{reference}", response=shapes.Child, by_alias=True)
@needs(Scope.READ_CHILDREN)
def child(request: HttpRequest, reference: str) -> Any:
    """One child, by its number in your own system."""
    known = queries.known_as(request.actor, Kind.CHILDREN, reference)
    mine = Child.objects.visible_to(request.actor)
    found = mine.filter(pk__in=[known and known.child_id]).first()
    return _with_places(request, [_there(found)])[0]


@api.put("/children/{reference}", response=SAVED, by_alias=True)
@needs(Scope.WRITE_CHILDREN)
def save_child(
    request: HttpRequest, reference: str, said: shapes.ChildToSave, once: UUID | None = Once
) -> Any:
    """A child with its place: new, or brought up to date. Who looks like one that is here is asked about."""
    told, answer = file_rows.child(reference, said), file_rows.answer(said)
    return _save(request, Kind.CHILDREN, reference, told, once, answer)


@api.put("/placements/{reference}", response=SAVED, by_alias=True)
@needs(Scope.WRITE_CHILDREN)
def save_placement(
    request: HttpRequest, reference: str, said: shapes.PlacementToSave, once: UUID | None = Once
) -> Any:
    """One more place of a child, or its last day. Other days are another place, with its own number."""
    return _save(request, Kind.PLACEMENTS, reference, file_rows.placement(reference, said), once)


@api.get("/counts", response=shapes.Counts, by_alias=True)
@needs(Scope.READ_COUNTS)
def counts(request: HttpRequest) -> Any:
    """The numbers of a municipality's own pages, of all childcare together."""
    return queries.counts(request.actor)


def _save(
    request: HttpRequest,
    kind: str,
    number: str,
    told: file_rows.Told,
    once: UUID | None,
    answer: str = "",
) -> Status[Any]:
    known = queries.known_as(request.actor, kind, number) if number else True
    saved = commands.save(request.actor, request.application, kind, told, answer, once=once)
    return Status(200 if known else 201, {"id": saved.pk})


def _page(rows: QuerySet[Any], after: UUID | None) -> dict[str, Any]:
    """From behind the last one that was seen: what comes or goes meanwhile moves nothing."""
    behind = rows.order_by("pk").filter(**({"pk__gt": after} if after else {}))
    some = list(behind[: queries.AT_ONCE + 1])
    shown = some[: queries.AT_ONCE]
    return {"results": shown, "next": shown[-1].pk if len(some) > len(shown) else None}


def _with_places(request: HttpRequest, found: Iterable[Child]) -> list[dict[str, Any]]:
    """With the places of the own organisation that run now."""
    known = list(found)
    places = Placement.objects.visible_to(request.actor).on(request.actor.today)
    places = places.filter(child__in=[each.pk for each in known]).prefetch_related("days")
    return [
        {
            "id": each.pk,
            "first_name": each.first_name,
            "last_name": each.last_name,
            "born": each.born,
            "placements": [_place(place) for place in places if place.child_id == each.pk],
        }
        for each in known
    ]


def _place(place: Placement) -> dict[str, Any]:
    days = sorted(place.days.all(), key=lambda each: (each.weekday, each.part))
    return {
        "id": place.pk,
        "group_id": place.group_id,
        "basis": place.basis,
        "first_day": place.starts,
        "last_day": place.last_day,
        "days": [
            {"weekday": weekday + 1, "parts": [each.part for each in some]}
            for weekday, some in groupby(days, key=lambda each: each.weekday)
        ],
    }


def _last_day(ends: date | None) -> date | None:
    return ends and ends - A_DAY


def _there(found: Any) -> Any:
    if found is None:
        raise NotVisible
    return found
