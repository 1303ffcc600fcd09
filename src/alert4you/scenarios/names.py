"""The names a story may use: those of its stage and its own."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from alert4you.practices.rules.sheet import unknown

SORTS = ("person", "colleague", "child", "organisation", "location", "group", "practice")


@dataclass(frozen=True)
class Names:
    """By sort; ``begins`` is the weekday on which the story begins (Monday is 0), when it says so."""

    known: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    begins: int | None = None

    def has(self, sort: str, name: str) -> bool:
        return name in self.known.get(sort, ())

    def unknown(self, sort: str, name: str) -> str:
        """The sentence about a name that is not there, with the likely one; "" when it is there."""
        if self.has(sort, name):
            return ""
        other = next((each for each in SORTS if self.has(each, name)), "")
        if other:
            return f"“{name}” is a {other} here; a {sort} is needed"
        return f"no {sort} is called “{name}”: {unknown(name, self.known.get(sort, ()))}"
