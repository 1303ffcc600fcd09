"""A YAML file as a reader sees it: lines, keys and values, with every problem kept and none thrown.

Scalars stay the text that was written (so `no` and `4` are what they look like).
"""

import difflib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

import yaml
from django.utils.translation import gettext as _

from alert4you.practices.rules.grammar import Unreadable
from alert4you.practices.rules.language import Words
from alert4you.practices.rules.vocabulary import code

T = TypeVar("T")
NAME = re.compile(r"[a-z][a-z0-9-]*")
# The same language, read ten times faster where libyaml is there.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, order=True)
class Problem:
    """Something that is wrong in a template: file, line (from 1) and the remedy in words."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return _("{file}, line {line}: {message}").format(
            file=self.file, line=self.line, message=self.message
        )


@dataclass
class Sheet:
    """One file being read; `problems` gathers what is wrong."""

    file: str
    problems: list[Problem] = field(default_factory=list)

    def wrong(self, node: yaml.Node, message: str) -> None:
        """Keep a problem at the line of this node."""
        self.problems.append(Problem(self.file, node.start_mark.line + 1, message))

    def table(
        self, node: yaml.Node | None, must: Iterable[str] = (), may: Iterable[str] | None = ()
    ) -> dict[str, yaml.Node]:
        """The keys of a mapping with their nodes. `may` None: any key that is a name."""
        if node is None:
            return {}
        if not isinstance(node, yaml.MappingNode):
            self.wrong(node, _("write `key: value` lines here"))
            return {}
        must = tuple(must)
        known = None if may is None else (*must, *may)
        found: dict[str, yaml.Node] = {}
        for key_node, value in node.value:
            if self._accepts(key_node, known, found):
                found[key_node.value] = value
        for key in must:
            if key not in found:
                self.wrong(node, _("“{key}” is missing here").format(key=key))
        return found

    def _accepts(
        self, key: yaml.Node, known: tuple[str, ...] | None, found: dict[str, yaml.Node]
    ) -> bool:
        word = self.text(key)
        if word in found:
            self.wrong(key, _("“{key}” stands here twice; keep one").format(key=word))
            return False
        if known is None:
            return bool(word) and bool(self.name(key))
        return bool(self.word(key, known)) if word else False

    def rows(self, node: yaml.Node | None) -> dict[str, yaml.Node]:
        """A mapping whose keys are names made up by the author."""
        return self.table(node, may=None)

    def items(self, node: yaml.Node | None) -> list[yaml.Node]:
        """The items of a list; a single value is a list of one."""
        if node is None:
            return []
        return list(node.value) if isinstance(node, yaml.SequenceNode) else [node]

    def text(self, node: yaml.Node | None) -> str:
        """A piece of text as it was written, spaces and line ends made one space."""
        if node is None:
            return ""
        if not isinstance(node, yaml.ScalarNode):
            self.wrong(node, _("write plain text here"))
            return ""
        plain = " ".join(node.value.split())
        if not plain:
            self.wrong(node, _("nothing is written here; write something or leave the line out"))
        return plain

    def name(self, node: yaml.Node | None) -> str:
        """A key that the author makes up: small letters, digits and hyphens."""
        word = self.text(node)
        if node is None or not word or NAME.fullmatch(word):
            return word
        self.wrong(
            node,
            _("“{word}” is not a name; use small letters, digits and hyphens").format(word=word),
        )
        return ""

    def word(self, node: yaml.Node | None, known: Iterable[str]) -> str:
        """One of the known words, as data (`group worker` is `group_worker`), or ""."""
        word = self.text(node)
        if node is None or not word:
            return ""
        known = tuple(known)
        if word in known:
            return code(word)
        self.wrong(node, unknown(word, known))
        return ""

    def words(self, node: yaml.Node | None) -> Words:
        """A text in both languages."""
        pair = self.table(node, must=("nl", "en"))
        return Words(self.text(pair.get("nl")), self.text(pair.get("en")))

    def phrase(self, node: yaml.Node | None, read: Callable[[str], T]) -> T | None:
        """What a function of the grammar makes of the text, or None after a problem."""
        text = self.text(node)
        if node is None or not text:
            return None
        try:
            return read(text)
        except Unreadable as problem:
            self.wrong(
                node,
                _("“{text}” cannot be read; {remedy}").format(text=text, remedy=problem),
            )
            return None


def unknown(word: str, known: Iterable[str]) -> str:
    """The sentence about an unknown word, with the likely one first."""
    known = tuple(known)
    meant = difflib.get_close_matches(word, known, n=1)
    if meant:
        return _("unknown word “{word}”; did you mean “{meant}”?").format(word=word, meant=meant[0])
    if not known:
        return _("unknown word “{word}”; there is nothing here to refer to").format(word=word)
    return _("unknown word “{word}”; write one of: {known}").format(
        word=word, known=", ".join(known)
    )
