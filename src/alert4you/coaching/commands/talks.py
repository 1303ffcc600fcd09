"""Preparing a talk with parents, holding it, and looking back on it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from alert4you.access.models import Category, Kind
from alert4you.access.queries.line import file_of
from alert4you.children.models import Child
from alert4you.coaching.models import Contact, TalkPreparation
from alert4you.coaching.queries.leaving import careful_with
from alert4you.coaching.rules import talks as rules
from alert4you.kernel.command import command
from alert4you.organisations.models import Actor, Membership


@dataclass(frozen=True)
class Card:
    """What a preparation says: the form and why, the message, words, reactions, and how it is safe."""

    message: str
    complexity: int
    wants_to_learn: int
    form: str = ""
    why_this_form: str = ""
    words: str = ""
    reactions: str = ""
    safety: str = ""

    def fields(self, worker: Membership) -> dict[str, Any]:
        return {**vars(self), "form": self.form or self._suggested(worker)}

    def _suggested(self, worker: Membership) -> str:
        careful = worker.pk in careful_with([worker])
        return rules.suggested_for(self.complexity, self.wants_to_learn, careful)


@command(rules.may_prepare)
def prepare_talk(
    actor: Actor, child: Child, worker: Membership, planned_on: date, card: Card
) -> TalkPreparation:
    """A card for the talk, internal to whoever prepares it; the parents see the talk itself."""
    return TalkPreparation.by(
        actor,
        child=child,
        organisation_id=file_of(actor, child),
        category=Category.TALK,
        internal=True,
        worker=worker,
        planned_on=planned_on,
        text=card.message,
        **card.fields(worker),
    )


@command(rules.may_work_on_talk)
def change_preparation(
    actor: Actor, preparation: TalkPreparation, planned_on: date, card: Card
) -> TalkPreparation:
    told = {**card.fields(preparation.worker), "planned_on": planned_on, "text": card.message}
    for name, value in told.items():
        setattr(preparation, name, value)
    preparation.save()
    return preparation


@command(rules.may_hold_talk)
def hold_talk(
    actor: Actor,
    preparation: TalkPreparation,
    agreed: str,
    next_on: date | None = None,
    after_talk: str = "",
) -> Contact:
    """The talk took place: what was agreed (parents see it), the next date, and the after-talk (internal)."""
    preparation.after_talk = after_talk
    preparation.save(update_fields=["after_talk"])
    return Contact.by(
        actor,
        child=preparation.child,
        organisation_id=preparation.organisation_id,
        kind=Kind.TALK,
        category=Category.TALK,
        text=agreed,
        parents_present=True,
        preparation=preparation,
        next_on=next_on,
    )
