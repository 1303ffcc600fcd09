"""Logging guidance besides a practice, with minutes and a route; the size of a team."""

from decimal import Decimal

from django.utils.text import capfirst
from django.utils.translation import override

from alert4you.access.models import Kind
from alert4you.children.models import Child
from alert4you.coaching.commands.contacts import Details, log_contact
from alert4you.kernel.command import command
from alert4you.organisations.models import Actor
from alert4you.referrals.models import Guidance, Sort, TeamSize
from alert4you.referrals.rules import hours
from alert4you.referrals.rules.hours import Route

KINDS = {Sort.MEANWHILE: Kind.SESSION}


@command(hours.may_log)
def log_guidance(
    actor: Actor, child: Child, sort: str, text: str, route: Route, details: Details
) -> Guidance:
    """Help besides the activities of a practice: one contact on the line, whose minutes are counted."""
    with_parents = Sort(sort) != Sort.MEANWHILE
    with override("nl"):
        title = capfirst(str(Sort(sort).label))
    told = Details(
        minutes=details.minutes,
        day=details.day,
        parents_present=with_parents,
        title=title,
    )
    kind = KINDS.get(Sort(sort), Kind.TALK)
    return Guidance.objects.create(
        contact=log_contact(actor, kind, text, child, details=told),
        sort=Sort(sort),
        referral=route.referral,
        trajectory=route.trajectory,
    )


@command(hours.may_set_team)
def set_team(actor: Actor, practice: str, fte: Decimal, room: str = "") -> TeamSize:
    """How big the own team is, in full-time jobs, and in words what room there is."""
    size, _ = TeamSize.objects.update_or_create(
        organisation_id=actor.organisation_id,
        practice=practice,
        defaults={"fte": fte, "room": room, "by_id": actor.membership_id, "at": actor.at},
    )
    return size
