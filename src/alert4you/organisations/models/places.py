"""Organisations, their locations and the groups there."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from alert4you.kernel.models import Entity


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


class Organisation(Entity):
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=30, choices=OrganisationKind.choices)

    class Meta:
        verbose_name, verbose_name_plural = _("organisation"), _("organisations")

    def __str__(self) -> str:
        return self.name


class Location(Entity):
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="locations", verbose_name=_("organisation")
    )
    name = models.CharField(_("name"), max_length=200)
    setting = models.CharField(_("kind"), max_length=30, choices=Setting.choices)
    lrk_id = models.CharField(_("LRK number"), max_length=9, blank=True)
    street = models.CharField(_("street and number"), max_length=200, blank=True)
    postcode = models.CharField(_("postcode"), max_length=7, blank=True)
    city = models.CharField(_("city"), max_length=100, blank=True)
    latitude = models.FloatField(_("latitude in degrees"), null=True, blank=True)
    longitude = models.FloatField(_("longitude in degrees"), null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("location"), _("locations")

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
    location = models.ForeignKey(
        Location, models.PROTECT, related_name="groups", verbose_name=_("location")
    )
    name = models.CharField(_("name"), max_length=100)
    age_from_months = models.PositiveSmallIntegerField(_("age from, in months"), default=0)
    age_to_months = models.PositiveSmallIntegerField(_("age to, in months"), default=48)
    places = models.PositiveSmallIntegerField(_("places"), default=16)

    class Meta:
        verbose_name, verbose_name_plural = _("group"), _("groups")

    def __str__(self) -> str:
        return self.name
