"""Who may read what was said about a plan, a decision or something that was seen; and the growth document."""

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from alert4you.access.models import Entry
from alert4you.kernel.policies import policy_of
from alert4you.organisations.models import Actor
from alert4you.trajectories.models import GrowthDocument, Trajectory, Voice


@policy_of(Voice)
def voices(actor: Actor) -> Q:
    """Who may see what it is about; before there is a decision, who may see the trajectory."""
    about = Coalesce(*map(OuterRef, ("decision", "plan", "entry", "trajectory")))
    return Q(Exists(Entry.objects.visible_to(actor).filter(pk=about)))


@policy_of(GrowthDocument)
def growth_documents(actor: Actor) -> Q:
    """Who may see the trajectory it is of."""
    seen = Trajectory.objects.visible_to(actor).filter(pk=OuterRef("trajectory"))
    return Q(Exists(seen))
