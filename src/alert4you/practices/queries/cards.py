"""The library that people look through: practice cards and templates as one list."""

from collections.abc import Iterator
from typing import Any

from alert4you.practices.models import PracticeCard
from alert4you.practices.queries.templates import current_templates, practice_of
from alert4you.practices.rules import finding
from alert4you.practices.rules.finding import Listed, Shelf
from alert4you.practices.rules.language import Practice, Words

Edition = tuple[frozenset[Any], frozenset[Any]]
_KEPT: dict[Edition, Shelf] = {}


def card(slug: str) -> PracticeCard:
    """A card with its owner. PracticeCard.DoesNotExist otherwise."""
    return PracticeCard.objects.select_related("owner").get(slug=slug)


def card_of(practice: str) -> PracticeCard | None:
    """The card that comes with the product for this template, if there is one."""
    return PracticeCard.objects.filter(practice=practice, owner=None).first()


def shelf() -> Shelf:
    """All practices with the index to search them; made anew only when one was added or changed."""
    cards = PracticeCard.objects.values_list("pk", "added_at")
    edition = (frozenset(cards), frozenset(current_templates().values_list("pk")))
    found = _KEPT.get(edition)
    if found is None:
        found = Shelf.of(sorted(_all(), key=lambda each: each.title.nl.casefold()))
        _KEPT.clear()
        _KEPT[edition] = found
    return found


def _all() -> Iterator[Listed]:
    practices = {each.slug: practice_of(each) for each in current_templates()}
    described = set()
    for each in PracticeCard.objects.all():
        described.add(each.practice)
        yield _listed(each, practices.get(each.practice))
    yield from (
        finding.of_template(each) for slug, each in practices.items() if slug not in described
    )


def listed(card: PracticeCard) -> Listed:
    """A card as the library lists it, with the title of its template when there is one."""
    template = current_templates().filter(slug=card.practice).first() if card.practice else None
    return _listed(card, practice_of(template) if template else None)


def _listed(card: PracticeCard, practice: Practice | None) -> Listed:
    tags = {key: tuple(values) for key, values in card.tags.items()}
    return Listed(
        slug=card.slug,
        practice=practice.slug if practice else "",
        title=practice.title if practice else Words(card.title, card.title),
        summary=practice.summary if practice else _first(card.elements),
        source=card.source,
        described_by=card.described_by,
        year=card.year,
        region=card.region,
        elements=card.elements,
        tags=tags | ({finding.ABOUT: (practice.about,)} if practice else {}),
    )


def _first(elements: dict[str, str]) -> Words:
    """The first sentence of what a card tells, for one that has no template to sum it up."""
    told = next((elements[key] for key in ("aim", "why_together", "form") if elements.get(key)), "")
    sentence = told.split(". ")[0].rstrip(".")
    return Words(f"{sentence}.", f"{sentence}.") if sentence else Words("", "")
