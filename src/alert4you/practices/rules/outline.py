"""A draft at a glance: all its parts in order, each with its screen and what is wrong there. Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from alert4you.practices.rules import editing, phrases
from alert4you.practices.rules.drafts import Path, title_in
from alert4you.practices.rules.parts import say
from alert4you.practices.rules.writing import Tree


@dataclass(frozen=True)
class Row:
    """One part: its title, a few words about it, how much is wrong, and the parts inside it."""

    path: str
    title: str
    words: str
    wrong: int
    first: bool
    last: bool
    inside: tuple["Row", ...] = ()
    adds: str = ""


@dataclass(frozen=True)
class Shelf:
    """A list of parts of one sort; ``add`` is what its button says."""

    path: str
    title: str
    text: str
    add: str
    rows: tuple[Row, ...]


def outline(tree: Tree, screens: Iterable[Path]) -> tuple[Shelf, ...]:
    """The parts of a draft; ``screens``: the screens with something wrong, once per fault."""
    wrong = Counter("/".join(each) for each in screens)
    told = (
        ("phases", _("Phases"), _("What is done, in this order."), _("Another phase")),
        (
            "decisions",
            _("Decisions"),
            _("Where people choose how to go on."),
            _("Another decision"),
        ),
        ("roles", _("Who takes part"), "", _("Another part to play")),
        ("consents", _("What parents are asked"), "", _("Another question to the parents")),
        ("choices", _("Numbers that each organisation chooses"), "", _("Another number to choose")),
        (
            "figures",
            _("Figures"),
            _("Numbers that are told, and count nothing."),
            _("Another figure"),
        ),
    )
    return tuple(
        Shelf(key, title, text, add, _rows(tree, (key,), wrong)) for key, title, text, add in told
    )


def _rows(tree: Tree, container: Path, wrong: Counter[str]) -> tuple[Row, ...]:
    inside = editing.part(tree, container[:-1]).get(container[-1])
    parts = inside if isinstance(inside, dict) else {}
    keys = list(parts)
    return tuple(_row(tree, (*container, key), wrong, keys) for key in keys)


def _row(tree: Tree, path: Path, wrong: Counter[str], keys: list[str]) -> Row:
    part = editing.part(tree, path)
    inside = editing.INSIDE.get(path[0]) if len(path) == 2 else None
    deeper = (*path, inside) if inside else ()
    is_table = isinstance(part, dict)
    return Row(
        path="/".join(path),
        title=title_in(part, path[-1]),
        words=_words(tree, part) if is_table else "",
        wrong=wrong["/".join(path)],
        first=path[-1] == keys[0],
        last=path[-1] == keys[-1],
        inside=_rows(tree, deeper, wrong) if inside and is_table else (),
        adds="/".join(deeper),
    )


def _words(tree: Tree, part: Tree) -> str:
    """How often, how long, who, or where it leads: whatever this part has."""
    told = [phrases.shown(str(part[key])) for key in ("dose", "lasts") if part.get(key)]
    if part.get("hat"):
        told.append(say(str(part["hat"])))
    for key in ("then", "to"):
        if part.get(key):
            told.append(f"→ {_title_of(tree, str(part[key]))}")
    return " · ".join(told)


def _title_of(tree: Tree, name: str) -> str:
    for each in ("phases", "decisions", "roles"):
        rows = tree.get(each)
        if isinstance(rows, dict) and name in rows:
            return title_in(rows[name], name)
    return say(name) if name in ("ended", "referral") else name.removeprefix("practice ")
