"""Who may know of a concern: its own members, and nobody because of a relation with the child."""

from django.db.models import Exists, OuterRef, Q

from alert4you.access.policy import forbidden, hat_runs
from alert4you.children.models import Guardian
from alert4you.kernel.policies import policy_of
from alert4you.organisations.models import Actor
from alert4you.safety.models import About, Accused, Act, Concern, SafetyMember, SafetyPost, Task

LOOKS_AFTER = {About.HOME: Task.OFFICER, About.STAFF: Task.HOLDER}


@policy_of(Concern)
def concerns(actor: Actor) -> Q:
    """Who opened it or was named; whose task it is in the organisation. Never a parent's hat, never who
    is accused, who has a mark that forbids (R12), or who is family of the child. The care team, a
    manager, who stands in for somebody and a file opened in an emergency (R9, R10) make no difference.
    """
    if actor.is_parent:
        return Q(pk__in=[])
    knows = named(actor)
    for about, task in LOOKS_AFTER.items():
        knows |= Q(about=about) & has_task(actor, task)
    family = Guardian.objects.on(actor.today).filter(
        person=actor.person_id, child=OuterRef("child")
    )
    here = hat_runs(actor) & Q(organisation=actor.organisation_id)
    return here & knows & ~accused(actor) & ~Q(Exists(family)) & ~forbidden(actor, "child")


@policy_of(Act)
def acts(actor: Actor) -> Q:
    return Q(Exists(Concern.objects.visible_to(actor).filter(pk=OuterRef("concern"))))


def named(actor: Actor) -> Q:
    members = SafetyMember.objects.on(actor.today).filter(membership=actor.membership_id)
    return Q(Exists(members.filter(concern=OuterRef("pk"))))


def has_task(actor: Actor, task: Task) -> Q:
    posts = SafetyPost.objects.on(actor.today).filter(membership=actor.membership_id, task=task)
    return Q(Exists(posts.filter(organisation=OuterRef("organisation"))))


def accused(actor: Actor) -> Q:
    """By person, so that another hat does not help."""
    return Q(Exists(Accused.objects.filter(person=actor.person_id, concern=OuterRef("pk"))))
