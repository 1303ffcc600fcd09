"""Hats, colleagues, groups and who stands in for whom."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.contrib.auth import HASH_SESSION_KEY
from django.core.signing import BadSignature, Signer
from django.db.models import OuterRef, Q, QuerySet, Subquery

from alert4you.kernel.clock import day_of
from alert4you.kernel.spelling import spelled
from alert4you.organisations.models import (
    APPLICATION,
    NOBODY,
    SYSTEM,
    Absence,
    Actor,
    Group,
    Identity,
    Invitation,
    Issuer,
    Location,
    Membership,
    Organisation,
    OrganisationKind,
    Person,
    Role,
    Session,
    SignInCode,
    running,
)
from alert4you.organisations.rules import RUNS_THE_PLACE

FEW_LETTERS = 2
LINK = "alert4you.invitation.link"


def hats(person: Person, at: datetime) -> QuerySet[Membership]:
    """The staff hats this person can wear at this moment, oldest first."""
    mine = Membership.objects.on(day_of(at)).filter(person=person)
    return mine.select_related("organisation", "location").order_by("starts", "pk")


def actor_of(membership: Membership, at: datetime) -> Actor:
    return Actor(
        membership.person_id, membership.organisation_id, membership.role, at, membership.pk
    )


def parent_actor(person: Person, at: datetime) -> Actor:
    """The hat of a parent or guardian: no organisation, only the own children."""
    return Actor(person.pk, NOBODY, Role.PARENT, at)


def system_actor(at: datetime) -> Actor:
    """The installation itself (jobs, set-up); sees nothing about a child."""
    return Actor(NOBODY, NOBODY, SYSTEM, at)


def membership_of(actor: Actor) -> Membership:
    return Membership.objects.select_related("person", "organisation", "location").get(
        pk=actor.membership_id
    )


def colleagues(actor: Actor, *roles: str) -> QuerySet[Membership]:
    """Running memberships of the actor's own organisation, by name."""
    own = Membership.objects.on(actor.today).filter(organisation_id=actor.organisation_id)
    own = own.exclude(role=APPLICATION)
    if roles:
        own = own.filter(role__in=roles)
    return own.select_related("person", "organisation").order_by("person__name", "pk")


def at_work(at: datetime) -> QuerySet[Membership]:
    """The hats of that moment, of people who may sign in."""
    return Membership.objects.on(day_of(at)).filter(person__is_active=True)


def mail_to(organisation_id: UUID, at: datetime, *roles: str, but: UUID | None = None) -> list[str]:
    """The addresses of who wears such a hat there (``but`` this person); when nobody does, of who runs it."""
    here = at_work(at).filter(organisation=organisation_id, person__email__isnull=False)
    here = here.exclude(person=but)
    found = here.filter(role__in=roles).values_list("person__email", flat=True)
    runs = here.filter(role__in=RUNS_THE_PLACE).values_list("person__email", flat=True)
    return [*filter(None, found)] or [*filter(None, runs)]


def professionals(actor: Actor, *roles: str) -> QuerySet[Membership]:
    """Running memberships of all organisations, by name: too many for a list."""
    everybody = Membership.objects.on(actor.today).filter(role__in=roles or Role.values)
    return everybody.select_related("person", "organisation").order_by(
        "organisation__name", "person__name", "pk"
    )


def named(among: QuerySet[Membership], words: Sequence[str]) -> QuerySet[Membership]:
    """Those with every word in their name or in that of their organisation.

    The longest word finds them, by what is indexed; the others are asked of those few.
    """
    first, *others = sorted(words, key=len, reverse=True)
    people = Membership.objects.filter(_in("person__name", first)).values("pk")
    there = Membership.objects.filter(_in("organisation__name", first)).values("pk")
    found = among.filter(pk__in=people.union(there))
    for word in others:
        found = found.filter(_in("person__name", word) | _in("organisation__name", word))
    return found


def _in(name: str, word: str) -> Q:
    """Somewhere in the name; few letters only where a word of it begins."""
    begins = "" if len(word) > FEW_LETTERS else "(^| )"
    return Q(**{f"{name}__iregex": begins + spelled(word)})


def employers(of: QuerySet[Membership]) -> QuerySet[Organisation]:
    """The organisations of these hats."""
    return Organisation.objects.filter(pk__in=of.order_by().values("organisation"))


def organisations_named(
    among: QuerySet[Organisation], words: Sequence[str]
) -> QuerySet[Organisation]:
    """Those with every word in their name, by name; with the ``city`` of one of their locations."""
    for word in words:
        among = among.filter(_in("name", word))
    city = Location.objects.filter(organisation=OuterRef("pk")).exclude(city="").order_by("name")
    return among.annotate(city=Subquery(city.values("city")[:1])).order_by("name", "pk")


