"""What is wrong in a draft, told at the question that repairs it and in the words of that question."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from alert4you.practices.rules import asking, editing, parts
from alert4you.practices.rules.asking import Question
from alert4you.practices.rules.drafts import Fault, Path, title_in
from alert4you.practices.rules.writing import Tree


@dataclass(frozen=True)
class Remedy:
    """Something to repair: on which screen, at which field (`""`: the part itself), and the words."""

    screen: Path
    field: str
    message: str
    line: int


def remedy(tree: Tree, fault: Fault) -> Remedy:
    """A fault for whoever changes the draft on its screens."""
    screen = parts.screen_of(fault.path)
    try:
        asked = parts.questions(tree, screen)
    except (LookupError, AttributeError):
        return Remedy((), "", fault.message, fault.line)
    inside = fault.path[len(screen) :]
    missing = _missing(fault.message, asked, inside)
    if missing:
        return Remedy(screen, *missing, fault.line)
    here = next((each for each in asked if inside[: len(each.at)] == each.at), None)
    message = _in_titles(tree, fault.message)
    if here and _is_gone(here, tree, screen):
        message = _("What you had chosen here is not there any more. Choose again.")
    elif here and _is_unread(here, tree, screen, fault.message):
        words = asking.filled([here], editing.own(tree, screen))[here.name]
        message = _("We cannot read “{words}”.").format(words=words) + f" {here.help}"
    return Remedy(screen, _field(here, inside), message, fault.line)


def _missing(message: str, asked: tuple[Question, ...], inside: Path) -> tuple[str, str] | None:
    """The field that is empty, with words about it; None when the fault is another one."""
    keys = {each.at[-1]: each for each in asked} | dict.fromkeys(("nl", "en"), None)
    lacking = _("“{key}” is missing here")
    key = next((each for each in keys if message == lacking.format(key=each)), None)
    if key in ("nl", "en"):
        here = next((each for each in asked if inside[: len(each.at)] == each.at), None)
        words = _("Write it in Dutch too.") if key == "nl" else _("Write it in English too.")
        return (f"{here.name}_{key}" if here else ""), words
    if key is None:
        return None
    question = keys[key]
    return _field(question, ()), _("This is still empty: {question}").format(
        question=question.label if question else key
    )


def _field(question: Question | None, inside: Path) -> str:
    if question is None:
        return ""
    if question.kind != "words":
        return question.name
    return f"{question.name}_{inside[-1] if inside[-1:] in (('nl',), ('en',)) else 'nl'}"


def _is_gone(question: Question, tree: Tree, screen: Path) -> bool:
    """Whether this question was answered with something that cannot be chosen."""
    if question.kind not in ("one", "several"):
        return False
    found: Any = asking.filled([question], editing.own(tree, screen))[question.name]
    chosen = {found} if isinstance(found, str) else {*found}
    return not chosen <= {value for value, __ in question.options}


def _is_unread(question: Question, tree: Tree, screen: Path, message: str) -> bool:
    """Whether what was typed here is no phrase of the language."""
    typed: Any = editing.part(tree, (*screen, *question.at)) if question.help else ""
    beginning = _("“{text}” cannot be read; {remedy}").partition("{remedy}")[0]
    return isinstance(typed, str) and message.startswith(beginning.format(text=typed))


def _in_titles(tree: Tree, message: str) -> str:
    """The names that only the file knows, as the titles that people know."""
    rows: list[tuple[str, Any]] = []
    for each in editing.LISTS:
        inside = tree.get(each)
        rows += inside.items() if isinstance(inside, dict) else ()
    for name, row in rows:
        message = message.replace(f"“{name}”", f"“{title_in(row, name)}”")
    return message
