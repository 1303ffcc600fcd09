"""Adding cards from a document to the library, at once or after somebody looked at them."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict

from django.db import IntegrityError, transaction

from alert4you.kernel.command import command
from alert4you.organisations.models import Actor
from alert4you.organisations.queries import SYSTEM
from alert4you.practices.models import ImportedDocument, PracticeCard
from alert4you.practices.queries.importing import correction_of, found_in
from alert4you.practices.rules.document.found import Recognised, plain
from alert4you.practices.rules.importing import (
    ADDED,
    Correction,
    NewCard,
    Outcome,
    may_add_cards,
    new_card,
    outcome,
)
from alert4you.practices.rules.tags import suggested


@command(may_add_cards)
def add_cards(actor: Actor, cards: Sequence[NewCard]) -> list[Outcome]:
    """Put cards in the library; one whose name is taken is left out, and said so."""
    return _added(actor, cards)


@command(may_add_cards)
def keep_document(actor: Actor, name: str, found: Recognised) -> ImportedDocument:
    """Keep what was read in a document, for this actor to look at before it is saved."""
    return ImportedDocument.objects.create(
        name=name[:200],
        found=plain(found),
        uploaded_by_id=actor.membership_id,
        uploaded_at=actor.at,
    )


@command(may_add_cards)
def correct_card(
    actor: Actor, document: ImportedDocument, number: int, correction: Correction
) -> ImportedDocument:
    """Remember what somebody changed in one of the cards."""
    document.corrections[str(number)] = asdict(correction)
    document.save(update_fields=["corrections"])
    return document


@command(may_add_cards)
def save_document(
    actor: Actor, document: ImportedDocument, numbers: Sequence[int]
) -> ImportedDocument:
    """Add the chosen cards of a document with their corrections, and forget its text; once."""
    document = ImportedDocument.objects.select_for_update().get(pk=document.pk)
    if document.saved is not None:
        return document
    found = found_in(document)
    chosen = [new_card(found.cards[at], correction_of(document, found, at)) for at in numbers]
    document.saved = [asdict(each) for each in _added(actor, chosen)]
    document.found, document.corrections = {}, {}
    document.save(update_fields=["saved", "found", "corrections"])
    return document


@command(may_add_cards)
def forget_document(actor: Actor, document: ImportedDocument) -> None:
    """Throw away what was read; nothing of it is saved."""
    document.delete()


def _added(actor: Actor, cards: Iterable[NewCard]) -> list[Outcome]:
    return [_add(actor, card) for card in cards]


def _add(actor: Actor, card: NewCard) -> Outcome:
    told = outcome(card, _there(card))
    if told.result != ADDED:
        return told
    try:
        with transaction.atomic():
            PracticeCard.objects.create(
                slug=card.slug,
                title=card.title,
                described_by=card.described_by,
                year=card.year,
                region=card.region,
                angle=card.angle,
                source=card.source,
                elements=dict(card.elements),
                tags=suggested({**card.elements, "region": card.region}),
                owner_id=None if actor.role == SYSTEM else actor.organisation_id,
                added_at=actor.at,
            )
    except IntegrityError:  # somebody else was first
        return outcome(card, _there(card))
    return told


def _there(card: NewCard) -> PracticeCard | None:
    return PracticeCard.objects.filter(slug=card.slug).first()
