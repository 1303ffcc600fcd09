"""Who may see what is due to go: who looks after privacy or runs the place, of their own organisation."""

from django.db.models import Q

from alert4you.access.policy import forbidden, hat_runs
from alert4you.kernel.policies import policy_of
from alert4you.organisations.models import Actor, Role
from alert4you.organisations.rules import RUNS_THE_PLACE
from alert4you.retention.models import Erasure

APPROVERS = {Role.PRIVACY_OFFICER, *RUNS_THE_PLACE}


@policy_of(Erasure)
def erasures(actor: Actor) -> Q:
    """Counts and rules only; never who is family of the child, or whom a mark shuts out (R12)."""
    if actor.role not in APPROVERS:
        return Q(pk__in=[])
    return hat_runs(actor) & Q(organisation=actor.organisation_id) & ~forbidden(actor, "child")
