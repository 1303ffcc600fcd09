"""People, and the hats they wear."""

from datetime import date
from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alert4you.kernel.models import Entity
from alert4you.organisations.models.places import Group, Location, Organisation


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

    class Meta:
        verbose_name, verbose_name_plural = _("person"), _("people")

    def __str__(self) -> str:
        return self.name


class Membership(Entity):
    """A hat: this person works in this role for this organisation during ``[starts, ends)``."""

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="memberships", verbose_name=_("person")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="memberships", verbose_name=_("organisation")
    )
    role = models.CharField(_("role"), max_length=30, choices=Role.choices)
    location = models.ForeignKey(
        Location,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name=_("location"),
    )
    profession = models.CharField(_("profession, as people say it"), max_length=100, blank=True)
    starts = models.DateField(_("from"))
    ends = models.DateField(_("until"), null=True, blank=True)

    objects = Period.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("membership"), _("memberships")
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

    def is_on(self, day: date) -> bool:
        """``running`` of this one."""
        return self.starts <= day and (self.ends is None or self.ends > day)

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

    membership = models.ForeignKey(
        Membership, models.CASCADE, related_name="rosters", verbose_name=_("membership")
    )
    group = models.ForeignKey(
        Group, models.CASCADE, related_name="rosters", verbose_name=_("group")
    )
    weekday = models.PositiveSmallIntegerField(_("weekday, Monday is 0"))
    starts = models.DateField(_("from"))
    ends = models.DateField(_("until"), null=True, blank=True)

    objects = Period.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("roster"), _("rosters")
        indexes = [models.Index(fields=["membership", "weekday"], name="roster_membership_day")]
