"""Who works where: organisations, locations, groups, people and the hats they wear."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any, ClassVar, Self
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DjangosStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.core.validators import URLValidator
from django.db import OperationalError, models
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from alert4you.kernel.clock import day_of
from alert4you.kernel.models import Entity
from alert4you.kernel.sealing import seal, unseal


class OrganisationKind(models.TextChoices):
    CHILDCARE = "childcare", _("childcare")
    YOUTH_CARE_PROVIDER = "youth_care_provider", _("youth care")
    YOUTH_HEALTH_SERVICE = "youth_health_service", _("youth health service")
    SCHOOL = "school", _("school")
    MUNICIPALITY = "municipality", _("municipality")
    LOCAL_TEAM = "local_team", _("local team")
    MENTAL_HEALTH_CARE = "mental_health_care", _("mental health care")
    CERTIFIED_INSTITUTION = "certified_institution", _("certified institution")
    OTHER = "other", _("other organisation")


class Setting(models.TextChoices):
    """Kind of place; a practice says in which of these it can run."""

    DAYCARE = "daycare", _("day care")
    PRESCHOOL = "preschool", _("preschool")
    AFTER_SCHOOL_CARE = "after_school_care", _("out-of-school care")
    PLUS_GROUP = "plus_group", _("plus group")
    MEDICAL_DAYCARE = "medical_daycare", _("medical day care")
    DAY_TREATMENT = "day_treatment", _("day treatment")
    SCHOOL = "school", _("school")
    OFFICE = "office", _("office")


class Role(models.TextChoices):
    """What a hat lets one do; ``PARENT`` is worn without an organisation."""

    GROUP_WORKER = "group_worker", _("group worker")
    PEDAGOGUE = "pedagogue", _("pedagogue")
    CARE_COORDINATOR = "care_coordinator", _("care coordinator")
    MANAGER = "manager", _("location manager")
    COACH = "coach", _("coach")
    PARTNER = "partner", _("partner")
    MUNICIPALITY = "municipality", _("municipality")
    PRIVACY_OFFICER = "privacy_officer", _("privacy officer")
    SUPPORT = "support", _("support of the software")
    PARENT = "parent", _("parent")


class Period(models.QuerySet):
    """Rows that hold during ``[starts, ends)``."""

    def on(self, day: date) -> Self:
        return self.filter(running(day))


def running(day: date, prefix: str = "") -> Q:
    """The condition that a half-open period ``[starts, ends)`` holds on a day."""
    begun = Q(**{f"{prefix}starts__lte": day})
    return begun & (Q(**{f"{prefix}ends": None}) | Q(**{f"{prefix}ends__gt": day}))


class Organisation(Entity):
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=30, choices=OrganisationKind.choices)

    def __str__(self) -> str:
        return self.name


class Location(Entity):
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="locations")
    name = models.CharField(_("name"), max_length=200)
    setting = models.CharField(_("kind"), max_length=30, choices=Setting.choices)
    lrk_id = models.CharField(_("LRK number"), max_length=9, blank=True)
    street = models.CharField(_("street and number"), max_length=200, blank=True)
    postcode = models.CharField(_("postcode"), max_length=7, blank=True)
    city = models.CharField(_("city"), max_length=100, blank=True)
    latitude = models.FloatField(_("latitude in degrees"), null=True, blank=True)
    longitude = models.FloatField(_("longitude in degrees"), null=True, blank=True)

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Registered:
    """What the public register says of a location."""

    lrk_id: str
    name: str
    setting: str
    street: str
    postcode: str
    city: str


class Group(Entity):
    location = models.ForeignKey(Location, models.PROTECT, related_name="groups")
    name = models.CharField(_("name"), max_length=100)
    age_from_months = models.PositiveSmallIntegerField(_("age from, in months"), default=0)
    age_to_months = models.PositiveSmallIntegerField(_("age to, in months"), default=48)
    places = models.PositiveSmallIntegerField(_("places"), default=16)

    def __str__(self) -> str:
        return self.name


class PersonManager(BaseUserManager["Person"]):
    def create_user(
        self, email: str | None, password: str | None = None, **fields: Any
    ) -> "Person":
        """A person who can sign in with a password, or who is only known by name (no e-mail)."""
        person = self.model(email=email and self.normalize_email(email).lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str, **fields: Any) -> "Person":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class Person(Entity, AbstractBaseUser, PermissionsMixin):
    """A human being who signs in, or who is only known by name (``email`` empty)."""

    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail"), unique=True, null=True, blank=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_staff = models.BooleanField(_("may administer this installation"), default=False)

    objects = PersonManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name


class Membership(Entity):
    """A hat: this person works in this role for this organisation during ``[starts, ends)``."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=30, choices=Role.choices)
    location = models.ForeignKey(
        Location, models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    profession = models.CharField(_("profession, as people say it"), max_length=100, blank=True)
    starts = models.DateField(_("from"))
    ends = models.DateField(_("until"), null=True, blank=True)

    objects = Period.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(role=Role.PARENT), name="membership_parents_wear_no_staff_hat"
            ),
            models.UniqueConstraint(
                fields=["person", "organisation", "role"],
                condition=Q(ends=None),
                name="membership_one_running_hat_of_a_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.task}, {self.organisation})"

    @property
    def task(self) -> str:
        return self.profession or self.get_role_display()


class Absence(Entity):
    """Somebody is away during ``[starts, ends)``; who stands in meanwhile."""

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="absences")
    cover = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    starts = models.DateField(_("from"))
    ends = models.DateField(_("until"))

    objects = Period.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(cover=models.F("membership")), name="absence_is_covered_by_another"
            )
        ]


