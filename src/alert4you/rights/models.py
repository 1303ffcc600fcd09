"""A request about a child's data, what stands beside an entry because of it, and what was handed over."""

from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alert4you.access.models import Entry
from alert4you.children.models import Child
from alert4you.kernel.guard import GuardedQuerySet
from alert4you.kernel.models import Entity
from alert4you.organisations.models import Membership, Organisation, Person


class Right(models.TextChoices):
    """What can be asked (AVG 15-21, Jeugdwet 7.3.8-7.3.10)."""

    ACCESS = "access", _("seeing everything, and a copy")
    CORRECTION = "correction", _("setting something right")
    STATEMENT = "statement", _("own words beside what is written")
    ERASURE = "erasure", _("deleting")
    PORTABILITY = "portability", _("taking along what you gave yourself")
    RESTRICTION = "restriction", _("using it less for a while")
    OBJECTION = "objection", _("not agreeing with how it is used")


class Came(models.TextChoices):
    """How a request came in."""

    IN_APP = "in_app", _("in Alert4you")
    ON_PAPER = "on_paper", _("on paper")
    BY_PHONE = "by_phone", _("by telephone")
    IN_TALK = "in_talk", _("in a talk")


class Outcome(models.TextChoices):
    GRANTED = "granted", _("yes")
    REFUSED = "refused", _("no")


class Ground(models.TextChoices):
    """Why the answer is no; in words that tell nothing more than the person who asks may know."""

    NO_AUTHORITY = "no_authority", _("the whole file is for whoever has authority")
    SOMEBODY_ELSE = "somebody_else", _("it would harm the privacy of somebody else")
    MUST_BE_KEPT = "must_be_kept", _("it must be kept, by law or for somebody else's interest")
    ABOUT_STAFF = "about_staff", _("it is about staff, and not about the child")
    NOT_WRONG = "not_wrong", _("what is written is not wrong in our eyes")
    STILL_NEEDED = "still_needed", _("it is needed to look after the child well")


class RightsRequest(Entity):
    """Somebody asks one organisation something about the data of a child; ``received_on`` starts the clock.

    ``asked_by`` is empty when the child itself asked. ``facts``: what somebody without authority is told
    instead of the file (BW 1:377c). Until when it must be answered follows from the rules, and is not kept.
    ``mark``: what a yes closed; ``lifted_at``: when it was told that this ends, ``lifted_because`` why.
    """

    record_kind = "rights_request"

    child = models.ForeignKey(Child, models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    right = models.CharField(max_length=20, choices=Right.choices)
    entry = models.ForeignKey(Entry, models.SET_NULL, null=True, related_name="+")
    text = models.TextField(blank=True)
    asked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    came = models.CharField(max_length=10, choices=Came.choices, default=Came.IN_APP)
    recorded_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    received_on = models.DateField()
    at = models.DateTimeField()
    announced_at = models.DateTimeField(null=True)
    taken_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    extended_at = models.DateTimeField(null=True)
    extended_because = models.CharField(max_length=500, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    ground = models.CharField(max_length=20, choices=Ground.choices, blank=True)
    answer = models.TextField(blank=True)
    facts = models.TextField(blank=True)
    decided_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    mark = models.ForeignKey("access.NegativeMark", models.SET_NULL, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lifted_because = models.CharField(max_length=500, blank=True)

    objects = GuardedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", decided_at=None)
                | ~Q(outcome="") & Q(decided_at__isnull=False),
                name="rights_request_is_decided_at_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.REFUSED) & Q(ground="")
                | Q(outcome=Outcome.REFUSED) & ~Q(ground=""),
                name="rights_refusal_has_a_ground",
            ),
            models.CheckConstraint(
                condition=Q(came=Came.IN_APP, recorded_by=None)
                | ~Q(came=Came.IN_APP) & Q(recorded_by__isnull=False),
                name="rights_request_elsewhere_was_written_down",
            ),
        ]

    def __str__(self) -> str:
        return self.get_right_display()

    @property
    def subject_id(self) -> UUID:
        return self.child_id

    @property
    def is_open(self) -> bool:
        return self.decided_at is None


class Remark(Entity):
    """Words beside an entry that itself stays as it was; whoever sees the entry sees them.

    ``by`` answers for it: the parent whose statement it is, or who set something right. ``right`` is
    that of the request, which not everybody who reads the words may know.
    """

    record_kind = "remark"

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="+")
    request = models.OneToOneField(RightsRequest, models.CASCADE, related_name="remark")
    right = models.CharField(max_length=20, choices=Right.choices)
    text = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    objects = GuardedQuerySet.as_manager()

    def __str__(self) -> str:
        return self.text

    @property
    def subject_id(self) -> UUID | None:
        return self.entry.child_id


class Form(models.TextChoices):
    """In which form somebody gets what was asked."""

    PDF = "pdf", _("to read (PDF)")
    JSON = "json", _("for a computer (JSON)")
    FHIR = "fhir", _("for care systems (FHIR R4B)")


class Delivery(Entity):
    """That something was handed over: when, in which form, how much; ``digest`` tells one file from another.

    The audit trail has the record ids; what was in it is kept nowhere.
    """

    request = models.ForeignKey(RightsRequest, models.CASCADE, related_name="deliveries")
    form = models.CharField(max_length=10, choices=Form.choices)
    records = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    to = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.form} {self.at:%Y-%m-%d}"

    @property
    def subject_id(self) -> UUID:
        return self.request.child_id
