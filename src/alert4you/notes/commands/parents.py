"""What runs through the parents."""

from datetime import date

from alert4you.access.models import Category
from alert4you.access.queries.line import file_of
from alert4you.children.models import Child, Guardian
from alert4you.kernel.command import command
from alert4you.notes.models import AskAgain, Carried, Involvement
from alert4you.notes.rules.parents import (
    may_ask_through_parents,
    may_carry,
    may_note_involved,
    may_set_ask_again,
    may_tell_answer,
)
from alert4you.organisations.models import Actor, Organisation


@command(may_note_involved)
def note_involved(
    actor: Actor,
    child: Child,
    party: str,
    what_for: str,
    since: date | None = None,
    told_by: Guardian | None = None,
) -> Involvement:
    """Another party helps already, the parents told. It gets no message and sees nothing."""
    return Involvement.by(
        actor,
        child=child,
        organisation_id=file_of(actor, child),
        category=Category.CARE,
        title=party,
        text=what_for,
        party=party,
        since=since,
        told_by=told_by,
    )


@command(may_ask_through_parents)
def ask_through_parents(actor: Actor, child: Child, party: str, text: str) -> Carried:
    """A request that the parents may carry to the party; nobody of the place contacts it."""
    return Carried.by(
        actor,
        child=child,
        organisation_id=file_of(actor, child),
        category=Category.TALK,
        title=party,
        text=text,
        party=party,
    )


@command(may_carry)
def carry(actor: Actor, request: Carried, will: bool) -> Carried:
    """The parents ask it themselves, or rather not; both are fine."""
    request.carried_at, request.declined_at = (actor.at, None) if will else (None, actor.at)
    request.save(update_fields=["carried_at", "declined_at"])
    return request


@command(may_tell_answer)
def tell_answer(actor: Actor, request: Carried, answer: str) -> Carried:
    """What the party said to the parents, in the words of who tells it."""
    request.answered_at, request.answer = actor.at, answer
    request.save(update_fields=["answered_at", "answer"])
    return request


@command(may_set_ask_again)
def set_ask_again(
    actor: Actor, child: Child, organisation: Organisation, on: date, why: str = ""
) -> AskAgain:
    """When somebody may talk with the parents about this party again."""
    told = {"on": on, "why": why, "set_by_id": actor.membership_id}
    found, _new = AskAgain.objects.unrestricted(reason="one day per party").update_or_create(
        child=child, organisation=organisation, defaults=told
    )
    return found
