"""Other names for who and what is copied: invented, and the same for the same seed."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random

import yaml

from alert4you.scenarios.stage import Stage

_WORDS = {
    what: words.split()
    for what, words in yaml.safe_load(
        Path(__file__).with_name("names.yaml").read_text("utf-8")
    ).items()
}
GIVEN, FAMILY = _WORDS["given"], _WORDS["family"]


def words_of(stage: Stage) -> Iterator[tuple[str, str]]:
    """The first and the last name of everybody on a stage; one word for a whole last name."""
    people = [each.full_name or each.name for each in stage.people]
    for child in stage.children:
        people.append(child.full_name)
        people.extend(each.full_name or each.name for each in child.guardians)
    for name in people:
        first, __, last = name.partition(" ")
        yield first, last


def renaming(names: Iterable[tuple[str, str]], chance: Random) -> dict[str, str]:
    """Another name for each; who shares a last name still does, and no two share a first name."""
    told: dict[str, str] = {}
    free = chance.sample(GIVEN, len(GIVEN))
    for first, last in names:
        if first not in told:
            told[first] = free.pop() if free else chance.choice(GIVEN)
        if last and last not in told:
            told[last] = chance.choice(FAMILY)
    return told


def town(chance: Random) -> str:
    return chance.choice(_WORDS["towns begin"]) + chance.choice(_WORDS["towns end"])


def operator(chance: Random) -> str:
    return f"{chance.choice(_WORDS['operators'])} {chance.choice(FAMILY)}"


def place(chance: Random) -> str:
    return f"De {chance.choice(_WORDS['places'])}"
