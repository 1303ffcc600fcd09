"""What everybody must know: cards, and what a child may."""

from typing import Any

from alert4you.access.models import Category
from alert4you.access.queries.line import file_of
from alert4you.children.models import Child
from alert4you.kernel.command import command
from alert4you.notes.models import Activity, Card, Permission
from alert4you.notes.rules.helps import (
    may_change_card,
    may_end_card,
    may_end_permission,
    may_make_card,
    may_permit,
)
from alert4you.organisations.models import Actor


@command(may_make_card)
def make_card(actor: Actor, child: Child, moment: str, text: str, title: str = "") -> Card:
    """What helps this child at a moment; everybody who works on its group today reads it."""
    return put_card(actor, child, moment, title, text)


@command(may_change_card)
def change_card(actor: Actor, card: Card, text: str, title: str = "") -> Card:
    """A new version; the old one stays on the line, but is no longer what one must know."""
    _no_longer(card)
    return put_card(actor, card.child, card.moment, title, text, replaces=card)


@command(may_end_card)
def end_card(actor: Actor, card: Card) -> Card:
    """It is no longer needed: the child has grown."""
    card.ended_on = actor.today
    _no_longer(card, "ended_on")
    return card


@command(may_permit)
def permit(
    actor: Actor, child: Child, activity: Activity, verdict: str, text: str, agreed_with: str
) -> Permission:
    """From today on this holds for this child, whatever its age; an earlier agreement is replaced."""
    holds = Permission.objects.unrestricted(reason="replace").filter(
        child=child, activity=activity, must_know=True
    )
    earlier = holds.first()
    if earlier is not None:
        _no_longer(earlier)
    return Permission.by(
        actor,
        **_known_to_all(actor, child),
        title=activity.name,
        text=text,
        activity=activity,
        verdict=verdict,
        agreed_with=agreed_with,
        replaces=earlier,
    )


@command(may_end_permission)
def end_permission(actor: Actor, permission: Permission) -> Permission:
    """From now on the age rule of the place holds again."""
    permission.ended_on = actor.today
    _no_longer(permission, "ended_on")
    return permission


def put_card(
    actor: Actor,
    child: Child | None,
    moment: str,
    title: str,
    text: str,
    replaces: Card | None = None,
) -> Card:
    return Card.by(
        actor,
        **_known_to_all(actor, child),
        title=title,
        text=text,
        moment=moment,
        replaces=replaces,
    )


def _known_to_all(actor: Actor, child: Child | None) -> dict[str, Any]:
    """On the child's line, for everybody on its group."""
    return {
        "child": child,
        "organisation_id": file_of(actor, child) if child else None,
        "category": Category.DAY,
        "must_know": True,
    }


def _no_longer(known: Card | Permission, *more: str) -> None:
    known.must_know = False
    known.save(update_fields=["must_know", *more])
