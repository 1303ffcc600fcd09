"""Naming and releasing people on a child's care team."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet

from alert4you.access.models import CareTeamMember, CoachPost, Purpose
from alert4you.access.queries.line import file_of
from alert4you.access.rules import refusals, relations
from alert4you.children.models import Child
from alert4you.kernel.command import command
from alert4you.kernel.kept import kept
from alert4you.organisations.models import Actor, Location, Membership


@command(refusals.may_name)
def name_on_team(
    actor: Actor, child: Child, membership: Membership, why: str, purpose: str = ""
) -> CareTeamMember:
    """This colleague, or this person of another organisation for a purpose, works with the child.

    For each purpose somebody is named apart: the parents agree to each apart.
    """
    (member,) = _named(actor, child, why, [(membership, purpose)])
    return member


@command(refusals.may_name_all)
def name_all_on_team(
    actor: Actor, child: Child, people: Sequence[tuple[Membership, str]], why: str
) -> list[CareTeamMember]:
    """As ``name_on_team``, each for a purpose of its own: all of them, or nobody."""
    return _named(actor, child, why, people)


@command(relations.may_join)
def release_from_team(actor: Actor, child: Child, membership: Membership) -> CareTeamMember | None:
    """From today this person no longer works with the child, for no purpose: all they saw is gone."""
    named = CareTeamMember.objects.filter(child=child, membership=membership, ends=None)
    member = named.order_by("starts", "pk").first()
    named.update(ends=actor.today)
    if member is not None:
        member.ends = actor.today
    return member


@command(relations.may_post)
def post_coach(actor: Actor, membership: Membership, location: Location) -> CoachPost:
    """The coach works on the groups of this location from today."""
    return CoachPost.objects.create(membership=membership, location=location, starts=actor.today)


def _named(
    actor: Actor, child: Child, why: str, people: Sequence[tuple[Membership, str]]
) -> list[CareTeamMember]:
    """Who was named already stays as it was."""
    own = actor.organisation_id
    writes_here = any(who.organisation_id == own for who, _purpose in people) and (
        file_of(actor, child) == own
    )
    named = {(each.membership_id, each.purpose): each for each in _team(None, child.pk)}
    asked, new = [], []
    for who, purpose in people:
        ours = writes_here and who.organisation_id == own
        key = who.pk, "" if ours else purpose or Purpose.SUPPORT
        asked.append(key)
        if key not in named:
            named[key] = CareTeamMember(
                child=child, membership=who, purpose=key[1], why=why, starts=actor.today
            )
            new.append(named[key])
    CareTeamMember.objects.bulk_create(new)
    return [named[key] for key in asked]


@kept
def _team(_nobody: None, child_id: UUID) -> QuerySet[CareTeamMember]:
    return CareTeamMember.objects.filter(child=child_id, ends=None)
