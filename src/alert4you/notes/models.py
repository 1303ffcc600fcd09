"""What everybody on the group must know about a child, who else helps it, and what others say."""

import json
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alert4you.access.models import Entry, Kind, LineEntry
from alert4you.children.models import Child, Guardian
from alert4you.kernel.guard import GuardedQuerySet
from alert4you.kernel.models import Entity
from alert4you.kernel.sealing import unseal
from alert4you.organisations.models import Group, Location, Membership, Organisation, Person


class Turn(models.TextChoices):
    """Who is asked to write next in the notebook of a child."""

    PARENTS = "parents", _("the parents")
    STAFF = "staff", _("the group")
    COACH = "coach", _("the coach")


class Note(LineEntry):
    """What somebody saw; ``title`` holds the tags in words, ``text`` may be empty then.

    ``together``: written in one go about several children. ``invites``: who is asked to write next.
    """

    kinds = (Kind.NOTE, Kind.INCIDENT)

    together = models.UUIDField(null=True, db_index=True)
    invites = models.CharField(max_length=10, choices=Turn.choices, blank=True)


class Tagged(Entity):
    """A tag on a note, as it was called then: a fact that can be counted."""

    note = models.ForeignKey(Note, models.CASCADE, related_name="tagged")
    tag = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["note", "tag"], name="tagged_once")]

    @property
    def subject_id(self) -> UUID | None:
        return self.note.child_id


class Photo(Entity):
    """The picture of a note about one child; the words of the note tell what can be seen. It goes with it."""

    note = models.OneToOneField(Note, models.CASCADE, related_name="+")
    child = models.ForeignKey(Child, models.CASCADE, related_name="+")
    image = models.BinaryField()
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()

    record_kind = "photo"

    objects = GuardedQuerySet.as_manager()

    @property
    def subject_id(self) -> UUID:
        return self.child_id


class PhotoAgreement(Entity):
    """One parent's yes to photos of one child at one organisation; none, or ended: no."""

    guardian = models.ForeignKey(Guardian, models.CASCADE, related_name="+")
    child = models.ForeignKey(Child, models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    record_kind = "consent"

    objects = GuardedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["guardian", "organisation"],
                condition=Q(ended_at=None),
                name="photo_agreement_one_stands",
            )
        ]

    @property
    def subject_id(self) -> UUID:
        return self.child_id


class NotingWords(Entity):
    """The organisation's own words: what can be tapped, and what the writing aid marks or leaves alone.

    An empty list of tags means those of the product. ``marked`` holds "word" or "word: question".
    ``photos``: photos may be made here; ``photo_words`` is what parents read before they choose.
    """

    organisation = models.OneToOneField(Organisation, models.CASCADE, related_name="+")
    tags = models.JSONField(default=list)
    group_tags = models.JSONField(default=list)
    marked = models.JSONField(default=list)
    unmarked = models.JSONField(default=list)
    photos = models.BooleanField(default=False)
    photo_words = models.TextField(blank=True)


class Moment(models.TextChoices):
    """When a card is needed."""

    TRANSITION = "transition", _("when something changes")
    PANIC = "panic", _("in panic or anger")
    OUTDOORS = "outdoors", _("outdoors and on trips")
    LANDING = "landing", _("when arriving: landing first")
    EATING = "eating", _("at the table")
    SLEEPING = "sleeping", _("when going to sleep")
    SAFETY = "safety", _("safety: this is agreed")
    OTHER = "other", _("at other moments")


class Card(LineEntry):
    """What helps this child at a moment; ``title`` is what one sees, ``text`` what one does.

    A change is a new card that ``replaces`` the old one. Only the newest, while it was not taken away
    (``ended_on``), is something everybody on the group must know.
    """

    kinds = (Kind.CARD,)

    moment = models.CharField(max_length=20, choices=Moment.choices)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    ended_on = models.DateField(null=True)


class How(models.TextChoices):
    """How a parent told staff what to write down."""

    TALK = "talk", _("in a talk")
    TELEPHONE = "telephone", _("by telephone")
    PAPER = "paper", _("on paper")


class Told(LineEntry):
    """What a parent said or wrote, by the hand of staff: the route without a screen.

    ``present``: who else was there, or where the paper is. The parent can say that it was not said
    like that (``contested``); it stays, marked.
    """

    kinds = (Kind.PARENT_WORDS,)

    entry_ptr = models.OneToOneField(
        Entry, models.CASCADE, parent_link=True, primary_key=True, related_name="as_told"
    )
    guardian = models.ForeignKey(Guardian, models.PROTECT, related_name="+")
    how = models.CharField(max_length=10, choices=How.choices)
    present = models.CharField(max_length=200)
    contested = models.TextField(blank=True)
    contested_at = models.DateTimeField(null=True)


