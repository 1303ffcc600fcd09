"""What was asked of those who decide about a child, and what they answered."""

from datetime import date, timedelta
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alert4you.access.models.entries import Category
from alert4you.access.models.team import Purpose
from alert4you.children.models import Child, Guardian
from alert4you.kernel.models import Entity
from alert4you.organisations.models import Membership, Organisation, Person


class Basis(models.TextChoices):
    CONSENT = "consent", _("the parents agree")
    LAW = "law", _("the law says so")


class Ground(models.TextChoices):
    """Why the family supervisor may read without consent (Jeugdwet 7.3.11, paragraph 4)."""

    ASKED = "asked", _("the family supervisor asks for it, and needs it for the supervision order")
    NEEDED = "needed", _("we think the family supervisor needs it for the supervision order")


class Exemption(models.TextChoices):
    """Why others sign than the age says (Jeugdwet 7.3.4 and 7.3.5); a youth-care professional decides."""

    DISADVANTAGE = "disadvantage", _("needed to prevent serious harm to the child")
    WISH = "wish", _("the child thought about it well and still wants it")
    NOT_CAPABLE = "not_capable", _("the child cannot weigh this yet")


class ConsentRequest(Entity):
    """One question to those who decide about a child: may this party know this, for this, until then?

    It holds one ``Consent`` per category, so that each can be answered apart. ``ends`` is exclusive;
    default 3 and at most 12 months after ``starts``. ``text_version`` is the wording that was shown.
    A request that follows another starts on the day the other ends.

    With the law as basis nobody is asked: ``ground`` says which, ``why`` the reason, ``asked_by`` who
    wrote it down. ``exempt``: others sign than the age says, ``exempt_why`` the reason. Both rest on the
    word of a professional (``rests_on``) and are nothing until that one ``confirmed`` it. ``ran_at``:
    since when it is known to run; ``stopped_at``: since when it is known to have ended; ``end_told_at``:
    when the other organisation heard that.
    """

    record_kind = "consent"

    child = models.ForeignKey(Child, models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    basis = models.CharField(max_length=20, choices=Basis.choices, default=Basis.CONSENT)
    ground = models.CharField(max_length=10, choices=Ground.choices, blank=True)
    why = models.CharField(max_length=500)
    content_from = models.DateField()
    starts = models.DateField()
    ends = models.DateField()
    asked_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    text_version = models.CharField(max_length=20)
    closed_at = models.DateTimeField(null=True)
    exempt = models.CharField(max_length=20, choices=Exemption.choices, blank=True)
    exempt_why = models.CharField(max_length=500, blank=True)
    rests_on = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    rests_told_at = models.DateTimeField(null=True)
    confirmed = models.BooleanField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    ran_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    end_told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gt=models.F("starts")), name="consent_ends_after_it_starts"
            ),
            models.UniqueConstraint(
                fields=["child", "organisation", "purpose", "basis", "starts"],
                condition=Q(closed_at=None),
                name="consent_asked_once_per_purpose",
            ),
        ]

    @property
    def subject_id(self) -> UUID:
        return self.child_id

    @property
    def is_by_law(self) -> bool:
        return self.basis == Basis.LAW

    @property
    def exception(self) -> str:
        """The exemption that counts: nothing as long as the professional did not confirm it."""
        return self.exempt if self.confirmed else ""

    @property
    def last_day(self) -> date:
        return self.ends - timedelta(days=1)


class Consent(Entity):
    """One category of a request; whether it runs is derived from the signatures that stand."""

    request = models.ForeignKey(ConsentRequest, models.CASCADE, related_name="consents")
    category = models.CharField(max_length=20, choices=Category.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "category"], name="consent_category_once"),
            models.CheckConstraint(
                condition=~Q(category=Category.SAFETY), name="consent_never_covers_safety"
            ),
        ]


class Answer(models.TextChoices):
    GIVEN = "given", _("agreed")
    REFUSED = "refused", _("not agreed")
    LATER = "later", _("not now")


class How(models.TextChoices):
    IN_APP = "in_app", _("in Alert4you")
    IN_TALK = "in_talk", _("in a talk, two people present")
    ON_PAPER = "on_paper", _("on paper")


class Signature(Entity):
    """What one person who must decide said about one consent; never changed, only followed by another.

    ``guardian`` is empty when the child itself (12 and older) answered. A signature stands while
    ``ended_at`` is empty; the next answer of the same person, or a withdrawal, ends it. ``with_parents``:
    the child said it as one of several who decide; from its 16th birthday on it must say it anew.
    ``witness`` is the second person at a talk, or where the paper is kept. A no of a parent without
    authority is kept as an objection: it stops nothing.
    """

    consent = models.ForeignKey(Consent, models.CASCADE, related_name="signatures")
    guardian = models.ForeignKey(Guardian, models.PROTECT, null=True, related_name="+")
    answer = models.CharField(max_length=10, choices=Answer.choices)
    how = models.CharField(max_length=10, choices=How.choices)
    witness = models.CharField(max_length=200, blank=True)
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    text_version = models.CharField(max_length=20)
    revisit_on = models.DateField(null=True)
    with_parents = models.BooleanField(default=False)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["consent", "guardian"],
                condition=Q(ended_at=None) & Q(guardian__isnull=False),
                name="signature_one_stands_per_guardian",
            ),
            models.UniqueConstraint(
                fields=["consent"],
                condition=Q(ended_at=None) & Q(guardian=None),
                name="signature_one_stands_of_the_child",
            ),
        ]
