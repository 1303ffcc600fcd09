"""Where the parents and guardians of a child can be reached, each only for whoever may see it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from alert4you.access.models import ContactCard, Mark, NegativeMark
from alert4you.access.queries.line import guardians
from alert4you.access.rules.marks import can_reach, runs_its_place
from alert4you.children.models import Child, Guardian
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
    """How to reach each guardian of the child; a hidden card is named as hidden, and not read."""
    people = list(guardians(actor, child).annotate(known=can_reach(actor)))
    rows = ContactCard.objects.visible_to(actor).filter(guardian__in=people)
    cards = {each.guardian_id: each for each in rows.select_related("guardian")}
    runs = runs_its_place(actor, child)
    secret = secret_addresses(child, actor.today) if runs else set()
    return [
        Reach(each, cards.get(each.pk), hidden=not each.known, secret=each.pk in secret)
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
