"""From what a document tells to cards of the library. Who may, and what a person corrected on the way."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.organisations.models import Actor, Role
from alert4you.organisations.queries import SYSTEM
from alert4you.practices.models import PracticeCard
from alert4you.practices.rules.document.found import FoundCard, Piece, Recognised
from alert4you.practices.rules.elements import ELEMENTS

KEPT = timedelta(days=1)  # how long an uploaded document waits for somebody to look at it
LONGEST_SLUG = 60
ADDS = {Role.PEDAGOGUE, Role.CARE_COORDINATOR, Role.MANAGER, Role.COACH}

ADDED, THERE, DIFFERS, UNTITLED, EMPTY = "added", "there", "differs", "untitled", "empty"


def may_add_cards(actor: Actor) -> Decision:
    """Who describes practices for others: pedagogue, care coordinator, manager and coach."""
    if actor.role in ADDS or actor.role == SYSTEM:
        return ALLOWED
    return Decision(
        _("Practices are added by a pedagogue, care coordinator, manager or coach."),
        _("Give the document to one of them."),
    )


@dataclass(frozen=True)
class NewCard:
    """A card as it goes into the library."""

    title: str
    described_by: str = ""
    year: int | None = None
    region: str = ""
    angle: int | None = None
    elements: Mapping[str, str] = field(default_factory=dict)

    @property
    def slug(self) -> str:
        return slugify(self.title)[:LONGEST_SLUG].strip("-")

    @property
    def source(self) -> str:
        """Who, where and when, as far as the document tells."""
        told = (self.described_by, self.region, str(self.year or ""))
        return ", ".join(each for each in told if each)[:300]


@dataclass(frozen=True)
class Correction:
    """What a person changed in a card that was found; ``places``: {number of a piece: element}."""

    title: str
    described_by: str = ""
    year: int | None = None
    region: str = ""
    places: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """What became of a card: added, there (the same), differs (another by that name), untitled, empty."""

    result: str
    title: str
    slug: str = ""

    @property
    def in_words(self) -> str:
        """For who asked to save it."""
        said = {
            ADDED: _("“{title}” is in the library now."),
            THERE: _("“{title}” is in the library already, with the same text."),
            DIFFERS: _(
                "There is already another card “{title}”. Nothing was changed; give this one "
                "another title to keep both."
            ),
            UNTITLED: _("A card without a title was left out. Give it a title."),
            EMPTY: _("“{title}” holds no answers and was left out."),
        }
        return str(said[self.result]).format(title=self.title)


def as_found(card: FoundCard) -> Correction:
    """A card nobody changed yet."""
    return Correction(card.title, card.described_by, card.year, card.region)


def new_card(card: FoundCard, correction: Correction) -> NewCard:
    """The card with its corrections: pieces go behind what the element already tells."""
    texts = {key: [told.text] for key, told in card.elements.items()}
    for number, piece in enumerate(card.unrecognised):
        key = correction.places.get(str(number), "")
        if key in ELEMENTS:
            texts.setdefault(key, []).append(in_words(piece))
    return NewCard(
        correction.title,
        correction.described_by,
        correction.year,
        correction.region,
        card.angle,
        {key: "\n".join(texts[key]) for key in ELEMENTS if key in texts},
    )


def in_words(piece: Piece) -> str:
    """A piece with what stood before it."""
    label = piece.label.rstrip(": ")
    return f"{label}: {piece.text}" if label and piece.text else label or piece.text


def outcome(card: NewCard, there: PracticeCard | None) -> Outcome:
    """What adding comes to; a card that is there is never overwritten."""
    if not card.elements:
        return Outcome(EMPTY, card.title)
    if not card.slug:
        return Outcome(UNTITLED, card.title)
    if there is None:
        return Outcome(ADDED, card.title, card.slug)
    same = (there.title, dict(there.elements)) == (card.title, dict(card.elements))
    return Outcome(THERE if same else DIFFERS, card.title, card.slug)


def worth_saving(found: Recognised) -> tuple[int, ...]:
    """The numbers of the cards that tell something."""
    return tuple(number for number, card in enumerate(found.cards) if not card.empty)


def all_as_found(found: Recognised) -> list[NewCard]:
    """Every card just as it was recognised."""
    return [new_card(card, as_found(card)) for card in found.cards]
