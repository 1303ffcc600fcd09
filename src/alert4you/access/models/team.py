"""Who works with a child, and which coach works where."""

from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alert4you.children.models import Child
from alert4you.kernel.models import Entity
from alert4you.organisations.models import Location, Membership, Period


class Purpose(models.TextChoices):
    COACHING = "coaching", _("answering questions about the child")
    SUPPORT = "support", _("helping the child on the group")
    TREATMENT = "treatment", _("working with a treatment the child already has")
    HANDOVER = "handover", _("handing over to the next place")
    EDUCATION = "education", _("going to school well")


class CareTeamMember(Entity):
    """A named person works with this child during ``[starts, ends)``; ``why`` is what parents read.

    ``purpose`` is empty for the own organisation's people; a person of another organisation is there
    for a purpose, and sees something only while a consent for that purpose runs.
    """

    child = models.ForeignKey(Child, models.CASCADE, related_name="+")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=20, choices=Purpose.choices, blank=True)
    why = models.CharField(max_length=200)
    starts = models.DateField()
    ends = models.DateField(null=True)

    objects = Period.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child", "membership", "purpose"],
                condition=Q(ends=None),
                name="care_team_named_once_per_purpose",
            )
        ]

    @property
    def subject_id(self) -> UUID:
        return self.child_id


class CoachPost(Entity):
    """A coach works on the groups of a location during ``[starts, ends)``; ``cover`` stands in."""

    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    location = models.ForeignKey(Location, models.PROTECT, related_name="+")
    starts = models.DateField()
    ends = models.DateField(null=True)

    objects = Period.as_manager()
