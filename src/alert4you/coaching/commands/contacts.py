"""Planning visits and logging what happened."""

from dataclasses import dataclass
from datetime import date

from alert4you.access.models import Category, Kind
from alert4you.access.queries.line import file_of
from alert4you.children.models import Child
from alert4you.coaching.models import Advice, Contact, Visit
from alert4you.coaching.rules import contacts as rules
from alert4you.kernel.command import command
from alert4you.organisations.models import Actor, Location

CATEGORY = {
    Kind.OBSERVATION: Category.DEVELOPMENT,
    Kind.SESSION: Category.DEVELOPMENT,
    Kind.COACHING: Category.DEVELOPMENT,
    Kind.VISIT: Category.DAY,
    Kind.TALK: Category.TALK,
    Kind.MEETING: Category.TALK,
    Kind.PLACEMENT: Category.PLAN,
}


def category_of(kind: str) -> Category:
    """To which category something of this kind belongs."""
    return CATEGORY.get(Kind(kind), Category.DEVELOPMENT)


@dataclass(frozen=True)
class Details:
    """What else is told of a contact. ``minutes`` of working time; ``day`` when it was not today."""

    minutes: int | None = None
    helps_others: str = ""
    parents_present: bool = False
    next_on: date | None = None
    day: date | None = None
    visit: Visit | None = None
    title: str = ""


@command(rules.may_plan_visit)
def plan_visit(actor: Actor, location: Location, day: date, purpose: str = "") -> Visit:
    return Visit.objects.create(
        coach_id=actor.membership_id, location=location, day=day, purpose=purpose
    )


@command(rules.may_cancel)
def cancel_visit(actor: Actor, visit: Visit) -> Visit:
    visit.cancelled_at = actor.at
    visit.save(update_fields=["cancelled_at"])
    return visit


@command(rules.may_log)
def log_contact(
    actor: Actor,
    kind: str,
    text: str,
    child: Child | None = None,
    location: Location | None = None,
    details: Details = Details(),
) -> Contact:
    """Something happened: about a child (on its line), or on a location without a child."""
    return Contact.by(
        actor,
        day=details.day,
        child=child,
        location=None if child else location,
        organisation_id=file_of(actor, child) if child else _host(location),
        kind=kind,
        category=category_of(kind),
        title=details.title,
        text=text,
        minutes=details.minutes,
        helps_others=details.helps_others,
        parents_present=details.parents_present,
        next_on=details.next_on,
        visit=details.visit,
    )


@command(rules.may_advise)
def give_advice(
    actor: Actor,
    text: str,
    child: Child | None = None,
    location: Location | None = None,
    helps_others: str = "",
) -> Advice:
    """Advice on one's own initiative; about a child everyone on its group today must know it."""
    return Advice.by(
        actor,
        child=child,
        location=None if child else location,
        organisation_id=file_of(actor, child) if child else _host(location),
        category=Category.DEVELOPMENT,
        text=text,
        must_know=child is not None,
        helps_others=helps_others,
    )


@command(rules.may_complete)
def add_what_helps_others(actor: Actor, contact: Contact, helps_others: str) -> Contact:
    """Answer afterwards what of this contact helps the other children too."""
    contact.helps_others = helps_others
    contact.save(update_fields=["helps_others"])
    return contact


def _host(location: Location | None) -> object:
    return location.organisation_id if location else None
