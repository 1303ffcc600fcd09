"""Finding practices: those published here, and those that come with the product."""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from alert4you.practices.models import PracticeTemplate, TemplateQuerySet
from alert4you.practices.rules.language import Practice
from alert4you.practices.rules.reading import Misread, read
from alert4you.practices.rules.sheet import Problem

LIBRARY = Path(__file__).parent / "library"


def current_templates() -> TemplateQuerySet:
    """The newest version of every practice, by slug."""
    return PracticeTemplate.objects.newest().order_by("slug")


def current_practices() -> list[Practice]:
    """What the newest versions say, in the order of the rows."""
    said = [practice_of(each) for each in current_templates()]
    return sorted(said, key=lambda each: (each.row, each.slug))


def template(slug: str, version: int | None = None) -> PracticeTemplate:
    """A version of a practice, or its newest. PracticeTemplate.DoesNotExist otherwise."""
    if version is None:
        return current_templates().get(slug=slug)
    return PracticeTemplate.objects.get(slug=slug, version=version)


def practice_of(published: PracticeTemplate) -> Practice:
    """What a published template says; parsed once, because a version never changes."""
    return parsed(published.text)


@lru_cache(maxsize=512)
def parsed(text: str) -> Practice:
    """What a text says; the same text is read once. Misread when it cannot be used."""
    return read(text)


def library_files() -> list[Path]:
    """The YAML files that come with the product, by name."""
    return sorted(LIBRARY.glob("*.yaml"))


@lru_cache(maxsize=1)
def library() -> tuple[Practice, ...]:
    """The practices that come with the product, by row. Misread with all problems of all files."""
    practices, problems = read_files(library_files())
    if problems:
        raise Misread(problems)
    return tuple(sorted(practices, key=lambda each: (each.row, each.slug)))


def read_files(paths: Iterable[Path]) -> tuple[list[Practice], list[Problem]]:
    """The practices in these files, and what is wrong in those that cannot be used."""
    practices: list[Practice] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            practices.append(read(path.read_text("utf-8"), path.name))
        except Misread as misread:
            problems += misread.problems
        except (OSError, UnicodeDecodeError) as unreadable:
            problems.append(Problem(path.name, 1, str(unreadable)))
    return practices, problems
