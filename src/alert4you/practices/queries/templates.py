"""Practices published here, in their versions."""

from collections.abc import Mapping
from functools import lru_cache

from django.db.models import QuerySet

from alert4you.kernel.kept import Exactly, kept
from alert4you.practices.models import PracticeTemplate, TemplateQuerySet
from alert4you.practices.rules.language import Practice, adopted
from alert4you.practices.rules.reading import read


def current_templates() -> TemplateQuerySet:
    """The newest version of every practice of the library, by slug."""
    return PracticeTemplate.objects.filter(owner=None).newest().order_by("slug")


def current_template(slug: str) -> PracticeTemplate | None:
    """The newest version of one of them."""
    return next(iter(_current(None, Exactly(slug))), None)


@kept
def _current(_nobody: None, slug: Exactly) -> QuerySet[PracticeTemplate]:
    return current_templates().filter(slug=slug)


def current_practices() -> list[Practice]:
    """What the newest versions say, in the order of the rows."""
    said = [practice_of(each) for each in current_templates()]
    return sorted(said, key=lambda each: (each.row, each.slug))


def template(slug: str, version: int | None = None) -> PracticeTemplate:
    """A version in the library, or its newest. PracticeTemplate.DoesNotExist otherwise."""
    if version is None:
        return current_templates().get(slug=slug)
    return PracticeTemplate.objects.get(owner=None, slug=slug, version=version)


def practice_of(published: PracticeTemplate) -> Practice:
    """What a published template says; parsed once, because a version never changes."""
    return parsed(published.text)


def practice_with(published: PracticeTemplate, chosen: Mapping[str, int]) -> Practice:
    """The same with these numbers filled in. ValueError as ``adopted``."""
    return _adopted(published.text, tuple(sorted(chosen.items())))


@lru_cache(maxsize=512)
def _adopted(text: str, chosen: tuple[tuple[str, int], ...]) -> Practice:
    return adopted(parsed(text), dict(chosen))


@lru_cache(maxsize=512)
def parsed(text: str) -> Practice:
    """What a text says; the same text is read once. Misread when it cannot be used."""
    return read(text)
