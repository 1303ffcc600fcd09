"""The way to the next place, what happens meanwhile, help that is not there, hours besides a practice."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alert4you.access.models import Entry, Kind, LineEntry
from alert4you.coaching.models import Contact
from alert4you.kernel.models import Entity
from alert4you.organisations.models import Membership, Organisation, Person
from alert4you.trajectories.models import Trajectory


class Obstacle(models.TextChoices):
    """Why help is not there, or not yet."""

    NO_PLACE = "no_place", _("there is no such place")
    NO_MONEY = "no_money", _("there is no money for it")
    WAITING = "waiting", _("there is a waiting list")
    PARENTS = "parents", _("the parents do not want it")
    OTHER = "other", _("something else")


class Outcome(models.TextChoices):
    """How the care coordination ended; a person says so."""

    STARTED = "started", _("the next place has started")
    REFUSED = "refused", _("the party said no")
    WITHDRAWN = "withdrawn", _("the parents do not want it any more")
    NOT_NEEDED = "not_needed", _("it is no longer needed")


# Asked, and neither a yes nor a no yet: the waiting episode.
WAITS = Q(
    asked_on__isnull=False, accepted_on=None, refused_on=None, revoked_on=None, closed_on=None
)


class Referral(LineEntry):
    """The way of one child to another party, and who keeps hold of it until the place has started.

    ``to`` is a party in this system; else ``to_words`` names it, and ``parents_agreed`` tells how the
    parents said yes. ``title`` says to whom, ``text`` what is asked. It is open until a person closes
    it, whatever happens to the placement, the trajectory, a no of the party (``refused_on``) or of the
    parents (``revoked_on``). ``ask_again_on``: by then the party answers, and then the lead asks again.
    """

    kinds = (Kind.REFERRAL,)

    entry_ptr = models.OneToOneField(
        Entry, models.CASCADE, parent_link=True, primary_key=True, related_name="as_referral"
    )
    trajectory = models.ForeignKey(Trajectory, models.PROTECT, null=True, related_name="+")
    to = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    to_words = models.CharField(max_length=200, blank=True)
    contact = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    lead = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    cover = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    parents_agreed = models.CharField(max_length=300, blank=True)
    meanwhile = models.TextField(blank=True)
    effect_on_group = models.TextField(blank=True)
    asked_on = models.DateField(null=True)
    asked_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    ask_again_on = models.DateField(null=True)
    accepted_on = models.DateField(null=True)
    refused_on = models.DateField(null=True)
    revoked_on = models.DateField(null=True)
    revoked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    revoked_why = models.TextField(blank=True)
    started_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)
    closing_words = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(lead=F("cover")), name="referral_cover_is_somebody_else"
            ),
            models.CheckConstraint(
                condition=Q(to__isnull=False) | ~Q(to_words=""), name="referral_is_to_somebody"
            ),
            models.CheckConstraint(
                condition=Q(asked_on=None) | Q(to__isnull=False) | ~Q(parents_agreed=""),
                name="referral_asked_with_the_parents",
            ),
            models.CheckConstraint(
                condition=Q(accepted_on=None) | Q(asked_on__isnull=False),
                name="referral_accepted_after_asked",
            ),
            models.CheckConstraint(
                condition=Q(refused_on=None) | Q(asked_on__isnull=False, accepted_on=None),
                name="referral_refused_after_asked",
            ),
            models.CheckConstraint(
                condition=Q(revoked_on=None, revoked_by=None, revoked_why="")
                | (Q(revoked_on__isnull=False, revoked_by__isnull=False) & ~Q(revoked_why="")),
                name="referral_revoked_by_somebody_who_says_why",
            ),
            models.CheckConstraint(
                condition=Q(started_on=None) | Q(accepted_on__isnull=False),
                name="referral_started_after_accepted",
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None, outcome="")
                | (Q(closed_on__isnull=False) & ~Q(outcome="")),
                name="referral_closed_with_an_outcome",
            ),
        ]
        indexes = [
            models.Index(
                fields=["lead", "ask_again_on"], name="referral_open", condition=Q(closed_on=None)
            )
        ]

    @property
    def party(self) -> str:
        return self.to.name if self.to else self.to_words

    @property
    def is_waiting(self) -> bool:
        """``WAITS``, of one."""
        over = self.accepted_on or self.refused_on or self.revoked_on or self.closed_on
        return bool(self.asked_on and not over)


class PartyAnswer(Entity):
    """What the party said on a day, as one heard it."""

    referral = models.ForeignKey(Referral, models.CASCADE, related_name="answers")
    on = models.DateField()
    words = models.TextField()
    obstacle = models.CharField(max_length=20, choices=Obstacle.choices, blank=True)
    by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.words


class Sort(models.TextChoices):
    """What a contact outside the activities of a practice was for."""

    MEANWHILE = "meanwhile", _("support while the child waits")
    FORMS = "forms", _("help with forms")
    INDICATION = "indication", _("help with an indication")
    REFERRAL = "referral", _("help with a referral")
    GUIDANCE = "guidance", _("guidance of the parents")


class Guidance(models.Model):
    """A contact besides the activities of a practice, and for what it was: a way, a trajectory, or neither.

    The minutes are those of the contact; which money they are on is told in ``funding``.
    """

    contact = models.OneToOneField(Contact, models.CASCADE, primary_key=True, related_name="+")
    sort = models.CharField(max_length=20, choices=Sort.choices)
    referral = models.ForeignKey(Referral, models.CASCADE, null=True, related_name="guidance")
    trajectory = models.ForeignKey(Trajectory, models.CASCADE, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(sort=Sort.MEANWHILE) | Q(referral__isnull=False),
                name="guidance_meanwhile_belongs_to_a_referral",
            ),
        ]

    def __str__(self) -> str:
        return self.get_sort_display()


class Help(models.TextChoices):
    """A short list, so that it can be counted."""

    ON_GROUP = "on_group", _("more support on the group")
    TREATMENT = "treatment", _("treatment of the child")
    DAY_TREATMENT = "day_treatment", _("day treatment or a small group")
    AT_HOME = "at_home", _("help at home")
    SCHOOL = "school", _("a school that fits")
    OTHER = "other", _("something else")


class UnmetNeed(LineEntry):
    """Help that is needed and is not there, whatever goes well here; looked at again on a date."""

    kinds = (Kind.UNMET_NEED,)

    entry_ptr = models.OneToOneField(
        Entry, models.CASCADE, parent_link=True, primary_key=True, related_name="as_unmet_need"
    )
    referral = models.ForeignKey(Referral, models.SET_NULL, null=True, related_name="+")
    help = models.CharField(max_length=20, choices=Help.choices)
    obstacle = models.CharField(max_length=20, choices=Obstacle.choices)
    look_again_on = models.DateField()
    met_on = models.DateField(null=True)


class Verdict(Entity):
    """Two questions that are not the same: does it go well here, and is it enough?"""

    need = models.ForeignKey(UnmetNeed, models.CASCADE, related_name="verdicts")
    goes_well = models.BooleanField()
    enough = models.BooleanField()
    words = models.TextField()
    by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    on = models.DateField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.words


class TeamSize(Entity):
    """How big an organisation made its team for a practice, and in words what room there is."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    practice = models.SlugField(max_length=60)
    fte = models.DecimalField(max_digits=5, decimal_places=2)
    room = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "practice"], name="team_size_once_per_practice"
            ),
            models.CheckConstraint(condition=Q(fte__gt=0), name="team_size_is_something"),
        ]

    def __str__(self) -> str:
        return f"{self.practice}: {self.fte}"
