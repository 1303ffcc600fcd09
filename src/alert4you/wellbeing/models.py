"""How a child is doing, as one person saw it on one day; and when a rule asks to look again together."""

from django.db import models
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from alert4you.access.models import Entry, Kind, LineEntry
from alert4you.kernel.models import Entity
from alert4you.notes.models import Note
from alert4you.organisations.models import Membership, Organisation


class Aspect(models.TextChoices):
    """What is looked at: wellbeing in three relations, and how much a child is taken up by what it does."""

    ITSELF = "itself", _("at ease with itself")
    STAFF = "staff", _("at ease with us")
    OTHERS = "others", _("at ease with other children")
    INVOLVED = "involved", _("taken up by what it does")


RELATIONS = (Aspect.ITSELF, Aspect.STAFF, Aspect.OTHERS)
STEPS = range(1, 6)


class Ease(models.IntegerChoices):
    """The five steps of wellbeing in a relation."""

    HARD = 1, _("has a hard time")
    TENSE = 2, _("often tense or sad")
    SO_SO = 3, _("now like this, now like that")
    FINE = 4, _("at ease")
    SHINES = 5, _("shines")


class Absorbed(models.IntegerChoices):
    """The five steps of involvement."""

    WANDERS = 1, _("finds nothing to do")
    SHORT = 2, _("begins, and is soon away")
    JOINS = 3, _("joins in")
    BUSY = 4, _("is busy with it for long")
    LOST = 5, _("forgets everything around")


def _one_to_five(name: str) -> models.CheckConstraint:
    within = Q(**{f"{name}__range": (1, 5)}) | Q(**{name: None})
    return models.CheckConstraint(condition=within, name=f"rating_{name}_one_to_five")


class Rating(LineEntry):
    """What one person (``author``) saw on one ``day``: a step of 1 to 5, or empty: not seen.

    Empty is never filled in afterwards by anything else, and never counted.
    """

    kinds = (Kind.RATING,)

    entry_ptr = models.OneToOneField(
        Entry, models.CASCADE, parent_link=True, primary_key=True, related_name="as_rating"
    )
    itself = models.PositiveSmallIntegerField(null=True)
    staff = models.PositiveSmallIntegerField(null=True)
    others = models.PositiveSmallIntegerField(null=True)
    involved = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            *(_one_to_five(aspect.value) for aspect in Aspect),
            models.CheckConstraint(
                condition=~Q(itself=None, staff=None, others=None, involved=None),
                name="rating_says_something",
            ),
        ]

    def step(self, aspect: str) -> int | None:
        return getattr(self, aspect)

    @property
    def seen(self) -> list[tuple[Aspect, Ease | Absorbed]]:
        """What was filled in, with the words of the step."""
        given = [(aspect, self.step(aspect)) for aspect in Aspect]
        return [(aspect, step_of(aspect, step)) for aspect, step in given if step is not None]

    @property
    def in_words(self) -> tuple[str, ...]:
        return tuple(f"{capfirst(aspect.label)}: {step.label}" for aspect, step in self.seen)


def step_of(aspect: str, step: int) -> Ease | Absorbed:
    return Absorbed(step) if aspect == Aspect.INVOLVED else Ease(step)


class Outcome(models.TextChoices):
    TAKEN_UP = "taken_up", _("taken up")
    DISMISSED = "dismissed", _("let go")


class Way(models.TextChoices):
    """How a notice is taken up."""

    COACH = "coach", _("a question to the coach")
    PARENTS = "parents", _("a talk with the parents")


class Notice(LineEntry):
    """The rule of the place asked to look again, at this ``rating`` of one person about one ``aspect``.

    Or at this ``note`` with one ``tag``. ``rule`` is the rule as it was then (the fields of
    ``rules.noticing.Rule``, or of ``rules.counting.Counted``). Somebody takes it up or
    lets it go with a reason before ``lapses_on``; else it lapses. It is no score and nobody counts it.
    """

    kinds = (Kind.NOTICE,)

    rating = models.ForeignKey(Rating, models.CASCADE, null=True, related_name="+")
    aspect = models.CharField(max_length=10, choices=Aspect.choices, blank=True)
    note = models.ForeignKey(Note, models.CASCADE, null=True, related_name="+")
    tag = models.CharField(max_length=40, blank=True)
    rule = models.JSONField()
    lapses_on = models.DateField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    way = models.CharField(max_length=10, choices=Way.choices, blank=True)
    reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rating", "aspect"], name="notice_once_per_rating"),
            models.UniqueConstraint(fields=["note", "tag"], name="notice_once_per_note_and_tag"),
            models.CheckConstraint(
                condition=Q(aspect="") ^ Q(tag=""), name="notice_is_about_one_thing"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", decided_at=None)
                | ~Q(outcome="") & ~Q(reason="") & Q(decided_at__isnull=False),
                name="notice_is_decided_with_a_reason",
            ),
        ]

    @property
    def about(self) -> str:
        """The relation, or the tag, in words."""
        return f"“{self.tag}”" if self.tag else self.get_aspect_display()


class RuleKind(models.TextChoices):
    LOW = "low", _("a few low ones in a row of ratings")
    DEMERITS = "demerits", _("points below what is usual for this child")


class EarlyRule(Entity):
    """What one organisation chose: the rule, how long a notice stands, and what it expects to see.

    ``well`` and ``low``: of a hundred ratings, how many on each of the five steps, of a child that does as
    usual and of one that does less well. ``a_year`` ratings of one child by one person; ``raters`` people
    rate one child. Without these nothing can be said about how often the rule is wrong.
    """

    organisation = models.OneToOneField(Organisation, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=RuleKind.choices)
    level = models.PositiveSmallIntegerField()
    needed = models.PositiveSmallIntegerField()
    of = models.PositiveSmallIntegerField()
    relief = models.PositiveSmallIntegerField(null=True)
    limit = models.PositiveSmallIntegerField(null=True)
    run_in = models.PositiveSmallIntegerField(null=True)
    days = models.PositiveSmallIntegerField()
    well = models.JSONField(default=list)
    low = models.JSONField(default=list)
    a_year = models.PositiveSmallIntegerField(null=True)
    raters = models.PositiveSmallIntegerField(null=True)


class TagWatch(Entity):
    """Which tags one organisation counts with each child, and when that asks to look again; none: off.

    ``usual`` and ``changed``: of a hundred notes of one person about one child, how many carry the tag when
    nothing is the matter, and when something is. ``a_year`` such notes; ``raters`` people write. ``since``:
    what was written before gives no notice.
    """

    organisation = models.OneToOneField(Organisation, models.CASCADE, related_name="+")
    tags = models.JSONField(default=list)
    more = models.PositiveSmallIntegerField()
    of = models.PositiveSmallIntegerField()
    days = models.PositiveSmallIntegerField()
    usual = models.PositiveSmallIntegerField(null=True)
    changed = models.PositiveSmallIntegerField(null=True)
    a_year = models.PositiveSmallIntegerField(null=True)
    raters = models.PositiveSmallIntegerField(null=True)
    since = models.DateTimeField()
