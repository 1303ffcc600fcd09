"""Why a child left, and looking back with the coach on a hard talk."""

from alert4you.access.models import Category
from alert4you.children.models import Placement
from alert4you.coaching.commands.questions import ask_coach
from alert4you.coaching.models import About, Debrief, Leaving, WhyLeft
from alert4you.coaching.queries.leaving import words_of_debrief
from alert4you.coaching.rules import leaving as rules
from alert4you.kernel.command import command
from alert4you.organisations.models import Actor, Membership


@command(rules.may_tell_why_left)
def tell_why_left(
    actor: Actor, placement: Placement, why: str, worker: Membership | None = None, learnt: str = ""
) -> Leaving:
    """One reason of the list; after a talk about worries who held it is offered to look back on it."""
    location = placement.group.location
    if why == WhyLeft.AFTER_TALK and worker is not None:
        Debrief.objects.create(worker=worker, location=location, at=actor.at)
    return Leaving.by(
        actor,
        child=placement.child,
        location=location,
        organisation_id=location.organisation_id,
        category=Category.TALK,
        internal=True,
        text=learnt,
        placement=placement,
        why=why,
        worker=worker,
    )


@command(rules.may_add_learnt)
def add_learnt(actor: Actor, placement: Placement, text: str) -> Leaving:
    """What the place learns from it, without blame."""
    left = Leaving.objects.unrestricted(reason="of this place").get(placement=placement)
    left.text = text
    left.save(update_fields=["text"])
    return left


@command(rules.is_offered)
def ask_for_debrief(actor: Actor, debrief: Debrief) -> Debrief:
    """One tap: the coach gets the question, without a child and past the manager."""
    debrief.question = ask_coach(actor, debrief.location, About.OWN_HANDLING, words_of_debrief())
    debrief.closed_at = actor.at
    debrief.save(update_fields=["question", "closed_at"])
    return debrief


@command(rules.is_offered)
def decline_debrief(actor: Actor, debrief: Debrief) -> Debrief:
    """She would rather not, or has done it with somebody else."""
    debrief.closed_at = actor.at
    debrief.save(update_fields=["closed_at"])
    return debrief
