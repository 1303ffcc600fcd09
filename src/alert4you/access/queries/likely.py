"""Whom one expects in a list of people: who works at the place, goes round there, or works with the child."""

from collections.abc import Callable, Collection
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from alert4you.access.models import CoachPost
from alert4you.access.queries.line import care_teams
from alert4you.children.models import Child, Placement
from alert4you.kernel.kept import kept
from alert4you.organisations.models import Actor, Membership, Role, Roster

Ids = QuerySet[Any, Any]


def likely(
    actor: Actor, child: Child | None = None, locations: Collection[UUID] = ()
) -> Callable[[], list[UUID]]:
    """Asks, when it is needed, for memberships: of the place of a child, of locations, or of where one works.

    They work there, or for the whole organisation; they coach there; or they are on the care team of the
    child, as far as this hat may know.
    """
    if child:
        return lambda: _at(actor, _near(actor, child.pk))
    return partial(_at, actor, [*locations]) if locations else partial(_around, actor)


def likely_organisations(actor: Actor, child: Child | None = None) -> Callable[[], list[UUID]]:
    """Asks for those of the people one expects."""
    people = likely(actor, child)
    return lambda: _organisations(actor, people())


@kept
def _organisations(_actor: Actor, people: Collection[UUID]) -> Ids:
    hats = Membership.objects.filter(pk__in=people)
    return hats.order_by().values_list("organisation", flat=True).distinct()


@kept
def _near(actor: Actor, child_id: UUID) -> Ids:
    """Its places and the people on its care team, each by their id: asked apart, for these are secrets."""
    placed = Placement.objects.visible_to(actor).on(actor.today).filter(child=child_id)
    team = care_teams(actor, [child_id])
    return placed.values_list("group__location", flat=True).union(team.values_list("membership"))


@kept
def _at(actor: Actor, near: Collection[UUID]) -> Ids:
    team = Membership.objects.filter(pk__in=near).values("pk")
    return _people(_working(actor, near).union(team))


@kept
def _around(actor: Actor) -> Ids:
    rosters = Roster.objects.on(actor.today).filter(membership=actor.membership_id)
    hat = Membership.objects.filter(pk=actor.membership_id).exclude(location=None)
    mine = rosters.values("group__location").union(hat.values("location"))
    coaches = CoachPost.objects.on(actor.today).filter(location__organisation=actor.organisation_id)
    return _people(_working(actor, mine).union(coaches.values("membership")))


def _working(actor: Actor, places: Any) -> Ids:
    """Who works at these places, comes there to coach, or works for the whole organisation."""
    at_work = Membership.objects.on(actor.today)
    everywhere = at_work.filter(organisation=actor.organisation_id, location=None)
    rosters = Roster.objects.on(actor.today).filter(group__location__in=places)
    posts = CoachPost.objects.on(actor.today).filter(location__in=places)
    return rosters.values("membership").union(
        posts.values("membership"),
        at_work.filter(location__in=places).values("pk"),
        everywhere.exclude(role=Role.GROUP_WORKER).values("pk"),
        at_work.filter(pk=actor.membership_id).values("pk"),
    )


def _people(ids: Ids) -> Ids:
    return Membership.objects.filter(pk__in=ids).values_list("pk", flat=True)
