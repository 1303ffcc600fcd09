"""The stage: who and what is there before a story begins. Pure data; `building` makes rows of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Self

from alert4you.practices.rules.language import Duration
from alert4you.scenarios.names import Names


@dataclass(frozen=True)
class Organisation:
    name: str
    kind: str
    full_name: str = ""


@dataclass(frozen=True)
class Location:
    """``street``, ``postcode`` and so on are invented, like everything here."""

    name: str
    organisation: str
    setting: str
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Group:
    """``ages`` in months."""

    name: str
    location: str
    ages: tuple[int, int] = (0, 48)
    places: int = 16


@dataclass(frozen=True)
class Person:
    """Somebody with a hat. ``works_on``: group -> weekdays (Monday is 0); ``coaches``: locations."""

    name: str
    full_name: str
    organisation: str
    role: str
    profession: str = ""
    location: str = ""
    works_on: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    coaches: tuple[str, ...] = ()


@dataclass(frozen=True)
class Guardian:
    name: str
    full_name: str
    kind: str
    authority: bool
    organisation: str = ""
    proof: str = ""


@dataclass(frozen=True)
class Place:
    """``since``: how long before the story's last day it began (None: a year)."""

    group: str
    weekdays: tuple[int, ...]
    parts: tuple[str, ...] = ()
    basis: str = "contract"
    mentor: str = ""
    since: Duration | None = None


@dataclass(frozen=True)
class Child:
    """``age`` in months, on the day the story is told. ``team``: colleague -> why."""

    name: str
    full_name: str
    age: int
    guardians: tuple[Guardian, ...] = ()
    places: tuple[Place, ...] = ()
    team: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Stage:
    organisations: tuple[Organisation, ...] = ()
    locations: tuple[Location, ...] = ()
    groups: tuple[Group, ...] = ()
    people: tuple[Person, ...] = ()
    children: tuple[Child, ...] = ()

    def __add__(self, more: Self) -> "Stage":
        """Both together; what is on both (a shared stage file) is there once."""
        return Stage(
            *(
                (
                    *getattr(self, part),
                    *(each for each in getattr(more, part) if each not in getattr(self, part)),
                )
                for part in ("organisations", "locations", "groups", "people", "children")
            )
        )

    def __sub__(self, less: Self) -> "Stage":
        """What is on this stage and not on the other."""
        parts = ("organisations", "locations", "groups", "people", "children")
        return Stage(
            *(
                tuple(each for each in getattr(self, part) if each not in getattr(less, part))
                for part in parts
            )
        )

    def names(self, practices: Iterable[str], begins: int | None = None) -> Names:
        """What a story on this stage can talk about."""
        staff = tuple(each.name for each in self.people)
        guardians = tuple(
            dict.fromkeys(each.name for child in self.children for each in child.guardians)
        )
        return Names(
            {
                "colleague": staff,
                "person": (*staff, *guardians),
                "child": tuple(each.name for each in self.children),
                "organisation": tuple(each.name for each in self.organisations),
                "location": tuple(each.name for each in self.locations),
                "group": tuple(each.name for each in self.groups),
                "practice": tuple(practices),
            },
            begins,
        )
