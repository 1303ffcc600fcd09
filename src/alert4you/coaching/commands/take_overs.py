"""Agreeing what a coach may take over, taking it over, and giving it back."""

from collections.abc import Sequence
from datetime import date

from alert4you.access.models import Category
from alert4you.coaching.models import TakeOver, TakeOverAgreement
from alert4you.coaching.rules import take_overs as rules
from alert4you.kernel.command import command
from alert4you.organisations.models import Actor, Location, Organisation


@command(rules.may_agree_take_overs)
def agree_take_overs(
    actor: Actor,
    location: Location,
    organisation: Organisation,
    may: Sequence[str],
    never: Sequence[str],
    review_on: date,
) -> TakeOverAgreement:
    """From now on instead of what was agreed before; what was taken over keeps its own agreement."""
    running = TakeOverAgreement.objects.filter(
        location=location, organisation=organisation, ended_at=None
    )
    running.update(ended_at=actor.at)
    return TakeOverAgreement.objects.create(
        location=location,
        organisation=organisation,
        may=list(may),
        never=list(never),
        review_on=review_on,
        agreed_by_id=actor.membership_id,
        at=actor.at,
    )


@command(rules.may_take_over)
def take_over(
    actor: Actor, location: Location, task: str, give_back_by: date, text: str = ""
) -> TakeOver:
    """The coach does it for a while; the groups of the location see it, and when they get it back."""
    return TakeOver.by(
        actor,
        location=location,
        organisation_id=location.organisation_id,
        category=Category.DAY,
        title=task,
        text=text,
        agreement=rules.agreement_at(actor, location),
        coach_id=actor.membership_id,
        give_back_by=give_back_by,
    )


@command(rules.may_give_back)
def give_back(actor: Actor, taken: TakeOver, learnt: str = "") -> TakeOver:
    """The group does it again; ``learnt`` is what made that possible."""
    taken.given_back_at, taken.learnt = actor.at, learnt
    taken.save(update_fields=["given_back_at", "learnt"])
    return taken
