"""The ten elements in which a practice is described (BMK format, 2023), in their order."""

from django.utils.translation import gettext_lazy as _

ELEMENTS = {
    "care_organisation": _("How care is organised"),
    "why_together": _("Why we work together"),
    "partners": _("Partners"),
    "form": _("Form of working together"),
    "aim": _("Aim"),
    "target_group": _("Target group"),
    "funding": _("Funding"),
    "organisation": _("Organisation"),
    "success_factors": _("Success factors"),
    "obstacles": _("Obstacles and solutions"),
}
