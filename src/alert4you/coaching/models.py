"""Questions and their answer clock, advice, contacts (visits, observations, talks), planned visits."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alert4you.access.models import LineEntry
from alert4you.kernel.models import Entity
from alert4you.organisations.models import Location, Membership


class About(models.TextChoices):
    """What a question is about; only the first and the last can have a child behind them."""

    CHILD = "child", _("a child")
    CHILD_IN_GROUP = "child_in_group", _("a child in the group")
    GROUP = "group", _("the group")
    OWN_HANDLING = "own_handling", _("one’s own handling")
    PARENT_TALK = "parent_talk", _("a talk with parents")


class Question(LineEntry):
    """A question as it reaches the coach: never with a child in it (database constraint).

    What was asked about a child is a ``ChildQuestion`` on that child's line, which points here and is
    visible only under the policy; so the same question opens up when the parents agree.
    """

    about = models.CharField(max_length=20, choices=About.choices)
    to = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    thanked_at = models.DateTimeField(null=True)
    announced_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["to", "due_at"], name="question_waiting", condition=Q(answered_at=None)
            )
        ]


class ChildQuestion(LineEntry):
    """The question in the asker's own words, on the child's line."""

    question = models.OneToOneField(Question, models.CASCADE, related_name="about_child")


class Advice(LineEntry):
    """What to do on the group, as an answer or on the coach's own initiative."""

    question = models.ForeignKey(Question, models.CASCADE, null=True, related_name="answers")
    helps_others = models.TextField(blank=True)


class Arrangement(models.TextChoices):
    STRUCTURAL = "structural", _("in a fixed rhythm")
    ON_CALL = "on_call", _("on request")


class Visit(Entity):
    """A coach will be on a location on a day; ``group`` empty is the whole location."""

    coach = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    location = models.ForeignKey(Location, models.PROTECT, related_name="+")
    day = models.DateField()
    purpose = models.CharField(max_length=200, blank=True)
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["coach", "location", "day"],
                condition=Q(cancelled_at=None),
                name="visit_planned_once_a_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.location} {self.day}"


class TalkForm(models.TextChoices):
    """Three forms of a talk with parents: towards the group worker leading it herself."""

    COACH_LEADS = "coach_leads", _("the coach leads, the group worker watches")
    TOGETHER = "together", _("together")
    WORKER_LEADS = "worker_leads", _("the group worker leads, the coach gives feedback")


class Level(models.IntegerChoices):
    """How hard a talk will probably be, or how much the group worker wants to learn from it."""

    LITTLE = 1, _("little")
    SOME = 2, _("some")
    MUCH = 3, _("much")


class TalkPreparation(LineEntry):
    """One card for a talk with parents: why this form, the message, the words, the rehearsal, afterwards.

    Internal to who prepares it; what was talked about is a ``Contact`` that parents see.
    """

    worker = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    complexity = models.PositiveSmallIntegerField(choices=Level.choices)
    wants_to_learn = models.PositiveSmallIntegerField(choices=Level.choices)
    form = models.CharField(max_length=20, choices=TalkForm.choices)
    why_this_form = models.CharField(max_length=300, blank=True)
    message = models.TextField()
    words = models.TextField(blank=True)
    reactions = models.TextField(blank=True)
    planned_on = models.DateField()
    after_talk = models.TextField(blank=True)


class Contact(LineEntry):
    """Something that happened: a visit, an observation, a session, coaching, a talk.

    ``minutes`` of working time; ``helps_others`` answers "what of this helps the other children too?"
    and is asked after every contact of a coach. ``parents_present`` makes a talk a parent contact.
    """

    visit = models.ForeignKey(Visit, models.SET_NULL, null=True, related_name="contacts")
    preparation = models.OneToOneField(
        TalkPreparation, models.SET_NULL, null=True, related_name="talk"
    )
    minutes = models.PositiveSmallIntegerField(null=True)
    helps_others = models.TextField(blank=True)
    parents_present = models.BooleanField(default=False)
    next_on = models.DateField(null=True)
