"""The fixed cast of the tests: who belongs where, on one Friday morning."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from alert4you.access.commands.team import name_on_team, post_coach
from alert4you.children.models import Child, DayPart, Guardian, LegalBasis, Placement, PlacementDay
from alert4you.organisations.models import (
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
from alert4you.web.rules.sessions import Door, Level

NOW = timezone.make_aware(datetime(2026, 11, 20, 10))
TODAY = NOW.date()
LONG_AGO = date(2026, 1, 1)
WEEK = range(5)
_clock = {"now": NOW}

ORGANISATIONS = {
    "nursery": "childcare",
    "youthcare": "youth_care_provider",
    "school": "school",
    "town": "municipality",
    "elsewhere": "childcare",
}
STAFF = {
    # name: (role, organisation, profession)
    "fatima": (Role.GROUP_WORKER, "nursery", "pedagogisch medewerker"),
    "lotte": (Role.GROUP_WORKER, "nursery", "pedagogisch medewerker"),
    "carla": (Role.CARE_COORDINATOR, "nursery", "zorgcoördinator"),
    "marit": (Role.MANAGER, "nursery", "locatiemanager"),
    "sanne": (Role.COACH, "youthcare", "jeugdhulpcoach"),
    "koen": (Role.COACH, "youthcare", "jeugdhulpcoach"),
    "pieter": (Role.PARTNER, "school", "leerkracht"),
    "gemma": (Role.MUNICIPALITY, "town", "beleidsmedewerker"),
    "stranger": (Role.GROUP_WORKER, "elsewhere", "pedagogisch medewerker"),
    "olga": (Role.PRIVACY_OFFICER, "nursery", "functionaris gegevensbescherming"),
}
GUARDIANS = {"anna": True, "bram": True, "oscar": False}
HATS = [*STAFF, *GUARDIANS, "nobody"]


def clock() -> datetime:
    """The clock of the tests: stands still until ``Cast.go_to``."""
    return _clock["now"]


@dataclass
class Cast:
    """Everybody by name. Staff are memberships (hats), parents are persons.

    Mila (3) is on the group of Fatima and Lotte every weekday; Anna and Bram have authority, Oscar
    has not. Nobody but Carla is on her care team; Sanne coaches the location, Koen is her colleague.
    """

    people: dict[str, Any] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__["people"][name]
        except KeyError as missing:
            raise AttributeError(name) from missing

    def actor(self, name: str, **later: int) -> Actor:
        """The hat of somebody, now or (``hours=2``) later."""
        at = clock() + timedelta(**later)
        who = self.people[name]
        return parent_actor(who, at) if isinstance(who, Person) else actor_of(who, at)

    def client(self, name: str, language: str = "nl", level: int = Level.CARE) -> Client:
        """A browser in which this person is signed in, with two proofs ("nobody" is not)."""
        client = Client()
        client.cookies["django_language"] = language
        if name != "nobody":
            who = self.people[name]
            client.force_login(who if isinstance(who, Person) else who.person)
            session = client.session
            Door().opened(clock(), Level(level)).keep(session)
            session.save()
        return client

    def add(self, name: str, role: str, organisation: str) -> Membership:
        """Somebody more, for one test."""
        person = _person(name)
        person.save()
        membership = Membership.objects.create(
            person=person,
            organisation=self.people[organisation],
            role=role,
            starts=LONG_AGO,
        )
        self.people[name] = membership
        return membership

    def go_to(self, moment: datetime) -> None:
        _clock["now"] = moment


def make_cast(domain: str = "example.org") -> Cast:
    """Write the cast into the database; another domain makes other people in other organisations."""
    _clock["now"] = NOW
    cast = Cast()
    houses = [
        Organisation(name=f"{name} organisation", kind=ORGANISATIONS[name])
        for name in ORGANISATIONS
    ]
    cast.people |= zip(ORGANISATIONS, Organisation.objects.bulk_create(houses), strict=True)
    cast.people["location"] = Location.objects.create(
        organisation=cast.nursery, name="De Zonnebloem", setting="daycare", city="Hilversum"
    )
    cast.people["group"] = Group.objects.create(location=cast.location, name="Vlinders")
    people = Person.objects.bulk_create(_person(name, domain=domain) for name in STAFF)
    staff = Membership.objects.bulk_create(
        Membership(
            person=person,
            organisation=cast.people[organisation],
            role=role,
            profession=profession,
            starts=LONG_AGO,
        )
        for person, (role, organisation, profession) in zip(people, STAFF.values(), strict=True)
    )
    cast.people |= zip(STAFF, staff, strict=True)
    Roster.objects.bulk_create(
        Roster(membership=worker, group=cast.group, weekday=day, starts=LONG_AGO)
        for worker in (cast.fatima, cast.lotte)
        for day in WEEK
    )
    cast.people["mila"] = make_child(cast, "Mila", "Jansen", date(2023, 5, 1))
    make_guardians(cast, domain)
    post_coach(cast.actor("marit"), cast.sanne, cast.location)
    name_on_team(cast.actor("carla"), cast.mila, cast.carla, "zorgcoördinator")
    return cast


def make_child(cast: Cast, first_name: str, last_name: str, born: date) -> Child:
    """A child with a place on the group of the cast, every weekday morning and afternoon."""
    child = Child.objects.create(first_name=first_name, last_name=last_name, born=born)
    placement = Placement.objects.create(
        child=child, group=cast.group, basis=LegalBasis.CONTRACT, starts=LONG_AGO
    )
    PlacementDay.objects.bulk_create(
        PlacementDay(placement=placement, weekday=day, part=part)
        for day in WEEK
        for part in (DayPart.MORNING, DayPart.AFTERNOON)
    )
    return child


def make_guardians(cast: Cast, domain: str = "example.org") -> None:
    """Anna and Bram have authority over the child of this cast, Oscar has not."""
    people = Person.objects.bulk_create(
        _person(name, f"{name.title()} {cast.mila.last_name}", domain) for name in GUARDIANS
    )
    cast.people |= zip(GUARDIANS, people, strict=True)
    Guardian.objects.bulk_create(
        Guardian(
            child=cast.mila,
            person=cast.people[name],
            kind="parent",
            has_authority=authority,
            starts=cast.mila.born,
        )
        for name, authority in GUARDIANS.items()
    )


def _person(name: str, full_name: str = "", domain: str = "example.org") -> Person:
    return Person(name=full_name or name.title(), email=f"{name}@{domain}")
