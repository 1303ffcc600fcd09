"""The world of one playing: everybody and everything by the name the story uses, and what time it is."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from alert4you.access.models import Entry
from alert4you.children.models import Child
from alert4you.kernel.clock import day_of
from alert4you.organisations.models import (
    Actor,
    Group,
    Location,
    Membership,
    Organisation,
    Person,
)
from alert4you.organisations.queries import actor_of, parent_actor, system_actor
from alert4you.practices.models import PracticeTemplate
from alert4you.scenarios.almanac import Almanac, When
from alert4you.scenarios.practices import published

PROOF = "proof that what is not shown does exist"


class NotSo(Exception):
    """A check does not hold; the message says what was found instead."""


@dataclass
class World:
    """Names are unique per sort; a name of a person is one hat (staff) or a guardian."""

    almanac: Almanac
    now: datetime
    hats: dict[str, Membership] = field(default_factory=dict)
    guardians: dict[str, Person] = field(default_factory=dict)
    children: dict[str, Child] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    locations: dict[str, Location] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)

    def copy(self) -> "World":
        """The same people and places under their names, for one more story among them."""
        return replace(
            self,
            hats={**self.hats},
            guardians={**self.guardians},
            children={**self.children},
            organisations={**self.organisations},
            locations={**self.locations},
            groups={**self.groups},
        )

    @property
    def today(self) -> date:
        return day_of(self.now)

    @property
    def nobody(self) -> Actor:
        """The installation itself, for what is the same for all who may see it."""
        return system_actor(self.now)

    def actor(self, name: str) -> Actor:
        if name in self.hats:
            return actor_of(self.hats[name], self.now)
        return parent_actor(self.guardians[name], self.now)

    def hat(self, name: str) -> Membership:
        return self.hats[name]

    def person(self, name: str) -> Person:
        return self.hats[name].person if name in self.hats else self.guardians[name]

    def child(self, name: str) -> Child:
        return self.children[name]

    def organisation(self, name: str) -> Organisation:
        return self.organisations[name]

    def location(self, name: str) -> Location:
        return self.locations[name]

    def group(self, name: str) -> Group:
        return self.groups[name]

    def practice(self, slug: str) -> PracticeTemplate:
        return published(slug, self.now)

    def day(self, wanted: When) -> date:
        return self.almanac.day_of(wanted, self.today)

    def moment(self, wanted: When) -> datetime:
        return self.almanac.moment(wanted, self.now)

    def name_of(self, thing: object) -> str:
        """What the story calls a hat, person or place; its own words when the story has no name."""
        for names in (self.hats, self.guardians, self.organisations, self.locations, self.groups):
            for name, each in names.items():
                if each == thing:
                    return name
        people = (name for name, each in self.hats.items() if each.person == thing)
        return next(people, str(thing))

    def child_name(self, child: Child | None) -> str:
        return next((name for name, each in self.children.items() if each == child), str(child))

    def written(self, quote: str, **about: object) -> list[Entry]:
        """All entries in which these words stand, whoever may see them; oldest first."""
        rows = Entry.objects.unrestricted(reason=PROOF).filter(**about).order_by("written_at")
        return [each for each in rows if says(each, quote)]


def says(entry: Entry, quote: str) -> bool:
    """Whether these words stand in what a reader of the entry sees."""
    return plain(quote) in plain(f"{entry.title} {entry.text}")


def plain(text: object) -> str:
    """Without the differences a reader does not hear."""
    return " ".join(str(text).casefold().split())
