"""Setting the stage: the only rows a story does not make by commands, because they were there before."""

from datetime import date, time, timedelta

from dateutil.relativedelta import relativedelta
from django.utils.text import slugify

from alert4you.access.models import CareTeamMember, CoachPost
from alert4you.children.models import Child, Guardian, Placement, PlacementDay
from alert4you.organisations.models import (
    Group,
    Location,
    Membership,
    Organisation,
    Person,
    Roster,
)
from alert4you.scenarios import stage as told
from alert4you.scenarios.almanac import Almanac, moment
from alert4you.scenarios.stage import Stage
from alert4you.scenarios.world import World

MAIL = "example.org"
YEARS_BEFORE = 2
PLACED_BEFORE = relativedelta(years=1)
AFTER_BIRTHDAY = timedelta(days=11)
_MORNING = time(7)


def build(stage: Stage, almanac: Almanac, on: World | None = None) -> World:
    """Write the stage into the database, beside what stands there; answers everything by name."""
    opened = min(almanac.first, almanac.anchor) - relativedelta(years=YEARS_BEFORE)
    world = on.copy() if on else World(almanac, moment(almanac.first, _MORNING))
    _places(stage, world)
    _people(stage, world, opened)
    for child in stage.children:
        world.children[child.name] = _child(child, world)
    return world


def address_of(name: str) -> str:
    """The e-mail address of somebody in a story; of who came first with that name."""
    return f"{slugify(name)}@{MAIL}"


def _free_address(name: str, full_name: str) -> str:
    taken = Person.objects.filter(email=address_of(name)).exists()
    return address_of(full_name if taken else name)


def _places(stage: Stage, world: World) -> None:
    for each in stage.organisations:
        world.organisations[each.name] = Organisation.objects.create(
            name=each.full_name or each.name, kind=each.kind
        )
    for place in stage.locations:
        details = {**place.details}
        world.locations[place.name] = Location.objects.create(
            organisation=world.organisations[place.organisation],
            name=place.name,
            setting=place.setting,
            lrk_id=details.pop("lrk", ""),
            **details,
        )
    for group in stage.groups:
        world.groups[group.name] = Group.objects.create(
            location=world.locations[group.location],
            name=group.name,
            age_from_months=group.ages[0],
            age_to_months=group.ages[1],
            places=group.places,
        )


def _people(stage: Stage, world: World, opened: date) -> None:
    for each in stage.people:
        world.hats[each.name] = Membership.objects.create(
            person=_person(each.name, each.full_name),
            organisation=world.organisations[each.organisation],
            role=each.role,
            profession=each.profession,
            location=world.locations.get(each.location),
            starts=opened,
        )
    Roster.objects.bulk_create(
        Roster(
            membership=world.hats[each.name],
            group=world.groups[group],
            weekday=weekday,
            starts=opened,
        )
        for each in stage.people
        for group, weekdays in each.works_on.items()
        for weekday in weekdays
    )
    CoachPost.objects.bulk_create(
        CoachPost(membership=world.hats[each.name], location=world.locations[place], starts=opened)
        for each in stage.people
        for place in each.coaches
    )


def _person(name: str, full_name: str, signs_in: bool = True) -> Person:
    person = Person(name=full_name, email=_free_address(name, full_name) if signs_in else None)
    person.set_unusable_password()
    person.save()
    return person


def _child(child: told.Child, world: World) -> Child:
    first, __, last = child.full_name.partition(" ")
    anchor = world.almanac.anchor
    born = anchor - relativedelta(months=child.age) - AFTER_BIRTHDAY
    row = Child.objects.create(first_name=first, last_name=last, born=born)
    for guardian in child.guardians:
        _guardian(guardian, row, world)
    for place in child.places:
        _place(place, row, world)
    CareTeamMember.objects.bulk_create(
        CareTeamMember(child=row, membership=world.hats[name], why=why, starts=_began(world))
        for name, why in child.team.items()
    )
    return row


def _guardian(guardian: told.Guardian, child: Child, world: World) -> None:
    if guardian.name not in world.guardians:
        known = world.hats.get(guardian.name)
        world.guardians[guardian.name] = (
            known.person
            if known
            else _person(guardian.name, guardian.full_name, guardian.authority)
        )
    Guardian.objects.create(
        child=child,
        person=world.guardians[guardian.name],
        kind=guardian.kind,
        organisation=world.organisations.get(guardian.organisation),
        has_authority=guardian.authority,
        proof=guardian.proof,
        starts=min(child.born, _began(world)),
    )


def _place(place: told.Place, child: Child, world: World) -> None:
    starts = _began(world)
    if place.since is not None:
        starts = place.since.after(world.almanac.anchor, -1)
    row = Placement.objects.create(
        child=child,
        group=world.groups[place.group],
        basis=place.basis,
        mentor=world.hats.get(place.mentor),
        starts=max(starts, child.born),
    )
    PlacementDay.objects.bulk_create(
        PlacementDay(placement=row, weekday=weekday, part=part)
        for weekday in place.weekdays
        for part in place.parts
    )


def _began(world: World) -> date:
    """A year before whichever comes first: the story, or the day it is told on."""
    return min(world.almanac.first, world.almanac.anchor) - PLACED_BEFORE
