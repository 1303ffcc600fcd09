"""What can stand in a sentence or behind it: a person, a child, a day, words, one of a list.

A kind reads a piece of YAML when the file is opened (and names what is wrong there), and meets it in
the world when the story is played.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from alert4you.access.models import ABOUT_SOMEBODY, Answer, Category, Exemption, How, Purpose
from alert4you.access.models import Kind as EntryKind
from alert4you.children.models import DayPart, GuardianKind, LegalBasis
from alert4you.coaching.models import Level, TalkForm
from alert4you.practices.rules.sheet import Sheet
from alert4you.scenarios import almanac
from alert4you.scenarios.names import Names
from alert4you.trajectories.models import VoiceOf

if TYPE_CHECKING:
    from alert4you.scenarios.world import World

Reader = Callable[[Sheet, yaml.Node, Names], Any]
Meeting = Callable[["World", Any], Any]


@dataclass(frozen=True)
class Kind:
    """``says`` is how the reference names it."""

    says: str
    read: Reader
    meet: Meeting = lambda world, value: value
    is_table: bool = False


def _plain(sheet: Sheet, node: yaml.Node, names: Names) -> str:
    return sheet.text(node)


def _several(sheet: Sheet, node: yaml.Node, names: Names) -> tuple[str, ...]:
    return tuple(filter(None, (sheet.text(item) for item in sheet.items(node))))


def _flag(sheet: Sheet, node: yaml.Node, names: Names) -> bool:
    return sheet.word(node, ("yes", "no")) == "yes"


def _number(sheet: Sheet, node: yaml.Node, names: Names) -> int:
    text = sheet.text(node)
    if text.isdecimal() and text.isascii():
        return int(text)
    sheet.wrong(node, f"“{text}” is not a whole number; write it in digits")
    return 0


def _when(sheet: Sheet, node: yaml.Node, names: Names) -> almanac.When:
    text = sheet.text(node)
    try:
        when = almanac.when(text)
        when.numbered(names.begins)
    except almanac.Unreadable as problem:
        sheet.wrong(node, f"“{text}” is no day; {problem}")
        return almanac.When(working_days_ahead=0)
    return when


def _called(what: str) -> Reader:
    """A name of this sort that the stage or the story tells about."""

    def read(sheet: Sheet, node: yaml.Node, names: Names) -> str:
        text = sheet.text(node)
        problem = names.unknown(what, text)
        if text and problem:
            sheet.wrong(node, problem)
        return text

    return read


def one_of(says: str, words: Iterable[tuple[str, Any]]) -> Kind:
    """One word of a closed list, met as what it stands for."""
    known = dict(words)

    def read(sheet: Sheet, node: yaml.Node, names: Names) -> Any:
        # A word of the sheet is data: with underscores.
        written = {word.replace(" ", "_"): value for word, value in known.items()}
        return written.get(sheet.word(node, known))

    return Kind(says, read)


def several_of(kind: Kind) -> Kind:
    """A list of these; one alone is a list too."""

    def read(sheet: Sheet, node: yaml.Node, names: Names) -> tuple[Any, ...]:
        return tuple(kind.read(sheet, item, names) for item in sheet.items(node))

    def meet(world: "World", values: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(kind.meet(world, value) for value in values)

    return Kind(f"{kind.says}, or a list", read, meet, kind.is_table)


def table_of(kind: Kind, keys: Kind | None = None, says: str = "") -> Kind:
    """`key: value` lines; the keys are of a kind of their own, or free."""

    def read(sheet: Sheet, node: yaml.Node, names: Names) -> dict[Any, Any]:
        if not isinstance(node, yaml.MappingNode):
            sheet.wrong(node, "write `key: value` lines here")
            return {}
        return {
            (keys.read(sheet, key, names) if keys else sheet.text(key)): kind.read(
                sheet, value, names
            )
            for key, value in node.value
        }

    def meet(world: "World", rows: Mapping[Any, Any]) -> dict[Any, Any]:
        return {
            (keys.meet(world, key) if keys else key): kind.meet(world, value)
            for key, value in rows.items()
        }

    return Kind(
        says or f"lines of {keys.says if keys else 'a name'}: {kind.says}",
        read,
        meet,
        is_table=True,
    )


def record_of(says: str, must: Mapping[str, Kind], may: Mapping[str, Kind]) -> Kind:
    """A table with these keys."""
    fields = {**must, **may}

    def read(sheet: Sheet, node: yaml.Node, names: Names) -> dict[str, Any]:
        found = sheet.table(node, must=must, may=may)
        return {key: fields[key].read(sheet, value, names) for key, value in found.items()}

    def meet(world: "World", row: Mapping[str, Any]) -> dict[str, Any]:
        return {key: fields[key].meet(world, value) for key, value in row.items()}

    return Kind(says, read, meet, is_table=True)


TEXT = Kind("words", _plain)
TEXTS = Kind("words, or a list of them", _several)
FLAG = Kind("yes or no", _flag)
NUMBER = Kind("a number", _number)
DAY = Kind("a day", _when, lambda world, value: world.day(value))
MOMENT = Kind("a moment", _when, lambda world, value: world.moment(value))
CLOCK = Kind("a day, perhaps with the hour", _when)
END = Kind(
    "a day, or `no end`",
    lambda sheet, node, names: None if node.value == "no end" else _when(sheet, node, names),
    lambda world, value: value and world.day(value),
)
ACTOR = Kind("a person", _called("person"), lambda world, name: world.actor(name))
HAT = Kind("a colleague", _called("colleague"), lambda world, name: world.hat(name))
PERSON = Kind("a person", _called("person"), lambda world, name: world.person(name))
NAME = Kind("a person", _called("person"))
CHILD = Kind("a child", _called("child"), lambda world, name: world.child(name))
ORGANISATION = Kind(
    "an organisation", _called("organisation"), lambda world, name: world.organisation(name)
)
LOCATION = Kind("a location", _called("location"), lambda world, name: world.location(name))
GROUP = Kind("a group", _called("group"), lambda world, name: world.group(name))
PRACTICE = Kind("a practice", _called("practice"), lambda world, slug: world.practice(slug))


def _values(choices: Any) -> list[tuple[str, Any]]:
    return [(each.value.replace("_", " "), each.value) for each in choices]


AUTHORITY = one_of("`authority` or `no authority`", [("authority", True), ("no authority", False)])
CATEGORY = one_of("a category", _values(Category))
PURPOSE = one_of("a purpose", _values(Purpose))
ANSWER = one_of(
    "an answer", [("agreed", Answer.GIVEN), ("refused", Answer.REFUSED), ("not now", Answer.LATER)]
)
HOW = one_of("a way", [("in a talk", How.IN_TALK), ("on paper", How.ON_PAPER)])
EXEMPTION = one_of("why others sign", _values(Exemption))
MARK = one_of("a mark", _values(ABOUT_SOMEBODY))
ENTRY_KIND = one_of("a kind of entry", _values(EntryKind))
LEVEL = one_of("how much", [(level.name.lower(), level.value) for level in Level])
FORM = one_of("a form of talk", _values(TalkForm))
VOICE = one_of("a voice", _values(VoiceOf))
GUARDIAN_KIND = one_of("a kind of guardian", _values(GuardianKind))
BASIS = one_of("a legal basis", _values(LegalBasis))
PART = one_of("a part of the day", _values(DayPart))
WEEKDAY = one_of("a weekday", [(word, i) for i, word in enumerate(almanac.WEEKDAYS)])
DAYS = one_of(
    "weekdays",
    [("every day", tuple(range(almanac.WORKING_WEEK)))]
    + [(word, (i,)) for i, word in enumerate(almanac.WEEKDAYS)],
)
