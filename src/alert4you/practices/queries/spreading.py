"""Where a practice began: as its card tells, or the source of its template."""

from dataclasses import dataclass

from alert4you.kernel.decision import NotVisible
from alert4you.practices.models import PracticeCard, PracticeTemplate
from alert4you.practices.queries.templates import practice_of
from alert4you.practices.rules.language import Words


@dataclass(frozen=True)
class Source:
    """Who began, and in which year (None: not known); ``told`` is the source in its own words."""

    title: Words
    organisation: str
    year: int | None
    told: str


def source_of(slug: str) -> Source:
    """Raises NotVisible when no such practice is published here."""
    versions = PracticeTemplate.objects.filter(slug=slug)
    template = versions.order_by("owner__name", "-version").filter(owner=None).first()
    template = template or versions.order_by("published_at").first()
    if template is None:
        raise NotVisible
    practice = practice_of(template)
    told = PracticeCard.objects.filter(practice=slug, owner=None).order_by("year").first()
    if told is None:
        return Source(practice.title, practice.source, None, practice.source)
    return Source(
        practice.title,
        told.described_by or practice.source,
        told.year,
        told.source or practice.source,
    )
