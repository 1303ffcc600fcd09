"""Practices published here, in their versions."""

from functools import lru_cache

from alert4you.practices.models import PracticeTemplate, TemplateQuerySet
from alert4you.practices.rules.language import Practice
from alert4you.practices.rules.reading import read


def current_templates() -> TemplateQuerySet:
    """The newest version of every practice of the library, by slug."""
    return PracticeTemplate.objects.filter(owner=None).newest().order_by("slug")


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


@lru_cache(maxsize=512)
def parsed(text: str) -> Practice:
    """What a text says; the same text is read once. Misread when it cannot be used."""
    return read(text)
