"""Playing: every step through the same commands, at its own moment; a telling of what came of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from heapq import merge

from django.utils.translation import override

from alert4you.kernel.decision import Conflict, Decision, Denied, NotVisible
from alert4you.scenarios.almanac import Almanac
from alert4you.scenarios.building import build
from alert4you.scenarios.finding import Unfound
from alert4you.scenarios.sentences import CHECK
from alert4you.scenarios.stage import Stage
from alert4you.scenarios.story import Scene, Step, Story
from alert4you.scenarios.world import NotSo, World, plain


@dataclass(frozen=True)
class Told:
    """One step as it went. ``wrong`` is empty, or what was found instead."""

    story: Story
    scene: Scene
    step: Step
    at: datetime
    outcome: str = ""
    wrong: str = ""

    def __str__(self) -> str:
        return f"{self.story.file}, line {self.step.line}: {self.step.said.text}: {self.wrong}"


class Broken(Exception):
    """A story did not go as it is told; ``told`` is the step."""

    def __init__(self, told: Told) -> None:
        super().__init__(str(told))
        self.told = told


def play(story: Story, anchor: date) -> Iterator[Told]:
    """Set the stage in an empty database and play one story; every step as it went. Nothing follows
    on the first that is wrong.
    """
    almanac = story.almanac(anchor)
    with override("nl"):
        world = build(story.stage, almanac)
        for at, scene, step in story.timed(almanac):
            told = _go(world, story, almanac, (at, scene, step))
            yield told
            if told.wrong:
                return


def play_together(stories: Sequence[Story], anchor: date) -> list[World]:
    """Play several stories in one town, their days through each other, without the checks.

    What stories share (a stage file) is there once; beyond that each has its own names, so that a name
    may occur in two of them. Broken at the first step that goes wrong.
    """
    almanacs = {story.slug: story.almanac(anchor) for story in stories}
    earliest = min(almanacs.values(), key=lambda each: each.first)
    with override("nl"):
        shared = _shared(stories)
        town = build(shared, earliest)
        worlds = [build(story.stage - shared, earliest, on=town) for story in stories]
        lines = (
            [(at, number, place, scene, step) for place, (at, scene, step) in enumerate(timed)]
            for number, story in enumerate(stories)
            for timed in (story.timed(almanacs[story.slug]),)
        )
        for at, number, __, scene, step in merge(*lines, key=lambda each: each[:3]):
            story = stories[number]
            if step.said.sentence.sort == CHECK:
                continue
            told = _go(worlds[number], story, almanacs[story.slug], (at, scene, step))
            if told.wrong:
                raise Broken(told)
    return worlds


def _shared(stories: Sequence[Story]) -> Stage:
    """What stands on the stage of more than one story, or on that of the only one."""
    if len(stories) == 1:
        return stories[0].stage
    seen = both = Stage()
    for story in stories:
        own = story.stage
        both += own - (own - seen)
        seen += own
    return both


def _go(world: World, story: Story, almanac: Almanac, now: tuple[datetime, Scene, Step]) -> Told:
    at, scene, step = now
    world.now, world.almanac = at, almanac
    told = Told(story, scene, step, at)
    try:
        return _as_told(told, _outcome(world, step))
    except NotSo as found:
        return Told(story, scene, step, at, wrong=f"found instead: {found}")
    except Unfound as mistake:
        return Told(story, scene, step, at, wrong=str(mistake))


def _as_told(told: Told, outcome: "Decision | str") -> Told:
    """Whether it went as the step says it must."""
    step = told.step
    if isinstance(outcome, Decision):
        return _refused(told, outcome)
    expected = (step.refused or step.instead, step.hidden, step.conflict)
    if not outcome and any(expected):
        return _but(told, "this should not have been possible, and it was done")
    if outcome == "not found":
        return told if step.hidden else _but(told, "it is not there, or not for this person")
    if outcome and plain(step.conflict or "-") not in plain(outcome):
        return _but(told, f"somebody else wrote a newer version: {outcome}")
    return told if not outcome else Told(told.story, told.scene, step, told.at, outcome)


def _refused(told: Told, decision: Decision) -> Told:
    reason, instead = _in_both(decision.reason), _in_both(decision.instead)
    shown = f"{decision.reason} {decision.instead}".strip()
    if not (told.step.refused or told.step.instead):
        return _but(told, f"refused: {shown}")
    if plain(told.step.refused) not in reason or plain(told.step.instead) not in instead:
        return _but(told, f"refused, but for another reason: {shown}")
    return Told(told.story, told.scene, told.step, told.at, f"refused: {shown}")


def _but(told: Told, wrong: str) -> Told:
    return Told(told.story, told.scene, told.step, told.at, wrong=wrong)


def _outcome(world: World, step: Step) -> Decision | str:
    """ "" when it was done; a Decision when a rule said no; else what stood in the way."""
    said = step.said
    # Rules that put a name or number in their words have chosen a language by then.
    try:
        with override("en" if step.refused or step.instead else "nl"):
            said.sentence.run(world, **said.meant(world))
    except Denied as denied:
        return denied.decision
    except NotVisible:
        return "not found"
    except Conflict as conflict:
        return f"{conflict.theirs} {getattr(conflict.theirs, 'goals', '')}"
    return ""


def _in_both(text: object) -> str:
    """A text as the people of both languages read it, so that a story may quote either."""
    told = []
    for language in ("nl", "en"):
        with override(language):
            told.append(plain(text))
    return " ".join(told)
