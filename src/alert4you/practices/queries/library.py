"""The practices that come with the product, as files."""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from alert4you.practices.rules.describing import Description, described
from alert4you.practices.rules.language import Practice
from alert4you.practices.rules.reading import Misread, read
from alert4you.practices.rules.sheet import Problem

LIBRARY = Path(__file__).parent.parent / "library"
CARDS = Path(__file__).parent.parent / "cards"


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


def card_files() -> list[Path]:
    """The YAML files of the practice cards that come with the product, by name."""
    return sorted(CARDS.glob("*.yaml"))


@lru_cache(maxsize=1)
def described_cards() -> tuple[Description, ...]:
    """The practice cards that come with the product. Misread with the problems of the first bad one."""
    return tuple(described(each.read_text("utf-8"), each.name) for each in card_files())
