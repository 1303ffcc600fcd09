"""Opening a file in an emergency, letting support look along, and closing it again."""

import unicodedata
from datetime import date, timedelta
from uuid import UUID

from alert4you.access.models import OpenedFor, Opening
from alert4you.access.rules import openings
from alert4you.children.models import Child, Placement
from alert4you.kernel.command import command
from alert4you.organisations.models import Actor, Attempt, Membership


@command(openings.may_find_by_name)
def find_by_name(actor: Actor, name: str, born: date) -> UUID | None:
    """Which child of the own organisation has this name, accents aside, and birth date; None alike for a
    child that is elsewhere and for one that does not exist. Counted before anything is compared.
    """
    Attempt.objects.create(key=openings.find_key(actor), at=actor.at)
    placed = Placement.objects.on(actor.today).unrestricted(reason="opening by name")
    here = placed.filter(group__location__organisation=actor.organisation_id)
    rows = Child.objects.unrestricted(reason="opening by name").filter(
        pk__in=here.values("child"), born=born
    )
    typed = _letters(name)
    return next((each.pk for each in rows if _letters(each.full_name) == typed), None)


def _letters(name: str) -> str:
    """Without what one leaves out in a hurry: accents, capitals, more than one space."""
    apart = unicodedata.normalize("NFKD", " ".join(name.split()).casefold())
    return "".join(each for each in apart if not unicodedata.combining(each))


@command(openings.may_break_glass)
def break_glass(actor: Actor, child: Child, reason: str) -> Opening:
    """The file of the own organisation is readable for an hour; everybody who must know is told."""
    return Opening.objects.create(
        child=child,
        membership_id=actor.membership_id,
        opened_for=OpenedFor.EMERGENCY,
        reason=reason.strip(),
        at=actor.at,
        ends=actor.at + openings.EMERGENCY,
        parents_told_at=openings.parents_told_at(actor, child),
    )


@command(openings.may_let_support_in)
def let_support_in(
    actor: Actor, child: Child, membership: Membership, reason: str, lasting: timedelta
) -> Opening:
    """A person of support reads the file of this one child with the organisation; parents see it."""
    return Opening.objects.create(
        child=child,
        membership=membership,
        opened_for=OpenedFor.SUPPORT,
        reason=reason.strip(),
        allowed_by_id=actor.membership_id,
        at=actor.at,
        ends=actor.at + lasting,
        parents_told_at=actor.at,
    )


@command(openings.may_close)
def close_opening(actor: Actor, opening: Opening) -> Opening:
    """It ends now instead of later."""
    if opening.ends > actor.at:
        opening.ends = max(actor.at, opening.at + timedelta(microseconds=1))
        opening.save(update_fields=["ends"])
    return opening


@command(openings.may_decide_telling)
def decide_telling(actor: Actor, opening: Opening, on: date, reason: str) -> Opening:
    """The parents hear of it on this day (today: at once); who decided stays with it."""
    opening.parents_told_at = max(openings.midnight(on), actor.at)
    opening.telling_reason = reason.strip()
    opening.telling_decided_by_id = actor.membership_id
    opening.save(update_fields=["parents_told_at", "telling_reason", "telling_decided_by"])
    return opening
