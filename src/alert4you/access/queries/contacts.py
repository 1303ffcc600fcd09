"""Where the parents and guardians of a child can be reached, each only for who may see it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from alert4you.access.models import ContactCard, Mark, NegativeMark
from alert4you.access.queries.line import guardians
from alert4you.access.rules.marks import Here, place_of, sees_contact
from alert4you.children.models import Child, Guardian
from alert4you.kernel import reading
from alert4you.kernel.decision import NotVisible
from alert4you.organisations.models import Actor


@dataclass(frozen=True)
class Reach:
    """One guardian with the card (None: nothing written, or ``hidden`` from this hat)."""

    guardian: Guardian
    card: ContactCard | None
    hidden: bool
    secret: bool


def reach(actor: Actor, child: Child) -> list[Reach]:
    """Of all guardians of the child; that a card is hidden is told, what stands on it is not read."""
    here, people = place_of(actor, child), list(guardians(actor, child))
    secret = secret_addresses(child, actor.today)
    shown = [each.pk for each in people if sees_contact(actor, each, here, each.pk in secret)]
    rows = ContactCard.objects.filter(guardian__in=shown).select_related("guardian")
    cards = {each.guardian_id: each for each in rows}
    reading.note(cards.values())
    return [
        Reach(
            each,
            cards.get(each.pk),
            hidden=each.pk not in shown,
            secret=here is Here.RUNS and each.pk in secret,
        )
        for each in people
    ]


def reach_of(actor: Actor, child: Child, guardian_id: UUID) -> Reach:
    """One of them; NotVisible when it is hidden."""
    found = next((each for each in reach(actor, child) if each.guardian.pk == guardian_id), None)
    if found is None or found.hidden:
        raise NotVisible
    return found


def secret_addresses(child: Child, day: date) -> set[UUID]:
    """The guardians of the child whose address is secret."""
    marks = NegativeMark.objects.on(day).filter(mark=Mark.SECRET_ADDRESS, child=child)
    return {each for each in marks.values_list("guardian", flat=True) if each}
