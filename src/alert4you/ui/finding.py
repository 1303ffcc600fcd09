"""A field for one of many: few stand in a list, of many who is likely; anybody else is found by name.

What is typed to find somebody is no answer yet: the page comes back with who was found, and with all that
was filled in. With JavaScript only the field itself comes back, while one types.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

LOOK_UP = "look_up"  # the button beside the words
WORDS, SHOWN = "_find", "_found"  # what is typed; what the matches on the page are of
LEAST, LONGEST = 2, 200  # letters
MOST_WORDS = 5
MATCHES = 20
WHOLE = 50  # a list of at most so many is shown as it is

Likely = Callable[[], Collection[UUID]]


@dataclass(frozen=True)
class Option:
    """One who can be chosen: `key` is sent, `what` what it stands for."""

    key: str
    name: str
    more: str
    group: str
    what: Any

    @property
    def label(self) -> str:
        return f"{self.name}, {self.more}" if self.more else self.name


class Source(ABC):
    """Who can be chosen: rows of one query, and with them every answer. All of them when they are few."""

    def __init__(self, offered: QuerySet[Any], likely: Likely) -> None:
        """``likely`` tells the ids of whom one expects, also of some who cannot be chosen."""
        self.offered: Any = offered
        self.likely = likely
        self.sent: set[UUID] = set()

    @abstractmethod
    def option(self, row: Any) -> Option: ...

    @abstractmethod
    def named(self, words: Sequence[str]) -> QuerySet[Any]: ...

    @cached_property
    def is_whole(self) -> bool:
        """Whether the list is everybody, so that there is nobody to find."""
        return self.offered.order_by()[: WHOLE + 1].count() <= WHOLE

    @cached_property
    def rows(self) -> list[Any]:
        listed = self.offered if self.is_whole else self.offered.filter(pk__in=self.likely())
        return list(listed[:WHOLE])

    @cached_property
    def chosen(self) -> dict[UUID | None, Any]:
        """Whom a form that was sent names in any of its fields, asked at once."""
        return {each.pk: each for each in self.offered.filter(pk__in=self.sent)}

    @property
    def is_empty(self) -> bool:
        return self.is_whole and not self.rows

    def listed(self) -> list[Option]:
        return [self.option(each) for each in self.rows]

    def found(self, words: Sequence[str]) -> list[Option]:
        """At most one more than ``MATCHES``; of all the words, and never without any."""
        return [self.option(each) for each in self.named(words)[: MATCHES + 1]]

    def one(self, key: str) -> Option | None:
        """Whom this key stands for, listed or not, as long as it can be chosen."""
        pk = as_id(key)
        row = self.chosen.get(pk) if pk in self.sent else self.offered.filter(pk=pk).first()
        return self.option(row) if row else None

    def shown(self, words: str, key: str = "") -> "Shown":
        """What stands on the page after these words, with this one chosen."""
        sought = [each for each in words.split() if len(each) >= LEAST][:MOST_WORDS]
        found = self.found(sought) if sought else []
        options = self.listed()
        chosen = next((each for each in [*options, *found] if each.key == key), None)
        if key and chosen is None:
            chosen = self.one(key)
        finds = bool(words) or not self.is_whole
        return Shown(words, options, found[:MATCHES], chosen, len(found) > MATCHES, finds)


def as_id(key: str) -> UUID | None:
    try:
        return UUID(key)
    except (ValueError, AttributeError):
        return None


def typed(data: Mapping[str, Any], name: str) -> str:
    """The words to find somebody with."""
    return data.get(name, "").replace("\0", "").strip()[:LONGEST]


class Finder(forms.Select):
    """The list, or who was found; and the box to find somebody with."""

    source: Source
    empty: Any = ""
    words = ""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        self.words = typed(data, name + WORDS)
        self.source.sent.update(filter(None, map(as_id, data.values())))
        return super().value_from_datadict(data, files, name)

    def looks_up(self, data: Mapping[str, Any], name: str) -> bool:
        """Words whose matches nobody saw yet, whatever was pressed."""
        words = typed(data, name + WORDS)
        return bool(words) and words != data.get(name + SHOWN, "")

    def shown(self, value: Any) -> "Shown":
        return self.source.shown(self.words, str(value) if value else "")


@dataclass(frozen=True)
class Shown:
    """What stands on the page: a list to choose from or, after ``words``, who was found."""

    words: str
    listed: Sequence[Option]
    matches: Sequence[Option]
    chosen: Option | None
    more: bool
    finds: bool
    most = MATCHES

    @property
    def key(self) -> str:
        return self.chosen.key if self.chosen else ""

    @property
    def options(self) -> list[Option]:
        """The list, with whom was chosen from elsewhere."""
        elsewhere = self.chosen is not None and self.chosen not in self.listed
        return [self.chosen, *self.listed] if elsewhere and self.chosen else [*self.listed]

    @property
    def groups(self) -> dict[str, list[Option]]:
        found: dict[str, list[Option]] = {}
        for each in self.options:
            found.setdefault(each.group, []).append(each)
        return found if len(found) > 1 else {"": self.options}

    @property
    def short(self) -> bool:
        return 0 < len(self.words) < LEAST


class FindField(forms.ChoiceField):
    """Cleaned it is what was chosen (``Option.what``), looked up by its key and by the rule of its source."""

    widget = Finder

    def __init__(self, *, source: Source | None = None, empty: Any = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if source:
            self.offer(source, empty)

    def offer(self, source: Source, empty: Any = "") -> None:
        """``empty``: what the list says as long as nobody is chosen."""
        self.source = self.widget.source = source
        default = _("Choose somebody") if self.required else _("Nobody yet")
        self.widget.empty = empty or default

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        option = self.source.one(str(value))
        if option is None:
            raise forms.ValidationError(self.error_messages["invalid_choice"], "invalid_choice")
        return option.what

    def valid_value(self, _value: Any) -> bool:
        return True  # to_python found it