class Roster(Entity):
    """A hat works on a group: every such weekday during ``[starts, ends)`` (one day: ends = next day)."""

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="rosters")
    group = models.ForeignKey(Group, models.CASCADE, related_name="rosters")
    weekday = models.PositiveSmallIntegerField(_("weekday, Monday is 0"))
    starts = models.DateField(_("from"))
    ends = models.DateField(_("until"), null=True, blank=True)

    objects = Period.as_manager()

    class Meta:
        indexes = [models.Index(fields=["membership", "weekday"], name="roster_membership_day")]


class Issuer(Entity):
    """The sign-in service (OIDC) of one organisation; whoever it knows comes in for that one only."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="issuers")
    url = models.CharField(
        _("issuer, exactly as the service calls itself"),
        max_length=300,
        validators=[URLValidator(schemes=["https"])],
    )
    client_id = models.CharField(_("client id"), max_length=200)
    sealed_secret = models.TextField(blank=True, editable=False)
    asks_second_factor = models.BooleanField(
        _("this service itself always asks for a second factor"), default=False
    )
    is_open = models.BooleanField(_("in use"), default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "url"], name="issuer_once_a_place")
        ]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.url})"

    @property
    def secret(self) -> str:
        """The client secret; in the database it is sealed with the key of this installation."""
        return unseal(self.sealed_secret) if self.sealed_secret else ""

    @secret.setter
    def secret(self, value: str) -> None:
        self.sealed_secret = seal(value) if value else ""


class Identity(Entity):
    """Who somebody is for an issuer: by its own subject, and never by an e-mail address."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="identities")
    issuer = models.ForeignKey(Issuer, models.CASCADE, related_name="identities")
    subject = models.CharField(max_length=255)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="identity_is_one_person")
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.issuer})"


class Invitation(Entity):
    """One person may come in once: with the link from the mail and the code that was given by hand.

    Neither is kept: both are derived from the id with the key of this installation.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="invitations")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="invitations")
    invited_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.person}, {self.expires_at:%Y-%m-%d}"

    @property
    def code(self) -> str:
        """Eight digits, to be given in person or by telephone."""
        digest = salted_hmac("alert4you.invitation.code", self.pk.hex, algorithm="sha256").digest()
        digits = f"{int.from_bytes(digest[:8], 'big') % 10**8:08}"
        return f"{digits[:4]} {digits[4:]}"


class SignInCode(Entity):
    """A code sent by mail to the browser that asked for it; the person is empty for an unknown address.

    The browser's session holds the id, so that the code opens nothing anywhere else.
    """

    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    digest = models.CharField(max_length=64)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.expires_at:%Y-%m-%d %H:%M}"


class Attempt(Entity):
    """Somebody knocked: which door, for whom (a digest), when. Counted, and forgotten after a day."""

    key = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["key", "at"], name="attempt_key_at")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"


class Session(AbstractBaseSession):
    """One browser that came to the door; the person is empty until she came in."""

    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="sessions")

    @classmethod
    def get_session_store_class(cls) -> type["SessionStore"]:
        return SessionStore

    @property
    def name(self) -> str:
        """How a page and the trail name it: who knows this cannot come in with it."""
        return sha256(self.session_key.encode()).hexdigest()[:16]


class SessionStore(DjangosStore):
    """Sessions as Django keeps them, each with its person: this module is the ``SESSION_ENGINE``."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        row: Any = super().create_model_instance(data)
        row.person_id = data.get(SESSION_KEY)
        return row

    def save(self, must_create: bool = False) -> None:
        """A database that is away is no session that ended."""
        try:
            super().save(must_create)
        except UpdateError as error:
            if isinstance(error.__context__, OperationalError):
                raise error.__context__ from error
            raise


NOBODY = UUID(int=0)
SYSTEM = "system"  # the role of the installation itself
APPLICATION = "application"  # the role of another system (`api`): worn by nobody who signs in


@dataclass(frozen=True)
class Actor:
    """One hat at one moment: who acts or looks, for which organisation, in which role, when.

    The moment belongs to the hat because access is derived from what holds at that moment; commands
    and rules take the time from here and never from a clock. What a hat does not have (a parent has no
    organisation, the installation itself is no person) is ``NOBODY``, which equals no row.
    """

    person_id: UUID
    organisation_id: UUID
    role: str
    at: datetime
    membership_id: UUID = NOBODY

    @property
    def today(self) -> date:
        """The calendar day of this moment in Europe/Amsterdam."""
        return day_of(self.at)

    @property
    def is_parent(self) -> bool:
        return self.role == Role.PARENT

    def later(self, at: datetime) -> "Actor":
        """The same hat at another moment."""
        return replace(self, at=at)
