"""Published practice templates and their cards, who adopted them, and what is being changed.

A version never changes; a change is a next version.
"""

from typing import Any

from django.db import models
from django.db.models import Q

from alert4you.kernel.models import Entity
from alert4you.organisations.models import Membership, Organisation, Person


class TemplateQuerySet(models.QuerySet["PracticeTemplate"]):
    """Templates hold no personal data; everyone may read them."""

    def newest(self) -> "TemplateQuerySet":
        """The highest version of each practice of each owner."""
        newer = self.model._base_manager.filter(
            slug=models.OuterRef("slug"), version__gt=models.OuterRef("version")
        )
        same_owner = models.Exists(newer.filter(owner=models.OuterRef("owner")))
        of_the_library = Q(owner=None) & models.Exists(newer.filter(owner=None))
        return self.exclude(same_owner).exclude(of_the_library)


class PracticeTemplate(Entity):
    """One version of a practice; `text` is its YAML (docs/reference/practice-language.md).

    ``owner``: the organisation that changed it for itself (None: it comes with the product).
    ``based_on``: the version it was made from.
    """

    slug = models.SlugField(max_length=60)
    owner = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    based_on = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField()
    text = models.TextField()
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = TemplateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["slug", "version"], condition=Q(owner=None), name="template_version_once"
            ),
            models.UniqueConstraint(
                fields=["owner", "slug", "version"], name="template_version_once_per_owner"
            ),
            models.CheckConstraint(
                condition=models.Q(version__gte=1), name="template_version_from_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slug} {self.version}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Publish; TypeError for a version that exists already, because it never changes."""
        if not self._state.adding:
            raise TypeError(f"{self} is published; publish a next version instead")
        super().save(*args, **kwargs)


class PracticeCard(Entity):
    """A practice as its makers describe it, in ten elements; no personal data, everyone may read it.

    ``elements``: {key of ``rules.elements.ELEMENTS``: text}; what the description does not tell is left
    out. ``tags``: {facet: [values]}, see ``rules.tags``. ``practice`` is the slug of the template that
    runs it, when there is one; ``owner`` who added it (None: it comes with the product).
    """

    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=200)
    practice = models.SlugField(max_length=60, blank=True)
    described_by = models.CharField(max_length=200, blank=True)
    year = models.PositiveSmallIntegerField(null=True)
    region = models.CharField(max_length=200, blank=True)
    angle = models.PositiveSmallIntegerField(null=True)
    source = models.CharField(max_length=300, blank=True)
    elements = models.JSONField(default=dict)
    tags = models.JSONField(default=dict)
    owner = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(angle=None) | models.Q(angle__range=(1, 3)),
                name="card_angle_one_of_three",
            )
        ]

    def __str__(self) -> str:
        return self.title


class Adoption(Entity):
    """An organisation works with this version of a practice since ``adopted_at``, until ``ended_at``.

    ``chosen``: {choice key: number}, for the numbers that the source leaves open. ``came_from``: at
    whom it was seen (None: in the library). Adopting another version ends this one and begins a next.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    template = models.ForeignKey(PracticeTemplate, models.PROTECT, related_name="adoptions")
    slug = models.SlugField(max_length=60)
    chosen = models.JSONField(default=dict)
    came_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    adopted_at = models.DateTimeField()
    adopted_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "slug"],
                condition=Q(ended_at=None),
                name="adoption_one_version_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.template}"


class Draft(Entity):
    """What an organisation is changing: the YAML of its next version, which may still have faults.

    ``based_on``: the version it began with (None: it came as a file).
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    slug = models.SlugField(max_length=60)
    text = models.TextField()
    based_on = models.ForeignKey(PracticeTemplate, models.PROTECT, null=True, related_name="+")
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "slug"], name="draft_one_per_practice")
        ]

    def __str__(self) -> str:
        return self.slug


class ImportedDocument(Entity):
    """What was read in an uploaded document, for its reader only, until it is saved or a day passed.

    The file itself is not kept. ``found``: ``rules.document.found.Recognised`` as JSON, without contact
    data; empty once saved. ``corrections``: {number of the card: ``rules.importing.Correction``}.
    ``saved``: what became of each chosen card, or None while nothing is saved.
    """

    name = models.CharField(max_length=200)
    found = models.JSONField(default=dict)
    corrections = models.JSONField(default=dict)
    saved = models.JSONField(null=True)
    uploaded_by = models.ForeignKey(Membership, models.CASCADE, related_name="+")
    uploaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
