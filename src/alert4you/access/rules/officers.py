"""Who looks after what was looked at: the privacy officer, or who runs the place when there is none."""

from uuid import UUID

from alert4you.organisations.models import Actor, Membership, Role
from alert4you.organisations.rules import RUNS_THE_PLACE


def looks_after(actor: Actor, organisation: UUID) -> bool:
    """Whether this hat answers for what people of an organisation looked at."""
    if actor.organisation_id != organisation:
        return False
    if actor.role == Role.PRIVACY_OFFICER:
        return True
    return actor.role in RUNS_THE_PLACE and not has_officer(actor, organisation)


def has_officer(actor: Actor, organisation: UUID) -> bool:
    """Whether somebody is privacy officer of the organisation today."""
    hats = Membership.objects.on(actor.today).filter(role=Role.PRIVACY_OFFICER)
    return hats.filter(organisation=organisation).exists()