class Activity(Entity):
    """Something children do at a location (or on one group) during ``[starts, ends)``, and from what age.

    ``age_from`` in years; empty: for everybody there. ``how`` is what holds for all.
    """

    location = models.ForeignKey(Location, models.PROTECT, related_name="+")
    group = models.ForeignKey(Group, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=100)
    age_from = models.PositiveSmallIntegerField(null=True)
    how = models.CharField(max_length=300, blank=True)
    starts = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "name"], condition=Q(ends=None), name="activity_named_once"
            ),
            models.UniqueConstraint(
                fields=["location", "name"],
                condition=Q(ends=None, group=None),
                name="activity_of_all_named_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Verdict(models.TextChoices):
    """What was agreed about one child and one activity."""

    YES = "yes", _("yes")
    BESIDE = "beside", _("only with an adult beside")
    NO = "no", _("not now")


class Permission(LineEntry):
    """For this child something else holds than for its age, from ``day`` on; agreed with the parents.

    Like a card: a change replaces, and the newest holds until ``ended_on``.
    """

    kinds = (Kind.PERMISSION,)

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    agreed_with = models.CharField(max_length=200)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    ended_on = models.DateField(null=True)


class Incident(LineEntry):
    """Something went wrong; ``text`` is what happened. What was agreed is a card of its own.

    ``parents_told`` says how and when the parents heard it; empty: not yet. ``agreed``: the card, as
    far as who reads the incident may see it.
    """

    kinds = (Kind.INCIDENT,)

    agreed: Card | None = None
    agreement = models.OneToOneField(Card, models.PROTECT, null=True, related_name="after")
    parents_told = models.CharField(max_length=300, blank=True)
    closed_at = models.DateTimeField(null=True)


class Involvement(LineEntry):
    """Another party helps this child already, told by the parents; nobody contacts it because of this.

    ``party`` is how the parents name it; ``title`` is what it is for; ``day`` the day it was told.
    """

    kinds = (Kind.INVOLVED,)

    party = models.CharField(max_length=200)
    since = models.DateField(null=True)
    told_by = models.ForeignKey(Guardian, models.PROTECT, null=True, related_name="+")
    ended_on = models.DateField(null=True)


class Carried(LineEntry):
    """Something the place asks of another party through the parents; ``text`` is what it asks.

    The parents decide whether they carry it (``carried_at`` or ``declined_at``), and tell what the
    party answered. Nobody of the place contacts the party.
    """

    kinds = (Kind.CARRIED,)

    party = models.CharField(max_length=200)
    carried_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(carried_at=None) | Q(declined_at=None),
                name="carried_or_declined",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None) | Q(carried_at__isnull=False),
                name="carried_before_it_is_answered",
            ),
        ]


class AskAgain(Entity):
    """Parents said no to a party: before this day nobody asks again; ``why`` is what may have changed."""

    record_kind = "consent"

    child = models.ForeignKey(Child, models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    on = models.DateField()
    why = models.CharField(max_length=200, blank=True)
    set_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")

    objects = GuardedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["child", "organisation"], name="ask_again_one_day")
        ]

    @property
    def subject_id(self) -> UUID:
        return self.child_id


class Complaint(Entity):
    """What a parent of another child says about the group. There is no child in it, not even a column."""

    location = models.ForeignKey(Location, models.PROTECT, related_name="+")
    group = models.ForeignKey(Group, models.PROTECT, null=True, related_name="+")
    text = models.TextField()
    explained = models.TextField()
    written_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    at = models.DateTimeField()


class VisionOnParents(Entity):
    """The organisation's own explanation to parents: why all children are welcome here."""

    organisation = models.OneToOneField(Organisation, models.CASCADE, related_name="+")
    explanation = models.TextField()


class Draft(Entity):
    """What one hat is writing on one page and has not saved: sealed (`kernel.sealing`), until ``ends``.

    ``page`` is a digest of its address, ``once`` the filling-in of the form that it belongs to. ``child``:
    about whom, so that it goes when the tie with that child does.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    hat = models.ForeignKey(Membership, models.CASCADE, null=True, related_name="+")
    child = models.ForeignKey(Child, models.CASCADE, null=True, related_name="+")
    page = models.UUIDField()
    once = models.UUIDField(db_index=True)
    sealed = models.BinaryField()
    at = models.DateTimeField()
    ends = models.DateField()

    record_kind = "draft"
    subject_id = (
        None  # one's own words, not yet said: reading them back tells nothing about a child
    )

    objects = GuardedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "hat", "page"], name="draft_one_per_hat_and_page"
            ),
            models.UniqueConstraint(
                fields=["person", "page"],
                condition=Q(hat=None),
                name="draft_one_per_parent_and_page",
            ),
        ]

    @property
    def said(self) -> dict[str, list[str]]:
        """Field -> what stood in it."""
        return json.loads(unseal(bytes(self.sealed).decode()))