def groups_today(actor: Actor) -> QuerySet[Group]:
    """The groups this hat is rostered on today."""
    rosters = running(actor.today, "rosters__") & Q(
        rosters__membership=actor.membership_id, rosters__weekday=actor.today.weekday()
    )
    return Group.objects.filter(rosters).select_related("location").distinct().order_by("name")


def locations_of(actor: Actor) -> QuerySet[Location]:
    """The locations of the actor's organisation, by name."""
    own = Location.objects.filter(organisation_id=actor.organisation_id)
    return own.select_related("organisation").order_by("name")


def partner_organisations(actor: Actor) -> QuerySet[Organisation]:
    """Every other organisation one could work with, by name; municipalities never join a child."""
    others = Organisation.objects.exclude(pk=actor.organisation_id)
    return others.exclude(kind=OrganisationKind.MUNICIPALITY).order_by("name")


def certified_institutions() -> QuerySet[Organisation]:
    """Who carries out guardianship and supervision orders, by name."""
    kind = OrganisationKind.CERTIFIED_INSTITUTION
    return Organisation.objects.filter(kind=kind).order_by("name")


def stands_in(membership_id: UUID, day: date) -> UUID:
    """Who has this person's work on a day: the person, or the cover while away."""
    cover = Absence.objects.on(day).filter(membership=membership_id).values_list("cover", flat=True)
    return cover.first() or membership_id


def own_groups(actor: Actor) -> QuerySet[Group]:
    """The groups of the actor's organisation, by location and name."""
    own = Group.objects.filter(location__organisation=actor.organisation_id)
    return own.select_related("location__organisation").order_by("location__name", "name")


def people_with(email: str) -> QuerySet[Person]:
    """Who signs in with this address: at most one person, and only while allowed to."""
    return Person.objects.filter(email=email.lower(), is_active=True)


# The doors --------------------------------------------------------------------------------------


def issuers() -> QuerySet[Issuer]:
    """The sign-in services that are in use, by the name of their organisation."""
    return (
        Issuer.objects.filter(is_open=True)
        .select_related("organisation")
        .order_by("organisation__name", "pk")
    )


def known_as(issuer: Issuer, subject: str) -> Person | None:
    """Who this subject of this issuer is, while she works for its organisation; e-mail plays no part."""
    found = Identity.objects.filter(issuer=issuer, subject=subject, person__is_active=True)
    identity = found.select_related("person").first()
    return identity.person if identity else None


def identities(person_id: UUID) -> QuerySet[Identity]:
    """With which work accounts somebody comes in."""
    mine = Identity.objects.filter(person=person_id, issuer__is_open=True)
    return mine.select_related("issuer__organisation").order_by("issuer__organisation__name")


def sessions(person: Person) -> list[Session]:
    """Where somebody is signed in; what began with an earlier password opens nothing and is left out."""
    holds = person.get_session_auth_hash()
    return [
        each
        for each in person.sessions.order_by("session_key")
        if each.get_decoded().get(HASH_SESSION_KEY) == holds
    ]


def code_asked(code_id: str | None) -> SignInCode | None:
    """The code that this browser asked for."""
    found = SignInCode.objects.filter(pk=code_id) if code_id else SignInCode.objects.none()
    return found.select_related("person").first()


def link_of(invitation: Invitation) -> str:
    """What the link of an invitation ends with; it cannot be made up."""
    return Signer(salt=LINK).sign(invitation.pk.hex)


def invitation_behind(link: str) -> Invitation | None:
    """The invitation of a link, open or not; None when the link was not made here."""
    try:
        pk = UUID(Signer(salt=LINK).unsign(link))
    except (BadSignature, ValueError):
        return None
    return Invitation.objects.filter(pk=pk).select_related("person", "organisation").first()


def open_invitations(actor: Actor) -> QuerySet[Invitation]:
    """The invitations of the actor's own organisation that still open something, newest first."""
    alive = Invitation.objects.filter(
        organisation=actor.organisation_id, used_at=None, revoked_at=None, expires_at__gt=actor.at
    )
    return alive.select_related("person", "invited_by__person").order_by("-made_at", "pk")


def invitation_for(person_id: UUID, at: datetime) -> Invitation | None:
    """The open invitation whose code this person was given."""
    alive = Invitation.objects.filter(
        person=person_id, used_at=None, revoked_at=None, expires_at__gt=at
    )
    return alive.select_related("person").order_by("-made_at").first()
