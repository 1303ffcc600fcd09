"""Questions and their answer clock, advice, contacts (visits, observations, talks), planned visits."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alert4you.access.models import Kind, LineEntry
from alert4you.children.models import Placement
from alert4you.kernel.models import Entity
from alert4you.organisations.models import Location, Membership, Organisation, Period


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

    kinds = (Kind.QUESTION,)

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

    kinds = (Kind.CHILD_QUESTION,)

    question = models.OneToOneField(Question, models.CASCADE, related_name="about_child")


class Advice(LineEntry):
    """What to do on the group, as an answer or on the coach's own initiative."""

    kinds = (Kind.ADVICE,)

    question = models.ForeignKey(Question, models.CASCADE, null=True, related_name="answers")
    helps_others = models.TextField(blank=True)


class Arrangement(models.TextChoices):
    STRUCTURAL = "structural", _("in a fixed rhythm")
    ON_CALL = "on_call", _("on request")


class CoachingHere(Entity):
    """How coaching works at a location during ``[starts, ends)``, and why so.

    ``weeks_between`` is the rhythm the location chose (structural); ``pedagogue_first``: the own
    pedagogue answers first and calls in the coach. No source gives a rhythm.
    """

    location = models.ForeignKey(Location, models.PROTECT, related_name="+")
    arrangement = models.CharField(max_length=20, choices=Arrangement.choices)
    pedagogue_first = models.BooleanField(default=False)
    weeks_between = models.PositiveSmallIntegerField(null=True)
    why = models.CharField(max_length=300)
    starts = models.DateField()
    ends = models.DateField(null=True)

    objects = Period.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["location"], condition=Q(ends=None), name="coaching_here_one_way"
            ),
            models.CheckConstraint(
                condition=Q(arrangement="on_call") | Q(weeks_between__gte=1),
                name="coaching_here_structural_has_a_rhythm",
            ),
        ]


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

    Internal to whoever prepares it, as is ``safety``: how it is safe for whoever is there. What was talked
    about is a ``Contact`` that parents see.
    """

    kinds = (Kind.TALK,)

    worker = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    complexity = models.PositiveSmallIntegerField(choices=Level.choices)
    wants_to_learn = models.PositiveSmallIntegerField(choices=Level.choices)
    form = models.CharField(max_length=20, choices=TalkForm.choices)
    why_this_form = models.CharField(max_length=300, blank=True)
    message = models.TextField()
    words = models.TextField(blank=True)
    reactions = models.TextField(blank=True)
    planned_on = models.DateField()
    safety = models.TextField(blank=True)
    after_talk = models.TextField(blank=True)


class Contact(LineEntry):
    """Something that happened: a visit, an observation, a session, coaching, a talk.

    ``minutes`` of working time; ``helps_others`` answers "what of this helps the other children too?"
    and is asked after every contact of a coach. ``parents_present`` makes a talk a parent contact.
    """

    kinds = (
        Kind.OBSERVATION,
        Kind.SESSION,
        Kind.COACHING,
        Kind.VISIT,
        Kind.TALK,
        Kind.MEETING,
        Kind.PLACEMENT,
    )

    visit = models.ForeignKey(Visit, models.SET_NULL, null=True, related_name="contacts")
    preparation = models.OneToOneField(
        TalkPreparation, models.SET_NULL, null=True, related_name="talk"
    )
    minutes = models.PositiveSmallIntegerField(null=True)
    helps_others = models.TextField(blank=True)
    parents_present = models.BooleanField(default=False)
    next_on = models.DateField(null=True)


class WhyLeft(models.TextChoices):
    """Why a place ended; a short list, to learn from and not to judge."""

    SCHOOL = "school", _("to school, or too old for this place")
    MOVED = "moved", _("moved house, or other days needed")
    OTHER_PLACE = "other_place", _("a place elsewhere that fits the child better")
    COSTS = "costs", _("costs or contract")
    AFTER_TALK = "after_talk", _("after a talk about worries")
    OTHER = "other", _("another reason")


class Leaving(LineEntry):
    """Why a child left a place; internal. ``text`` is what the place learns from it, without blame.

    ``worker`` held the talk, when it was after a talk about worries.
    """

    kinds = (Kind.LEAVING,)

    placement = models.OneToOneField(Placement, models.CASCADE, related_name="+")
    why = models.CharField(max_length=20, choices=WhyLeft.choices)
    worker = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")


class Debrief(Entity):
    """After a hard talk somebody is offered to look back on it with the coach; no child is in it.

    ``question`` is set when she took the offer, ``closed_at`` when she did or would rather not.
    """

    worker = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    location = models.ForeignKey(Location, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    question = models.ForeignKey(Question, models.SET_NULL, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)


class TakeOverAgreement(Entity):
    """Two organisations agree which tasks a coach may take over at a location, and which never.

    ``may`` and ``never`` are lists of tasks in words; looked at again on ``review_on``.
    """

    location = models.ForeignKey(Location, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    may = models.JSONField(default=list)
    never = models.JSONField(default=list)
    review_on = models.DateField()
    agreed_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["location", "organisation"],
                condition=Q(ended_at=None),
                name="take_over_agreed_once",
            )
        ]


class TakeOver(LineEntry):
    """A coach does a task of the group for a while (``title`` is the task); without a child.

    The group gets it back by ``give_back_by``.
    """

    kinds = (Kind.TAKE_OVER,)

    agreement = models.ForeignKey(TakeOverAgreement, models.PROTECT, related_name="+")
    coach = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    give_back_by = models.DateField()
    given_back_at = models.DateTimeField(null=True)
    learnt = models.TextField(blank=True)


class WalkInHour(Entity):
    """Somebody who knows about children sits ready at a location on a day, for whoever walks in."""

    coach = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    location = models.ForeignKey(Location, models.PROTECT, related_name="+")
    day = models.DateField()
    begins = models.TimeField()
    ends = models.TimeField()
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gt=models.F("begins")), name="walk_in_ends_after_it_begins"
            ),
            models.UniqueConstraint(
                fields=["coach", "location", "day"],
                condition=Q(cancelled_at=None),
                name="walk_in_once_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.location} {self.day}"


class Walker(models.TextChoices):
    PARENT = "parent", _("a parent")
    STAFF = "staff", _("a group worker")


class Theme(models.TextChoices):
    """What it was about, in one word; optional."""

    SLEEP = "sleep", _("sleeping")
    FOOD = "food", _("eating")
    BEHAVIOUR = "behaviour", _("behaviour")
    LANGUAGE = "language", _("language")
    HOME = "home", _("at home")
    OTHER = "other", _("something else")


class WalkIn(Entity):
    """Somebody walked in: a count. No name, no child, no words; only a theme when that was chosen."""

    hour = models.ForeignKey(WalkInHour, models.PROTECT, related_name="walked_in")
    who = models.CharField(max_length=10, choices=Walker.choices)
    theme = models.CharField(max_length=20, choices=Theme.choices, blank=True)
    at = models.DateTimeField()


class MonitorRound(Entity):
    """A team looks together at ``[starts, held_on)``: can all children be received well here?

    There is no child in it, and no place for one. ``limit``: where regular ends and plus begins;
    ``effect``: what the group noticed.
    """

    location = models.ForeignKey(Location, models.PROTECT, related_name="+")
    starts = models.DateField()
    held_on = models.DateField()
    held_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    answer = models.TextField()
    limit = models.TextField()
    effect = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(held_on__gt=models.F("starts")), name="round_is_held_after_it_starts"
            ),
            models.UniqueConstraint(fields=["location", "held_on"], name="round_held_once_a_day"),
        ]


class WhyTurnedAway(models.TextChoices):
    NO_PLACE = "no_place", _("the group is full")
    TOO_BUSY = "too_busy", _("the group is too busy already")
    NO_HELP = "no_help", _("the help that is needed is not here")
    NO_MONEY = "no_money", _("nobody pays what is needed")
    OTHER = "other", _("another reason")


class TurnedAway(Entity):
    """A child that needs more was not received here: a count and a reason, no child."""

    location = models.ForeignKey(Location, models.PROTECT, related_name="+")
    day = models.DateField()
    why = models.CharField(max_length=20, choices=WhyTurnedAway.choices)
