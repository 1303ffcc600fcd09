"""Who gets back what was not saved yet."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from alert4you.access import policy
from alert4you.children.models import Child
from alert4you.kernel.models import Receipt
from alert4you.kernel.policies import policy_of
from alert4you.notes.models import Draft
from alert4you.organisations.models import Actor


@policy_of(Draft)
def drafts(actor: Actor) -> Q:
    """R7: only its author, in the same hat, in time, and while that hat still works with the child."""
    hat = Q(hat=None) if actor.is_parent else Q(hat=actor.membership_id) & policy.hat_runs(actor)
    tied = Q(child=None) | Q(Exists(Child.objects.visible_to(actor).filter(pk=OuterRef("child"))))
    return Q(person=actor.person_id, ends__gt=actor.today) & hat & tied & ~Q(Exists(saved()))


def saved() -> QuerySet[Receipt]:
    """That the form in which a draft was written has been carried out."""
    return Receipt.objects.filter(once=OuterRef("once"), person_id=OuterRef("person"))
