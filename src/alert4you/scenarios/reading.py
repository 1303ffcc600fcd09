"""From files to stories, or to all that is wrong with them at once. The format is described in
docs/reference/scenarios.md.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, time
from functools import lru_cache
from pathlib import Path

import yaml
from django.utils import timezone

from alert4you.practices.rules.language import Words
from alert4you.practices.rules.reading import Misread
from alert4you.practices.rules.sheet import LOADER, Problem, Sheet
from alert4you.scenarios import almanac
from alert4you.scenarios.almanac import WEEKDAYS, WORKING_WEEK, When
from alert4you.scenarios.names import Names
from alert4you.scenarios.practices import slugs
from alert4you.scenarios.sentences import CHECK, Said, hear
from alert4you.scenarios.stage import Stage
from alert4you.scenarios.stage_reading import PARTS, stage_of
from alert4you.scenarios.story import TODAY_ENDS, Scene, Side, Step, Story

Nodes = dict[str, yaml.Node]
FOLDER = Path(__file__).parent
STORIES, STAGES = FOLDER / "stories", FOLDER / "stages"
MUST = ("story", "title", "summary", "days")
MAY = ("rows", "source", "stage", "begins", "ends", "sides", *PARTS)
ASIDES = ("at", "refused", "instead", "not found", "conflict")
SOME_FRIDAY = date(2026, 11, 20)
_AGO = re.compile(r"(\d+) (working day|week)s? ago")
_ROW = re.compile(r"[1-9]\d?[a-z]?")


def library_files() -> list[Path]:
    """The stories that come with the product."""
    return sorted(STORIES.glob("*.yaml"))


def read_files(paths: Iterable[Path]) -> tuple[list[Story], list[Problem]]:
    """The stories in these files, and what is wrong in those that cannot be played."""
    stories: list[Story] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            stories.append(read(path))
        except Misread as misread:
            problems += misread.problems
    return stories, problems


def read(path: Path) -> Story:
    """One story. Misread, with every problem, when it cannot be played."""
    sheet = Sheet(_shown(path))
    top = sheet.table(_composed(path), MUST, MAY)
    beside = _stage_beside(sheet, top.get("stage"), path)
    begins = _begins(sheet, top.get("begins"))
    stage = beside + stage_of(sheet, top, beside)
    weekday = begins.weekday() if isinstance(begins, date) else begins
    names = stage.names(slugs(), weekday)
    scenes = _Scenes(sheet, names, begins).read(top.get("days"))
    story = Story(
        slug=sheet.name(top.get("story")),
        file=sheet.file,
        title=sheet.words(top.get("title")),
        summary=sheet.words(top.get("summary")),
        stage=stage,
        names=names,
        scenes=scenes,
        rows=tuple(_row(sheet, each) for each in sheet.items(top.get("rows"))),
        source=sheet.text(top.get("source")),
        begins=begins,
        ago=_ago(sheet, top.get("ends")),
        sides=tuple(_side(sheet, each, names) for each in sheet.items(top.get("sides"))),
    )
    if not sheet.problems:
        _ends_in_time(sheet, story)
    if sheet.problems:
        raise Misread(sheet.problems)
    return story


def rows_of(path: Path) -> tuple[str, tuple[str, ...]]:
    """The name of a story and the rows it plays, from its head only. Misread when it is no YAML."""
    sheet = Sheet(_shown(path))
    top = sheet.table(_composed(path), may=(*MUST, *MAY))
    return sheet.text(top.get("story")), tuple(
        _row(sheet, each) for each in sheet.items(top.get("rows"))
    )


def _shown(path: Path) -> str:
    """How messages name a file: as short as it can be found."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _composed(path: Path) -> yaml.Node:
    shown = _shown(path)
    try:
        root = yaml.compose(path.read_text("utf-8"), Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        text = f"this is not YAML: {error.problem or error.context}; a sentence "
        text += (
            "with lines below it ends in a colon; words with a colon in them stand between quotes"
        )
        raise Misread([Problem(shown, mark.line + 1 if mark else 1, text)]) from error
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise Misread([Problem(shown, 1, f"this cannot be read: {error}")]) from error
    if root is None:
        raise Misread([Problem(shown, 1, "this file is empty")])
    return root


def _stage_beside(sheet: Sheet, node: yaml.Node | None, story: Path) -> Stage:
    """The stage file that is named, beside the story or from the library."""
    if node is None:
        return Stage()
    name = sheet.name(node)
    for folder in (story.parent, STAGES):
        file = folder / f"{name}.yaml"
        if name and file.exists() and file != story:
            return read_stage(file)
    known = ", ".join(each.stem for each in sorted(STAGES.glob("*.yaml")))
    sheet.wrong(node, f"there is no stage “{name}”; there is: {known}, or a file beside the story")
    return Stage()


@lru_cache(maxsize=16)
def read_stage(path: Path) -> Stage:
    """A stage that stories share. Misread when it cannot be used."""
    sheet = Sheet(_shown(path))
    top = sheet.table(_composed(path), may=("stage", *PARTS))
    stage = stage_of(sheet, top)
    if sheet.problems:
        raise Misread(sheet.problems)
    return stage


def _begins(sheet: Sheet, node: yaml.Node | None) -> int | date | None:
    text = sheet.text(node)
    if node is None or not text:
        return None
    if text in WEEKDAYS[:WORKING_WEEK]:
        return WEEKDAYS.index(text)
    try:
        first = date.fromisoformat(text)
    except ValueError:
        sheet.wrong(node, "write a weekday (monday to friday) or a date (2026-03-02)")
        return None
    if first.weekday() >= WORKING_WEEK:
        sheet.wrong(node, "a story begins on a working day")
        return None
    return first


def _row(sheet: Sheet, node: yaml.Node) -> str:
    text = sheet.text(node)
    if text and not _ROW.fullmatch(text):
        sheet.wrong(node, f"“{text}” is no row of the list of practices; write one like 12 or 45a")
    return text


def _ago(sheet: Sheet, node: yaml.Node | None) -> int:
    text = sheet.text(node)
    found = _AGO.fullmatch(text)
    if found:
        return int(found[1]) * (WORKING_WEEK if found[2] == "week" else 1)
    if node is not None and text != "today":
        sheet.wrong(node, "write `today`, `3 working days ago` or `2 weeks ago`")
    return 0


def _side(sheet: Sheet, node: yaml.Node, names: Names) -> Side:
    table = sheet.table(node, must=("as", "nl", "en"))
    who = sheet.text(table.get("as"))
    if who and names.unknown("person", who):
        sheet.wrong(table["as"], names.unknown("person", who))
    return Side(who, Words(sheet.text(table.get("nl")), sheet.text(table.get("en"))))


def _ends_in_time(sheet: Sheet, story: Story) -> None:
    """What happens on the day of telling must be over when a visitor of the demo comes in."""
    if story.ago or isinstance(story.begins, date):
        return
    last = story.scenes[-1]
    told = [at for at, *_rest in story.timed(story.almanac(SOME_FRIDAY))]
    ends = timezone.localtime(max(told))
    if ends.time() > TODAY_ENDS:
        sheet.problems.append(
            Problem(
                sheet.file,
                last.line,
                "the day on which a story is told must be over at 9:00, and this one goes on until "
                f"{ends:%H:%M}; spread it over two days, or write `ends: 1 working day ago`",
            )
        )


def _number_of(day: date, begins: date) -> int:
    if day.weekday() >= WORKING_WEEK:
        raise almanac.Unreadable("choose a working day")
    return almanac.working_days_between(begins, day) + 1


@dataclass
class _Scenes:
    """Reads the days; remembers where it is, because a story goes forward."""

    sheet: Sheet
    names: Names
    begins: int | date | None
    last: int = 0
    found: list[Scene] = field(default_factory=list)

    def read(self, node: yaml.Node | None) -> tuple[Scene, ...]:
        if node is None:
            return ()
        if not isinstance(node, yaml.MappingNode) or not node.value:
            self.sheet.wrong(node, "write `day 1:` here, and below it what happens")
            return ()
        for key, steps in node.value:
            self._scene(key, steps)
        return tuple(self.found)

    def _scene(self, key: yaml.Node, node: yaml.Node) -> None:
        when, number = self._number(key)
        if number < self.last:
            self.sheet.wrong(key, "a story goes forward; this day comes before the one above it")
        self.last = max(number, self.last)
        steps = [self._step(each) for each in self.sheet.items(node)]
        told = tuple(each for each in steps if each is not None)
        self.found.append(Scene(key.start_mark.line + 1, number, when.at, told))

    def _number(self, key: yaml.Node) -> tuple[When, int]:
        text = self.sheet.text(key)
        try:
            when = almanac.when(text)
            number = when.numbered(self.names.begins)
            if number is None and when.on and isinstance(self.begins, date):
                number = _number_of(when.on, self.begins)
            if number is None:
                raise almanac.Unreadable("write `day 8` or `week 3, day 2`")
        except almanac.Unreadable as problem:
            self.sheet.wrong(key, f"“{text}” is no day of a story; {problem}")
            return When(), self.last
        return when, number

    def _step(self, node: yaml.Node) -> Step | None:
        if isinstance(node, yaml.ScalarNode):
            said = hear(self.sheet, node, None, self.names)
            return Step(node.start_mark.line + 1, said) if said else None
        if not isinstance(node, yaml.MappingNode):
            self.sheet.wrong(node, "write a sentence here")
            return None
        asides = {key.value: value for key, value in node.value if key.value in ASIDES}
        sentences = [(key, value) for key, value in node.value if key.value not in ASIDES]
        if len(sentences) != 1:
            self.sheet.wrong(node, "one sentence per dash; begin the next with a dash of its own")
            return None
        said = hear(self.sheet, *sentences[0], self.names)
        return self._with(node, said, asides) if said else None

    def _with(self, node: yaml.Node, said: Said, asides: Nodes) -> Step:
        if said.sentence.sort == CHECK and set(asides) - {"at"}:
            self.sheet.wrong(node, "only what somebody does can be refused; this is a check")
        return Step(
            line=node.start_mark.line + 1,
            said=said,
            at=self._at(asides.get("at")),
            refused=self.sheet.text(asides.get("refused")),
            instead=self.sheet.text(asides.get("instead")),
            hidden=self.sheet.text(asides.get("not found")) == "yes",
            conflict=self.sheet.text(asides.get("conflict")),
        )

    def _at(self, node: yaml.Node | None) -> time | None:
        text = self.sheet.text(node)
        if node is None or not text:
            return None
        try:
            return almanac.when(f"today, {text}").at
        except almanac.Unreadable:
            self.sheet.wrong(node, "write the hour as 14:30, between quotes")
            return None
