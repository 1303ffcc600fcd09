"""Who is where: hours, rooms, who stands on a group and whether that counts, waiting, the rota."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alert4you.access.models import Kind, LineEntry
from alert4you.children.models import DayPart, Placement
from alert4you.kernel.models import Entity
from alert4you.organisations.models import Group, Location, Membership, Organisation, Period

WHOLE_WEEK = (0, 1, 2, 3, 4)


def every_working_day() -> list[int]:
    return list(WHOLE_WEEK)


class DayHours(Entity):
    """When a part of the day begins and ends at a location; what contracts there mean by it."""

    location = models.ForeignKey(Location, models.CASCADE, related_name="+")
    part = models.CharField(max_length=20, choices=DayPart.choices)
    begins = models.TimeField(_("from"))
    until = models.TimeField(_("until"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["location", "part"], name="day_hours_once_per_part"),
            models.CheckConstraint(
                condition=Q(until__gt=F("begins")), name="day_hours_end_after_they_begin"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part} {self.begins:%H:%M}-{self.until:%H:%M}"

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        begins, until = self.begins, self.until
        return (until.hour - begins.hour) * 60 + until.minute - begins.minute


class Room(Entity):
    """A room beside those of the groups, like the quiet room where a child lands."""

    location = models.ForeignKey(Location, models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=100)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["location", "name"], name="room_name_once")]

    def __str__(self) -> str:
        return self.name


class Duo(Entity):
    """Two workers, one of childcare and one of youth care, share a group during ``[starts, ends)``."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="+")
    starts = models.DateField(_("from"))
    ends = models.DateField(_("until"))

    objects = Period.as_manager()


class Presence(Entity):
    """How somebody's being on a group counts, on these weekdays during ``[starts, ends)``.

    It goes before the roster, and what was written later before what was written earlier about the same
    hours; without hours it holds for the whole day. The four conditions are those
    of ``rules.counting``; None is "nobody wrote it down yet", which counts as unclear. ``employer`` is
    who employs this person, not who the hat works for that day.
    """

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="+")
    group = models.ForeignKey(Group, models.CASCADE, related_name="+")
    employer = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    duo = models.ForeignKey(Duo, models.CASCADE, null=True, related_name="presences")
    weekdays = models.JSONField(default=every_working_day)
    begins = models.TimeField(_("from"), null=True)
    until = models.TimeField(_("until"), null=True)
    starts = models.DateField(_("from"))
    ends = models.DateField(_("until"), null=True)
    trainee = models.BooleanField(default=False)
    deployed = models.BooleanField(null=True)
    qualified = models.BooleanField(null=True)
    registered = models.BooleanField(null=True)
    for_group = models.BooleanField(null=True)
    evidence = models.CharField(max_length=300, blank=True)
    decided_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects = Period.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(begins=None, until=None) | Q(until__gt=F("begins")),
                name="presence_ends_after_it_begins",
            )
        ]

    def on_weekday(self, day: date) -> bool:
        return day.weekday() in self.weekdays


class RoomSlot(Entity):
    """On these weekdays, from and until these hours, this worker is in a room with part of the group."""

    room = models.ForeignKey(Room, models.CASCADE, related_name="slots")
    group = models.ForeignKey(Group, models.CASCADE, related_name="+")
    worker = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    weekdays = models.JSONField(default=every_working_day)
    begins = models.TimeField(_("from"))
    until = models.TimeField(_("until"))
    starts = models.DateField(_("from"))
    ends = models.DateField(_("until"), null=True)

    objects = Period.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gt=F("begins")), name="room_slot_ends_after_it_begins"
            )
        ]


class Landing(LineEntry):
    """The agreement that a child lands in a room: all who stand on the group must know it."""

    kinds = (Kind.PERMISSION,)

    slot = models.ForeignKey(RoomSlot, models.PROTECT, related_name="+")
    ended_on = models.DateField(null=True)


class Guest(LineEntry):
    """During ``[starts, ends)`` the child is on ``to`` instead of on ``group``; ``text`` is why.

    ``agreed``: how the parents agreed in writing. A place on ``to`` is written along with it, so that who
    works there knows the child; on ``group`` it does not count meanwhile.
    """

    kinds = (Kind.PLACEMENT,)

    to = models.ForeignKey(Group, models.PROTECT, related_name="+")
    starts = models.DateField()
    ends = models.DateField()
    agreed = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="guest_ends_later")
        ]


