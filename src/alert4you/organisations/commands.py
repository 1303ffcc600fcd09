"""Arranging who is there, and who stands in."""

from datetime import date

from alert4you.kernel.command import command
from alert4you.organisations import rules
from alert4you.organisations.models import Absence, Actor, Group, Membership, Person, Roster


@command(rules.may_report_absence)
def report_absence(
    actor: Actor, membership: Membership, cover: Membership, starts: date, ends: date
) -> Absence:
    """Away during ``[starts, ends)``: questions and next steps go to the cover meanwhile."""
    return Absence.objects.create(membership=membership, cover=cover, starts=starts, ends=ends)


@command(rules.may_roster)
def put_on_roster(
    actor: Actor, membership: Membership, group: Group, weekday: int, starts: date
) -> Roster:
    """From a day on, this colleague works on the group every such weekday (Monday is 0)."""
    return Roster.objects.create(membership=membership, group=group, weekday=weekday, starts=starts)


@command(rules.may_know)
def know_person(actor: Actor, name: str, email: str = "") -> Person:
    """The person with this e-mail address, or a new one who can be named (and invited) from now on."""
    known = Person.objects.filter(email=email.lower()).first() if email else None
    return known or Person.objects.create_user(email.lower() or None, name=name)
