"""Groups, who works there, and who stands in."""

import secrets
from datetime import date

from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac

from alert4you.kernel.command import command
from alert4you.organisations import rules
from alert4you.organisations.models import (
    Absence,
    Actor,
    Attempt,
    Group,
    Identity,
    Invitation,
    Issuer,
    Location,
    Membership,
    Organisation,
    OrganisationKind,
    Person,
    Registered,
    Session,
    SignInCode,
)


@command(rules.may_report_absence)
def report_absence(
    actor: Actor, membership: Membership, cover: Membership, starts: date, ends: date
) -> Absence:
    """Away during ``[starts, ends)``: questions and next steps go to the cover meanwhile."""
    return Absence.objects.create(membership=membership, cover=cover, starts=starts, ends=ends)


@command(rules.may_know)
def know_person(actor: Actor, name: str, email: str = "") -> Person:
    """The person with this e-mail address, or a new one who can be named (and invited) from now on."""
    known = Person.objects.filter(email=email.lower()).first() if email else None
    return known or Person.objects.create_user(email.lower() or None, name=name)


@command(rules.may_fill_register)
def register_operator(actor: Actor, name: str) -> Organisation:
    """An operator of childcare, as the public register has it."""
    return Organisation.objects.create(name=name, kind=OrganisationKind.CHILDCARE)


@command(rules.may_fill_register)
def register_location(actor: Actor, operator: Organisation, told: Registered) -> Location:
    """A location of an operator, new or as the public register has it now."""
    location, __ = Location.objects.update_or_create(
        organisation=operator, lrk_id=told.lrk_id, defaults=vars(told)
    )
    return location


@command(rules.may_open_group)
def open_group(actor: Actor, location: Location, name: str) -> Group:
    """A group of a location, with the usual ages and places until somebody says otherwise."""
    return Group.objects.create(location=location, name=name)


@command(rules.may_shape_group)
def shape_group(actor: Actor, group: Group, name: str, ages: tuple[int, int], places: int) -> Group:
    """What a group is called, for which ages ``[from, to)`` in months, and how many places it has."""
    group.name, group.places = name, places
    group.age_from_months, group.age_to_months = ages
    group.save(update_fields=["name", "age_from_months", "age_to_months", "places"])
    return group


@command(rules.may_take_on)
def take_on(
    actor: Actor,
    person: Person,
    role: str,
    location: Location | None,
    period: tuple[date, date | None],
    profession: str = "",
) -> Membership:
    """This person works for the actor's organisation during ``[from, to)``; comes in when invited."""
    return Membership.objects.create(
        person=person,
        organisation_id=actor.organisation_id,
        role=role,
        location=location,
        profession=profession,
        starts=period[0],
        ends=period[1],
    )


@command(rules.may_change_work)
def change_work(
    actor: Actor,
    membership: Membership,
    location: Location | None,
    ends: date | None,
    profession: str,
) -> Membership:
    """Where somebody works (None: everywhere), as what, and until (not including) when."""
    membership.location, membership.ends, membership.profession = location, ends, profession
    membership.save(update_fields=["location", "ends", "profession"])
    return membership


# The doors --------------------------------------------------------------------------------------


@command(rules.may_knock)
def knock(actor: Actor, door: str, whom: str) -> Attempt:
    """Somebody tries to come in: counted before anything is compared."""
    return Attempt.objects.create(key=rules.knock_key(door, whom), at=actor.at)


@command(rules.may_ask_code)
def make_code(actor: Actor, email: str) -> tuple[SignInCode, str]:
    """A code of eight digits, for ten minutes; for an unknown address as well, so that nothing shows."""
    Attempt.objects.create(key=rules.knock_key("mail", email), at=actor.at)
    digits = f"{secrets.randbelow(10**8):08}"
    code = SignInCode(
        person=Person.objects.filter(email=email.strip().lower(), is_active=True).first(),
        expires_at=actor.at + rules.CODE_LASTS,
    )
    code.digest = _digest(code, digits)
    code.save()
    return code, digits


@command(rules.may_use_code)
def use_code(actor: Actor, code: SignInCode, typed: str) -> Person | None:
    """Whom the code lets in: once, within its time, in five tries; None when it is wrong or over."""
    open_still = SignInCode.objects.filter(
        pk=code.pk, used_at=None, expires_at__gt=actor.at, tries__lt=rules.CODE_TRIES
    )
    # The try is counted before the comparison, so that guesses side by side count as well.
    if not open_still.update(tries=F("tries") + 1):
        return None
    if not constant_time_compare(code.digest, _digest(code, _digits(typed))):
        return None
    used = SignInCode.objects.filter(pk=code.pk, used_at=None).update(used_at=actor.at)
    return code.person if used else None


@command(rules.may_invite)
def invite(actor: Actor, membership: Membership) -> Invitation:
    """A colleague may come in once within a week; an earlier invitation ends."""
    return make_invitation(actor, membership.person)


def make_invitation(actor: Actor, person: Person) -> Invitation:
    """The invitation itself, for the commands that may invite."""
    earlier = Invitation.objects.filter(
        person=person, organisation=actor.organisation_id, used_at=None, revoked_at=None
    )
    earlier.update(revoked_at=actor.at)
    return Invitation.objects.create(
        person=person,
        organisation_id=actor.organisation_id,
        invited_by_id=actor.membership_id,
        made_at=actor.at,
        expires_at=actor.at + rules.INVITATION_LASTS,
    )


@command(rules.may_revoke)
def revoke_invitation(actor: Actor, invitation: Invitation) -> Invitation:
    """From now on the link and the code open nothing."""
    invitation.revoked_at = actor.at
    invitation.save(update_fields=["revoked_at"])
    return invitation


@command(rules.may_accept)
def accept_invitation(actor: Actor, invitation: Invitation, typed: str) -> Person | None:
    """Who comes in with this invitation; None for a wrong code, and after five of those never more."""
    open_still = Invitation.objects.filter(
        pk=invitation.pk, used_at=None, revoked_at=None, tries__lt=rules.CODE_TRIES
    )
    if not open_still.update(tries=F("tries") + 1):
        return None
    if not constant_time_compare(_digits(invitation.code), _digits(typed)):
        return None
    used = Invitation.objects.filter(pk=invitation.pk, used_at=None).update(used_at=actor.at)
    return invitation.person if used and invitation.person.is_active else None


@command(rules.may_link)
def link_identity(actor: Actor, issuer: Issuer, subject: str) -> Identity:
    """This account at the organisation's own sign-in service is this person, from now on."""
    identity, __ = Identity.objects.get_or_create(
        issuer=issuer, subject=subject, defaults={"person_id": actor.person_id}
    )
    return identity


@command(rules.may_leave)
def leave_everywhere(actor: Actor) -> None:
    """Ends every session of this person, on every device."""
    Session.objects.filter(person=actor.person_id).delete()


@command(rules.may_leave)
def leave_there(actor: Actor, session_name: str) -> None:
    """Ends one session of this person, on another device."""
    mine = Session.objects.filter(person=actor.person_id)
    mine.filter(pk__in=[each.pk for each in mine if each.name == session_name]).delete()


def _digits(typed: str) -> str:
    return "".join(each for each in typed if each.isdecimal())


def _digest(code: SignInCode, digits: str) -> str:
    """With the installation's key: who reads the database cannot try all codes."""
    told = f"{code.pk.hex}:{digits}"
    return salted_hmac("alert4you.sign-in.code", told, algorithm="sha256").hexdigest()
