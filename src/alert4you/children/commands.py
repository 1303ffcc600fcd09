"""Registering a child with its place, its guardians, and what changes in them."""

from datetime import date

from alert4you.children import rules
from alert4you.children.models import (
    Child,
    DayPart,
    Guardian,
    GuardianKind,
    Hold,
    Placement,
    PlacementDay,
    PlusPlace,
    PlusTerms,
    Standing,
    Terms,
)
from alert4you.kernel.command import command
from alert4you.organisations.models import Actor, Group, Person

INSTEAD_OF_PARENTS = (GuardianKind.GUARDIAN, GuardianKind.INSTITUTION)


@command(rules.may_register)
def register_child(
    actor: Actor, name: tuple[str, str], born: date, group: Group, starts: date, terms: Terms
) -> Child:
    """A new child with its first place; ``name`` is (first name, last name)."""
    child = Child.objects.create(first_name=name[0], last_name=name[1], born=born)
    put_in_place(child, group, (starts, None), terms)
    return child


@command(rules.may_name_guardian)
def name_guardian(
    actor: Actor, child: Child, person: Person, standing: Standing, starts: date
) -> Guardian:
    """This person is a parent or guardian of the child, with or without authority.

    A guardian comes instead of the parents: on that day their authority ends.
    """
    if standing.has_authority and standing.kind in INSTEAD_OF_PARENTS:
        _end_authority(child, starts)
    return Guardian.objects.create(child=child, person=person, starts=starts, **vars(standing))


@command(rules.may_correct)
def correct_child(actor: Actor, child: Child, name: tuple[str, str], born: date) -> Child:
    """Another name or date of birth, as it should have been; ``name`` is (first name, last name)."""
    child.first_name, child.last_name, child.born = *name, born
    child.save(update_fields=["first_name", "last_name", "born"])
    return child


@command(rules.may_end_place, counts_in="placement.group")
def end_placement(actor: Actor, placement: Placement, ends: date) -> Placement:
    """The child's last day is the day before ``ends``."""
    placement.ends = ends
    placement.save(update_fields=["ends"])
    return placement


def _end_authority(child: Child, day: date) -> None:
    """Who had authority stays a parent, without it, from this day on."""
    had = list(Guardian.objects.on(day).filter(child=child, has_authority=True))
    for each in had:
        each.ends = day
        each.save(update_fields=["ends"])
    Guardian.objects.bulk_create(
        Guardian(
            child=child,
            person_id=each.person_id,
            kind=each.kind,
            organisation_id=each.organisation_id,
            has_authority=False,
            starts=day,
        )
        for each in had
        if each.kind not in INSTEAD_OF_PARENTS
    )


def put_in_place(
    child: Child, group: Group, period: tuple[date, date | None], terms: Terms
) -> Placement:
    """The place itself, ``[from, to)``, for the commands that may give one; no longer held for the child."""
    held = Hold.objects.unrestricted(reason="the child comes").filter(child=child, group=group)
    held.delete()
    placement = Placement.objects.create(
        child=child,
        group=group,
        starts=period[0],
        ends=period[1],
        basis=terms.basis,
        purpose=terms.purpose,
        review_on=terms.review_on,
        mentor=terms.mentor,
    )
    PlacementDay.objects.bulk_create(
        PlacementDay(placement=placement, weekday=weekday, part=DayPart(part))
        for weekday, part in sorted(set(terms.days))
    )
    if terms.plus is not None and rules.is_plus(group):
        write_plus(placement, terms.plus)
    return placement


def write_plus(placement: Placement, plus: PlusTerms) -> PlusPlace:
    """What is agreed about a place on a plus group, for the commands that may write it."""
    told = {**vars(plus), "tried": list(plus.tried)}
    known = PlusPlace.objects.unrestricted(reason="written by who may").filter(placement=placement)
    before = known.first()
    if before is None:
        came_from = rules.came_from(placement.child, placement.starts)
        return PlusPlace.objects.create(placement=placement, from_group=came_from, **told)
    for name, value in told.items():
        setattr(before, name, value)
    before.save()
    return before


def look_again(placement: Placement, day: date) -> Placement:
    """On which day people look again whether this place still fits."""
    placement.review_on = day
    placement.save(update_fields=["review_on"])
    return placement
