"""A question on a screen of a draft: what its fields hold, and what was typed made a part again. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from alert4you.practices.rules import phrases
from alert4you.practices.rules.drafts import Path
from alert4you.practices.rules.writing import Tree

Kind: TypeAlias = Literal["words", "text", "phrase", "term", "after", "one", "several", "yes"]
Options: TypeAlias = tuple[tuple[str, str], ...]
AFTERWARDS = "question without a new file"


@dataclass(frozen=True)
class Question:
    """What a screen asks: at this place in the part, answered by one field or (`words`, `term`) two."""

    at: Path
    kind: Kind
    label: str
    help: str = ""
    options: Options = ()
    long: bool = False
    otherwise: str = ""
    must: bool = True

    @property
    def name(self) -> str:
        """The name of its (first) field."""
        return "_".join(self.at).replace(" ", "_")


def filled(questions: Iterable[Question], own: Tree) -> dict[str, Any]:
    """What the fields of a screen hold, by name."""
    fields: dict[str, Any] = {}
    for each in questions:
        fields |= _fields(each, _get(own, each.at))
    return fields


def answered(questions: Iterable[Question], own: Tree, given: Mapping[str, Any]) -> Tree:
    """The part with what was typed; what this screen does not ask stays as it was."""
    for each in questions:
        own = _set(own, each.at, _value(each, given))
    return own


def _get(own: Any, at: Path) -> Any:
    for key in at:
        own = own.get(key) if isinstance(own, dict) else None
    return own


def _set(own: Tree, at: Path, value: Any) -> Tree:
    key, *deeper = at
    if deeper:
        inside = own.get(key)
        value = _set(inside if isinstance(inside, dict) else {}, tuple(deeper), value)
    kept = {**own, key: value}
    return kept if value else {name: each for name, each in kept.items() if name != key}


def _fields(question: Question, value: Any) -> dict[str, Any]:
    name, text = question.name, value if isinstance(value, str) else ""
    if question.kind == "words":
        pair = value if isinstance(value, dict) else {}
        return {f"{name}_{each}": pair.get(each, "") for each in ("nl", "en")}
    if question.kind == "several":
        return {name: value if isinstance(value, list) else [text] if text else []}
    if question.kind == "term":
        duration, __, after = text.partition(" after ")
        return {name: phrases.shown(duration), f"{name}_after": after}
    if question.kind == "after":
        return {name: phrases.shown(text.removeprefix(AFTERWARDS).removeprefix(" for "))}
    if question.kind == "yes":
        return {name: text == "yes"}
    return {name: phrases.shown(text) if question.kind == "phrase" else text or question.otherwise}


def _value(question: Question, given: Mapping[str, Any]) -> Any:
    name = question.name
    if question.kind == "words":
        pair = {each: given.get(f"{name}_{each}") for each in ("nl", "en")}
        return {key: " ".join(text.split()) for key, text in pair.items() if text}
    if question.kind == "several":
        return list(given.get(name) or ())
    text = given.get(name) or ""
    if question.kind == "term":
        after = given.get(f"{name}_after")
        return phrases.understood(text) + (f" after {after}" if text and after else "")
    if question.kind == "after":
        return f"{AFTERWARDS} for {phrases.understood(text)}" if text else AFTERWARDS
    if question.kind == "yes":
        return "yes" if text else ""
    return phrases.understood(text) if question.kind == "phrase" else " ".join(text.split())
