"""What pays: money lines, terms that stand still, hours on a line, and what municipalities agreed."""

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alert4you.access.models import Entry, Kind, LineEntry
from alert4you.kernel.guard import GuardedQuerySet
from alert4you.kernel.models import Entity
from alert4you.organisations.models import Group, Membership, Organisation, Period, Person
from alert4you.trajectories.models import Trajectory

BESIDE = "beside a line that was read"


class Work(models.TextChoices):
    """What has to be paid."""

    GROUP = "group", _("coaching of the group")
    CHILD = "child", _("extra support for one child on the group")
    PLACE = "place", _("the place of the child")
    EARLY_EDUCATION = "early_education", _("early education on the group")
    TREATMENT = "treatment", _("treatment or day care elsewhere")
    PARENTS = "parents", _("help for the parents themselves")


class State(models.TextChoices):
    ASKED = "asked", _("asked")
    GRANTED = "granted", _("granted")
    REFUSED = "refused", _("refused")
    ENDED = "ended", _("ended")


class MoneyLine(LineEntry):
    """One sort of money for one trajectory: who asks, who decides, on what ground, until when, how much.

    ``stream``: a key of ``library/streams.yaml``. Valid in ``[starts, ends)``. Ceilings are whole hours and
    whole euros; None: none was set. ``weeks``: within how many weeks there must be a decision, by law or as
    agreed; None: nobody gave a number. ``named``: the child stands in the decision by name. ``why``: the
    words of a refusal or an end.
    """

    kinds = (Kind.MONEY,)

    entry_ptr = models.OneToOneField(
        Entry, models.CASCADE, parent_link=True, primary_key=True, related_name="as_money_line"
    )
    trajectory = models.ForeignKey(Trajectory, models.CASCADE, related_name="+")
    stream = models.CharField(max_length=30)
    work = models.CharField(max_length=20, choices=Work.choices)
    applicant = models.CharField(max_length=200)
    decider = models.CharField(max_length=200)
    ground = models.CharField(max_length=300, blank=True)
    reference = models.CharField(max_length=100, blank=True)
    named = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State.choices)
    starts = models.DateField()
    ends = models.DateField(null=True)
    hours = models.PositiveIntegerField(null=True)
    euros = models.PositiveIntegerField(null=True)
    weeks = models.PositiveSmallIntegerField(null=True)
    extra_weeks = models.PositiveSmallIntegerField(default=0)
    decided_on = models.DateField(null=True)
    why = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gt=F("starts")),
                name="money_line_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(why=""), name="money_line_refused_says_why"
            ),
        ]

    @property
    def last_day(self) -> date | None:
        return self.ends and self.ends - timedelta(days=1)


class Pause(Entity):
    """The term stands still while who decides waits for something; ``ends`` None: it still does."""

    part_of = "line"

    line = models.ForeignKey(MoneyLine, models.CASCADE, related_name="pauses")
    starts = models.DateField()
    ends = models.DateField(null=True)
    waits_for = models.CharField(max_length=200)

    objects = GuardedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["line"], condition=Q(ends=None), name="pause_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("starts")), name="pause_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return self.waits_for


class Booking(models.Model):
    """The minutes of this contact are on this line; it has one row, so the same hour is never paid twice."""

    part_of = "line"

    entry = models.OneToOneField(Entry, models.CASCADE, primary_key=True, related_name="+")
    line = models.ForeignKey(MoneyLine, models.CASCADE, related_name="bookings")
    minutes = models.PositiveSmallIntegerField()
    by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = GuardedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(minutes__gt=0), name="booking_has_minutes")
        ]

    def __str__(self) -> str:
        return f"{self.minutes}"


class Agreement(Entity):
    """A municipality pays by this sort of money in a town of its own, during ``[starts, ends)``.

    ``weeks``: its own term to decide, where the law gives none.
    """

    municipality = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    town = models.CharField(max_length=100)
    stream = models.CharField(max_length=30)
    weeks = models.PositiveSmallIntegerField(null=True)
    where = models.CharField(max_length=300)
    by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    starts = models.DateField()
    ends = models.DateField(null=True)

    objects = Period.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "town", "stream"],
                condition=Q(ends=None),
                name="agreement_one_running",
            )
        ]

    def __str__(self) -> str:
        return f"{self.municipality}: {self.stream}"


class PaidWorker(Entity):
    """``payer`` pays for somebody's work on a group during ``[starts, ends)``.

    ``scale``: of the salary, in words. ``extra``: whole euros a month more than a colleague of the group
    costs; None: nobody wrote it down.
    """

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="+")
    group = models.ForeignKey(Group, models.CASCADE, related_name="+")
    payer = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    scale = models.CharField(max_length=100, blank=True)
    extra = models.PositiveIntegerField(null=True)
    starts = models.DateField()
    ends = models.DateField(null=True)

    objects = Period.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "group"],
                condition=Q(ends=None),
                name="one_payer_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.membership}: {self.payer}"


class QuestionSet(Entity):
    """What a municipality asks with one sort of money; a change is a new version, and old ones stay.

    ``organisation`` wrote it: the municipality, or childcare for its own use. ``questions``: see
    ``rules.questions.Question``. ``contract``: under which contract or rules it is asked, in words.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    municipality = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    stream = models.CharField(max_length=30)
    version = models.PositiveSmallIntegerField()
    contract = models.CharField(max_length=300, blank=True)
    questions = models.JSONField()
    by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    starts = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "municipality", "stream", "version"],
                name="question_set_one_version",
            )
        ]

    def __str__(self) -> str:
        return f"{self.municipality}: {self.stream} {self.version}"


class Application(LineEntry):
    """The folder of one request for money: what the municipality asks, answered and approved.

    ``asks`` is the version it began with. ``line`` is the money that was asked: None until it was sent.
    ``growth``: the growth document goes along, once the parents approved it. ``stopped_on``: it is not
    sent any more, ``why``.
    """

    kinds = (Kind.APPLICATION,)

    entry_ptr = models.OneToOneField(
        Entry, models.CASCADE, parent_link=True, primary_key=True, related_name="as_application"
    )
    trajectory = models.ForeignKey(Trajectory, models.CASCADE, related_name="+")
    asks = models.ForeignKey(QuestionSet, models.PROTECT, related_name="+")
    work = models.CharField(max_length=20, choices=Work.choices)
    growth = models.BooleanField(default=False)
    line = models.OneToOneField(MoneyLine, models.CASCADE, null=True, related_name="application")
    changed_at = models.DateTimeField()
    stopped_on = models.DateField(null=True)
    why = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(stopped_on=None) | (~Q(why="") & Q(line=None)),
                name="application_stops_before_it_is_sent_and_says_why",
            )
        ]

    @property
    def mark(self) -> str:
        """Tells the folder as it is now from what it was before."""
        return str(self.changed_at.timestamp())

    @property
    def is_open(self) -> bool:
        return self.line_id is None and self.stopped_on is None


class Filled(Entity):
    """The answer to one question of the folder, the last one that was given."""

    part_of = "application"

    application = models.ForeignKey(Application, models.CASCADE, related_name="filled")
    key = models.SlugField(max_length=60)
    words = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = GuardedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["application", "key"], name="filled_once")]

    def __str__(self) -> str:
        return self.words


class Approval(Entity):
    """A parent read the folder as it is now, and it may go; ``recorded_by``: staff wrote that down."""

    part_of = "application"

    application = models.ForeignKey(Application, models.CASCADE, related_name="approvals")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    objects = GuardedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "person"], name="application_approved_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.person)
