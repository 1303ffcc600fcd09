"""Towns: in each of them one story of the library took place, and its operator has more locations.

A story ends today, or is on its way: so trajectories of all practices are there in all phases, with their
consents, meetings, waiting and money, and the one story of a town makes the real proportion of help.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from alert4you.country.copying import Pattern, pattern_of
from alert4you.country.names import words_of
from alert4you.country.places import CHILDCARE, CITY
from alert4you.country.recording import Ids, recorded
from alert4you.scenarios.player import Broken, play_together
from alert4you.scenarios.story import Story
from alert4you.scenarios.world import World

ENDS = 3  # of a story, at most
OPERATOR = CHILDCARE.removeprefix("De ")


@dataclass(frozen=True)
class Town:
    """``known``: the identity of what the other locations build on, by name."""

    story: str
    pattern: Pattern
    names: tuple[tuple[str, str], ...]
    known: dict[str, str]
    children: int


def towns(
    stories: list[Story], number: int, today: date, before: Ids, chance: Random
) -> Iterator[Town]:
    """At least as many as are asked for; fewer when there are no more stories and ends."""
    told = 0
    for turn in range(ENDS):
        for story in chance.sample(stories, len(stories)):
            if told >= number:
                return
            part = story if turn == 0 else _begun(story, turn)
            if part is not None and (town := _town(part, today, before)):
                told += 1
                yield town


def _begun(story: Story, turn: int) -> Story | None:
    """The same story, not yet so far; None when it is too short for that."""
    scenes = story.scenes[: len(story.scenes) * turn // ENDS]
    return replace(story, scenes=scenes) if len(scenes) > 1 else None


def _town(story: Story, today: date, before: Ids) -> Town | None:
    """None when the story cannot be told on this day (it needs what its checks would have seen)."""
    try:
        (world,), rows = recorded(lambda: play_together([story], today), before)
    except Broken:
        return None
    names = tuple(dict.fromkeys(words_of(story.stage)))
    words = {word: word for pair in names for word in pair if word} | {
        CITY: CITY,
        OPERATOR: OPERATOR,
    }
    return Town(story.slug, pattern_of(rows, words), names, known(world), len(world.children))


def known(world: World) -> dict[str, str]:
    """The identities a location builds on, by the name of what it is."""
    return {name: each.pk.hex for name, each in world.organisations.items()}
