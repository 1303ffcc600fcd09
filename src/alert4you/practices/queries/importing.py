"""Documents that were uploaded and wait for their reader."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from alert4you.kernel.decision import NotVisible
from alert4you.organisations.models import Actor
from alert4you.practices.models import ImportedDocument, PracticeCard
from alert4you.practices.rules.document.found import FoundCard, Recognised, restored
from alert4you.practices.rules.importing import KEPT, Correction, as_found, new_card, outcome


def own_documents(actor: Actor) -> QuerySet[ImportedDocument]:
    """What this hat uploaded and has not saved yet, newest first."""
    mine = ImportedDocument.objects.filter(uploaded_by=actor.membership_id)
    kept = mine.filter(uploaded_at__gt=actor.at - KEPT).order_by("-uploaded_at")
    return kept.filter(uploaded_by__organisation=actor.organisation_id)


def own_document(actor: Actor, document_id: UUID) -> ImportedDocument:
    """NotVisible for that of somebody else, and when its time is over."""
    found = own_documents(actor).filter(pk=document_id).first()
    if found is None:
        raise NotVisible
    return found


def found_in(document: ImportedDocument) -> Recognised:
    """What was read; nothing once it is saved."""
    return restored(document.found) if document.found else Recognised()


def correction_of(document: ImportedDocument, found: Recognised, number: int) -> Correction:
    """What somebody changed in a card, or the card as it was found."""
    told = document.corrections.get(str(number))
    return Correction(**told) if told else as_found(found.cards[number])


def outcomes(document: ImportedDocument, found: Recognised) -> dict[int, str]:
    """What saving each card would come to now, by its number."""
    cards = {
        number: new_card(card, correction_of(document, found, number))
        for number, card in enumerate(found.cards)
    }
    slugs = {card.slug for card in cards.values()}
    there = {each.slug: each for each in PracticeCard.objects.filter(slug__in=slugs)}
    return {at: outcome(card, there.get(card.slug)).result for at, card in cards.items()}


@dataclass(frozen=True)
class Waiting:
    """A card that waits to be saved; ``result``: what saving it would come to now."""

    number: int
    card: FoundCard
    title: str
    told: int
    result: str

    @property
    def open_pieces(self) -> int:
        return len(self.card.unrecognised)


def cards_of(document: ImportedDocument, found: Recognised) -> list[Waiting]:
    """The cards of a document with their corrections, in its order."""
    results = outcomes(document, found)
    waiting = []
    for number, card in enumerate(found.cards):
        corrected = new_card(card, correction_of(document, found, number))
        told = len(corrected.elements)
        waiting.append(Waiting(number, card, corrected.title, told, results[number]))
    return waiting


def over_time(at: datetime) -> QuerySet[ImportedDocument]:
    """Documents nobody saved in time."""
    return ImportedDocument.objects.filter(uploaded_at__lte=at - KEPT)
