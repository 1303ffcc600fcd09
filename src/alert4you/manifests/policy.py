"""Who sees what went along: the parents, who works with the child at either side, who was agreed to."""

from django.db.models import Exists, OuterRef, Q

from alert4you.access import policy
from alert4you.kernel.policies import policy_of
from alert4you.manifests.models import Manifest, Signed
from alert4you.organisations.models import Actor


@policy_of(Manifest)
def manifests(actor: Actor) -> Q:
    """Both sides alike; whom the parents let look no longer, neither sees what was once sent."""
    free = ~policy.forbidden(actor, "child")
    if actor.is_parent:
        return policy.with_authority(actor, "child") & free
    works = policy.works_here(actor, "child")
    sides = (Q(organisation=actor.organisation_id) | received(actor)) & works
    return (
        policy.hat_runs(actor) & free & (sides | (received(actor) & policy.consent_covers(actor)))
    )


def received(actor: Actor) -> Q:
    """Sent to the organisation of this hat."""
    return Q(to=actor.organisation_id)


@policy_of(Signed)
def signed(actor: Actor) -> Q:
    """Who sees what went along."""
    return Q(Exists(Manifest.objects.visible_to(actor).filter(pk=OuterRef("manifest"))))
