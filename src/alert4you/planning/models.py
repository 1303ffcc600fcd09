"""What a group has to offer, as its place describes it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alert4you.kernel.models import Entity
from alert4you.organisations.models import Group


class Need(models.TextChoices):
    """What some children need of a group."""

    CALM_ROOM = "calm_room", _("a calm room")
    EARLY_EDUCATION = "early_education", _("early education (VE)")
    LANGUAGE = "language", _("somebody who knows about language")
    BEHAVIOUR = "behaviour", _("somebody who knows about behaviour")
    MOVING = "moving", _("room and help for moving")
    CARE = "care", _("somebody who may give medical care")


class Profile(Entity):
    """``has``: which needs a group answers to. ``most``: how many children with a trajectory it takes."""

    group = models.OneToOneField(Group, models.CASCADE, related_name="+")
    has = models.JSONField(default=list)
    most = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(most=None) | Q(most__gt=0), name="profile_most_positive"
            )
        ]

    def __str__(self) -> str:
        return str(self.group)
