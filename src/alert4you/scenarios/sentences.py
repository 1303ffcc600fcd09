"""The sentences a story is told in: each deed is one command, each check one thing that must be so."""

import difflib
import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from alert4you.practices.rules.sheet import Sheet
from alert4you.scenarios import kinds
from alert4you.scenarios.kinds import Kind
from alert4you.scenarios.names import Names

# What stands between braces in a sentence, by its name.
SLOTS: dict[str, Kind] = {
    "who": kinds.ACTOR,
    "other": kinds.HAT,
    "person": kinds.PERSON,
    "child": kinds.CHILD,
    "organisation": kinds.ORGANISATION,
    "location": kinds.LOCATION,
    "group": kinds.GROUP,
    "practice": kinds.PRACTICE,
    "weekday": kinds.WEEKDAY,
    "kind": kinds.ENTRY_KIND,
    "activity": kinds.TEXT,
    "choice": kinds.TEXT,
    "gate": kinds.TEXT,
    "quote": kinds.TEXT,
}
QUOTED = "quote"
# Details whose name Python, or a slot, has taken already: their argument ends in a line.
CLASHES = ("for", "in", "from", "with", "is", "who")
DEED, CHECK = "deed", "check"
_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Sentence:
    """One sentence: its pattern, what must and may stand behind it (the first of all is what words
    without a name of their own are), and what it does.
    """

    sort: str
    pattern: str
    must: Mapping[str, Kind]
    may: Mapping[str, Kind]
    run: Callable[..., Any]

    @property
    def details(self) -> dict[str, Kind]:
        return {**self.must, **self.may}

    @property
    def slots(self) -> tuple[str, ...]:
        return tuple(_SLOT.findall(self.pattern))

    @property
    def says(self) -> str:
        """The first line of what the function says about itself, for the reference."""
        return (inspect.getdoc(self.run) or "").split("\n\n")[0].replace("\n", " ")


@dataclass(frozen=True)
class Said:
    """A sentence as one story says it: what stands in its slots and behind it, as it was read;
    ``words`` is what stands behind it as it was written.
    """

    sentence: Sentence
    text: str
    words: str
    slots: Mapping[str, Any]
    given: Mapping[str, Any]

    def meant(self, world: Any) -> dict[str, Any]:
        """The arguments for ``sentence.run``: names have become who and what they name."""
        details = self.sentence.details
        slots = {slot: SLOTS[slot].meet(world, self.slots[slot]) for slot in self.slots}
        return slots | {
            argument(key): details[key].meet(world, value) for key, value in self.given.items()
        }


SENTENCES: list[Sentence] = []


Details = Mapping[str, Kind]
Marked = Callable[[Callable[..., Any]], Callable[..., Any]]
NONE: Details = {}


def deed(pattern: str, must: Details = NONE, may: Details = NONE) -> Marked:
    """Above a function that carries out one command: how a story says it."""
    return _sentence(DEED, pattern, must, may)


def check(pattern: str, must: Details = NONE, may: Details = NONE) -> Marked:
    """Above a function that raises NotSo when it is not so: how a story says it."""
    return _sentence(CHECK, pattern, must, may)


def _sentence(sort: str, pattern: str, must: Details, may: Details) -> Marked:
    def keep(run: Callable[..., Any]) -> Callable[..., Any]:
        SENTENCES.append(Sentence(sort, pattern, must, may, run))
        return run

    return keep


def argument(key: str) -> str:
    """`helps others` as the name of an argument."""
    name = key.replace(" ", "_")
    return f"{name}_" if name in CLASHES else name


@cache
def _expression(pattern: str) -> re.Pattern[str]:
    parts = _SLOT.split(re.escape(pattern).replace(r"\{", "{").replace(r"\}", "}"))
    words = [
        part.replace(r"\ ", " ")
        if place % 2 == 0
        else (f'(?P<{part}>[^"]+)' if part == QUOTED else f'(?P<{part}>[^"]+?)')
        for place, part in enumerate(parts)
    ]
    return re.compile("".join(words))


def hear(sheet: Sheet, key: yaml.Node, value: yaml.Node | None, names: Names) -> Said | None:
    """Which sentence this is, with everything in it read; None after a problem was kept."""
    text = sheet.text(key)
    if not text:
        return None
    fitting = list(_fitting(text))
    if not fitting:
        sheet.wrong(key, _nearest(text))
        return None
    sentence, slots = max(fitting, key=lambda each: _fits(each[0], each[1], names))
    found = {
        slot: SLOTS[slot].read(sheet, _part(key, words), names) for slot, words in slots.items()
    }
    return Said(sentence, text, _words(value), found, _details(sheet, key, value, sentence, names))


def _words(value: yaml.Node | None) -> str:
    """A value as one would read it aloud."""
    if isinstance(value, yaml.MappingNode):
        return "; ".join(f"{key.value}: {_words(each)}" for key, each in value.value)
    if isinstance(value, yaml.SequenceNode):
        return ", ".join(map(_words, value.value))
    return " ".join(value.value.split()) if isinstance(value, yaml.ScalarNode) else ""


def _fitting(text: str) -> Iterator[tuple[Sentence, dict[str, str]]]:
    for sentence in SENTENCES:
        found = _expression(sentence.pattern).fullmatch(text)
        if found:
            yield sentence, found.groupdict()


def _fits(sentence: Sentence, slots: Mapping[str, str], names: Names) -> tuple[int, int]:
    """Known names first, then the sentence that says most itself."""
    sorts = {"who": "person", "other": "colleague", "person": "person"}
    known = sum(names.has(sorts.get(slot, slot), words) for slot, words in slots.items())
    return known, len(_SLOT.sub("", sentence.pattern))


def _part(key: yaml.Node, words: str) -> yaml.Node:
    return yaml.ScalarNode(key.tag, words, key.start_mark, key.end_mark)


def _nearest(text: str) -> str:
    patterns = [each.pattern for each in SENTENCES]
    near = difflib.get_close_matches(text, patterns, n=2, cutoff=0.3)
    known = " or ".join(f"“{pattern}”" for pattern in near) or "in the reference"
    return (
        f"no story is told in this sentence: “{text}”; the nearest is {known} "
        "(all of them: docs/reference/scenarios.md)"
    )


def _details(
    sheet: Sheet, key: yaml.Node, value: yaml.Node | None, sentence: Sentence, names: Names
) -> dict[str, Any]:
    rows = _rows(sheet, key, value, sentence)
    for missing in (each for each in sentence.must if each not in rows):
        sheet.wrong(key, f"“{missing}” is missing here ({sentence.details[missing].says})")
    return {each: sentence.details[each].read(sheet, node, names) for each, node in rows.items()}


def _rows(
    sheet: Sheet, key: yaml.Node, value: yaml.Node | None, sentence: Sentence
) -> dict[str, yaml.Node]:
    """The details by name: of a table, or of what alone stands behind the colon."""
    if value is None or value.tag == "tag:yaml.org,2002:null":
        return {}
    if not sentence.details:
        sheet.wrong(value, "nothing belongs behind this sentence; leave it out")
        return {}
    first = next(iter(sentence.details))
    if not isinstance(value, yaml.MappingNode) or _is_the_table_itself(value, sentence):
        return {first: value}
    return sheet.table(value, may=sentence.details)


def _is_the_table_itself(value: yaml.MappingNode, sentence: Sentence) -> bool:
    """`counted for Mieke: {observation: {done: 1}}`: the first detail is a table of its own."""
    first = next(iter(sentence.details.values()))
    return first.is_table and not any(each.value in sentence.details for each, __ in value.value)
