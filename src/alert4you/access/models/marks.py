"""What beats every permission, and what protects a child or one of its guardians."""

from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alert4you.access.models.entries import Entry
from alert4you.access.models.team import Purpose
from alert4you.children.models import Child, Guardian
from alert4you.kernel.models import Entity
from alert4you.organisations.models import Membership, Period, Person


class Mark(models.TextChoices):
    """What beats every permission."""

    RESTRICTION = "restriction", _("may not know about this child")
    CONFLICT_OF_INTEREST = "conflict_of_interest", _("is family of this child")
    SECRET_ADDRESS = "secret_address", _("the address and telephone number are secret")
    LEGAL_HOLD = "legal_hold", _("nothing about this child is deleted")
    TELL_LATER = "tell_later", _("the parents hear later that a file was opened in an emergency")
    ONLY_KEPT = "only_kept", _("is only kept for now: the parents asked to use it less")
    OBJECTION = "objection", _("is not used for this any more: the parents objected")


ABOUT_SOMEBODY = (Mark.RESTRICTION, Mark.CONFLICT_OF_INTEREST)
# Made and ended by the answer to a request of the parents, who hear of it before it ends.
BY_REQUEST = (Mark.ONLY_KEPT, Mark.OBJECTION)
# Nothing is deleted while one of these runs.
KEEPS = (Mark.LEGAL_HOLD, Mark.ONLY_KEPT)


class NegativeMark(Entity):
    """This person sees nothing of this child at work (or at all), whatever else holds.

    A secret address is about one ``guardian``, who keeps seeing the child; a legal hold and a later
    notice (until ``ends``) are about the child alone. Who is concerned never sees a mark.

    ``only_kept`` (AVG 18) is about what the organisation of ``made_by`` wrote until ``starts``, or about one
    ``entry``; an objection (AVG 21) about sharing by it for one ``purpose``.
    """

    child = models.ForeignKey(Child, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    guardian = models.ForeignKey(Guardian, models.PROTECT, null=True, related_name="+")
    mark = models.CharField(max_length=30, choices=Mark.choices)
    entry = models.ForeignKey(Entry, models.CASCADE, null=True, related_name="+")
    purpose = models.CharField(max_length=20, choices=Purpose.choices, blank=True)
    reason = models.CharField(max_length=200)
    made_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    starts = models.DateField()
    ends = models.DateField(null=True)
    ended_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    end_reason = models.CharField(max_length=200, blank=True)

    objects = Period.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(mark__in=ABOUT_SOMEBODY, person__isnull=False, guardian=None)
                | Q(mark=Mark.SECRET_ADDRESS, person=None, guardian__isnull=False)
                | Q(mark=Mark.LEGAL_HOLD, person=None, guardian=None)
                | Q(mark=Mark.TELL_LATER, person=None, guardian=None, ends__isnull=False)
                | Q(mark__in=BY_REQUEST, person=None, guardian=None, made_by__isnull=False),
                name="mark_is_about_whom_it_must",
            ),
            models.CheckConstraint(
                condition=Q(entry=None) | Q(mark=Mark.ONLY_KEPT), name="mark_on_an_entry_only_keeps"
            ),
            models.CheckConstraint(
                condition=Q(mark=Mark.OBJECTION) & ~Q(purpose="")
                | ~Q(mark=Mark.OBJECTION) & Q(purpose=""),
                name="mark_of_an_objection_has_a_purpose",
            ),
        ]

    @property
    def subject_id(self) -> UUID:
        return self.child_id

    @property
    def about(self) -> Person | None:
        """Whom it concerns; None when it is about the child alone."""
        return self.guardian.person if self.guardian else self.person
