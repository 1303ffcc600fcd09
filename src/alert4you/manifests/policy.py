"""Who sees what went along: the parents, who works with the child at either side, who was agreed to."""

from django.db.models import Exists, Q

from alert4you.access import policy
from alert4you.kernel.policies import policy_of
from alert4you.manifests.models import Manifest
from alert4you.organisations.models import Actor


@policy_of(Manifest)
def manifests(actor: Actor) -> Q:
    """Both sides alike; whom the parents let look no longer, neither sees what was once sent."""
    free = ~policy.forbidden(actor, "child")
    if actor.is_parent:
        return policy.with_authority(actor, "child") & free
    works = Q(Exists(policy.present_today(actor, "child")))
    works |= Q(Exists(policy.team(actor, "child", purpose="")))
    agreed = policy.team(actor, "child").filter(Exists(policy.consents_for_team(actor)))
    sides = (Q(organisation=actor.organisation_id) | received(actor)) & works
    return policy.hat_runs(actor) & free & (sides | (received(actor) & Q(Exists(agreed))))


def received(actor: Actor) -> Q:
    """Sent to the organisation of this hat."""
    return Q(to=actor.organisation_id)
