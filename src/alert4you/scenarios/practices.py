"""The practices a story can follow: those that come with the product, published when first used."""

from datetime import datetime
from functools import cache
from pathlib import Path

from alert4you.organisations.queries import system_actor
from alert4you.practices.commands.publishing import publish_practice
from alert4you.practices.models import PracticeTemplate
from alert4you.practices.queries.library import library_files
from alert4you.practices.queries.templates import template


def slugs() -> tuple[str, ...]:
    """The names of all practices of the library."""
    return tuple(_files())


def published(slug: str, at: datetime) -> PracticeTemplate:
    """The newest version here; the library's when none was published yet."""
    try:
        return template(slug)
    except PracticeTemplate.DoesNotExist:
        return publish_practice(system_actor(at), _files()[slug].read_text("utf-8"))


@cache
def _files() -> dict[str, Path]:
    return {path.stem: path for path in library_files()}