class Helping(Entity):
    """During ``[starts, ends)`` a colleague is on ``to`` instead of on ``group``, where it does not count.

    The roster (or the presence) on ``to`` is written along with it.
    """

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="+")
    group = models.ForeignKey(Group, models.CASCADE, related_name="+")
    to = models.ForeignKey(Group, models.CASCADE, related_name="+")
    starts = models.DateField()
    ends = models.DateField()
    why = models.CharField(max_length=200)
    decided_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects = Period.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="helping_ends_later")
        ]


class WaitingPlace(LineEntry):
    """A child waits for a place on ``group``; ``wanted`` are the days asked: [[weekday, part], ...].

    Where it stands follows from the dates: waiting, offered, or closed with an outcome.
    """

    kinds = (Kind.PLACEMENT,)

    class Outcome(models.TextChoices):
        TAKEN = "taken", _("got a place")
        WITHDRAWN = "withdrawn", _("no longer needed")

    since = models.DateField()
    wanted = models.JSONField(default=list)
    offered_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on=None, outcome="")
                | Q(closed_on__isnull=False) & ~Q(outcome=""),
                name="waiting_place_closed_with_an_outcome",
            )
        ]


class WayBack(LineEntry):
    """People looked whether a child on a plus group can go to a regular place now; ``text`` is why.

    ``on``: from when it goes, or when they look again. ``parents``: what they say about it.
    """

    kinds = (Kind.PLACEMENT,)

    class Answer(models.TextChoices):
        GOES = "goes", _("yes, the child goes to a regular place")
        NOT_YET = "not_yet", _("not yet, we look again")
        OTHER_HELP = "other_help", _("no, other help is needed")

    placement = models.ForeignKey(Placement, models.CASCADE, related_name="+")
    answer = models.CharField(max_length=20, choices=Answer.choices)
    on = models.DateField()
    parents = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(parents=""), name="way_back_says_what_the_parents_say"
            )
        ]


class Cluster(Entity):
    """Groups that share a team of colleagues who go round."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=100)
    groups = models.ManyToManyField(Group, related_name="+")

    def __str__(self) -> str:
        return self.name


class RotaMember(Entity):
    """A colleague of the team of a cluster: minutes a week by contract, and extra on top of it."""

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="members")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    contract_minutes = models.PositiveIntegerField()
    extra_minutes = models.PositiveIntegerField(default=0)
    starts = models.DateField(_("from"))
    ends = models.DateField(_("until"), null=True)

    objects = Period.as_manager()


class RotaShift(Entity):
    """Minutes of one day: on a group of the cluster, or (``group`` empty) in a meeting."""

    member = models.ForeignKey(RotaMember, models.CASCADE, related_name="shifts")
    group = models.ForeignKey(Group, models.CASCADE, null=True, related_name="+")
    day = models.DateField()
    minutes = models.PositiveSmallIntegerField()


class CardFact(Entity):
    """What was seen of who may work where, and from when; nothing is changed, a later word replaces it.

    ``at``: the childcare organisation somebody is linked to, in the register of persons. ``points``: of a
    quality register, by sort. ``payer``: who pays for it; empty while nobody agreed on it.
    """

    class Kind(models.TextChoices):
        VOG_CHILDCARE = "vog_childcare", _("certificate of conduct for childcare")
        VOG_YOUTH_CARE = "vog_youth_care", _("certificate of conduct for youth care")
        REGISTERED = "registered", _("written in the childcare register of persons")
        LINKED = "linked", _("linked in the childcare register of persons")
        SKJ = "skj", _("SKJ registration")
        BIG = "big", _("BIG registration")
        DIPLOMA = "diploma", _("diploma that counts for childcare")
        EARLY_EDUCATION = "early_education", _("certificate for early education (VE)")

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    at = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    starts = models.DateField(_("from"))
    ends = models.DateField(_("until"), null=True)
    points = models.JSONField(default=dict)
    seen = models.CharField(max_length=300)
    payer = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    written_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects = Period.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="linked", at__isnull=False) | ~Q(kind="linked") & Q(at=None),
                name="card_fact_link_says_with_whom",
            ),
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("starts")), name="card_fact_ends_later"
            ),
        ]
