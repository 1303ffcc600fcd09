"""Changing the tree of a draft: one part replaced, added, moved or taken out. Pure.

A path names a part: ``("phases", "one-to-one", "activities", "session")``; () is the whole.
Every change answers a new tree; LookupError when the part is not there (any more).
"""

import json
import re
import unicodedata
from collections.abc import Collection
from hashlib import sha256
from typing import Any

from alert4you.practices.rules.drafts import Path
from alert4you.practices.rules.writing import Tree

# The lists of parts inside the whole, a phase and a decision: they have screens of their own.
LISTS = ("roles", "consents", "choices", "figures", "phases", "decisions")
INSIDE = {"phases": "activities", "decisions": "options"}
FIRST: dict[str, Tree] = {
    "phases": {"activities": {}},
    "decisions": {"voices": ["parents"], "options": {}},
}


def part(tree: Tree, path: Path) -> Any:
    """The part at this path."""
    found: Any = tree
    for key in path:
        if not isinstance(found, dict):
            raise LookupError(key)
        found = found[key]
    return found


def own(tree: Tree, path: Path) -> Tree:
    """What the screen of a part shows: the part without the lists of parts inside it."""
    found = part(tree, path)
    inside = LISTS if not path else tuple(INSIDE.values())
    rows = found.items() if isinstance(found, dict) else ()
    return {key: value for key, value in rows if key not in inside}


def put(tree: Tree, path: Path, value: Tree) -> Tree:
    """The tree with what a screen shows replaced; the lists of parts inside stay as they were."""
    before, shown = part(tree, path), own(tree, path)
    rows = before if isinstance(before, dict) else {}
    kept = {key: each for key, each in rows.items() if key not in shown}
    order = [*rows, *value]
    both = {**value, **kept}
    return _with(tree, path, {key: both[key] for key in dict.fromkeys(order) if key in both})


def add(tree: Tree, container: Path, key: str, title: Tree) -> Tree:
    """A new part at the end of a list, with a title and nothing else."""
    inside = part(tree, container[:-1]).get(container[-1], {})
    new = {"title": title} | FIRST.get(container[-1], {})
    return _with(tree, container, {**inside, key: new})


def remove(tree: Tree, path: Path) -> Tree:
    """Without this part. What referred to it becomes a fault, to be repaired by a person."""
    part(tree, path)
    container = part(tree, path[:-1])
    left = {key: value for key, value in container.items() if key != path[-1]}
    if not left and path[:-1] in (("consents",), ("choices",), ("figures",)):
        return {key: value for key, value in tree.items() if key != path[0]}
    return _with(tree, path[:-1], left)


def move(tree: Tree, path: Path, by: int) -> Tree:
    """The part so many places later (or, below 0, earlier) in its list."""
    container = part(tree, path[:-1])
    order = list(container)
    place = order.index(path[-1])
    order.insert(max(0, place + by), order.pop(place))
    return _with(tree, path[:-1], {key: container[key] for key in order})


def _with(tree: Any, path: Path, value: Any) -> Any:
    if not path:
        return value
    inside = tree.get(path[0], {})
    return {**tree, path[0]: _with(inside, path[1:], value)}


def mark(value: Any) -> str:
    """The same for the same words: to see whether somebody else changed a part in between."""
    return sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:16]


def name_for(title: str, taken: Collection[str]) -> str:
    """A name that is not taken, made of a title: `Eén op één` is `een-op-een`."""
    letters = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:40].strip("-")
    base = words if words[:1].isalpha() else f"part-{words}".strip("-")
    tries = (base, *(f"{base}-{number}" for number in range(2, len(taken) + 3)))
    return next(each for each in tries if each not in taken)


def taken_names(tree: Tree, container: Path) -> set[str]:
    """Names that a new part in this list cannot have: phases and decisions share theirs."""
    lists = [part(tree, container[:-1]).get(container[-1], {})]
    if container[0] in INSIDE and len(container) == 1:
        lists += [tree.get(each, {}) for each in INSIDE]
    return {"ended", "referral", "child", "group"}.union(*lists)
