"""Who may change the organisation's own set-up."""

from datetime import date, timedelta

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.organisations.models import (
    APPLICATION,
    SYSTEM,
    Actor,
    Attempt,
    Group,
    Identity,
    Invitation,
    Issuer,
    Location,
    Membership,
    Person,
    Role,
    SignInCode,
)

RUNS_THE_PLACE = {Role.MANAGER, Role.CARE_COORDINATOR}
KEEPS_THE_BOOKS = {*RUNS_THE_PLACE, APPLICATION}  # groups, rosters, and who has a place
MOST_PLACES = 60
WORKS_ON_A_GROUP = {Role.GROUP_WORKER, Role.PEDAGOGUE}
STAFF_OF_THE_PLACE = WORKS_ON_A_GROUP | RUNS_THE_PLACE


def may_know(actor: Actor, name: str, email: str = "") -> Decision:
    """Whoever runs a place registers the people around its children. An existing account comes in with
    it at once: so an address with a slip in it is nobody else's, and tells nobody's name.
    """
    if not name.strip():
        return Decision(_("Write the name of this person."))
    if actor.role not in RUNS_THE_PLACE:
        return Decision(_("Only the manager or the care coordinator can add somebody."))
    known = Person.objects.filter(email=email.lower()).first() if email else None
    if known is None or known.name.casefold().split() == name.casefold().split():
        return ALLOWED
    return Decision(
        _("This e-mail address belongs to somebody with another name."),
        _("Check the address, and write the name as that person writes it."),
    )


def may_report_absence(actor: Actor, membership: Membership, cover: Membership) -> Decision:
    """A colleague of the same organisation stands in, who works here that day."""
    works = Membership.objects.on(actor.today).filter(pk=cover.pk)
    if cover.organisation_id != membership.organisation_id or not works.exists():
        return Decision(
            _("Only a colleague of the same organisation can stand in."),
            _("Choose somebody who works there now."),
        )
    return may_arrange(actor, membership)


def may_arrange(actor: Actor, membership: Membership) -> Decision:
    """Absence: the person, or who runs the place."""
    if membership.pk == actor.membership_id:
        return ALLOWED
    if membership.organisation_id == actor.organisation_id and actor.role in RUNS_THE_PLACE:
        return ALLOWED
    return Decision(
        _("Only the colleague or the manager can arrange this."),
        _("Ask your location manager."),
    )


def may_open_group(actor: Actor, location: Location, name: str) -> Decision:
    """Whoever runs the place says which groups it has."""
    if location.organisation_id != actor.organisation_id or actor.role not in KEEPS_THE_BOOKS:
        return Decision(
            _("Only whoever runs this location decides about its groups."),
            _("Ask your location manager."),
        )
    return ALLOWED if name.strip() else Decision(_("Write the name of this group."))


def may_shape_group(
    actor: Actor, group: Group, name: str, ages: tuple[int, int], places: int
) -> Decision:
    """A group has a name and places, for children from an age to a higher one."""
    if ages[0] >= ages[1]:
        return Decision(_("The highest age of a group lies above the lowest."))
    if not 1 <= places <= MOST_PLACES:
        return Decision(_("A group has 1 to %(n)s places.") % {"n": MOST_PLACES})
    return may_open_group(actor, group.location, name)


def may_fill_register(actor: Actor) -> Decision:
    """Operators and locations come out of the public register, by whoever runs the installation."""
    if actor.role == SYSTEM:
        return ALLOWED
    return Decision(_("Only the administrator of this installation loads the public register."))


def may_take_on(
    actor: Actor,
    person: Person,
    role: str,
    location: Location | None,
    period: tuple[date, date | None],
) -> Decision:
    """The manager or care coordinator, for work on a group; other roles come from the administrator."""
    if person.pk == actor.person_id:
        return Decision(_("Nobody takes herself on."), _("Ask a colleague to do it."))
    if role not in WORKS_ON_A_GROUP or actor.role not in RUNS_THE_PLACE:
        return Decision(
            _("Only group workers and pedagogues can be added here."),
            _("The administrator of this installation gives any other role."),
        )
    if location is not None and location.organisation_id != actor.organisation_id:
        return Decision(_("This location belongs to another organisation."))
    starts, ends = period
    return ALLOWED if ends is None or ends > starts else Decision(_("It ends before it begins."))


def may_change_work(
    actor: Actor, membership: Membership, location: Location | None, ends: date | None
) -> Decision:
    """As ``may_take_on``, for somebody who works for the own organisation already."""
    if membership.organisation_id != actor.organisation_id:
        return Decision(_("This colleague works for another organisation."))
    period = membership.starts, ends
    return may_take_on(actor, membership.person, membership.role, location, period)


