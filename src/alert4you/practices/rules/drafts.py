"""A text that may become a practice: what is wrong in it and where, and what can be made of it so far.

It comes from an organisation, so nothing that YAML can do besides tables, lists and texts is let in.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import yaml
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alert4you.practices.rules.language import PRACTICE, Gate, Option, Phase, Practice
from alert4you.practices.rules.reading import Misread, read, sketch
from alert4you.practices.rules.sheet import LOADER, NAME, Problem
from alert4you.practices.rules.writing import Tree

Path: TypeAlias = tuple[str, ...]

MOST_CHARACTERS = 100_000
DEEPEST = 12
LONGEST_NAME, LONGEST_TITLE, LONGEST_TEXT = 50, 90, 1000


@dataclass(frozen=True)
class Fault:
    """Something that keeps a draft from being published, in plain words, and where it stands."""

    path: Path
    line: int
    message: str


def fits_in(characters: int) -> bool:
    """Whether a text of this length is read at all."""
    return characters <= MOST_CHARACTERS


def tree_of(text: str) -> Tree:
    """The tables, lists and texts of a YAML file. Misread when it holds anything else."""
    refuse_tricks(text)
    try:
        root = yaml.compose(text, Loader=LOADER)
    except yaml.YAMLError:
        read(text)
        raise
    if not isinstance(root, yaml.MappingNode):
        raise Misread([Problem("", 1, _("write `key: value` lines here"))])
    tree: Tree = _plain(root)
    return tree


def refuse_tricks(text: str) -> None:
    """Misread for a text that is too long, too deep, or refers to itself."""
    if not fits_in(len(text)):
        raise Misread([Problem("", 1, _("this file is too large for a practice"))])
    depth = 0
    try:
        for event in yaml.parse(text, Loader=LOADER):
            depth += _deeper(event)
            if depth > DEEPEST or _is_a_trick(event):
                line = _line(event)
                raise Misread([Problem("", line, _("write plain text, tables and lists only"))])
    except yaml.YAMLError:
        return  # told by `read`, with its line


def _deeper(event: yaml.Event) -> int:
    if isinstance(event, yaml.CollectionStartEvent):
        return 1
    return -1 if isinstance(event, yaml.CollectionEndEvent) else 0


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _is_a_trick(event: yaml.Event) -> bool:
    """An anchor, a reference to one, or a tag that names a type."""
    tag = getattr(event, "tag", None)
    return bool(getattr(event, "anchor", None)) or tag not in (None, "!")


def _plain(node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        keys = [key.value if isinstance(key, yaml.ScalarNode) else None for key, __ in node.value]
        if None in keys or len(set(keys)) < len(keys):
            line = node.start_mark.line + 1
            raise Misread([Problem("", line, _("every key stands once, and is plain text"))])
        return {key.value: _plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(each) for each in node.value]
    return " ".join(node.value.split())


def faults(text: str) -> tuple[Fault, ...]:
    """All that is wrong in a text, in the order in which it stands; () when it can be published."""
    try:
        tree = tree_of(text)
        read(text)
    except Misread as misread:
        where = _places(text)
        return tuple(
            Fault(where.get(each.line, ()), each.line, each.message) for each in misread.problems
        )
    lines = {path: line for line, path in reversed(_places(text).items())}
    return tuple(Fault(path, lines.get(path, 1), message) for path, message in _too_long(tree, ()))


def _places(text: str) -> dict[int, Path]:
    """Which part of the practice stands on which line."""
    try:
        refuse_tricks(text)
        root = yaml.compose(text, Loader=LOADER)
    except (Misread, yaml.YAMLError):
        return {}
    return dict(_lines(root, ())) if root is not None else {}


def _lines(node: yaml.Node, path: Path) -> Iterator[tuple[int, Path]]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            here = (*path, str(key.value))
            yield key.start_mark.line + 1, here
            yield from _lines(value, here)
    elif isinstance(node, yaml.SequenceNode):
        for each in node.value:
            yield each.start_mark.line + 1, path


def _too_long(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    """What would not fit where a practice is shown and counted."""
    if isinstance(value, dict):
        for key, inside in value.items():
            here = (*path, key)
            if len(key) > LONGEST_NAME:
                yield (
                    here,
                    _("this name is too long; at most {most} letters").format(most=LONGEST_NAME),
                )
            yield from _too_long(inside, here)
    elif isinstance(value, list):
        for each in value:
            yield from _too_long(each, path)
    elif len(value) > _room(path):
        yield path, _("this text is too long; at most {most} letters").format(most=_room(path))


def _room(path: Path) -> int:
    if path == ("practice",):
        return LONGEST_NAME
    return LONGEST_TITLE if path[-2:-1] == ("title",) and path[0] != "consents" else LONGEST_TEXT


def picture_of(text: str) -> Practice | None:
    """What the text says so far, good enough to draw; None when there is nothing to draw."""
    try:
        refuse_tricks(text)
    except Misread:
        return None
    found = sketch(text)
    if found is None:
        return None
    ahead = {phase.then for phase in found.phases}
    return replace(
        found,
        phases=tuple(_without_gone(found, each) for each in found.phases),
        gates=tuple(_whole(found, each) for each in found.gates if each.key in ahead),
        needs=_known(found, found.needs),
        money=replace(found.money, covered=found.money.covered or "unknown"),
    )


def _without_gone(practice: Practice, phase: Phase) -> Phase:
    needs, at_end = _known(practice, phase.needs), _known(practice, phase.needs_at_end)
    return replace(phase, needs=needs, needs_at_end=at_end)


def _known(practice: Practice, needs: Iterable[str]) -> tuple[str, ...]:
    """The needs that can be told; one for a consent that is gone cannot."""
    asks = {f"consent:{each.key}" for each in practice.asks}
    return tuple(each for each in needs if each in asks or not each.startswith("consent:"))


def _whole(practice: Practice, gate: Gate) -> Gate:
    phases = {phase.key for phase in practice.phases}
    return replace(gate, options=tuple(_leading_somewhere(each, phases) for each in gate.options))


def _leading_somewhere(option: Option, phases: Collection[str]) -> Option:
    known = option.leaves or option.to in phases
    return option if known else replace(option, to=f"{PRACTICE}?")


def name_in(text: str) -> str:
    """The name of the practice that a text is about; "" when it has none that can be used."""
    try:
        name = tree_of(text).get("practice", "")
    except Misread:
        return ""
    return name if isinstance(name, str) and NAME.fullmatch(name) and len(name) <= 50 else ""


def title_in(part: Any, otherwise: str = "") -> str:
    """The title of a part of a tree in the language of the reader."""
    title = part.get("title") if isinstance(part, dict) else None
    if not isinstance(title, dict):
        return otherwise
    first, second = ("en", "nl") if (get_language() or "nl").startswith("en") else ("nl", "en")
    return str(title.get(first) or title.get(second) or otherwise)
