"""Published practice templates: a version never changes; a change is a next version."""

from typing import Any

from django.db import models

from alert4you.kernel.models import Entity
from alert4you.organisations.models import Organisation, Person


class TemplateQuerySet(models.QuerySet["PracticeTemplate"]):
    """Templates hold no personal data; everyone may read them."""

    def newest(self) -> "TemplateQuerySet":
        """The highest version of each practice."""
        newer = self.model._base_manager.filter(
            slug=models.OuterRef("slug"), version__gt=models.OuterRef("version")
        )
        return self.exclude(models.Exists(newer))


class PracticeTemplate(Entity):
    """One version of a practice; `text` is its YAML (docs/reference/practice-language.md)."""

    slug = models.SlugField(max_length=60)
    version = models.PositiveIntegerField()
    text = models.TextField()
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = TemplateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["slug", "version"], name="template_version_once"),
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
