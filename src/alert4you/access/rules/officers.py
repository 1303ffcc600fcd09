"""Who looks after what was looked at: the privacy officer, or who runs the place when there is none.

What the only privacy officer did herself is for whoever runs the place as well: nobody looks after herself.
"""

from uuid import UUID

from django.db.models import QuerySet

from alert4you.organisations.models import Actor, Membership, Role
from alert4you.organisations.rules import RUNS_THE_PLACE


def looks_after(actor: Actor, organisation: UUID, did_it: UUID | None = None) -> bool:
    """Whether this hat answers for what people of an organisation (or this person of it) looked at."""
    if actor.organisation_id != organisation:
        return False
    if actor.role == Role.PRIVACY_OFFICER:
        return True
    others = officers(actor, organisation).exclude(person=did_it)
    return actor.role in RUNS_THE_PLACE and not others.exists()


def has_officer(actor: Actor, organisation: UUID) -> bool:
    """Whether somebody is privacy officer of the organisation today."""
    return officers(actor, organisation).exists()


def officers(actor: Actor, organisation: UUID) -> QuerySet[Membership]:
    hats = Membership.objects.on(actor.today).filter(role=Role.PRIVACY_OFFICER)
    return hats.filter(organisation=organisation)