# The doors --------------------------------------------------------------------------------------

SPELL = timedelta(minutes=15)
KNOCKS = {
    "password": 10,
    "mail": 5,
    "code": 25,
    "factor": 10,
    "invitation": 20,
    "tablet": 10,
    "application": 30,
}
CODE_LASTS = timedelta(minutes=10)
CODE_TRIES = 5
INVITATION_LASTS = timedelta(days=7)
OLD_CODE = Decision(
    _("This code does not work any more."), _("Ask for a new one: it comes by mail at once.")
)
OLD_INVITATION = Decision(
    _("This invitation has been used, was taken back, or is too old."),
    _("Were you in before? Go back and sign in. If not, ask whoever invited you for a new one."),
)


def knock_key(door: str, whom: str) -> str:
    """What knocks are counted by: tells neither the address nor the person."""
    told = f"{door}:{whom.strip().lower()}"
    return salted_hmac("alert4you.knock", told, algorithm="sha256").hexdigest()


def may_knock(actor: Actor, door: str, whom: str) -> Decision:
    """So many times in a quarter of an hour for one person, known here or not."""
    if _knocks(actor, door, whom) < KNOCKS[door]:
        return ALLOWED
    return Decision(
        _("This was tried too often."), _("Wait a quarter of an hour, and then try again.")
    )


def was_last_try(actor: Actor, door: str, whom: str) -> bool:
    """Whether the knock that was counted just now is the last for a while."""
    return _knocks(actor, door, whom) == KNOCKS[door]


def _knocks(actor: Actor, door: str, whom: str) -> int:
    since = actor.at - SPELL
    return Attempt.objects.filter(key=knock_key(door, whom), at__gt=since).count()


def may_ask_code(actor: Actor, email: str) -> Decision:
    return may_knock(actor, "mail", email)


def may_use_code(actor: Actor, code: SignInCode) -> Decision:
    """Once, within ten minutes, and not after five tries."""
    running = _runs(code.expires_at - actor.at, CODE_LASTS)
    return ALLOWED if running and not code.used_at and code.tries < CODE_TRIES else OLD_CODE


def _runs(left: timedelta, lasts: timedelta) -> bool:
    """Neither too old nor, because a clock was set back, newer than it can be."""
    return timedelta(0) < left <= lasts


def may_accept(actor: Actor, invitation: Invitation) -> Decision:
    """Once, within the week, not taken back, and not after too many wrong codes."""
    running = _runs(invitation.expires_at - actor.at, INVITATION_LASTS)
    closed = invitation.used_at or invitation.revoked_at or invitation.tries >= CODE_TRIES
    return ALLOWED if running and not closed else OLD_INVITATION


def may_invite(actor: Actor, membership: Membership) -> Decision:
    """Whoever runs the place invites anyone who works for the same organisation now or soon."""
    if actor.role not in RUNS_THE_PLACE or membership.organisation_id != actor.organisation_id:
        return Decision(
            _("Only the manager or the care coordinator invites a colleague."),
            _("Ask your location manager."),
        )
    if membership.ends is not None and membership.ends <= actor.today:
        return Decision(_("This colleague does not work here any more."))
    return can_be_invited(actor, membership.person)


def can_be_invited(actor: Actor, person: Person) -> Decision:
    """With an e-mail address, and by somebody else: one's own proof proves nothing."""
    if person.pk == actor.person_id:
        return Decision(_("You cannot invite yourself."), _("Ask a colleague to do it."))
    if not person.email:
        return Decision(
            _("There is no e-mail address of this person."),
            _("Write it down first; or go on together on paper and in talks."),
        )
    return ALLOWED


def may_revoke(actor: Actor, invitation: Invitation) -> Decision:
    """Who invited, or who runs the place."""
    own = invitation.organisation_id == actor.organisation_id
    if own and (actor.role in RUNS_THE_PLACE or invitation.invited_by_id == actor.membership_id):
        return ALLOWED
    return Decision(_("Only whoever invited, or the manager, takes an invitation back."))


def may_link(actor: Actor, issuer: Issuer, subject: str) -> Decision:
    """An issuer vouches only for whoever works for its own organisation; a subject is one person."""
    works = Membership.objects.on(actor.today).filter(
        person=actor.person_id, organisation=issuer.organisation_id
    )
    if not issuer.is_open or not works.exists():
        return Decision(_("This sign-in belongs to an organisation that you do not work for."))
    taken = Identity.objects.filter(issuer=issuer, subject=subject)
    if taken.exclude(person=actor.person_id).exists():
        return Decision(_("This work account already belongs to somebody else here."))
    return ALLOWED


def may_leave(actor: Actor) -> Decision:
    """Everybody may end her own sessions."""
    return ALLOWED
