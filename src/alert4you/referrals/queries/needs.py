"""Help that is not there: one need, and which wait to be looked at again."""

from uuid import UUID

from django.db.models import QuerySet

from alert4you.kernel.decision import NotVisible
from alert4you.organisations.models import Actor
from alert4you.referrals.models import UnmetNeed


def needs(actor: Actor) -> QuerySet[UnmetNeed]:
    """Needs this hat may see, the soonest to look at again first."""
    seen = UnmetNeed.objects.visible_to(actor).select_related("child", "author", "hat")
    return seen.order_by("look_again_on", "written_at", "pk")


def open_needs(actor: Actor) -> QuerySet[UnmetNeed]:
    return needs(actor).filter(met_on=None)


def need(actor: Actor, need_id: UUID) -> UnmetNeed:
    """With its verdicts, the latest first. Raises NotVisible."""
    found = needs(actor).filter(pk=need_id).first()
    if found is None:
        raise NotVisible
    return found
