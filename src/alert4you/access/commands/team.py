"""Naming and releasing people on a child's care team."""

from alert4you.access.models import CareTeamMember, CoachPost, Purpose
from alert4you.access.queries.line import file_of
from alert4you.access.rules import refusals, relations
from alert4you.children.models import Child
from alert4you.kernel.command import command
from alert4you.organisations.models import Actor, Location, Membership


@command(refusals.may_name)
def name_on_team(
    actor: Actor, child: Child, membership: Membership, why: str, purpose: str = ""
) -> CareTeamMember:
    """This colleague, or this person of another organisation for a purpose, works with the child.

    For each purpose somebody is named apart: the parents agree to each apart.
    """
    own = membership.organisation_id == actor.organisation_id and file_of(actor, child) == (
        actor.organisation_id
    )
    member, _ = CareTeamMember.objects.get_or_create(
        child=child,
        membership=membership,
        purpose="" if own else purpose or Purpose.SUPPORT,
        ends=None,
        defaults={"why": why, "starts": actor.today},
    )
    return member


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
