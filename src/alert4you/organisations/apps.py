"""Organisations as a Django app: what the pages of an administrator call it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    """Only its name differs from what Django would make of it."""

    name = "alert4you.organisations"
    verbose_name = _("Organisations and people")
