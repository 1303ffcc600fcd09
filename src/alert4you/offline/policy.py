"""Who may read what waits: the care coordinator of whose file it was meant for, and nobody else."""

from django.db.models import Q

from alert4you.access.policy import forbidden, hat_runs
from alert4you.kernel.policies import policy_of
from alert4you.offline.models import Kept
from alert4you.organisations.models import Actor, Role


@policy_of(Kept)
def kept(actor: Actor) -> Q:
    """Never who wrote it, a partner, a manager or a parent; never who has a mark that forbids (R12)."""
    if actor.role != Role.CARE_COORDINATOR:
        return Q(pk__in=[])
    own = Q(organisation=actor.organisation_id)
    return hat_runs(actor) & own & ~forbidden(actor, "child")
