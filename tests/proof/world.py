"""One world: rows not yet written, the moment at which people look, and who they are."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Model

from alert4you.access.models import (
    CareTeamMember,
    CoachPost,
    Consent,
    ConsentRequest,
    Entry,
    NegativeMark,
    Opening,
    Signature,
)
from alert4you.children.models import Child, Guardian, Placement, PlacementDay
from alert4you.organisations.models import (
    Absence,
    Actor,
    Group,
    Location,
    Membership,
    Organisation,
    Person,
    Role,
    Roster,
)
from alert4you.organisations.queries import actor_of, parent_actor

LOCAL = ZoneInfo("Europe/Amsterdam")
MOMENTS = tuple(
    moment.replace(tzinfo=LOCAL).astimezone(UTC)
    for moment in (
        datetime(2026, 11, 20, 10),  # an ordinary Friday
        datetime(2026, 10, 25),  # the day that has 25 hours
        datetime(2026, 10, 25, 23, 30),
        datetime(2027, 3, 27, 23, 59, 59, 999999),  # the night before the day that has 23
        datetime(2027, 3, 28, 3),
    )
)
ORDER: tuple[type[Model], ...] = (
    *(Organisation, Location, Group, Person, Membership, Roster, Absence, Child, Guardian),
    *(Placement, PlacementDay, CareTeamMember, CoachPost, NegativeMark, ConsentRequest, Consent),
    *(Signature, Opening, Entry),
)
STAFF = (
    # name, role, organisation
    ("fatima", Role.GROUP_WORKER, "nursery"),
    ("lotte", Role.GROUP_WORKER, "nursery"),
    ("tom", Role.PEDAGOGUE, "nursery"),
    ("carla", Role.CARE_COORDINATOR, "nursery"),
    ("marit", Role.MANAGER, "nursery"),
    ("sanne", Role.COACH, "youthcare"),
    ("koen", Role.COACH, "youthcare"),
    ("pieter", Role.PARTNER, "school"),
    ("ilse", Role.SUPPORT, "nursery"),
)
HOUSES = (("zon", "nursery", "daycare"), ("maan", "nursery", "daycare"))
ELSEWHERE = (("werf", "youthcare", "day_treatment"), ("klas", "school", "school"))
PARENTS = ("anna", "bram")


@dataclass
class World:
    """Rows by model, not yet written, and the moment at which people look."""

    at: datetime
    number: int = 0
    rows: dict[type[Model], list[Any]] = field(default_factory=dict)
    named: dict[str, Any] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Any:
        return self.named[name]

    @property
    def today(self) -> date:
        return self.at.astimezone(LOCAL).date()

    def day(self, shift: int) -> date:
        return self.today + timedelta(days=shift)

    def add(self, model: type[Model], known_as: str = "", /, **fields: Any) -> Any:
        count = sum(map(len, self.rows.values()))
        if model is not PlacementDay:
            fields["id"] = UUID(int=((self.number + 1) << 64) + count + 1)
        row = model(**fields)
        self.rows.setdefault(model, []).append(row)
        if known_as:
            self.named[known_as] = row
        return row

    def furnish(self) -> None:
        """Organisations, houses, groups, and everybody who works there or is a parent."""
        add = self.add
        for name in ("nursery", "youthcare", "school"):
            add(Organisation, name, name=name, kind="childcare")
        for name, organisation, setting in (*HOUSES, *ELSEWHERE):
            place = {"organisation": self[organisation], "setting": setting}
            add(Location, name, name=name, **place)
        for name in ("zon1", "zon2", "maan1", "werf1", "klas1"):
            add(Group, name, name=name, location=self[name[:-1]])
        long_ago = {"starts": self.day(-400)}
        for name, role, organisation in STAFF:
            person = add(Person, f"{name}'s self", name=name, email=self._address(name))
            told = {"person": person, "organisation": self[organisation], "role": role}
            add(Membership, name, **told, **long_ago)
        second = {"person": self["fatima's self"], "organisation": self["youthcare"]}
        add(Membership, "fatima too", role=Role.COACH, **second, **long_ago)
        for name in PARENTS:
            add(Person, name, name=name, email=self._address(name))

    def _address(self, name: str) -> str:
        return f"{name}.{self.number}@example.org"

    def name_of(self, actor: Actor) -> str:
        """Who looks, in words."""
        wanted = actor.person_id if actor.is_parent else actor.membership_id
        names = [name for name, row in self.named.items() if row.pk == wanted]
        return f"{names[0]} as {actor.role}, {self.at.astimezone(LOCAL)}"

    def described(self, too_much: Iterable[UUID], too_little: Iterable[UUID]) -> str:
        """Which rows the policy shows and should not, and the reverse."""
        rows = {row.pk: row for several in self.rows.values() for row in several}
        return f"shows too much: {[told(rows[pk]) for pk in too_much]}, too little: " + str(
            [told(rows[pk]) for pk in too_little]
        )


def told(row: Model) -> str:
    """A row with what is not empty."""
    names = (field.attname for field in row._meta.concrete_fields)
    full = {name: getattr(row, name) for name in names if getattr(row, name) not in (None, "")}
    return f"{type(row).__name__}({full})"


def write(*several: World) -> None:
    """All rows of these worlds, one statement per model."""
    for model in ORDER:
        rows = [row for world in several for row in world.rows.get(model, ())]
        model._base_manager.bulk_create(rows)


def hats(world: World) -> Iterator[Actor]:
    """Everybody who works in this world, in every hat, and everybody as a parent."""
    for membership in world.rows[Membership]:
        yield actor_of(membership, world.at)
    for person in world.rows[Person]:
        if person.name in PARENTS or any(
            guardian.person_id == person.pk for guardian in world.rows.get(Guardian, ())
        ):
            yield parent_actor(person, world.at)
